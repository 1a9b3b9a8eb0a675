// Draws the core's node tree and patches what is there, for the overlay, the popup and the pages alike.
// Everything from a page arrives as words and becomes a text node.
"use strict";

globalThis.redressDraw = (() => {
  const svgTags = new Set(["svg", "path"]);
  const htmlTags = new Set(("article button del details div footer form h1 h2 h3 header input ins label li ol option output p q " +
    "section select span strong summary table tbody td textarea th thead time tr ul").split(" "));
  const attributes = new Set(("aria-expanded aria-hidden aria-live aria-current aria-pressed d datetime dir lang open readonly required " +
    "role scope selected title type value view-box").split(" "));

  // Set by the user or by what fills a picture, not by the tree.
  const lasting = new Set(["open", "src", "width", "height", "tabindex"]);

  // A page of ours fills in texts by itself (texts.js). For a page of the shop the background has done so: making formatters of dates took longer
  // there than all that is drawn.
  const said = (node) => node.words ?? redressDraw.text(node);

  function build(node, pictureTag) {
    if (!node.tag) return document.createTextNode(said(node));
    const element = svgTags.has(node.tag) ? document.createElementNS("http://www.w3.org/2000/svg", node.tag)
      : node.tag === "picture" ? document.createElement(pictureTag)
      : document.createElement(htmlTags.has(node.tag) ? node.tag : "span");
    if (node.class) element.setAttribute("class", node.class);
    if (node.id) element.id = node.id;
    if (node.label) {
      const label = said(node.label);
      element.setAttribute(node.tag === "picture" && pictureTag === "img" ? "alt" : "aria-label", label);
      if (node.tag === "button" && node.class?.includes("icon-only")) element.title = label;
    }
    if (node.action) element.dataset.action = JSON.stringify(node.action);
    if (node.tag === "button") element.type = "button";
    for (const [name, value] of node.attributes ?? []) {
      if (name === "picture") element.dataset.picture = value;
      else if (attributes.has(name)) element.setAttribute(name === "view-box" ? "viewBox" : name, value);
    }
    for (const child of node.children ?? []) element.append(build(child, pictureTag));
    return element;
  }

  // Turns what is there into what shall be there and keeps every node that stays, so that focus, scroll position,
  // selection and opened details survive. A node with an id is found again wherever it moved to.
  function patchChildren(there, next) {
    const known = new Map([...there.children].filter((child) => child.id).map((child) => [child.id, child]));
    let at = there.firstChild;
    for (const child of [...next.childNodes]) {
      const stays = child.id ? known.get(child.id) : at && !at.id && at;
      if (!stays || stays.nodeName !== child.nodeName) {
        there.insertBefore(child, at);
        continue;
      }
      if (stays === at) at = at.nextSibling;
      else there.insertBefore(stays, at);
      if (stays.nodeType === Node.TEXT_NODE) {
        if (stays.data !== child.data) stays.data = child.data;
      } else if (!stays.matches("form:focus-within")) {
        // What is being typed or chosen stays as it is.
        patchAttributes(stays, child);
        patchChildren(stays, child);
      }
    }
    while (at) {
      const gone = at;
      at = at.nextSibling;
      gone.remove();
    }
  }

  function patchAttributes(there, next) {
    for (const { name, value } of next.attributes) if (there.getAttribute(name) !== value && !lasting.has(name)) there.setAttribute(name, value);
    for (const { name } of [...there.attributes]) if (!next.hasAttribute(name) && !lasting.has(name)) there.removeAttribute(name);
  }

  // A form stands in an element that opens when it is asked for. It closes with Save, Cancel and Escape, and the focus
  // goes back to where it came from.
  function listenToForms(root, onAction) {
    root.addEventListener("toggle", ({ target }) => target.matches(".correct[open]") && target.querySelector("form").elements[0].focus(), true);
    root.addEventListener("submit", (event) => {
      event.preventDefault();
      // Of several fields the values stand behind one another; a button has none.
      onAction(JSON.parse(event.target.dataset.action), event, [...event.target.elements].map((field) => field.value).join(" ").trim());
      if (event.target.matches(".correct *")) event.target.reset();
    });
    root.addEventListener("reset", ({ target }) => {
      const around = target.closest("details");
      around.open = false;
      around.firstChild.focus();
    });
    root.addEventListener("keydown", (event) => {
      const form = event.target.closest(".correct")?.lastChild;
      if (!form) return;
      // The page's own shortcuts are not meant.
      event.stopPropagation();
      if (event.key === "Escape") form.reset();
    });
  }

  // Draws `tree` into `root`. `onAction(action, event, value)` is called for clicks, and with its value for a form;
  // `fill(element, id)` is called once for each new picture.
  function draw(root, tree, { onAction, fill, pictureTag = "img" }) {
    const next = document.createElement("div");
    if (tree) next.append(build(tree, pictureTag));
    patchChildren(root, next);
    if (!root.redressListens) {
      root.redressListens = true;
      root.addEventListener("click", (event) => {
        const asked = event.target.closest("[data-action]:not(form)");
        if (asked) onAction(JSON.parse(asked.dataset.action), event);
      });
      listenToForms(root, onAction);
    }
    for (const element of root.querySelectorAll("[data-picture]")) {
      if (element.redressPicture === element.dataset.picture) continue;
      element.redressPicture = element.dataset.picture;
      fill?.(element, element.dataset.picture);
    }
  }

  return { draw };
})();
