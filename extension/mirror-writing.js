// Writes the vault into this machine's folder: what is missing there, then a `state` that names all files it consists of, and only
// then goes what no state needs any more. Whoever reads a state whose files are all there reads one moment of the vault.
import { PictureChanged, namedKeys, toCarry } from "./carried.js";
import { digestOf, digestOfBytes } from "./camera.js";
import { bytesOf, contentsOf, format, isOurs, nameOf, write } from "./mirror-files.js";
import { hasFile } from "./store.js";

// What is kept is cut so that a change writes a small part anew: a log grows at its end only, records and case files lie in parts by
// their ids.
const inPart = 256;
const byPlace = (list) => Array.from({ length: Math.ceil(list.length / inPart) }, (_, at) => list.slice(at * inPart, (at + 1) * inPart));

function by(list, partOf) {
  const parts = new Map();
  for (const one of list) {
    const part = partOf(one);
    if (!parts.has(part)) parts.set(part, []);
    parts.get(part).push(one);
  }
  return [...parts.values()];
}

const partsOf = ({ cases, records, chain, chains, keys, stamps, marks }) => ({
  cases: by(cases, ({ order_id }) => order_id.slice(-2)),
  records: by(records, ({ id }) => id.slice(0, 2)),
  chain: byPlace(chain),
  chains: chains.map(byPlace),
  keys: [namedKeys(keys, [chain, ...chains])],
  stamps: toCarry(stamps, { chain, chains }).map((stamp) => [stamp]),
  marks: byPlace(marks),
});

const endingOf = ({ media_type }) => media_type.split("/").at(-1);

class Writer {
  constructor(folder, contents, { thorough, whole }) {
    Object.assign(this, { folder, contents, thorough, whole, needed: new Set(), written: 0 });
  }

  // A file of this kind, unless it is there in whole.
  async file(kind, digest, ending, size, contentOf) {
    const name = nameOf(kind, digest, ending);
    if (this.needed.has(name)) return;
    this.needed.add(name);
    if (await this.isThere(kind, digest, name, size)) return;
    await write(this.folder, name, await contentOf());
    this.whole.add(name);
    this.written += 1;
  }

  // Where the browser ended while it wrote, there is an empty file with this name. A thorough run reads what is there.
  async isThere(kind, digest, name, size) {
    const file = this.contents.get(`${kind}-${digest}`)?.find((one) => one.name === name);
    if (!file) return false;
    if (this.thorough) return Boolean(await bytesOf(new Map([[`${kind}-${digest}`, [file]]]), kind, digest));
    if (!this.whole.has(name) && (await file.getFile()).size === size) this.whole.add(name);
    return this.whole.has(name);
  }

  async part(list) {
    const bytes = new TextEncoder().encode(JSON.stringify(list));
    const digest = await digestOfBytes(bytes);
    await this.file("part", digest, "json", bytes.length, () => bytes);
    return digest;
  }

  // The digests of parts, in the form in which the parts lie in lists.
  async parts(lists) {
    const named = [];
    for (const list of lists) named.push(Array.isArray(list[0]) ? await this.parts(list) : await this.part(list));
    return named;
  }
}

// The newest state that is there already, where it says the same but for its time.
async function stateLike(contents, state) {
  const same = ({ written_at: _, extension_version: __, ...one }) => JSON.stringify(one);
  for (const key of contents.keys()) {
    const [kind, digest] = key.split("-");
    const bytes = kind === "state" && (await bytesOf(contents, kind, digest));
    if (bytes && same(JSON.parse(new TextDecoder().decode(bytes))) === same(state)) return digest;
  }
  return null;
}

// `pictureOf(id)` answers with the picture of a capture. `told(done, all)` hears of each. `whole`: names of files that are
// known to be there in whole; it grows. Answers with the number of files that were written.
export async function writeMirror(folder, vault, { machine, version, readme, at, pictureOf, whole = new Set(), thorough = false, told = () => {} }) {
  const writer = new Writer(folder, await contentsOf(folder), { thorough, whole });
  const files = vault.records.filter(hasFile);
  for (const [index, record] of files.entries()) {
    await told(index + 1, files.length);
    await writer.file("picture", record.sha256, endingOf(record), record.bytes, async () => {
      const picture = await pictureOf(record.id);
      if ((await digestOf(picture)) !== record.sha256) throw new PictureChanged(record.order_id ?? record.id);
      return picture;
    });
  }
  const parts = {};
  for (const [kind, lists] of Object.entries(partsOf(vault))) parts[kind] = await writer.parts(lists);
  const state = { format: format.name, format_version: format.version, extension_version: version, machine, written_at: at, parts };
  const known = await stateLike(writer.contents, state);
  if (known) writer.needed.add(nameOf("state", known, "json"));
  else {
    const bytes = new TextEncoder().encode(JSON.stringify(state));
    await writer.file("state", await digestOfBytes(bytes), "json", bytes.length, () => bytes);
  }
  await folder.getFileHandle("README.txt").catch(() => write(folder, "README.txt", readme));
  await tidy(folder, writer.needed);
  return writer.written;
}

// What cannot go now, because another program reads it, goes next time. States go first: none is left without its files.
async function tidy(folder, needed) {
  const names = [];
  for await (const [name, handle] of folder.entries()) if (handle.kind === "file" && isOurs(name) && !needed.has(name)) names.push(name);
  names.sort((a, b) => b.startsWith("state-") - a.startsWith("state-"));
  for (const name of names) await folder.removeEntry(name).catch(() => {});
}
