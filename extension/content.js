// On the shop's pages: collects what the core asks for, draws what the core answers. Decides nothing and keeps nothing.
"use strict";

(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  const debounce = 150;
  const badges = new Map();
  let address = null;
  let plan = null;
  let seen = "";
  let shown = null;
  let overlay = null;
  let sheet = null;
  let dueLook = 0;
  let dueRefresh = 0;
  let turn = 0;
  // What the user is told stays until it is dismissed, also while the page goes on loading.
  let notice = null;
  // An answer that was under way while the overlay was moved must not move it back.
  let corner = null;

  // After an update of the extension this script has lost its background: it stops and leaves the page alone.
  function alive() {
    if (api.runtime?.id) return true;
    observer.disconnect();
    clearTimeout(dueLook);
    clearTimeout(dueRefresh);
    return false;
  }

  async function ask(request) {
    if (!alive()) return null;
    try {
      return await api.runtime.sendMessage(request);
    } catch {
      // The worker was being replaced; the next change of the page asks again.
      seen = "";
      return null;
    }
  }

  async function look() {
    if (!alive() || document.hidden) return;
    if (address !== location.href) {
      const opened = (address = location.href);
      seen = "";
      plan = notice = null;
      const answer = await ask({ kind: "page_opened", url: opened });
      if (address !== opened) return;
      if (!answer) { address = null; return; }
      plan = answer.plan;
      if (answer.style && !sheet) (sheet = new CSSStyleSheet()).replaceSync(answer.style);
      if (!plan) return show({});
    }
    if (!plan) return;
    const { snapshot, roots } = collect();
    const text = JSON.stringify(snapshot);
    if (text === seen) return placeBadges(roots);
    seen = text;
    const mine = ++turn;
    // The visit tells a countdown that stands still in an open page from one that was read anew.
    const answer = await ask({ kind: "page_seen", snapshot, visit: Math.round(performance.timeOrigin), notice });
    if (answer && mine === turn) show(answer, roots);
  }

  // The snapshot, and each order's element with the place for its badge.
  function collect() {
    const roots = [];
    const snapshot = redressCollect(plan, document, location, (name, element) => {
      if (name === "order") roots.push({ element, anchor: plan.badge && element.querySelector(plan.badge) });
    });
    return { snapshot, roots };
  }

  function later() {
    dueLook ||= setTimeout(() => { dueLook = 0; look(); }, debounce);
  }

  function host(name) {
    const element = document.createElement(name);
    const root = element.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [sheet];
    const inside = document.createElement("div");
    // Our words run as our language does, also on a page of another one.
    for (const [name, key] of [["dir", "direction"], ["lang", "language"]]) inside[name] = api.i18n.getMessage(`catalogue_${key}`);
    root.append(inside);
    return { element, inside };
  }

  function show(answer, roots) {
    shown = answer;
    clearTimeout(dueRefresh);
    // One timer, at the next moment at which what is shown changes.
    if (answer.next_change_ms) dueRefresh = setTimeout(refresh, Math.min(answer.next_change_ms, 2 ** 31 - 1));
    if (answer.overlay) {
      if (!overlay) {
        overlay = host("redress-overlay");
        overlay.inside.addEventListener("mousedown", drag);
      }
      overlay.element.dataset.corner = corner ??= answer.corner;
      redressDraw.draw(overlay.inside, answer.overlay, { onAction: act, fill: fillThumbnail, pictureTag: "canvas" });
      if (!overlay.element.isConnected) document.documentElement.append(overlay.element);
    } else {
      overlay?.element.remove();
    }
    placeBadges(roots ?? []);
  }

  // A badge stands at the end of its card's status line, where the shop leaves room, so that nothing moves.
  function placeBadges(roots) {
    const wanted = new Map((shown?.badges ?? []).map((badge) => [badge.root, badge.node]));
    roots.forEach(({ element, anchor }, index) => {
      const node = wanted.get(index);
      let badge = badges.get(element);
      if (!node || !anchor) {
        badge?.element.remove();
        badges.delete(element);
        return;
      }
      if (!badge) badges.set(element, badge = host("redress-badge"));
      redressDraw.draw(badge.inside, node, { onAction: act });
      if (badge.element.parentNode !== anchor) anchor.append(badge.element);
    });
    for (const [element, badge] of badges) {
      if (element.isConnected && roots.some((root) => root.element === element)) continue;
      badge.element.remove();
      badges.delete(element);
    }
  }

  // Draws what is known anew. Nothing is read: a page that was read an hour ago must not count as read now.
  async function refresh() {
    if (document.hidden || !shown?.orders) return;
    const mine = ++turn;
    const answer = await ask({ kind: "redraw", url: address, orders: shown.orders, notice });
    if (answer && mine === turn) show(answer, plan ? collect().roots : []);
  }

  async function act(action, event, value) {
    switch (action.do) {
      case "capture": return capture();
      case "collapse":
        await ask({ kind: "place", collapsed: action.collapsed });
        await refresh();
        return overlay.inside.querySelector("[data-focus], button")?.focus({ preventScroll: true });
      case "move": {
        const corners = ["bottom-right", "bottom-left", "top-left", "top-right"];
        return moveTo(corners[(corners.indexOf(overlay.element.dataset.corner) + 1) % corners.length]);
      }
      case "dismiss":
        notice = null;
        return refresh();
      case "open_page": return location.assign(action.url);
      case "copy_report": return copyReport(action);
      default: {
        event.preventDefault();
        const answer = await ask({ kind: "act", action, value });
        if (!answer?.notice) return;
        notice = answer.notice;
        return refresh();
      }
    }
  }

  // Where the browser refuses, the report is shown to be copied by hand.
  async function copyReport(action) {
    const { report } = (await ask({ kind: "act", action })) ?? {};
    if (!report) return;
    notice = await navigator.clipboard.writeText(report).then(() => "copied", () => ({ report }));
    await refresh();
  }

  async function moveTo(next) {
    overlay.element.dataset.corner = corner = next;
    await ask({ kind: "place", corner });
  }

  async function capture() {
    const answer = await ask({ kind: "capture", trigger: "overlay" });
    notice = answer?.notice ?? null;
    await refresh();
  }

  async function fillThumbnail(canvas, id) {
    const picture = await ask({ kind: "thumbnail", capture_id: id });
    if (!picture) return;
    // Bytes straight into a canvas: no address that a strict page could refuse to load.
    const bytes = Uint8Array.from(atob(picture.base64), (letter) => letter.charCodeAt(0));
    const bitmap = await createImageBitmap(new Blob([bytes], { type: picture.type }));
    [canvas.width, canvas.height] = [bitmap.width, bitmap.height];
    canvas.getContext("2d").drawImage(bitmap, 0, 0);
  }

  const painted = () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));

  // The camera asks for a page without the overlay and for what the record says of the page.
  async function pose(hidden) {
    const own = [overlay, ...badges.values()].filter(Boolean);
    for (const { element } of own) element.toggleAttribute("hidden", hidden);
    if (!hidden) return {};
    await painted();
    return {
      url: location.href,
      title: document.title,
      width: innerWidth,
      height: innerHeight,
      device_pixel_ratio: devicePixelRatio,
      orders: shown?.orders ?? [],
    };
  }

  api.runtime.onMessage.addListener((message, sender, reply) => {
    if (sender.id !== api.runtime.id) return;
    if (message.kind === "pose") { pose(message.hidden).then(reply); return true; }
    if (message.kind === "shown_again") {
      notice = message.notice;
      refresh();
      reply({});
    }
  });

  // Dragging by the head puts the overlay into the nearest corner.
  function drag(down) {
    if (down.button !== 0 || !down.target.closest(".head") || down.target.closest("button")) return;
    // Else the browser would drag the link that comes to light below.
    down.preventDefault();
    const box = overlay.element;
    const stop = new AbortController();
    const shift = (x, y) => { box.style.transform = x || y ? `translate(${x}px, ${y}px)` : ""; };
    addEventListener("mousemove", (move) => shift(move.clientX - down.clientX, move.clientY - down.clientY), { signal: stop.signal });
    addEventListener("mouseup", (up) => {
      stop.abort();
      shift(0, 0);
      if (Math.hypot(up.clientX - down.clientX, up.clientY - down.clientY) < 24) return;
      moveTo(`${up.clientY < innerHeight / 2 ? "top" : "bottom"}-${up.clientX < innerWidth / 2 ? "left" : "right"}`);
    }, { signal: stop.signal });
  }

  const observer = new MutationObserver(later);
  function watch() {
    observer.disconnect();
    if (document.hidden || !alive()) return;
    observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    look();
  }
  document.addEventListener("visibilitychange", watch);
  addEventListener("popstate", later);
  watch();
})();
