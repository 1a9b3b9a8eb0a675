// Compares two pictures beside the page, which stays free meanwhile. It is sent { before, after, ratio } once, pictures as files
// and device pixels per CSS pixel, and answers with { progress } and at last { result } or { failed }.
import { compared } from "./compare-places.js";

// So many pixels of each picture are held, four bytes for each.
const most = 40_000_000;
// Rows that are drawn at once.
const strip = 1024;
// Around a place, how wide a cut-out of it is at least, and how far apart two places are, in CSS pixels.
const [margin, least, near] = [24, 360, 12];

// As numbers of 32 bits. The bitmap is let go.
function pixelsOf(bitmap, width) {
  const height = Math.max(1, Math.round((bitmap.height * width) / bitmap.width));
  const pixels = new Uint32Array(width * height);
  const context = new OffscreenCanvas(width, Math.min(height, strip)).getContext("2d", { alpha: false, willReadFrequently: true });
  context.imageSmoothingQuality = "high";
  for (let top = 0; top < height; top += strip) {
    const rows = Math.min(strip, height - top);
    context.drawImage(bitmap, 0, -top, width, height);
    pixels.set(new Uint32Array(context.getImageData(0, 0, width, rows).data.buffer), top * width);
  }
  bitmap.close();
  return { width, height, pixels };
}

// The columns that the cut-outs of a place show in both pictures: some of what stands beside it says what it is.
function columnsOf({ before, after }, width, ratio) {
  const [left, right] = [Math.min(before.left, after.left), Math.max(before.left + before.width, after.left + after.width)];
  const wide = Math.min(width, Math.round(Math.max(right - left + 2 * margin * ratio, least * ratio)));
  const from = Math.max(0, Math.min(width - wide, Math.round((left + right - wide) / 2)));
  return [from, wide];
}

// A place of a picture with a margin, as a file; null where the picture has nothing there.
async function cutOut({ width, height, pixels }, box, [left, wide], around) {
  if (!box.height) return null;
  const top = Math.max(0, box.top - around);
  const high = Math.min(height, box.top + box.height + around) - top;
  const image = new ImageData(wide, high);
  const out = new Uint32Array(image.data.buffer);
  for (let row = 0; row < high; row += 1) out.set(pixels.subarray((top + row) * width + left, (top + row) * width + left + wide), row * wide);
  const canvas = new OffscreenCanvas(wide, high);
  canvas.getContext("2d").putImageData(image, 0, 0);
  return canvas.convertToBlob({ type: "image/png" });
}

// Both with one width, that of the narrower.
async function read(files) {
  const bitmaps = await Promise.all(files.map((file) => createImageBitmap(file, { colorSpaceConversion: "none" })));
  const widths = bitmaps.map(({ width, height }) => Math.min(width, Math.floor(Math.sqrt((most * width) / height))));
  const width = Math.max(1, Math.min(...widths));
  return { scaled: bitmaps.some((bitmap) => bitmap.width !== width), pictures: bitmaps.map((bitmap) => pixelsOf(bitmap, width)) };
}

async function work({ before, after, ratio }) {
  const { scaled, pictures } = await read([before, after]);
  postMessage({ progress: 30 });
  const { places, ...found } = compared(...pictures, Math.round(near * ratio), scaled);
  postMessage({ progress: 80 });
  const [around, shown] = [Math.round(margin * ratio), []];
  for (const place of places) {
    const columns = columnsOf(place, pictures[0].width, ratio);
    shown.push({ ...place, pictures: [await cutOut(pictures[0], place.before, columns, around), await cutOut(pictures[1], place.after, columns, around)] });
  }
  const [{ width, height }, { height: later }] = pictures;
  return { ...found, scaled, places: shown, width, heights: [height, later] };
}

addEventListener("message", async ({ data }) => {
  try {
    postMessage({ result: await work(data) });
  } catch (error) {
    postMessage({ failed: String(error?.message ?? error) });
  }
});
