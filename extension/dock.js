// The overlay on a page of the shop: a card where it covers nothing that can be clicked, else a pill. A click on the pill opens the card over
// the page until it is closed. Which of them the core shall draw is known before it is asked.
"use strict";

globalThis.redressDock = ({ host, draw, refresh, remember, closed }) => {
  const { corners, forCard, forPopover, putSmall } = redressPlace;
  let own = null;
  // What the user chose on this host.
  let place = null;
  let opened = false;
  let focusing = false;

  const drawn = () => own?.inside.firstElementChild?.id;
  const isInUse = () => own.element.matches(":hover") || document.activeElement === own.element;
  const wantsPill = () => !opened && (place.collapsed || !forCard(place.corner));

  function make() {
    own = host("redress-overlay");
    // Else it would move the page until it has its corner.
    own.element.style.position = "fixed";
    own.inside.addEventListener("mousedown", drag);
    own.inside.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || !opened) return;
      // The page's own shortcuts are not meant.
      event.stopPropagation();
      close(true);
    });
  }

  // `asked` says whether the pill was asked for.
  function show(tree, asked) {
    if (!own) make();
    draw(own.inside, tree);
    // First for the Tab key: the shop's pages go on and on below.
    if (!own.element.isConnected) document.body.before(own.element);
    // There is something to tell, and it is told on the card.
    if (asked && drawn() === "redress-card") opened = true;
    settle();
    if (focusing) own.inside.querySelector("#collapse, #redress-pill")?.focus({ preventScroll: true });
    focusing = false;
  }

  // Puts what is drawn where it belongs on the page as it is now.
  function settle() {
    if (!own?.element.isConnected || document.hidden) return;
    const isCard = drawn() === "redress-card";
    if (!isCard && drawn() !== "redress-pill") return putSmall(own, place.corner);
    const box = opened || place.collapsed ? null : forCard(place.corner);
    // What the user is at stays with them.
    if (isCard && !box && !place.collapsed && isInUse()) opened = true;
    if (isCard !== (opened || Boolean(box))) return refresh();
    if (isCard) putCard(box ?? forPopover(place.corner));
    else putSmall(own, place.corner);
  }

  // By its corner: the card may be less high than it could be.
  function putCard({ corner, edge, width, height }) {
    const { dataset, style } = own.element;
    const [vertical, horizontal] = corner.split("-");
    Object.assign(dataset, { corner, opened });
    Object.assign(style, { inset: "auto", [vertical]: `${edge}px`, [horizontal]: `${edge}px` });
    style.setProperty("--room", `${height}px`);
    style.setProperty("--wide", `${width}px`);
  }

  // The pill opens the card for good where that is what keeps it from standing there, else over the page.
  function open() {
    focusing = true;
    if (place.collapsed && forCard(place.corner)) choose({ collapsed: false });
    else opened = true;
    return refresh();
  }

  function close(withFocus) {
    opened = false;
    focusing = withFocus;
    closed();
    return refresh();
  }

  function collapse() {
    if (!opened || forCard(place.corner)) choose({ collapsed: true });
    return close(true);
  }

  function choose(change) {
    Object.assign(place, change);
    remember(change);
  }

  // Where it would cover something it stands until it is closed: the user put it there.
  function moveTo(corner) {
    choose({ corner });
    if (forCard(corner)?.corner !== corner) opened = true;
    settle();
  }

  // Dragging by the head puts the overlay into the nearest corner.
  function drag(down) {
    if (down.button !== 0 || !down.target.closest(".head") || down.target.closest("button")) return;
    // Else the browser would drag the link that comes to light below.
    down.preventDefault();
    const box = own.element;
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

  addEventListener("pointerdown", ({ target }) => opened && target !== own.element && close(false), true);
  addEventListener("keydown", ({ key }) => opened && key === "Escape" && close(true));

  return {
    wantsPill, show, settle, open, collapse,
    element: () => own?.element,
    begin: (remembered) => { place = remembered; },
    move: () => moveTo(corners[(corners.indexOf(own.element.dataset.corner) + 1) % 4]),
    // On another address nothing is open.
    leave: () => { opened = false; },
    remove: () => own?.element.remove(),
    end(tree) {
      opened = false;
      show(tree);
    },
  };
};
