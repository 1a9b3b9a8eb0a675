// On the shop's pages: collects what the core asks for, draws what the core answers. Decides nothing and keeps nothing.
"use strict";

(() => {
  const api = globalThis.browser ?? globalThis.chrome;
  // Between two looks, in milliseconds: as long as the page fills and nothing of ours is there, and afterwards.
  const soon = 50;
  const debounce = 150;
  const filling = 10_000;
  // So many regions of a page, as cards of a list, are read in one task.
  const slice = 10;
  let address;
  let openedAt = 0;
  let lastLook = 0;
  let plan = null;
  let seen = "";
  let shown;
  // The elements of the orders that were shown, in the order of the answer.
  let roots = [];
  let sheet;
  // The first answer of the background: what holds for the whole page.
  let first;
  let dueLook = 0;
  let dueRefresh = 0;
  let asking = 0;
  let changes = 0;
  let torn = 0;
  let ended = false;
  // What the user is told stays until it is dismissed, also while the page goes on loading.
  let notice = null;
  // Whether the list shows only what needs the user now.
  let filter = false;

  const draw = (root, tree) => redressDraw.draw(root, tree, { onAction: act, fill: fillThumbnail, pictureTag: "canvas" });
  const dock = redressDock({ host, draw, refresh, remember: (change) => ask({ kind: "place", ...change }), closed: () => { notice = null; } });
  const marks = redressMarks({ host, draw });

  // After an update of the extension this script has lost its background: it says so once and leaves the page alone.
  function alive() {
    if (api.runtime?.id) return true;
    if (ended) return false;
    ended = true;
    observer.disconnect();
    // A capture may have been going on.
    pose(false);
    marks.leave();
    if (shown?.orders?.length) dock.end(first.outdated);
    return false;
  }

  async function ask(request) {
    if (!alive()) return null;
    try {
      asking += 1;
      return await api.runtime.sendMessage(request);
    } catch {
      // The worker was being replaced. What it was asked for last may be owing to the page.
      seen = "";
      later();
      return null;
    } finally {
      asking -= 1;
    }
  }

  // Learns what is to be collected at a new address.
  async function open() {
    const opened = (address = location.href);
    openedAt = performance.now();
    seen = "";
    plan = notice = shown = null;
    filter = false;
    dock.leave();
    marks.leave();
    const answer = await ask({ kind: "page_opened", url: opened });
    if (address !== opened) return;
    if (!answer) { address = null; return; }
    plan = answer.plan;
    if (plan && !sheet) {
      first = answer;
      (sheet = new CSSStyleSheet()).replaceSync(first.style);
      dock.begin(first.place);
    }
    if (!plan) show({}, []);
  }

  async function look() {
    if (!alive() || document.hidden) return;
    if (address !== location.href) await open();
    if (!plan || address !== location.href) return;
    lastLook = performance.now();
    const before = plan;
    const page = await collect();
    if (plan !== before) return;
    if (!page) return later();
    const text = JSON.stringify(page.snapshot);
    if (text === seen) {
      roots = page.roots;
      marks.show(shown ?? {}, roots, filter);
      return dock.settle();
    }
    seen = text;
    const collapsed = dock.wantsPill();
    // The visit tells a countdown that stands still in an open page from one that was read anew.
    const answer = await ask({ kind: "page_seen", snapshot: page.snapshot, visit: Math.round(performance.timeOrigin), collapsed, filter, notice });
    if (answer && plan === before) show(answer, page.roots, collapsed);
  }

  // The snapshot, and each order's element with the place for its badge. The page goes on between two slices; what it changes then would mix
  // two states of it, so all is read again, at last in one task. Nothing where it was given up.
  async function collect() {
    const found = [];
    const steps = redressSteps(plan, document, location, (name, element) => {
      if (name === "order") found.push({ element, anchor: plan.badge && element.querySelector(plan.badge) });
    });
    const before = changes;
    for (let read = 1; ; read += 1) {
      const { value: snapshot, done } = steps.next();
      if (done) {
        torn = 0;
        return { snapshot, roots: found };
      }
      if (read % slice || torn > 2) continue;
      await scheduler.yield();
      if (changes === before && !document.hidden && address === location.href) continue;
      torn += 1;
      return null;
    }
  }

  // The first thing to show is not waited for: of an order that only the address names there is none yet. Afterwards changes are gathered.
  function later() {
    const now = performance.now();
    const isFirst = !(shown?.overlay ?? shown?.list) && !asking && now - openedAt < filling;
    dueLook ||= setTimeout(() => { dueLook = 0; look(); }, isFirst ? Math.max(0, lastLook + soon - now) : debounce);
  }

  function host(name) {
    const element = document.createElement(name);
    const root = element.attachShadow({ mode: "closed" });
    root.adoptedStyleSheets = [sheet];
    const inside = document.createElement("div");
    // Our words run as our language does, also on a page of another one.
    Object.assign(inside, first.speech);
    root.append(inside);
    return { element, inside };
  }

  function show(answer, itsRoots, collapsed) {
    [shown, roots] = [answer, itsRoots];
    clearTimeout(dueRefresh);
    // One timer, at the next moment at which what is shown changes.
    if (answer.next_change_ms) dueRefresh = setTimeout(refresh, Math.min(answer.next_change_ms, 2 ** 31 - 1));
    if (answer.overlay) dock.show(answer.overlay, collapsed);
    else dock.remove();
    marks.show(answer, roots, filter);
  }

  // Draws what is known anew. Nothing is read: a page that was read an hour ago must not count as read now. Questions are answered in
  // their order: where another one was answered meanwhile, more is known than this one asked with.
  async function refresh() {
    if (document.hidden || !shown?.orders) return;
    const before = shown;
    const collapsed = dock.wantsPill();
    const answer = await ask({ kind: "redraw", url: address, orders: shown.orders, collapsed, filter, notice });
    if (shown !== before) return refresh();
    if (answer) show(answer, roots, collapsed);
  }

  async function act(action, event, value) {
    switch (action.do) {
      case "reload": return location.reload();
      case "capture": return capture();
      case "collapse": return action.collapsed ? dock.collapse() : dock.open();
      case "move": return dock.move();
      case "filter":
        filter = action.on;
        return refresh();
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

  async function capture() {
    // A worker that was ended in it does not answer; the next one knows what came of it.
    const answer = (await ask({ kind: "capture", trigger: "overlay" })) ?? (await ask({ kind: "capture_lost" }));
    notice = answer?.notice;
    // The worker shows them too, where it lives to do it.
    pose(false);
    return refresh();
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

  const frame = () => new Promise(requestAnimationFrame);

  // The camera asks for a page without the overlay and for what the record says of the page.
  async function pose(hidden) {
    for (const own of [dock.host(), ...marks.hosts()]) if (own) own.element.hidden = hidden;
    marks.withAll(hidden);
    if (!hidden) return {};
    setTimeout(alive, 9000);
    await frame();
    // At the next one the page is drawn without us. It is read in between.
    const drawn = frame();
    await scheduler.yield();
    const page = plan && (await collect());
    await drawn;
    return {
      url: location.href,
      title: document.title,
      width: innerWidth,
      height: innerHeight,
      device_pixel_ratio: devicePixelRatio,
      orders: shown?.orders,
      snapshot: page?.snapshot,
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

  // What we draw ourselves is no reason to look.
  const isOurs = ({ type, addedNodes, removedNodes }) => type === "childList" &&
    [...addedNodes, ...removedNodes].every((node) => node.localName?.startsWith("redress-"));
  const observer = new MutationObserver((records) => {
    if (records.every(isOurs)) return;
    changes += 1;
    later();
  });
  function watch() {
    observer.disconnect();
    if (document.hidden || !alive()) return;
    observer.observe(document.documentElement, { childList: true, subtree: true, characterData: true });
    look();
    // What was to be drawn anew while nobody saw the page.
    refresh();
  }
  document.addEventListener("visibilitychange", watch);
  addEventListener("popstate", later);
  const settle = () => {
    alive();
    dock.settle();
    marks.settle();
  };
  addEventListener("resize", settle);
  // Also of what scrolls inside the page.
  addEventListener("scrollend", settle, true);
  watch();
})();
