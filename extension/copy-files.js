// The names of a copy's files, the text beside them, and how they are written to disk.
import { digestOf } from "./camera.js";
import { downloadZip } from "./client-zip.js";
import { coveredText, rowsOf, timeOf, utcOf } from "./copy-caption.js";
import { text } from "./texts.js";
import { say, words } from "./tree.js";

const endings = { "image/png": "png", "image/jpeg": "jpg", "image/webp": "webp" };

// As the dossier names it (crate/evidence/exhibit.rs), without its number.
const stem = (record) => `${record.page ?? record.what}-${timeOf(record).replace(/\.\d+/, "").replaceAll(/[-:]/g, "")}`;
const baseOf = (record) => `redress-copy-${stem(record)}`;

export const nameOf = (record, type, at, count) => `${baseOf(record)}${count > 1 ? `-${at + 1}of${count}` : ""}.${endings[type]}`;

// What was covered, with digests of the original and of each file of the copy. Numbers stand without separators.
export async function listOf(record, covers, files, now) {
  const plain = (...values) => values.map((value) => words(String(value)));
  const digests = await Promise.all(files.map(({ blob }) => digestOf(blob)));
  const lines = [
    text(say("copy_list_original", ...plain(`${stem(record)}.${endings[record.media_type]}`, record.bytes))),
    ...rowsOf(record, 0, 1, 1).map(({ label, value }) => (label ? `${label}: ${value}` : value)),
    coveredText(covers.length),
    ...covers.map(({ left, top, width, height }, at) => text(say("copy_list_box", ...plain(at + 1, left, top, width, height)))),
    ...files.map(({ name, blob }, at) => text(say("copy_list_copy", ...plain(name, blob.size, digests[at])))),
    text(say("copy_list_made", words(utcOf(now)))),
  ];
  return { name: `${baseOf(record)}.txt`, blob: new Blob([`${lines.join("\n")}\n`], { type: "text/plain" }) };
}

export const zipOf = async (record, files) => ({
  name: `${baseOf(record)}.zip`,
  blob: await downloadZip(files.map(({ name, blob }) => ({ name, input: blob, lastModified: new Date() }))).blob(),
});

export function download({ name, blob }) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  // The download holds the file by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
