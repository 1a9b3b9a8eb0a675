// Which rows of two pictures of one width belong together, so that what was put in between does not mark all below it. A
// picture is { width, height, pixels }, a pixel is a number of 32 bits; a part of both is { left, right, before, after }, the
// last two as [first row, row after the last].
import { diffArrays } from "./diff.js";

// Beyond so many steps the rows have nothing in common that is worth the search.
const mostSteps = 2000;
// A part that is lower, in rows, is not looked at by columns: strokes of single letters would seem to move. Parts that are nearer are
// looked at together.
const low = 64;
const deepest = 4;

// Each row as a number: rows of one number have the same pixels. 53 bits, because some ten thousand rows are compared.
function keysOf({ width, pixels }, [top, bottom], left, right) {
  return Array.from({ length: bottom - top }, (_, row) => {
    const [from, to] = [(top + row) * width + left, (top + row) * width + right];
    let [one, two] = [0x811c9dc5, 0x2545f491];
    for (let at = from; at < to; at += 1) {
      one = Math.imul(one ^ pixels[at], 0x9e3779b1);
      one ^= one >>> 15;
      two = Math.imul(two + pixels[at], 0x85ebca6b);
      two ^= two >>> 13;
    }
    return (one >>> 0) * 2 ** 21 + (two >>> 11);
  });
}

// The runs of equal keys that both lists have in one order, as [place in a, place in b, length].
function runsOf(a, b) {
  const most = Math.min(a.length, b.length);
  let [first, last] = [0, 0];
  while (first < most && a[first] === b[first]) first += 1;
  while (last < most - first && a[a.length - 1 - last] === b[b.length - 1 - last]) last += 1;
  const runs = [];
  const add = (x, y, length) => {
    const run = runs.at(-1);
    if (run && run[0] + run[2] === x && run[1] + run[2] === y) run[2] += length;
    else if (length) runs.push([x, y, length]);
  };
  add(0, 0, first);
  // A row that one picture alone has belongs to none: without those the search is short also where all is new.
  const common = (own, others) => {
    const known = new Set(others.slice(first, others.length - last));
    return own.map((key, at) => ({ key, at })).slice(first, own.length - last).filter(({ key }) => known.has(key));
  };
  const [left, right] = [common(a, b), common(b, a)];
  const steps = diffArrays(left.map(({ key }) => key), right.map(({ key }) => key), { maxEditLength: mostSteps }) ?? [];
  let [x, y] = [0, 0];
  for (const { added, removed, count } of steps) {
    if (!added && !removed) for (let at = 0; at < count; at += 1) add(left[x + at].at, right[y + at].at, 1);
    if (!added) x += count;
    if (!removed) y += count;
  }
  add(a.length - last, b.length - last, last);
  return runs;
}

// What lies between the runs.
function gapsOf(runs, { left, right, before, after }) {
  let [x, y] = [before[0], after[0]];
  const ends = [...runs, [before[1] - before[0], after[1] - after[0], 0]];
  return ends.flatMap(([a, b, length]) => {
    const gap = { left, right, before: [x, before[0] + a], after: [y, after[0] + b] };
    [x, y] = [gap.before[1] + length, gap.after[1] + length];
    return gap.before[0] < gap.before[1] || gap.after[0] < gap.after[1] ? [gap] : [];
  });
}

// The columns in which two ranges of rows differ, laid over one another from their first row on.
function columns(before, after, { left, right }, [fromBefore, fromAfter], rows) {
  let [first, end] = [right, left];
  for (let row = 0; row < rows; row += 1) {
    const [a, b] = [(fromBefore + row) * before.width, (fromAfter + row) * after.width];
    let x = left;
    while (x < first && before.pixels[a + x] === after.pixels[b + x]) x += 1;
    first = x;
    x = right;
    while (x > end && before.pixels[a + x - 1] === after.pixels[b + x - 1]) x -= 1;
    end = x;
  }
  return { left: first, right: end };
}

// Whether rows only repeat the row above them, or the one below: space, as between two blocks.
function isEmpty({ width, height, pixels }, [top, bottom], left, right) {
  const repeats = (ground) => {
    for (let row = top; row < bottom; row += 1) {
      for (let x = left; x < right; x += 1) if (pixels[row * width + x] !== pixels[ground * width + x]) return false;
    }
    return true;
  };
  return repeats(top - 1) || (bottom < height && repeats(bottom));
}

// The same part without the columns at its sides that are alike, where that makes it much narrower: beside a picture that
// stays, words may have moved. What has more rows on one side must be empty there.
function narrowed(before, after, part) {
  const [was, is] = [part.before, part.after].map(([top, bottom]) => bottom - top);
  const rows = Math.min(was, is);
  if (rows < low) return null;
  const { left, right } = columns(before, after, part, [part.before[0], part.after[0]], rows);
  if (left >= right || right - left > (part.right - part.left) * 0.9) return null;
  const [picture, range] = was > is ? [before, part.before] : [after, part.after];
  const rest = [range[0] + rows, range[1]];
  const sides = [[part.left, left], [right, part.right]].filter(([from, to]) => from < to && rest[0] < rest[1]);
  return sides.every(([from, to]) => isEmpty(picture, rest, from, to)) ? { ...part, left, right } : null;
}

const heightOf = (parts) => parts.reduce((sum, { before, after }) => sum + before[1] - before[0] + after[1] - after[0], 0);

// Parts with few rows between them, as lists.
function clusters(parts) {
  const out = [];
  for (const part of parts) {
    const last = out.at(-1)?.at(-1);
    if (last && part.before[0] - last.before[1] < low) out.at(-1).push(part);
    else out.push([part]);
  }
  return out;
}

// The parts that differ, looked at by columns where less of them is left then.
function refined(before, after, parts, depth) {
  return clusters(parts).flatMap((cluster) => {
    const [first, last] = [cluster[0], cluster.at(-1)];
    const inner = depth < deepest && narrowed(before, after, { ...first, before: [first.before[0], last.before[1]], after: [first.after[0], last.after[1]] });
    if (!inner) return cluster;
    const found = differing(before, after, inner, depth + 1).parts;
    return heightOf(found) < heightOf(cluster) * 0.75 ? found : cluster;
  });
}

function differing(before, after, part, depth) {
  const runs = runsOf(...[[before, part.before], [after, part.after]].map(([picture, rows]) => keysOf(picture, rows, part.left, part.right)));
  return { runs, parts: refined(before, after, gapsOf(runs, part), depth) };
}

// The rows that are alike as runs, and the parts that differ, from the top to the bottom.
export const aligned = (before, after) => differing(before, after, { left: 0, right: before.width, before: [0, before.height], after: [0, after.height] }, 0);
