// Reads a file once and in pieces: its SHA-256, which `crypto.subtle` makes of whole files only, and where it is to be kept a
// copy of the very bytes that were digested. A file on the disk can change at any time, the copy cannot.
import { sha256 } from "./sha256.js";

// So many bytes are held as bytes before they become a part of a Blob, which the browser may put on the disk.
const held = 8 << 20;

const hexOf = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

async function read({ file, copies, type }) {
  const digest = sha256.create();
  const parts = [];
  let [pieces, bytes, told] = [[], 0, 0];
  for await (const piece of file.stream()) {
    digest.update(piece);
    bytes += piece.length;
    if (copies) pieces.push(piece);
    if (bytes - told < held) continue;
    told = bytes;
    parts.push(new Blob(pieces));
    pieces = [];
    postMessage({ read: bytes });
  }
  return { sha256: hexOf(digest.digest()), bytes, copy: copies ? new Blob([...parts, ...pieces], { type }) : null };
}

globalThis.onmessage = ({ data }) => read(data).then(postMessage, (error) => postMessage({ failed: String(error?.message ?? error) }));
