// Makes the files of a copy: the picture with its covered parts painted over, a caption below, in one file or in several.
import { drawBand, layout } from "./copy-caption.js";

// Quality of JPEG at which small text stays legible.
const quality = 0.9;
// The smallest type of a caption, in pixels of the copy.
const smallest = 13;
// No scale below this is tried to make room for the caption.
const floor = 0.02;

// So many pixels of a picture are one of the page that it shows. Of a picture that shows no page: so many that type is as large on it
// as on a page whose shorter side has 1000.
export const ratioOf = ({ device_pixel_ratio: ratio }, { width, height }) => ratio ?? Math.max(1, Math.min(width, height) / 1000);

// How large the copy is and which rows of the original each file shows. `rows(part, count)` are those of its caption, none
// where there shall be none; `longest` and `highest` are limits in pixels of the copy, 0 for none.
export function planOf({ width, height, ratio, longest, highest, rows }) {
  const wide = (scale) => Math.max(1, Math.round(width * scale));
  const band = (scale, part, count) => {
    const said = rows(part, count);
    return said.length ? layout(said, wide(scale), Math.max(smallest, Math.round(15 * ratio * scale))) : null;
  };
  const tall = (scale) => Math.round(height * scale) + (band(scale, 1, 1)?.height ?? 0);
  const most = Math.min(...[highest, highest && longest].filter(Boolean), Infinity);
  let scale = longest ? Math.min(1, longest / width, highest ? 1 : longest / height) : 1;
  if (longest && !highest) while (scale > floor && tall(scale) > longest) scale *= 0.97;
  if (tall(scale) <= most) return { scale, width: wide(scale), files: [{ from: 0, height, band: band(scale, 1, 1) }] };
  // A caption that alone is as high as the limit leaves a quarter of it for the picture.
  const room = Math.max(most - (band(scale, 99, 99)?.height ?? 0), most / 4) - 1;
  const count = Math.ceil((height * scale) / room);
  const each = Math.ceil(height / count);
  const files = Array.from({ length: count }, (_, at) => ({ from: at * each, height: Math.min(each, height - at * each), band: band(scale, at + 1, count) }));
  return { scale, width: wide(scale), files };
}

const canvasOf = (width, height) => new OffscreenCanvas(width, height).getContext("2d", { alpha: false });

// Black at each pixel that a covered part touches.
function cover(context, covers, from, scale) {
  context.fillStyle = "#000000";
  for (const { left, top, width, height } of covers) {
    const [x, y] = [left, top - from].map((length) => Math.floor(length * scale));
    const [right, bottom] = [left + width, top + height - from].map((length) => Math.ceil(length * scale));
    context.fillRect(x, y, right - x, bottom - y);
  }
}

async function fileOf(bitmap, { scale, width }, { from, height, band }, covers, type, rtl) {
  // Covered before it is made smaller: a pixel beside a part takes nothing from under it.
  const whole = canvasOf(bitmap.width, height);
  // What is transparent would look covered.
  whole.fillStyle = "#ffffff";
  whole.fillRect(0, 0, bitmap.width, height);
  whole.drawImage(bitmap, 0, from, bitmap.width, height, 0, 0, bitmap.width, height);
  cover(whole, covers, from, 1);
  const high = Math.max(1, Math.round(height * scale));
  const sheet = canvasOf(width, high + (band?.height ?? 0));
  sheet.imageSmoothingQuality = "high";
  sheet.drawImage(whole.canvas, 0, 0, width, high);
  cover(sheet, covers, from, scale);
  if (band) drawBand(sheet, band, high, width, rtl);
  const blob = await sheet.canvas.convertToBlob({ type, quality });
  // A browser that cannot write a form writes another one, without a word.
  if (blob.type !== type) throw new Error(`${type} is not written here`);
  return { blob, width, height: sheet.canvas.height };
}

// One after the other: no more than one of them is held as pixels.
export async function filesOf(bitmap, plan, covers, type, rtl) {
  const files = [];
  for (const file of plan.files) files.push(await fileOf(bitmap, plan, file, covers, type, rtl));
  return files;
}
