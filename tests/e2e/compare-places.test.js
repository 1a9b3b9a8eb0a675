// Places where two pictures differ, without a browser: no change may be missed, wherever it is.
import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { dist } from "./chromium.js";

const { compared } = await import(path.join(dist, "compare-places.js"));
const { textChanges } = await import(path.join(dist, "compare-text.js"));

// A picture as the comparison takes it: stripes of a page, then boxes as [left, top, width, height, pixel].
function drawn(width, height, boxes) {
  const pixels = new Uint32Array(width * height).fill(0xffffffff);
  const fill = ([left, top, wide, high, pixel]) => {
    for (let row = top; row < top + high; row += 1) pixels.fill(pixel, row * width + left, row * width + left + wide);
  };
  for (let row = 4; row + 8 < height; row += 24) fill([10 + (row % 60), row, 40 + ((row * 7) % 90), 8, 0xff000000 + row * 977]);
  boxes.forEach(fill);
  return { width, height, pixels };
}

const boxesOf = (key, places) => places.map((place) => place[key]);
const covers = (boxes, [left, top, wide, high]) => {
  for (let row = top; row < top + high; row += 1) {
    for (let x = left; x < left + wide; x += 1) {
      if (!boxes.some((box) => x >= box.left && x < box.left + box.width && row >= box.top && row < box.top + box.height)) return false;
    }
  }
  return true;
};

test("whatever is painted or put in between is in a place, and only the same is the same", async () => {
  let seed = 7;
  const any = (most) => {
    seed = (Math.imul(seed, 1664525) + 1013904223) >>> 0;
    return seed % most;
  };
  const [width, height] = [200, 320];
  const base = drawn(width, height, []);
  assert.deepEqual(compared(base, drawn(width, height, []), 12, false).places, []);
  for (let round = 0; round < 150; round += 1) {
    const box = [any(140), any(240), 1 + any(59), 1 + any(79)];
    // Painted, in one picture or in the other.
    const painted = drawn(width, height, [[...box, 0xff2200ee]]);
    const [there, back] = [compared(base, painted, 12, false), compared(painted, base, 12, false)];
    assert.ok(!there.same && covers(boxesOf("after", there.places), box), `painted ${box}`);
    assert.ok(!back.same && covers(boxesOf("before", back.places), box), `painted over ${box}`);
    // Put in between: rows above stay, rows below move down; a box lies on the new rows.
    const [at, rows] = [any(height), 20 + any(60)];
    const longer = { width, height: height + rows, pixels: new Uint32Array(width * (height + rows)) };
    longer.pixels.set(base.pixels.subarray(0, at * width));
    longer.pixels.fill(0xffffffff, at * width, (at + rows) * width);
    longer.pixels.set(base.pixels.subarray(at * width), (at + rows) * width);
    const inside = [box[0], at + 2, box[2], rows - 4];
    for (let row = inside[1]; row < inside[1] + inside[3]; row += 1) longer.pixels.fill(0xff2200ee, row * width + inside[0], row * width + inside[0] + inside[2]);
    const { places, runs } = compared(base, longer, 12, false);
    assert.ok(covers(boxesOf("after", places), inside), `put in at ${at}: ${inside}`);
    for (const [before, later, length] of runs) {
      assert.deepEqual(base.pixels.subarray(before * width, (before + length) * width), longer.pixels.subarray(later * width, (later + length) * width));
    }
  }
});

test("beside what stays, words that moved hide no change at their sides, nor in what the longer picture has more", () => {
  const [width, height, by] = [300, 400, 23];
  const left = Array.from({ length: 20 }, (_, at) => [10, 20 + at * 12, 100, 12, 0xff000000 + at * 0x70503]);
  const words = (moved) => Array.from({ length: 8 }, (_, at) => [180 + at * 3, 30 + at * 40 + (at > 2 ? moved : 0), 90 - at * 5, 9, 0xff102030 + at * 0x3070]);
  const before = drawn(width, height, [[0, 0, width, height, 0xffffffff], ...left, ...words(0)]);
  for (const box of [[180, 130, 40, 9], [299, 200, 1, 4], [160, 200, 1, 4], [20, 402, 60, 20], [0, 418, 5, 5], [40, 200, 30, 30]]) {
    const after = drawn(width, height + by, [[0, 0, width, height + by, 0xffffffff], ...left, ...words(by), [...box, 0xff2200ee]]);
    assert.ok(covers(boxesOf("after", compared(before, after, 12, false).places), box), String(box));
    const back = compared(after, before, 12, false).places;
    assert.ok(covers(boxesOf("before", back), box), `back: ${box}`);
  }
});

test("lines of one label are compared word by word, and an amount is one word", () => {
  const plain = (pieces) => pieces?.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("") ?? null;
  const found = (before, after) => textChanges(before, after).map(({ same, before: was, after: is }) => same ?? [plain(was), plain(is)]);
  assert.deepEqual(found("price: US $12.99", "price: US $15.49"), [["price: US $[12.99]", "price: US $[15.49]"]]);
  assert.deepEqual(found("a: 1\n\n b: 2 ", "a: 1\nb: 2"), [["a: 1", "b: 2"]]);
  // One label on each side: the same thing, whatever it says. Of several, the one that is most alike.
  assert.deepEqual(found("seller: Alpha", "seller: Omega"), [["[seller: Alpha]", "[seller: Omega]"]]);
  assert.deepEqual(found("promise: Free return within 15 days\npromise: Fast delivery", "promise: Free return within 7 days"),
    [["promise: Free return within [15] days", "promise: Free return within [7] days"], ["[promise: Fast delivery]", null]]);
  assert.deepEqual(found("title: A", "note: B"), [["[title: A]", null], [null, "[note: B]"]]);
  assert.deepEqual(found("", "note: B"), [[null, "[note: B]"]]);
  assert.deepEqual(found("", ""), []);
});
