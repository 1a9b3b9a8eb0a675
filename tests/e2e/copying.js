// The page of a copy, for the tests of copies: opened, drawn on, and what is in the pictures that it saves, pixel by pixel.
import { openOwn } from "./own-page.js";
import { say } from "./texts.js";

// The colour of what shall not be handed on. It stands nowhere else in a picture.
export const secret = [201, 33, 77];

// Opens the page for a record; what its captions draw is noted before any script of the page runs.
export async function openCopy(chromium, { id }, size) {
  const page = await openOwn(chromium, `copy.html?capture=${id}`, {
    ...size,
    first: () => {
      globalThis.drawn = [];
      const draw = OffscreenCanvasRenderingContext2D.prototype.fillText;
      OffscreenCanvasRenderingContext2D.prototype.fillText = function note(text, x, y) {
        const { width: wide } = this.measureText(text);
        globalThis.drawn.push({ text, font: this.font, from: this.textAlign === "right" ? x - wide : x, to: this.textAlign === "right" ? x : x + wide, y, width: this.canvas.width, height: this.canvas.height });
        return draw.call(this, text, x, y);
      };
    },
  });
  await ready(page);
  return page;
}

// Until the files are made, and the preview has their pictures.
export const ready = (page) => page.waitForFunction(() => {
  const pictures = [...document.querySelectorAll("#file .shown img")];
  return document.querySelector("#file[aria-busy='false'] #save:enabled") && pictures.length && pictures.every(({ complete, naturalWidth }) => complete && naturalWidth);
});

// The words of the last caption that was drawn, in the order of drawing. `key` is that of its first label.
export const captionOf = (page, key = "copy_caption_utc") =>
  page.evaluate((first) => globalThis.drawn.slice(globalThis.drawn.findLastIndex(({ text }) => text === first)), say(key));

// Drags over a rectangle of the original, from a corner to the other, two pixels over its edges.
export async function drag(page, { left, top, width, height }) {
  await page.$eval("#stage", (stage) => stage.scrollIntoView({ block: "start" }));
  const { x, y, scale } = await page.$eval("#stage img", (image) => {
    const box = image.getBoundingClientRect();
    return { x: box.x, y: box.y, scale: box.width / image.naturalWidth };
  });
  await page.mouse.move(x + (left - 2) * scale, y + (top - 2) * scale);
  await page.mouse.down();
  await page.mouse.move(x + (left + width) * scale, y + (top + height) * scale, { steps: 4 });
  await page.mouse.move(x + (left + width + 2) * scale, y + (top + height + 2) * scale);
  await page.mouse.up();
  await ready(page);
}

// What a picture has in a rectangle: its size, how many pixels differ from the kept original (moved up by `from`), how many
// are not black, and how many have the secret colour anywhere.
export const looked = (page, bytes, type, record, { box, from = 0, compare = 0 }) => page.evaluate(async (given) => {
  const pixels = async (blob) => {
    const bitmap = await createImageBitmap(blob, { colorSpaceConversion: "none" });
    const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
    context.drawImage(bitmap, 0, 0);
    return context.getImageData(0, 0, bitmap.width, bitmap.height);
  };
  const copy = await pixels(new Blob([Uint8Array.from(atob(given.base64), (letter) => letter.charCodeAt(0))], { type: given.type }));
  const original = await pixels(await (await import("/store.js")).picture(given.id));
  const inside = (x, y) => given.box && x >= given.box.left && x < given.box.left + given.box.width && y >= given.box.top && y < given.box.top + given.box.height;
  const answer = { width: copy.width, height: copy.height, differ: 0, notBlack: 0, secrets: 0 };
  for (let y = 0; y < copy.height; y += 1) {
    for (let x = 0; x < copy.width; x += 1) {
      const at = (y * copy.width + x) * 4;
      const colour = [0, 1, 2].map((one) => copy.data[at + one]);
      if (given.secret.every((value, one) => Math.abs(value - colour[one]) < 24)) answer.secrets += 1;
      if (inside(x, y)) answer.notBlack += colour.some((value) => value > 6) ? 1 : 0;
      else if (y < given.compare) {
        const there = ((y + given.from) * original.width + x) * 4;
        if (colour.some((value, one) => value !== original.data[there + one])) answer.differ += 1;
      }
    }
  }
  return answer;
}, { base64: bytes.toString("base64"), type, id: record.id, box, from, compare, secret });
