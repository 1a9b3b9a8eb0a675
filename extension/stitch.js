// Puts the pictures of a page that moved in a window together, one after the other. No more than one of them is held.
import { digestOf } from "./camera.js";

// What a canvas holds in both browsers with room to spare, in device pixels.
const [highest, largest] = [16_000, 100_000_000];

// A page as it lies in its window, in CSS pixels: `frame` is the window without scroll bars, `box` the part of it in which the
// page moves, `full` the height of what moves there.
export class Stitch {
  constructor({ width, frame, box, full }) {
    Object.assign(this, { width, frame, box, full });
    this.parts = null;
  }

  // The scale is what the picture has, not what the page says of it.
  begin(bitmap) {
    this.scale = bitmap.width / this.width;
    const width = Math.min(bitmap.width, this.pixels(this.frame.width));
    const height = this.pixels(this.frame.height - this.box.height + this.full);
    const count = Math.ceil(height / Math.min(highest, Math.floor(largest / width)));
    const each = Math.ceil(height / count);
    this.sheetWidth = width;
    this.parts = Array.from({ length: count }, (_, at) => ({
      from: at * each, height: Math.min(each, height - at * each), tiles: [], context: null, blob: null,
    }));
  }

  pixels(length) {
    return Math.round(length * this.scale);
  }

  // Adds the picture that was taken at the place `top`. The frame above comes from the first one, the frame below from the last.
  async add({ blob, sha256, top }, isFirst, isLast) {
    const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
    try {
      if (!this.parts) this.begin(bitmap);
      if (bitmap.width !== Math.round(this.width * this.scale)) throw new Error("two pictures of the page differ in size");
      const { frame, box, full } = this;
      const [left, upper, lower] = [box.left, box.top, box.top + box.height].map((length) => this.pixels(length));
      const across = this.pixels(box.width);
      if (isFirst) this.copy(bitmap, sha256, { left: 0, top: 0, width: this.sheetWidth, height: lower }, 0);
      const moved = this.pixels(box.top + top);
      this.copy(bitmap, sha256, { left, top: upper, width: across, height: lower - upper }, moved);
      const rest = this.pixels(frame.height) - lower;
      if (isLast && rest > 0) this.copy(bitmap, sha256, { left: 0, top: lower, width: this.sheetWidth, height: rest }, this.pixels(box.top + full));
      this.finish(isLast ? Infinity : moved + lower - upper);
    } finally {
      bitmap.close();
    }
  }

  copy(bitmap, sha256, { left, top, width, height }, down) {
    for (const part of this.parts) {
      if (part.blob || down + height <= part.from || down >= part.from + part.height) continue;
      part.context ??= this.sheet(part);
      if (!part.tiles.includes(sha256)) part.tiles.push(sha256);
      part.context.drawImage(bitmap, left, top, width, height, left, down - part.from, width, height);
    }
  }

  // Beside an area that scrolls the window has nothing to show for its whole length: that stays white.
  sheet(part) {
    const context = new OffscreenCanvas(this.sheetWidth, part.height).getContext("2d", { alpha: false, willReadFrequently: true });
    context.fillStyle = "#ffffff";
    context.fillRect(0, 0, this.sheetWidth, part.height);
    return context;
  }

  // What lies above `down` is complete: its canvas is given back.
  finish(down) {
    for (const part of this.parts) {
      if (!part.context || part.from + part.height > down) continue;
      part.blob = part.context.canvas.convertToBlob({ type: "image/png" });
      // Whoever waits for the pictures hears of a failure, whoever gave up before does not.
      part.blob.catch(() => {});
      part.context = null;
    }
  }

  // The pictures in their order: { blob, sha256, tiles, part }, `part` only where there are several.
  async pictures() {
    const count = this.parts.length;
    return Promise.all(this.parts.map(async ({ blob, tiles }, at) =>
      ({ blob: await blob, sha256: await digestOf(await blob), tiles, part: count > 1 ? `${at + 1}/${count}` : undefined })));
  }
}
