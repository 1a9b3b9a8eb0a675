// The picture on which parts are covered: by mouse or touch, and by keyboard. It changes `covers` and says so.
import { text } from "./texts.js";
import { say } from "./tree.js";

const arrows = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
// How far an arrow key goes, in CSS pixels of the captured page.
const step = 8;

export class Stage {
  constructor(place, { address, name, covers, ratio, help, changed }) {
    Object.assign(this, { place, covers, changed, help, step: Math.max(1, Math.round(step * ratio)) });
    this.image = document.createElement("img");
    this.image.src = address;
    this.image.alt = name;
    this.image.draggable = false;
    // A picture that is not there yet has its room already.
    [this.image.width, this.image.height] = [covers.width, covers.height];
    place.replaceChildren(this.image);
    place.addEventListener("pointerdown", (event) => this.begin(event));
    place.addEventListener("pointermove", (event) => this.move(event));
    place.addEventListener("pointerup", (event) => this.end(event));
    place.addEventListener("pointercancel", () => this.leave());
    place.addEventListener("keydown", (event) => this.key(event));
    // What a button beside the picture is about: a finger has no Delete key.
    place.addEventListener("focusin", ({ target }) => { this.current = Number(target.dataset.id); });
  }

  // A place in the window as a place in the original.
  at({ clientX, clientY }) {
    const { left, top, width, height } = this.image.getBoundingClientRect();
    return { x: ((clientX - left) / width) * this.covers.width, y: ((clientY - top) / height) * this.covers.height };
  }

  // A drag begins a new part, moves one, or moves its corner.
  begin(event) {
    if (event.button || this.drag) return;
    const found = event.target.closest(".covered");
    const from = this.at(event);
    const was = found && this.covers.list.find(({ id }) => id === Number(found.dataset.id));
    this.drag = { pointer: event.pointerId, from, was, corner: event.target.matches(".corner") };
    this.place.setPointerCapture(event.pointerId);
    event.preventDefault();
    found?.focus();
  }

  // What the drag has made of the part; nothing while the pointer has hardly moved.
  dragged(event) {
    const { from, was, corner } = this.drag;
    const to = this.at(event);
    const [across, down] = [to.x - from.x, to.y - from.y];
    if (Math.max(Math.abs(across), Math.abs(down)) < this.step / 2) return null;
    if (!was) return this.covers.within({ left: Math.min(from.x, to.x), top: Math.min(from.y, to.y), width: Math.abs(across), height: Math.abs(down) });
    if (corner) return this.covers.within(this.sized(was, across, down));
    return this.covers.within({ ...was, left: was.left + across, top: was.top + down });
  }

  // The corner moves and the opposite one stays.
  sized(cover, across, down) {
    const width = Math.min(cover.width + across, this.covers.width - cover.left);
    const height = Math.min(cover.height + down, this.covers.height - cover.top);
    return { ...cover, width, height };
  }

  move(event) {
    if (this.drag?.pointer !== event.pointerId) return;
    const cover = this.dragged(event);
    if (cover) this.draw(cover.id ? this.covers.list.map((one) => (one.id === cover.id ? cover : one)) : [...this.covers.list, cover]);
  }

  end(event) {
    if (this.drag?.pointer !== event.pointerId) return;
    const cover = this.dragged(event);
    this.drag = null;
    if (cover) this.put(cover);
  }

  leave() {
    this.drag = null;
    this.draw();
  }

  put(cover) {
    const id = this.covers.put(cover);
    this.told();
    this.element(id)?.focus();
  }

  // In the middle of what of the picture is in the window.
  add() {
    const { top, bottom, left, width } = this.image.getBoundingClientRect();
    const [from, to] = [Math.max(0, top), Math.min(innerHeight, bottom)];
    const { x, y } = this.at({ clientX: left + width / 2, clientY: from < to ? (from + to) / 2 : (top + bottom) / 2 });
    const [wide, high] = [this.covers.width / 3, this.step * 5];
    this.put({ left: x - wide / 2, top: y - high / 2, width: wide, height: high });
  }

  remove(id = this.current) {
    const place = this.covers.list.findIndex((one) => one.id === id);
    if (place < 0) return;
    this.covers.remove(id);
    this.told();
    const next = this.covers.list[Math.min(place, this.covers.list.length - 1)];
    (next ? this.element(next.id) : document.getElementById("add"))?.focus();
  }

  undo() {
    if (!this.covers.past.length) return;
    this.covers.undo();
    this.told();
    if (document.activeElement === document.body) document.getElementById("add")?.focus();
  }

  key(event) {
    if (event.key === "z" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      return this.undo();
    }
    const cover = this.covers.list.find(({ id }) => id === Number(event.target.dataset.id));
    if (!cover || event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key === "Delete" || event.key === "Backspace") {
      event.preventDefault();
      return this.remove(cover.id);
    }
    const [across, down] = (arrows[event.key] ?? []).map((way) => way * this.step);
    if (across === undefined) return;
    event.preventDefault();
    this.put(event.shiftKey ? this.sized(cover, across, down) : { ...cover, left: cover.left + across, top: cover.top + down });
  }

  told() {
    this.draw();
    this.changed();
  }

  element(id) {
    return this.place.querySelector(`[data-id="${id}"]`);
  }

  // Elements that stay keep their focus. A part that is being drawn has no id yet.
  draw(list = this.covers.list) {
    const wanted = new Set(list.map(({ id }) => String(id)));
    for (const one of this.place.querySelectorAll(".covered")) if (!wanted.has(one.dataset.id)) one.remove();
    list.forEach((cover, at) => {
      const one = this.element(cover.id) ?? this.made(cover.id);
      one.setAttribute("aria-label", text(say("copy_covered_part", { number: at + 1 }, { number: list.length })));
      const share = (length, all) => `${(length / all) * 100}%`;
      one.style.left = share(cover.left, this.covers.width);
      one.style.top = share(cover.top, this.covers.height);
      one.style.width = share(cover.width, this.covers.width);
      one.style.height = share(cover.height, this.covers.height);
    });
  }

  made(id) {
    const one = document.createElement("button");
    one.type = "button";
    one.className = "covered";
    one.dataset.id = id;
    one.setAttribute("aria-describedby", this.help);
    const corner = document.createElement("span");
    corner.className = "corner";
    one.append(corner);
    this.place.append(one);
    return one;
  }
}
