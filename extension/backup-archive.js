// The archive of a backup: one ZIP file, written piece by piece, encrypted where a passphrase is given.
import { Encrypter } from "./age.js";
import { digestOf } from "./camera.js";
import { PictureChanged, namedKeys, toCarry } from "./carried.js";
import { downloadZip } from "./client-zip.js";
import { everything, hasFile } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;
// So many bytes are held as bytes before they become a part of a Blob, which the browser may put on the disk.
const held = 8 << 20;

export const format = { name: "redress-vault", version: 1 };
export const files = { readme: "README.txt", vault: "vault.json", sums: "SHA256SUMS" };
export const pictureFile = ({ id, media_type }) => `pictures/${id}.${media_type.split("/").at(-1)}`;

// The letters that the user changed lie where only our pages reach (words.js).
export const isLetter = (key) => key.startsWith("draft/");

async function documentOf({ cases, records, chain, chains, keys, stamps }, at) {
  const settled = await api.storage.local.get(["settings", "paused"]);
  return JSON.stringify({
    format: format.name,
    format_version: format.version,
    extension_version: api.runtime.getManifest().version,
    created_at: at.toISOString(),
    cases,
    records,
    chain,
    chains,
    keys: namedKeys(keys, [chain, ...chains]),
    stamps: toCarry(stamps, { chain, chains }),
    settled,
    letters: Object.fromEntries(Object.entries(localStorage).filter(([key]) => isLetter(key))),
  }, null, 1);
}

async function* entriesOf(vault, at, told) {
  let sums = "";
  const file = async (name, input, lastModified = at) => {
    sums += `${await digestOf(input)}  ${name}\n`;
    return { name, input, lastModified };
  };
  const readme = await fetch(api.runtime.getURL("backup.txt"));
  yield file(files.readme, await readme.blob());
  yield file(files.vault, new Blob([await documentOf(vault, at)]));
  const records = vault.records.filter(hasFile);
  for (const [index, record] of records.entries()) {
    told(index + 1, records.length);
    const picture = vault.pictures.get(record.id);
    if (!picture || (await digestOf(picture)) !== record.sha256) throw new PictureChanged(record.order_id ?? record.id);
    yield file(pictureFile(record), picture, new Date(record.captured_at ?? record.added_at));
  }
  yield { name: files.sums, input: sums, lastModified: at };
}

// A stream as a Blob, without holding all of it.
export async function blobOf(stream) {
  const parts = [];
  let [pieces, bytes] = [[], 0];
  for await (const piece of stream) {
    pieces.push(piece);
    bytes += piece.length;
    if (bytes < held) continue;
    parts.push(new Blob(pieces));
    [pieces, bytes] = [[], 0];
  }
  return new Blob([...parts, ...pieces]);
}

async function encrypted(stream, passphrase) {
  const age = new Encrypter();
  age.setPassphrase(passphrase);
  return age.encrypt(stream);
}

// The archive as a Blob, with its name, when it was made, and how long the chain is. `told(done, all)` hears of each picture.
export async function backup(passphrase, told) {
  const [vault, at] = [await everything(), new Date()];
  const zip = downloadZip(entriesOf(vault, at, told)).body;
  const archive = await blobOf(passphrase ? await encrypted(zip, passphrase) : zip);
  const stamp = at.toISOString().replace(/[-:]|\.\d+/g, "");
  return { name: `redress-vault-${stamp}.zip${passphrase ? ".age" : ""}`, archive, at: at.getTime(), entries: vault.chain.length };
}
