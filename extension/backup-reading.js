// Reads the archive of a backup and checks all of it. Nothing of it is used before everything held. Of a large archive no more
// than one picture is in memory.
import { Decrypter } from "./age.js";
import { blobOf, files, format, isLetter, pictureFile } from "./backup-archive.js";
import { digestOf } from "./camera.js";
import { hasFile } from "./store.js";
import { Refused, isObject, refusing, soundVault } from "./vault-sound.js";
import { BlobReader, BlobWriter, TextWriter, ZipReader } from "./zip.js";

const ageMark = "age-encryption.org/v1\n";

export const isEncrypted = async (file) => (await file.slice(0, ageMark.length).text()) === ageMark;

async function decrypted(file, passphrase) {
  if (!passphrase) throw new Refused("backup_refused_encrypted");
  const age = new Decrypter();
  age.addPassphrase(passphrase);
  // The header holds the passphrase's own check; what comes after it can only be damaged.
  const stream = await age.decrypt(file.stream()).catch(refusing("backup_refused_passphrase"));
  return blobOf(stream).catch(refusing("backup_refused_unreadable"));
}

// The entries by name; folders, which ordinary programs add, say nothing.
async function entriesOf(archive) {
  const reader = new ZipReader(new BlobReader(archive), { useWebWorkers: false, checkSignature: true });
  const entries = (await reader.getEntries()).filter(({ directory }) => !directory);
  const byName = new Map(entries.map((entry) => [entry.filename, entry]));
  const wanted = Object.values(files).every((name) => byName.has(name));
  if (!wanted) throw new Refused("backup_refused_unreadable");
  if (byName.size !== entries.length) throw new Refused("backup_refused_files");
  return byName;
}

// The digests by name: of every file but the list itself, and of no other.
async function sumsOf(entries) {
  const lines = (await entries.get(files.sums).getData(new TextWriter())).split("\n");
  const read = lines.filter(Boolean).map((line) => /^([0-9a-f]{64}) [ *](.+)$/.exec(line));
  if (!read.every(Boolean)) throw new Refused("backup_refused_files");
  const sums = new Map(read.map(([, sum, name]) => [name, sum]));
  const covered = [...entries.keys()].every((name) => name === files.sums || sums.has(name));
  if (!covered || sums.size !== read.length || sums.size !== entries.size - 1) throw new Refused("backup_refused_files");
  return sums;
}

async function unpacked(entries, sums, name, type = "") {
  const content = await entries.get(name).getData(new BlobWriter(type)).catch(refusing("backup_refused_unreadable"));
  if ((await digestOf(content)) !== sums.get(name)) throw new Refused("backup_refused_digest", name);
  return content;
}

// The document, as far as its form goes. What is in it is judged by the core.
function understood(text) {
  const document = JSON.parse(text);
  if (!isObject(document) || document.format !== format.name || !Number.isInteger(document.format_version)) throw new Refused("backup_refused_unreadable");
  if (document.format_version > format.version) throw new Refused("backup_refused_newer");
  const { settled, letters, created_at } = document;
  const objects = isObject(settled) && isObject(letters) && Object.values(letters).every((letter) => typeof letter === "string");
  if (!objects || Number.isNaN(Date.parse(created_at))) throw new Refused("backup_refused_form");
  return document;
}

async function picturesOf(records, entries, sums, told) {
  const names = new Set(records.map(pictureFile));
  const others = [...entries.keys()].filter((name) => !names.has(name) && !Object.values(files).includes(name));
  if (others.length || ![...names].every((name) => entries.has(name))) throw new Refused("backup_refused_files");
  const pictures = new Map();
  for (const [index, record] of records.entries()) {
    told(index + 1, records.length);
    const name = pictureFile(record);
    const known = sums.get(name) === record.sha256 && entries.get(name).uncompressedSize === record.bytes;
    if (!known) throw new Refused("backup_refused_digest", name);
    pictures.set(record.id, await unpacked(entries, sums, name, record.media_type));
  }
  return pictures;
}

// What is put back beside the vault: two keys of `storage.local`, each judged again by whoever reads it, and letters.
const settledOf = ({ settings, paused }) => ({ ...(settings && { settings }), ...(Array.isArray(paused) && { paused }) });
const lettersOf = (letters) => Object.entries(letters).filter(([key]) => isLetter(key));

async function read(file, passphrase, told) {
  const archive = (await isEncrypted(file)) ? await decrypted(file, passphrase) : file;
  const entries = await entriesOf(archive);
  const sums = await sumsOf(entries);
  await unpacked(entries, sums, files.readme);
  const document = understood(await (await unpacked(entries, sums, files.vault)).text());
  const vault = await soundVault(document);
  const pictures = await picturesOf(vault.records.filter(hasFile), entries, sums, told);
  const { settled, letters, created_at } = document;
  return { vault, pictures, settled: settledOf(settled), letters: lettersOf(letters), at: Date.parse(created_at) };
}

// The backup in a file, or a `Refused`. `told(done, all)` hears of each picture.
export const readBackup = (file, passphrase, told) => read(file, passphrase, told).catch(refusing("backup_refused_unreadable"));
