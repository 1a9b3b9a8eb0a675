// Goes down a page for the camera and leaves it as it was. Put into a page only when the user asks for a picture of all of it; the
// background calls it by name (fullpage.js).
"use strict";

(() => {
  globalThis.redressScroller?.end();
  const api = globalThis.browser ?? globalThis.chrome;
  const mark = "data-redress-pose";
  // How long the background may be silent, and how long a page may take to load what is seen on the way, in milliseconds.
  const [silence, loading] = [10_000, 5000];
  const root = document.scrollingElement ?? document.documentElement;
  // What hangs over the page: "top" is in the first picture only, "bottom" in the last only, "still" stays at its place.
  const held = new Map();
  let area = root;
  let found = null;
  let seam = null;
  let shifted = false;
  let cancelled = false;
  let ended = false;
  let timer = 0;

  const wait = (time) => new Promise((done) => setTimeout(done, time));
  // A tab in the back paints nothing: its frames are not waited for.
  const frame = () => Promise.race([new Promise((done) => requestAnimationFrame(done)), wait(1000)]);
  // A machine that is slow to draw is slow to show it too, and gets as long again. Of two frames without load it is not.
  const painted = async () => {
    const before = performance.now();
    await frame();
    await frame();
    const took = performance.now() - before;
    if (took > 60) await wait(took);
  };

  function setMark(element, value) {
    if (element.getAttribute(mark) === value) return false;
    if (value) element.setAttribute(mark, value);
    else element.removeAttribute(mark);
    return true;
  }

  const scrollTo = (top) => area.scrollTo({ top, left: found.left, behavior: "instant" });

  // All elements, those in open shadow roots too.
  function* all(from = document) {
    for (const element of from.querySelectorAll("*")) {
      yield element;
      if (element.shadowRoot) yield* all(element.shadowRoot);
    }
  }

  // Where the page itself stands still, the largest thing in it that scrolls and fills a quarter of the window.
  function areaOf() {
    const isFixed = [root, document.body].some((element) => element && getComputedStyle(element).overflowY === "hidden");
    if (!isFixed && root.scrollHeight > root.clientHeight + 1) return root;
    let [largest, most] = [root, (innerWidth * innerHeight) / 4];
    for (const element of all()) {
      const size = element.clientWidth * element.clientHeight;
      if (size < most || element === root || element.scrollHeight <= element.clientHeight + 1) continue;
      if (/auto|scroll/.test(getComputedStyle(element).overflowY) && element.checkVisibility()) [largest, most] = [element, size];
    }
    return largest;
  }

  // Marks what hangs over the page, for a picture at this place. Answers whether something changed.
  function hold(isFirst, isLast) {
    let changed = false;
    for (const element of all()) {
      if (element.localName.startsWith("redress-")) {
        changed = setMark(element, "ours") || changed;
        continue;
      }
      if (!held.has(element)) {
        const { position } = getComputedStyle(element);
        if (position === "sticky") held.set(element, "still");
        else if (position === "fixed") held.set(element, hangs(element, isFirst));
      }
    }
    for (const [element, place] of held) {
      const shown = place === "top" ? isFirst : place === "bottom" && isLast;
      changed = setMark(element, place === "still" ? "still" : shown ? null : "away") || changed;
    }
    return changed;
  }

  // What comes to hang at the top only on the way is in the picture at the place that it came from.
  function hangs(element, isFirst) {
    const { top, bottom } = element.getBoundingClientRect();
    if (innerHeight - bottom < top) return "bottom";
    return isFirst ? "top" : "never";
  }

  const inView = ({ top, bottom, left, right }) => bottom > 0 && top < innerHeight && right > 0 && left < innerWidth;
  const pictures = (isWanted) => [...document.images].filter((image) => image.checkVisibility() && isWanted(image.getBoundingClientRect()));

  const loaded = (image) => image.complete || new Promise((done) => {
    for (const event of ["load", "error"]) image.addEventListener(event, done, { once: true });
  });

  // Once down the page, so that what loads only when it is seen is there. Answers why it has no end, or null.
  async function lookThrough(most) {
    const until = performance.now() + 20_000;
    for (let steps = 0; !cancelled; steps += 1) {
      if (area.scrollHeight > most * area.clientHeight) return "capture_refused_long";
      // A page that stands still needs no more steps than it has screens.
      if (steps > most || performance.now() > until) return "capture_refused_moved";
      scrollTo(area.scrollTop + area.clientHeight);
      await frame();
      if (!atEnd()) continue;
      const waited = pictures(({ left, right }) => right > 0 && left < innerWidth).map(loaded);
      await Promise.race([Promise.all(waited), wait(loading)]);
      // What a page adds at its end comes a little later.
      await wait(100);
      if (atEnd()) break;
    }
    return null;
  }

  const atEnd = () => area.scrollTop + area.clientHeight >= area.scrollHeight - 1;

  // The place of an element in the page, whatever moves over it or scrolls.
  function placeOf(element) {
    let top = 0;
    for (let each = element; each; each = each.offsetParent) top += each.offsetTop;
    return top;
  }

  // What stands at the lower edge of a picture must stand at the same place when the next one is taken.
  function compareSeam() {
    if (seam?.element.isConnected && Math.abs(placeOf(seam.element) - seam.top) > 1) shifted = true;
    const { left, top, width, height } = boxOf();
    const under = document.elementsFromPoint(left + width / 2, top + height - 3);
    const element = under.find((each) => each instanceof HTMLElement && area.contains(each) && each !== area && !each.closest(`[${mark}]:not([${mark}="page"])`));
    seam = element ? { element, top: placeOf(element) } : null;
  }

  // The part of the window in which the page moves.
  function boxOf() {
    const [width, height] = [area.clientWidth, area.clientHeight];
    if (area === root) return { left: 0, top: 0, width, height };
    const { left, top } = area.getBoundingClientRect();
    return { left: left + area.clientLeft, top: top + area.clientTop, width, height };
  }

  const where = () => ({
    top: area.scrollTop, full: area.scrollHeight, box: boxOf(), frame: { width: root.clientWidth, height: root.clientHeight },
    width: innerWidth, height: innerHeight, device_pixel_ratio: devicePixelRatio,
    url: location.href, title: document.title, shifted, cancelled,
  });

  function end() {
    if (ended) return;
    ended = true;
    clearTimeout(timer);
    removeEventListener("keydown", onKey, true);
    for (const event of ["wheel", "touchmove"]) removeEventListener(event, hinder, true);
    for (const element of all()) if (element.hasAttribute(mark)) element.removeAttribute(mark);
    if (found) area.scrollTo({ ...found, behavior: "instant" });
    delete globalThis.redressScroller;
  }

  // The background is gone: it says so itself once it has started anew.
  function giveUp() {
    end();
    // After an update there is nobody to tell.
    if (!api.runtime?.id) return;
    api.runtime.sendMessage({ kind: "capture_lost" }).catch(() => {});
  }

  function onKey(event) {
    if (event.key !== "Escape") return;
    cancelled = true;
    event.preventDefault();
    event.stopImmediatePropagation();
  }
  const hinder = (event) => event.preventDefault();

  // Whoever hears nothing more gives up.
  const heard = (work) => async (...values) => {
    clearTimeout(timer);
    const answer = await work(...values);
    if (!ended) timer = setTimeout(giveUp, silence);
    return answer;
  };

  globalThis.redressScroller = {
    end,
    where: heard(async () => where()),
    // Marks the page and goes once through it, `most` screens at most; says under `why` what is wrong with it.
    begin: heard(async (most) => {
      addEventListener("keydown", onKey, true);
      for (const event of ["wheel", "touchmove"]) addEventListener(event, hinder, { capture: true, passive: false });
      setMark(document.documentElement, "page");
      area = areaOf();
      found = { top: area.scrollTop, left: area.scrollLeft };
      const why = await lookThrough(most);
      scrollTo(0);
      await painted();
      if (hold(true, false)) await painted();
      return { ...where(), why };
    }),
    // Goes to a place and waits until it is drawn.
    to: heard(async (top, isFirst, isLast) => {
      scrollTo(top);
      await painted();
      if (hold(isFirst, isLast)) await painted();
      const decoded = pictures(inView).map((image) => image.decode().catch(() => {}));
      await Promise.race([Promise.all(decoded), wait(500)]);
      compareSeam();
      return where();
    }),
  };
})();
