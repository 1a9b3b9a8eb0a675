// Takes the picture of a tab, at the pace that the browser allows.

const api = globalThis.browser ?? globalThis.chrome;

// Chromium allows two calls in a second that begins with the first of them, and refuses the others. So near to its end a call would
// be in one second by our clock and in the next by the browser's: it waits. A refused one, which under load is early by a little, is
// tried again after so many milliseconds each.
const [second, end] = [1010, 900];
const waits = [50, 1000, 2000];
let last = Promise.resolve();
let [begun, calls] = [-second, 0];

const wait = (time) => new Promise((done) => setTimeout(done, time));

// Not by the time of day: where that is set back, the next picture would wait as long.
async function turn() {
  const since = performance.now() - begun;
  if (calls >= 2 || since > end) {
    await wait(Math.max(0, second - since));
    [begun, calls] = [performance.now(), 0];
  }
  calls += 1;
}

async function paced(windowId) {
  for (const again of [...waits, null]) {
    await turn();
    try {
      return await api.tabs.captureVisibleTab(windowId, { format: "png" });
    } catch (error) {
      if (again === null || !/MAX_CAPTURE_VISIBLE_TAB_CALLS_PER_SECOND/.test(error.message)) throw error;
    }
    // The next one begins a second of its own.
    await wait(again);
    begun = -second;
  }
}

// The picture as the browser gives it, a data address.
export function photograph(windowId) {
  const shot = last.then(() => paced(windowId));
  last = shot.catch(() => {});
  return shot;
}

// A capture that is given up for a reason that the user is told: a key of the texts.
export class Refused extends Error {
  constructor(key, ...values) {
    super(api.i18n.getMessage(key, values));
  }
}

// The picture of a data address as { blob, sha256 }. Its digest is made of the bytes at hand: to read them back from a blob takes ten
// times as long.
export async function pictureFrom(dataAddress) {
  const [head, body] = dataAddress.split(",", 2);
  const type = /^data:([^;]+);base64$/.exec(head)?.[1];
  if (!type || !body) throw new Error("the browser gave no picture");
  // Of a million letters the older way takes longer than the picture itself.
  const bytes = Uint8Array.fromBase64?.(body) ?? Uint8Array.from(atob(body), (letter) => letter.charCodeAt(0));
  const digest = digestOfBytes(bytes);
  const blob = new Blob([bytes], { type });
  return { blob, sha256: await digest };
}

export const hexOf = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");

export const digestOfBytes = async (bytes) => hexOf(await crypto.subtle.digest("SHA-256", bytes));

export const digestOf = async (blob) => digestOfBytes(await blob.arrayBuffer());

// A small copy for the screen: { type, base64 }.
export async function thumbnailOf(blob, width = 320) {
  const bitmap = await createImageBitmap(blob);
  const canvas = new OffscreenCanvas(width, Math.max(1, Math.round((bitmap.height * width) / bitmap.width)));
  const context = canvas.getContext("2d");
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const small = new Uint8Array(await (await canvas.convertToBlob({ type: "image/jpeg", quality: 0.8 })).arrayBuffer());
  let letters = "";
  for (const byte of small) letters += String.fromCharCode(byte);
  return { type: "image/jpeg", base64: btoa(letters) };
}
