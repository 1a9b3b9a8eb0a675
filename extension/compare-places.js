// The places where two pictures of one width differ, as boxes in both: { before, after }, each { left, top, width, height }. One
// that has no height is where the other picture has more.
import { aligned } from "./compare-rows.js";
import pixelmatch from "./pixelmatch.js";

// The side of the squares in which differing pixels are gathered, and how many squares may lie between two of one place.
const [side, reach] = [8, 2];
// No more than so many places: beyond that, those that are near become one.
const mostPlaces = 60;
// So many rows are compared at once.
const slice = 512;
// From which difference on a pixel counts, from 0 to 1 (black and white). Captures have no noise: little is enough.
const shade = 0.05;

const boxOf = (left, top, right, bottom) => ({ left, top, width: right - left, height: bottom - top });

// Around two boxes; one without a height is a place only.
function around(a, b) {
  const both = [a, b].filter(({ height }) => height);
  if (both.length < 2) return both[0] ?? a;
  const [left, top] = [Math.min(a.left, b.left), Math.min(a.top, b.top)];
  return boxOf(left, top, Math.max(a.left + a.width, b.left + b.width), Math.max(a.top + a.height, b.top + b.height));
}

// The part of a range of rows that differs from the row `ground`; null where all rows repeat it.
function beside({ width, pixels }, [top, bottom], left, right, ground) {
  let [first, end, from, to] = [right, left, bottom, top];
  for (let row = top; row < bottom; row += 1) {
    for (let x = left; x < right; x += 1) {
      if (pixels[row * width + x] === pixels[ground * width + x]) continue;
      [first, end] = [Math.min(first, x), Math.max(end, x + 1)];
      [from, to] = [Math.min(from, row), row + 1];
    }
  }
  return first < end ? boxOf(first, from, end, to) : null;
}

// What stands on a range of rows: where they differ from the row above or the one below, whichever leaves less. Space that only
// goes on is nothing.
function content(picture, [top, bottom], left, right) {
  const grounds = [top - 1, bottom].filter((row) => row >= 0 && row < picture.height);
  const found = grounds.map((ground) => beside(picture, [top, bottom], left, right, ground));
  if (!found.length) return boxOf(left, top, right, bottom);
  if (found.includes(null)) return null;
  return found.sort((a, b) => a.width * a.height - b.width * b.height)[0];
}

// Rows that only one has, or of which one has more than the other: one place, where there is anything on them.
function unequal(before, after, part) {
  const [was, is] = [[before, part.before], [after, part.after]].map(([picture, rows]) =>
    rows[0] < rows[1] ? content(picture, rows, part.left, part.right) : null);
  if (!was && !is) return [];
  const nothing = ({ left, width }, top) => ({ left, top, width, height: 0 });
  return [{ before: was ?? nothing(is, part.before[0]), after: is ?? nothing(was, part.after[0]) }];
}

// A rectangle of a picture as pixelmatch takes it.
function cut({ width, pixels }, { left, top, width: wide, height }) {
  const out = new Uint32Array(wide * height);
  for (let row = 0; row < height; row += 1) out.set(pixels.subarray((top + row) * width + left, (top + row) * width + left + wide), row * wide);
  return new Uint8Array(out.buffer);
}

// Which squares of a part with as many rows in both have pixels that differ: one byte for each, and how many in a row.
function squares(before, after, { left, right, before: [top, bottom], after: [to] }, isScaled) {
  const width = right - left;
  const across = Math.ceil(width / side);
  const marked = new Uint8Array(across * Math.ceil((bottom - top) / side));
  for (let from = 0; from < bottom - top; from += slice) {
    const height = Math.min(slice, bottom - top - from);
    const mask = new Uint8Array(width * height * 4);
    const [was, is] = [[before, top], [after, to]].map(([picture, first]) => cut(picture, { left, top: first + from, width, height }));
    // Of a picture that was made smaller the edges of letters differ in any case.
    pixelmatch(was, is, mask, width, height, { threshold: shade, includeAA: !isScaled, diffMask: true });
    for (let at = 0; at < width * height; at += 1) {
      if (mask[at * 4 + 3]) marked[Math.floor((from + Math.floor(at / width)) / side) * across + Math.floor((at % width) / side)] = 1;
    }
  }
  return { marked, across };
}

// Squares that lie together, as [first column, first row, column and row after the last].
function groups({ marked, across }) {
  const found = [];
  for (let start = 0; start < marked.length; start += 1) {
    if (!marked[start]) continue;
    const group = [across, marked.length, 0, 0];
    const open = [start];
    marked[start] = 0;
    while (open.length) {
      const at = open.pop();
      const [x, y] = [at % across, Math.floor(at / across)];
      [Math.min(group[0], x), Math.min(group[1], y), Math.max(group[2], x + 1), Math.max(group[3], y + 1)].forEach((value, place) => { group[place] = value; });
      for (let row = Math.max(0, y - reach); row <= y + reach; row += 1) {
        for (let column = Math.max(0, x - reach); column <= Math.min(across - 1, x + reach); column += 1) {
          const next = row * across + column;
          if (!marked[next]) continue;
          marked[next] = 0;
          open.push(next);
        }
      }
    }
    found.push(group);
  }
  return found;
}

function equal(before, after, part, isScaled) {
  const { left, right, before: [top, bottom], after: [to] } = part;
  return groups(squares(before, after, part, isScaled)).map(([x, y, endX, endY]) => {
    const box = boxOf(left + x * side, top + y * side, Math.min(right, left + endX * side), Math.min(bottom, top + endY * side));
    return { before: box, after: { ...box, top: box.top - top + to } };
  });
}

const isNear = (a, b, from, length, far) => a[from] <= b[from] + b[length] + far && b[from] <= a[from] + a[length] + far;

// Places of which both boxes lie within `far` pixels of each other become one.
function merged(places, far) {
  const out = [];
  for (let place of places) {
    for (;;) {
      const at = out.findIndex((one) => isNear(one.before, place.before, "top", "height", far) && isNear(one.after, place.after, "top", "height", far) &&
        isNear(around(one.before, one.after), around(place.before, place.after), "left", "width", far));
      if (at < 0) break;
      const [one] = out.splice(at, 1);
      place = { before: around(one.before, place.before), after: around(one.after, place.after) };
    }
    out.push(place);
  }
  return out;
}

// What differs, in the order of the later picture. `same`: each pixel is. `near` is how far apart two places are, in pixels.
export function compared(before, after, near, isScaled) {
  const { runs, parts } = aligned(before, after);
  const found = parts.flatMap((part) => (part.before[1] - part.before[0] === part.after[1] - part.after[0] ? equal(before, after, part, isScaled) : unequal(before, after, part)));
  let places = merged(found, near);
  for (let far = near * 2; places.length > mostPlaces; far *= 2) places = merged(places, far);
  places.sort((a, b) => a.after.top - b.after.top || a.after.left - b.after.left);
  const area = places.reduce((sum, { before: was, after: is }) => sum + was.width * was.height + is.width * is.height, 0);
  return { same: !parts.length, places, runs, share: area / (before.pixels.length + after.pixels.length) };
}
