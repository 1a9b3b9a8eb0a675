// What is saved of a comparison: a text with all that was found, and a picture of the places that differ, one below the other.
import { drawBand, layout, rowsOf, utcOf } from "./copy-caption.js";
import { kindOf, notes, pageName, picturesFound, sides, textFound } from "./compare-parts.js";
import { api } from "./page.js";
import { text } from "./texts.js";
import { say, words } from "./tree.js";

// In pixels: what a canvas holds in every browser, the room around what is drawn, the least width, the type.
const [highest, room, least, em] = [16_000, 16, 800, 15];

const stamp = ({ captured_at }) => captured_at.replace(/\.\d+/, "").replaceAll(/[-:]/g, "");
const baseOf = ([before, after]) => `redress-comparison-${after.page}-${stamp(before)}-${stamp(after)}`;
const plain = (pieces) => pieces.map((piece) => piece.text).join("");
const titleOf = (place, at) => text(say("exhibit_title", words(String(at + 1)), { message: kindOf(place) }));
const boxText = ({ left, top, width, height }) => text(say("compare_box", ...[left, top, width, height].map((length) => words(String(length)))));
const madeText = (now) => text(say("compare_made", words(api.runtime.getManifest().version), words(utcOf(now))));
const about = (record) => [pageName(record), ...rowsOf(record, 0, 1, 1).map(({ label, value }) => (label ? `${label}: ${value}` : value))];

const textLines = (changes) => (changes ?? []).flatMap(({ same, before, after }) =>
  (same ? [] : [...(before ? [`− ${plain(before)}`] : []), ...(after ? [`+ ${plain(after)}`] : [])]));

const placeLines = (place, at) => [titleOf(place, at),
  ...["before", "after"].flatMap((key, side) => (place[key].height ? [`   ${text(say(sides[side]))}: ${boxText(place[key])}`] : []))];

// A text of all that was found.
export function reportOf(records, changes, result, now) {
  const parts = [
    [text(say("compare_title"))],
    ...records.map((record, at) => [text(say(sides[at])), ...about(record)]),
    notes(...records, result).map(text),
    [text(textFound(changes)), ...textLines(changes)],
    [picturesFound(result).map(text).join(" "), ...result.places.flatMap(placeLines)],
    [madeText(now)],
  ];
  const content = parts.filter(({ length }) => length).map((lines) => lines.join("\n")).join("\n\n");
  return { name: `${baseOf(records)}.txt`, blob: new Blob([`${content}\n`], { type: "text/plain" }) };
}

// A row of words as those of a caption (copy-caption.js).
const row = (value) => ({ value, font: "system-ui, sans-serif", fixed: false });

// The bands and pictures from the top to the bottom, each with its height.
async function pieces(records, result, now) {
  const shown = await Promise.all(result.places.map(({ pictures }) => Promise.all(pictures.map((blob) => blob && createImageBitmap(blob)))));
  const width = Math.max(least, ...shown.flat().map((bitmap) => (bitmap?.width ?? 0) + 2 * room));
  const out = [];
  const add = (rows) => {
    const drawn = layout(rows, width, em);
    out.push({ drawn, height: drawn.height });
  };
  add([say("compare_title"), ...picturesFound(result), ...notes(...records, result)].map((one) => row(text(one))));
  records.forEach((record, at) => add([row(`${text(say(sides[at]))} · ${pageName(record)}`), ...rowsOf(record, 0, 1, 1)]));
  result.places.forEach((place, at) => shown[at].forEach((bitmap, side) => {
    if (!bitmap) return;
    add([row(shown[at].every(Boolean) ? `${titleOf(place, at)} · ${text(say(sides[side]))}` : titleOf(place, at))]);
    out.push({ bitmap, height: bitmap.height + room });
  }));
  add([row(madeText(now))]);
  return { width, list: out };
}

// A picture of the places that differ, with what the captures are. Where it would be too high, all of it is made smaller.
export async function pictureOf(records, changes, result, now) {
  const { width, list } = await pieces(records, result, now);
  const height = list.reduce((sum, piece) => sum + piece.height, 0);
  const scale = Math.min(1, highest / height);
  const rtl = document.documentElement.dir === "rtl";
  const canvas = new OffscreenCanvas(Math.ceil(width * scale), Math.ceil(height * scale));
  const context = canvas.getContext("2d", { alpha: false });
  context.fillStyle = "#ffffff";
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.scale(scale, scale);
  let top = 0;
  for (const { drawn, bitmap, height: high } of list) {
    if (drawn) drawBand(context, drawn, top, width, rtl);
    else context.drawImage(bitmap, rtl ? width - room - bitmap.width : room, top);
    bitmap?.close();
    top += high;
  }
  return { name: `${baseOf(records)}.png`, blob: await canvas.convertToBlob({ type: "image/png" }) };
}
