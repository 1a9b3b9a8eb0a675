// Where our elements may stand on a page of the shop, so that they cover nothing that can be clicked. A box has `left`, `top`, `width` and
// `height` in CSS pixels of the window; what is taken is a list of rectangles of the page.

globalThis.redressPlace = (() => {
  const corners = ["bottom-right", "bottom-left", "top-left", "top-right"];
  const cardWidth = 356;
  const leastHeight = 260;
  const mostHeight = 600;
  // Between us and what can be clicked.
  const gap = 4;
  // Between two places that are tried.
  const step = 16;
  const clickable = "a[href], button, input, select, textarea, [role=button]";

  const edgeOf = (view) => (view.width < 480 ? 8 : 16);

  // The card in a corner, as high as it may be there.
  function boxIn(corner, view, height) {
    const edge = edgeOf(view);
    const width = Math.min(cardWidth, view.width - 2 * edge);
    return {
      corner, edge, width, height,
      left: corner.endsWith("left") ? edge : view.width - edge - width,
      top: corner.startsWith("top") ? edge : view.height - edge - height,
    };
  }

  const tallest = (view) => Math.min(mostHeight, view.height - 2 * edgeOf(view));

  // The tallest card that covers nothing: in the wanted corner, else in another; null where there is none.
  function card(view, taken, wanted) {
    const edge = edgeOf(view);
    for (const corner of [wanted, ...corners.filter((one) => one !== wanted)]) {
      const { left, width } = boxIn(corner, view, 0);
      let height = tallest(view);
      for (const at of taken) {
        if (at.right <= left - gap || at.left >= left + width + gap) continue;
        if (corner.startsWith("top") && at.bottom > edge) height = Math.min(height, at.top - gap - edge);
        if (corner.startsWith("bottom") && at.top < view.height - edge) height = Math.min(height, view.height - edge - gap - at.bottom);
      }
      if (height >= leastHeight) return boxIn(corner, view, height);
    }
    return null;
  }

  // The place for something small that covers nothing: along the edges, else anywhere, nearest to a corner. Where there is none, the one that
  // hides the fewest centres, and then the smallest shares, of what can be clicked.
  function spot(view, taken, { width, height }, corner) {
    const edge = edgeOf(view);
    const ends = [view.width - edge - width, view.height - edge - height].map((end) => Math.max(edge, end));
    const home = [corner.endsWith("left") ? edge : ends[0], corner.startsWith("top") ? edge : ends[1]];
    // Both ends are among them.
    const [lefts, tops] = ends.map((end) => Array.from({ length: Math.ceil((end - edge) / step) + 1 }, (_, at) => Math.min(edge + at * step, end)));
    let best = { cost: Infinity };
    for (const left of lefts) {
      const below = taken.filter((at) => at.right > left - gap && at.left < left + width + gap);
      const atSide = left === edge || left === ends[0];
      for (const top of tops) {
        let cost = (atSide || top === edge || top === ends[1] ? 0 : 1e4) + Math.hypot(left - home[0], top - home[1]);
        for (const at of below) if (cost < best.cost) cost += harm(left, top, width, height, at);
        if (cost < best.cost) best = { cost, left, top };
      }
    }
    return { ...best, width, height };
  }

  // A hidden centre counts more than any number of hidden shares, and these more than any way.
  function harm(left, top, width, height, at) {
    const wide = Math.min(at.right, left + width + gap) - Math.max(at.left, left - gap);
    const high = Math.min(at.bottom, top + height + gap) - Math.max(at.top, top - gap);
    if (wide <= 0 || high <= 0) return 0;
    const [x, y] = [(at.left + at.right) / 2, (at.top + at.bottom) / 2];
    const hidesCentre = Math.abs(x - left - width / 2) <= width / 2 + 1 && Math.abs(y - top - height / 2) <= height / 2 + 1;
    return 1e5 + (wide * high * 1e5) / ((at.right - at.left) * (at.bottom - at.top)) + (hidesCentre ? 1e9 : 0);
  }

  const size = () => ({ width: document.documentElement.clientWidth, height: innerHeight });

  // The window, and what can be clicked in it, read in one pass.
  function read() {
    const view = size();
    const taken = new Map();
    for (const element of document.querySelectorAll(clickable)) {
      const at = element.getBoundingClientRect();
      const inside = at.width && at.height && at.bottom > 0 && at.right > 0 && at.top < view.height && at.left < view.width;
      if (inside && element.checkVisibility({ visibilityProperty: true })) taken.set(element, at);
    }
    return { view, taken };
  }

  // What `choose(view, taken)` finds, once nothing below it looks clickable: the shop makes buttons of any element, and only the pointer tells.
  function find(choose) {
    const { view, taken } = read();
    for (let tries = 0; ; tries += 1) {
      const before = taken.size;
      const box = choose(view, [...taken.values()]);
      if (box) pointedAt(box, taken);
      if (taken.size === before || tries > 9) return box;
    }
  }

  function pointedAt(box, taken) {
    const looksClickable = (element) => element && !element.matches("html, body") && getComputedStyle(element).cursor === "pointer";
    const seen = new Set();
    for (let y = box.top; y < box.top + box.height; y += 14) {
      for (let x = box.left; x < box.left + box.width; x += 14) {
        let at = document.elementsFromPoint(x, y).find((element) => !element.localName.startsWith("redress-"));
        if (!at || seen.has(at) || taken.has(at)) continue;
        seen.add(at);
        if (!looksClickable(at)) continue;
        while (looksClickable(at.parentElement)) at = at.parentElement;
        taken.set(at, at.getBoundingClientRect());
      }
    }
  }

  // What moves counts as a shift of the shop's page; what appears does not.
  function vanish({ element }) {
    element.style.display = "none";
    element.getBoundingClientRect();
  }

  function put(host, style) {
    if (host.at !== style) vanish(host);
    host.element.style.cssText = host.at = style;
  }

  // Puts one of our small elements, as the pill and the bar of a list, near its corner.
  function putSmall(host, corner) {
    const { style, dataset } = host.element;
    const before = style.cssText;
    // Near the other side it would be narrower than it can be.
    style.cssText = "inset: 0 auto auto 0";
    const { width, height } = host.inside.firstElementChild.getBoundingClientRect();
    style.cssText = before;
    const { left, top } = find((view, taken) => spot(view, taken, { width, height }, corner));
    dataset.corner = corner;
    put(host, `inset: ${top}px auto auto ${left}px`);
  }

  return {
    corners, card, spot, vanish, put, putSmall,
    // Where the card can stand on this page for good.
    forCard: (corner) => find((view, taken) => card(view, taken, corner)),
    // What the user opened may cover the page.
    forPopover: (corner) => boxIn(corner, size(), tallest(size())),
  };
})();
