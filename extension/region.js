// Lets the user choose a part of the window, and tells the background which. Put into a page only when he asks for it.
"use strict";

(() => {
  document.querySelector("redress-region")?.remove();
  const api = globalThis.browser ?? globalThis.chrome;
  const say = (key) => api.i18n.getMessage(key);
  const root = document.documentElement;
  const [wide, high] = [root.clientWidth, root.clientHeight];
  const [step, least] = [10, 8];
  const clamp = (value, most) => Math.max(0, Math.min(value, most));
  const region = { left: wide / 4, top: high / 4, width: wide / 2, height: high / 2 };
  // They are not in the picture, and what they cover can be wanted.
  const ours = [...document.querySelectorAll("*")].filter((element) => element.localName.startsWith("redress-") && !element.hidden);
  let from = null;
  let dragged = false;

  const host = document.createElement("redress-region");
  const shadow = host.attachShadow({ mode: "closed" });
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`
    :host { all: initial; position: fixed; inset: 0; z-index: 2147483647; cursor: crosshair; touch-action: none; }
    .part { position: absolute; box-sizing: border-box; border: 2px solid #fff; outline: 2px solid #0f6b66; box-shadow: 0 0 0 200vmax rgb(0 0 0 / 45%); }
    .part:focus-visible { outline-width: 4px; }
    p { position: absolute; inset-inline: 12px; bottom: 12px; margin: 0 auto; max-width: 520px; padding: 10px 14px; border-radius: 8px; background: #fff; color: #17201f;
      font: 14px/1.45 system-ui, sans-serif; text-align: start; pointer-events: none; box-shadow: 0 2px 12px rgb(0 0 0 / 30%); }
    @media (prefers-color-scheme: dark) { p { background: #1b2423; color: #e7eeed; } }`);
  shadow.adoptedStyleSheets = [sheet];
  const part = document.createElement("div");
  part.className = "part";
  part.tabIndex = 0;
  part.setAttribute("role", "group");
  const help = document.createElement("p");
  help.id = "help";
  help.dir = say("catalogue_direction");
  help.lang = say("catalogue_language");
  help.textContent = say("region_help");
  part.setAttribute("aria-label", say("button_capture_part"));
  part.setAttribute("aria-describedby", "help");
  shadow.append(part, help);

  function draw() {
    for (const [name, value] of Object.entries(region)) part.style[name] = `${value}px`;
  }

  const before = document.activeElement;
  function close() {
    removeEventListener("keydown", onKey, true);
    removeEventListener("resize", close);
    for (const element of ours) element.hidden = false;
    host.remove();
    // Where nothing had the focus, nothing has it now.
    if (before && before !== document.body) before.focus?.({ preventScroll: true });
  }

  async function choose() {
    const chosen = { ...region, of: innerWidth };
    close();
    // The picture is taken of a page without the choice.
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    api.runtime.sendMessage({ kind: "region_chosen", region: chosen }).catch(() => {});
  }

  host.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    host.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY };
    dragged = false;
  });
  host.addEventListener("pointermove", ({ clientX, clientY }) => {
    if (!from) return;
    const [x, y] = [clamp(clientX, wide), clamp(clientY, high)];
    Object.assign(region, { left: Math.min(from.x, x), top: Math.min(from.y, y), width: Math.abs(x - from.x), height: Math.abs(y - from.y) });
    dragged = true;
    draw();
  });
  // A click without a way chooses nothing.
  host.addEventListener("pointerup", () => {
    const isPart = from && dragged && region.width >= least && region.height >= least;
    from = null;
    if (isPart) choose();
  });

  const arrows = { ArrowLeft: [-step, 0], ArrowRight: [step, 0], ArrowUp: [0, -step], ArrowDown: [0, step] };
  function onKey(event) {
    const arrow = arrows[event.key];
    if (!arrow && !["Enter", "Escape"].includes(event.key)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    if (event.key === "Escape") return close();
    if (event.key === "Enter") return region.width >= least && region.height >= least ? choose() : undefined;
    const [across, down] = arrow;
    if (event.shiftKey) {
      region.width = Math.max(least, clamp(region.width + across, wide - region.left));
      region.height = Math.max(least, clamp(region.height + down, high - region.top));
    } else {
      region.left = clamp(region.left + across, wide - region.width);
      region.top = clamp(region.top + down, high - region.height);
    }
    draw();
  }
  // On the window, so that the page's own keys rest meanwhile.
  addEventListener("keydown", onKey, true);
  // In a window of another size the part would be another one.
  addEventListener("resize", close);

  for (const element of ours) element.hidden = true;
  draw();
  root.append(host);
  part.focus({ preventScroll: true });
})();
