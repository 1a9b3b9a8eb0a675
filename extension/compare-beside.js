// Two captures side by side: one scrolls the other, so that rows that belong together stand together, and the places that differ
// are marked.

// Where a row of one picture lies in the other. `from` and `to` say which is which in the runs: 0 for the earlier, 1 for the later.
function rowIn(runs, row, from, to) {
  const run = runs.findLast((one) => one[from] <= row) ?? [0, 0, 0];
  const next = runs[runs.indexOf(run) + 1];
  const into = row - run[from];
  // In what only one has, the other waits.
  return run[to] + (next ? Math.min(into, next[to] - run[to]) : into);
}

function markOf(box, at, { width, height }) {
  const mark = document.createElement("span");
  mark.className = box.height ? "mark" : "mark gap";
  const number = document.createElement("b");
  number.textContent = String(at + 1);
  mark.append(number);
  const share = (length, all) => `${(length / all) * 100}%`;
  mark.style.left = share(box.left, width);
  mark.style.top = share(box.top, height);
  mark.style.width = share(box.width, width);
  mark.style.height = share(box.height, height);
  return mark;
}

function sideOf({ address, name, width, height, boxes }) {
  const [side, title, scroller, sheet, image] = ["div", "h3", "div", "div", "img"].map((tag) => document.createElement(tag));
  title.textContent = name;
  scroller.className = "scroller";
  scroller.tabIndex = 0;
  scroller.setAttribute("role", "region");
  scroller.setAttribute("aria-label", name);
  image.src = address;
  image.alt = name;
  [image.width, image.height] = [width, height];
  // The list below says the same in words.
  const marks = document.createElement("div");
  marks.setAttribute("aria-hidden", "true");
  marks.append(...boxes.map((box, at) => markOf(box, at, { width, height })));
  sheet.append(image, marks);
  scroller.append(sheet);
  side.append(title, scroller);
  return side;
}

// `sides` are the earlier and the later picture: address, name, width and height in pixels of the comparison, boxes.
export function putBeside(place, sides, runs) {
  place.replaceChildren(...sides.map(sideOf));
  const scrollers = [...place.querySelectorAll(".scroller")];
  const scaleOf = (one) => one.querySelector("img").clientHeight / one.querySelector("img").height;
  // The place to which each was moved by the other: that is not the user's own scrolling.
  const moved = [null, null];
  scrollers.forEach((one, from) => one.addEventListener("scroll", () => {
    if (moved[from] !== null && Math.abs(one.scrollTop - moved[from]) < 2) {
      moved[from] = null;
      return;
    }
    const to = 1 - from;
    const other = scrollers[to];
    const before = other.scrollTop;
    other.scrollTop = rowIn(runs, one.scrollTop / scaleOf(one), from, to) * scaleOf(other);
    if (other.scrollTop !== before) moved[to] = other.scrollTop;
  }));
}
