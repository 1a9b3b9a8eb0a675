// Draws the core's node tree and patches what is there, for the overlay, the popup and the pages alike.
// Everything from a page arrives as words and becomes a text node.
"use strict";

globalThis.redressDraw = (() => {
  const i18n = (globalThis.browser ?? globalThis.chrome).i18n;
  // Dates and numbers in the browser's own way of our language, else in our language's.
  const [browsers, ours] = [i18n.getUILanguage(), i18n.getMessage("catalogue_language")];
  const locale = browsers.startsWith(ours.slice(0, 2)) ? browsers : ours;
  const svgTags = new Set(["svg", "path"]);
  const htmlTags = new Set(("article button details div footer form h1 h2 h3 header input label li ol option output p q " +
    "section select span strong summary table tbody td textarea th thead time tr ul").split(" "));
  const attributes = new Set(("aria-expanded aria-hidden aria-live aria-current aria-pressed d datetime dir lang open readonly required " +
    "role scope selected title type value view-box").split(" "));

  // Set by the user or by what fills a picture, not by the tree.
  const lasting = new Set(["open", "src", "width", "height"]);

  // A formatter takes milliseconds to make: each is made when it is first needed.
  const later = (make) => {
    let made;
    return () => (made ??= make());
  };
  const plural = later(() => new Intl.PluralRules(locale));
  const number = later(() => new Intl.NumberFormat(locale));
  // The year stands only where it is not this one.
  const moment = (more) => {
    const parts = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", ...more };
    const [short, long] = [parts, { ...parts, year: "numeric" }].map((options) => later(() => new Intl.DateTimeFormat(locale, options)));
    return (date) => (date.getFullYear() === new Date().getFullYear() ? short : long)().format(date);
  };
  const moments = {
    instant: moment({ timeZoneName: "short" }),
    moment: moment({}),
    pacific_instant: moment({ timeZone: "America/Los_Angeles" }),
  };
  // A civil date has no zone: it is formatted as noon UTC in UTC, so that no zone can move it.
  const day = later(() => new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
  const longSpan = later(() => new Intl.DurationFormat(locale, { style: "long" }));
  const narrowSpan = later(() => new Intl.DurationFormat(locale, { style: "narrow" }));

  // The two greatest units: a countdown of days needs no minutes. What is zero is left out by the formatter.
  function span(milliseconds) {
    const minutes = Math.max(1, Math.floor(milliseconds / 60000));
    const hours = Math.floor(minutes / 60);
    return longSpan().format(hours >= 48 ? { days: Math.floor(hours / 24), hours: hours % 24 } : { hours, minutes: minutes % 60 });
  }

  function shortSpan(milliseconds) {
    const minutes = Math.max(1, Math.floor(milliseconds / 60000));
    const unit = minutes >= 2880 ? { days: Math.floor(minutes / 1440) } : minutes >= 60 ? { hours: Math.floor(minutes / 60) } : { minutes };
    return narrowSpan().format(unit);
  }

  function argument(value) {
    const [kind, content] = Object.entries(value)[0];
    switch (kind) {
      case "words": return content;
      case "message": return i18n.getMessage(content);
      case "number": return number().format(content);
      case "day": return day().format(new Date(`${content}T12:00:00Z`));
      case "days": return day().formatRange(...content.map((date) => new Date(`${date}T12:00:00Z`)));
      case "span": return span(content);
      case "short_span": return shortSpan(content);
      default: return moments[kind](new Date(content));
    }
  }

  function text({ message, with: filled = [], count }) {
    const key = count === undefined ? message : `${message}_${plural().select(count)}`;
    const values = filled.map(argument);
    // A plural form that a language has and the catalogue lacks falls back to `other`.
    return i18n.getMessage(key, values) || i18n.getMessage(`${message}_other`, values) || message;
  }

  function build(node, pictureTag) {
    if (node.words !== undefined) return document.createTextNode(node.words);
    if (node.message !== undefined) return document.createTextNode(text(node));
    const element = svgTags.has(node.tag) ? document.createElementNS("http://www.w3.org/2000/svg", node.tag)
      : node.tag === "picture" ? document.createElement(pictureTag)
      : document.createElement(htmlTags.has(node.tag) ? node.tag : "span");
    if (node.class) element.setAttribute("class", node.class);
    if (node.id) element.id = node.id;
    if (node.label) {
      const label = text(node.label);
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

  return { draw, text };
})();
