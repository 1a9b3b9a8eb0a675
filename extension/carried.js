// What travels from one vault to another, in a backup or through a folder, as far as it is not simply what is kept.
import { hexOf } from "./camera.js";
import { check } from "./timestamp-reply.js";

const textOf = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
const bytesOf = (text) => Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));

// A picture that is not as it was captured: what holds it would be refused later.
export class PictureChanged extends Error {}

// The public keys that entries of these logs name, as PEM.
export function namedKeys(keys, chains) {
  const ids = new Set(chains.flat().map(({ key }) => key));
  return keys.filter(({ id }) => ids.has(id)).map(({ pem }) => pem);
}

// Of a time-stamp the file, and what only the page knew that took it in: all else is read and checked anew where it arrives. Those
// that are for an entry of one of these logs: without it, nothing says what they are for.
export function toCarry(stamps, { chain, chains }) {
  const hashes = new Set([chain, ...chains].flat().map(({ hash }) => hash));
  return stamps.filter(({ hash }) => hashes.has(hash))
    .map(({ name, asked, imported_at, bytes }) => ({ name, asked, imported_at, bytes: textOf(bytes) }));
}

// Throws where one of them is no time-stamp of these entries.
export async function carriedStamps(list, entries) {
  const stamps = list.map(async ({ name, asked, imported_at, bytes: text }) => {
    if (typeof name !== "string" || typeof asked !== "boolean" || !Number.isFinite(imported_at)) throw new Error("what is said of a time-stamp cannot be read");
    const bytes = bytesOf(text);
    const id = hexOf(await crypto.subtle.digest("SHA-256", bytes));
    return { ...(await check(bytes, entries)), id, name: name.slice(-120), asked, imported_at, bytes };
  });
  return Promise.all(stamps);
}
