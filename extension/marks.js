// What stands on a list of the shop: a badge on each card, a bar, and the cards that the user wants to see.
"use strict";

globalThis.redressMarks = ({ host, draw }) => {
  // So many are drawn in one task.
  const slice = 20;
  const badges = new Map();
  // The cards that are hidden, with the style that they had.
  const hidden = new Map();
  let bar = null;
  let turn = 0;

  // A badge stands at the end of its card's status line, where the shop leaves room, so that nothing moves.
  async function show({ badges: wanted = [], list }, roots, filter) {
    const mine = ++turn;
    const marks = new Map(wanted.map((badge) => [badge.root, badge]));
    const there = new Set(roots.map(({ element }) => element));
    for (const element of badges.keys()) if (!there.has(element)) removeBadge(element);
    hide(roots.filter((_, index) => filter && marks.get(index)?.needs === false).map(({ element }) => element));
    showBar(list);
    for (const [index, { element, anchor }] of roots.entries()) {
      if (index % slice === slice - 1) await scheduler.yield();
      if (mine !== turn) return;
      const mark = marks.get(index);
      if (mark && anchor) showBadge(element, anchor, mark.node);
      else removeBadge(element);
    }
  }

  function showBadge(element, anchor, node) {
    let badge = badges.get(element);
    if (!badge) badges.set(element, badge = host("redress-badge"));
    draw(badge.inside, node);
    if (badge.element.parentNode !== anchor) anchor.append(badge.element);
  }

  function removeBadge(element) {
    badges.get(element)?.element.remove();
    badges.delete(element);
  }

  // A card of which nothing is known stays.
  function hide(elements) {
    const wanted = new Set(elements);
    for (const element of hidden.keys()) if (!wanted.has(element)) unhide(element);
    for (const element of wanted) {
      if (hidden.has(element)) continue;
      hidden.set(element, [element.style.getPropertyValue("display"), element.style.getPropertyPriority("display")]);
      element.style.setProperty("display", "none", "important");
    }
  }

  function unhide(element) {
    element.style.setProperty("display", ...hidden.get(element));
    if (!element.style.length) element.removeAttribute("style");
    hidden.delete(element);
  }

  function showBar(tree) {
    if (!tree) return bar?.element.remove();
    bar ??= host("redress-list");
    bar.element.style.position = "fixed";
    draw(bar.inside, tree);
    if (!bar.element.isConnected) document.body.before(bar.element);
    settle();
  }

  function settle() {
    if (!bar?.element.isConnected || document.hidden) return;
    redressPlace.putSmall(bar, bar.inside.dir === "rtl" ? "bottom-right" : "bottom-left");
  }

  return {
    show, settle,
    elements: () => [bar, ...badges.values()].filter(Boolean).map(({ element }) => element),
    // A picture shows the list as the shop does: the cards come back for it.
    withAll(shown) {
      for (const element of hidden.keys()) element.style.setProperty("display", ...(shown ? hidden.get(element) : ["none", "important"]));
    },
    // Our script ends, or the page is left: the list is the shop's again.
    leave() {
      turn += 1;
      hide([]);
      showBar();
    },
  };
};
