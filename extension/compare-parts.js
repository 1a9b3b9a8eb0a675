// What the page of a comparison shows, as trees, and the sentences that its report has too.
import { rowsOf } from "./copy-caption.js";
import { keptAndLive, samePage, samePart } from "./compare-choice.js";
import { text } from "./texts.js";
import { node, say, sheet, soft, words } from "./tree.js";

const number = (count) => ({ number: count });
const counted = (key, count) => ({ ...say(key, number(count)), count });
export const sides = ["compare_earlier", "compare_later"];

export const pageName = ({ page, part }) => [text(say(`page_${page}`)), ...(part ? [text(say("copy_part", ...part.split("/").map((one) => number(Number(one)))))] : [])].join(" · ");
export const nameOf = (record) => `${pageName(record)} · ${text(say("date_plain", { instant: Date.parse(record.captured_at) }))}`;

// What to know about two captures before what differs is read: each a text.
export function notes(before, after, result) {
  const windows = [before, after].map(({ viewport, device_pixel_ratio: ratio }) => [viewport.width, ratio]);
  const isOther = windows[0].some((value, at) => value !== windows[1][at]);
  return [
    ...(keptAndLive(before, after) ? [say("compare_kept_live")] : samePage(before, after) ? [] : [say("compare_other_page")]),
    ...(samePart(before, after) ? [] : [say("compare_other_part")]),
    ...([before, after].every(({ mode }) => mode === "full_page") ? [] : [say("compare_partial")]),
    ...(isOther ? [say("compare_layout", ...windows.flat().map(number))] : []),
    ...(result?.scaled ? [say("compare_scaled")] : []),
  ];
}

// What was found in the texts; `changes` is null where one of the captures has none.
export function textFound(changes) {
  if (!changes) return say("compare_text_missing");
  const count = changes.filter(({ same }) => !same).length;
  return count ? counted("compare_text_lines", count) : say("compare_text_same");
}

export function picturesFound({ same, places, share }) {
  if (same) return [say("compare_pictures_same")];
  if (!places.length) return [say("compare_pictures_alike")];
  // Rounded up: a small change is not none.
  return [counted("compare_places", places.length), say("compare_share", number(Math.ceil(share * 1000) / 10))];
}

export const kindOf = ({ before, after }) => (before.height && after.height ? "compare_changed" : before.height ? "compare_only_earlier" : "compare_only_later");

const capture = (record, side) => node("article", "capture", node("h2", "", say(side)), node("p", "name", words(pageName(record))),
  ...rowsOf(record, 0, 1, 1).map(({ label, value, fixed }) => node("p", "row-of", ...(label ? [node("strong", "", words(label)), words(" ")] : []),
    { ...node("span", label && /^[0-9a-f]{64}$/.test(value) ? "hash" : "", words(value)), attributes: fixed ? [["dir", "ltr"]] : [] })));

export const captures = (records) => node("section", "sheet captures", ...records.map((record, at) => capture(record, sides[at])));

export const notesPart = (texts) => node("div", "notes", ...texts.map((one) => node("p", "warning", one)));

// One form of a line, with a sign, and words for those who do not see it.
function line(pieces, at) {
  const tag = at ? "ins" : "del";
  const own = pieces.map(({ text: piece, changed }) => (changed ? node(tag, "", words(piece)) : words(piece)));
  return { ...node("p", tag, { ...node("span", "sign", words(at ? "+" : "−")), attributes: [["aria-hidden", "true"]] },
    node("span", "spoken", say(at ? "compare_only_later" : "compare_only_earlier"), words(": ")), node("span", "", ...own)), attributes: [["dir", "auto"]] };
}

function change({ same, before, after }) {
  if (!same) return node("div", "change", ...[before, after].flatMap((pieces, at) => (pieces ? [line(pieces, at)] : [])));
  return node("details", "same", node("summary", "", counted("compare_text_folded", same.length)),
    node("ul", "", ...same.map((one) => ({ ...node("li", "", words(one)), attributes: [["dir", "auto"]] }))));
}

export const textSheet = (changes) => sheet("compare_text", { ...node("p", "found", textFound(changes)), id: "text-found" },
  ...(changes?.length ? [{ ...node("div", "changes", ...changes.map(change)), id: "changes" }] : []));

function place(one, at) {
  const title = say("exhibit_title", number(at + 1), { message: kindOf(one) });
  const shown = ["before", "after"].map((key, side) => node("div", "shown", node("p", "soft", say(sides[side])),
    one[key].height ? { tag: "picture", label: words(`${text(title)} · ${text(say(sides[side]))}`), attributes: [["picture", `${at}/${side}`]] } : node("p", "nothing", words("—"))));
  return node("article", "place", node("h3", "", title), node("div", "pair", ...shown));
}

export const picturesSheet = (result) => sheet("compare_pictures",
  { ...node("p", "found", ...picturesFound(result).flatMap((one) => [one, words(" ")])), id: "pictures-found" }, ...result.places.map(place));

export const head = () => node("header", "head", node("h1", "", say("compare_title")), soft(say("compare_why")));
