// The caption below a copy of a capture, or of a picture among the user's own files: its rows, and how they lie in a band of a
// width. All lengths are pixels of the copy.
import { text } from "./texts.js";
import { say, words } from "./tree.js";

const plain = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif';
const mono = 'ui-monospace, "DejaVu Sans Mono", monospace';
const graphemes = new Intl.Segmenter(undefined, { granularity: "grapheme" });

const clock = (ms) => new Date(ms).toISOString().slice(0, 19).replace("T", " ");
const two = (count) => String(count).padStart(2, "0");

export const utcOf = (ms) => `${clock(ms)} UTC`;

// By the record alone: what a zone means may differ on another machine.
function localOf({ utc_offset_minutes: offset, zone }, at) {
  const minutes = Math.abs(offset);
  const from = `UTC${offset < 0 ? "-" : "+"}${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`;
  return `${clock(at + offset * 60_000)} ${from} ${zone}`;
}

export const coveredText = (count) => text({ ...say("copy_covered", { number: count }), count });

// When a capture was made. Of an own file: when it was added, for nobody knows when it was made.
export const timeOf = ({ captured_at, added_at }) => captured_at ?? added_at;

// What the caption says: values that are the same in every language, below them our own sentences.
export function rowsOf(record, covered, part, count) {
  const fixed = (label, value, font = plain) => ({ label: text(say(label)), value, font, fixed: true });
  const own = (value) => ({ value, font: plain, fixed: false });
  const number = (value) => ({ number: value });
  const at = Date.parse(timeOf(record));
  return [
    ...(record.name ? [fixed("copy_caption_name", record.name)] : []),
    fixed(record.kind ? "copy_caption_added" : "copy_caption_utc", utcOf(at)),
    fixed("copy_caption_local", localOf(record, at)),
    ...(record.url ? [fixed("copy_caption_address", record.url)] : []),
    ...(record.order_id ? [fixed("copy_caption_order", record.order_id)] : []),
    fixed("copy_caption_digest", record.sha256, mono),
    own(text(say(record.kind ? "copy_caption_own" : "copy_caption_by", words(record.extension_version)))),
    ...(covered ? [own(coveredText(covered))] : []),
    ...(count > 1 ? [own(text(say("copy_part", number(part), number(count))))] : []),
  ];
}

// Lines of a text that are no wider than `room`: broken at a space, else within a word. Nothing is cut off.
function wrapped(context, value, room) {
  const all = Array.from(graphemes.segment(value), ({ segment }) => segment);
  const lines = [];
  for (let from = 0; from < all.length;) {
    let [fits, over] = [1, Math.min(all.length - from, Math.max(1, Math.ceil(room))) + 1];
    while (over - fits > 1) {
      const middle = (fits + over) >> 1;
      if (context.measureText(all.slice(from, from + middle).join("")).width <= room) fits = middle;
      else over = middle;
    }
    const space = from + fits < all.length ? all.lastIndexOf(" ", from + fits) : -1;
    const to = space > from ? space : from + fits;
    lines.push(all.slice(from, to).join(""));
    from = all[to] === " " ? to + 1 : to;
  }
  return lines;
}

// Where each line lies: `start` from the side where reading begins, `top` from the upper edge of the band.
export function layout(rows, width, em) {
  const context = new OffscreenCanvas(1, 1).getContext("2d");
  const [step, inner] = [Math.ceil(em * 1.45), width - 2 * em];
  const setFont = (font) => { context.font = `${em}px ${font}`; };
  setFont(plain);
  const widest = Math.max(...rows.map(({ label }) => (label ? context.measureText(label).width : 0)));
  // A narrow picture has the labels above their values.
  const beside = inner >= 34 * em ? Math.min(Math.ceil(widest), Math.floor(inner * 0.35)) + em : 0;
  const lines = [];
  let top = em;
  const put = (value, font, start, more) => {
    setFont(font);
    const found = wrapped(context, value, inner - start);
    found.forEach((line, at) => lines.push({ text: line, font: `${em}px ${font}`, start, top: top + at * step, ...more }));
    return found.length * step;
  };
  for (const { label, value, font, fixed } of rows) {
    if (!label) {
      top += put(value, font, 0, { fixed, soft: false });
      continue;
    }
    const said = put(label, plain, 0, { fixed: false, soft: true });
    if (!beside) top += said;
    const told = put(value, font, beside, { fixed, soft: false });
    top += beside ? Math.max(said, told) : told;
  }
  return { lines, height: top + em - (step - em), em };
}

// Draws the band below `top`, over the whole width of the canvas.
export function drawBand(context, { lines, height, em }, top, width, rtl) {
  context.fillStyle = "#ffffff";
  context.fillRect(0, top, width, height);
  context.fillStyle = "#8a8a8a";
  context.fillRect(0, top, width, Math.max(1, Math.round(em / 12)));
  context.textBaseline = "top";
  context.textAlign = rtl ? "right" : "left";
  for (const line of lines) {
    context.font = line.font;
    context.direction = rtl && !line.fixed ? "rtl" : "ltr";
    context.fillStyle = line.soft ? "#4a4a4a" : "#000000";
    context.fillText(line.text, rtl ? width - em - line.start : em + line.start, top + line.top);
  }
}
