// Reads what other machines wrote into the folder and checks all of it, as a backup is checked. A state whose files are not all there
// is no fault: the sync service has not brought them yet.
import { bytesOf, contentsOf, format, machinesIn } from "./mirror-files.js";
import { hasFile } from "./store.js";
import { Refused, isObject, refusing, signatureOf, soundVault } from "./vault-sound.js";

const digest = /^[0-9a-f]{64}$/;
const lists = ["cases", "records", "chain", "keys", "stamps", "marks"];

const isDigest = (value) => digest.test(value);
const areDigests = (value) => Array.isArray(value) && value.every(isDigest);

// A state, as far as its form goes; null where it is none.
function understood(bytes) {
  const state = JSON.parse(new TextDecoder().decode(bytes));
  if (!isObject(state) || state.format !== format.name || !Number.isInteger(state.format_version)) return null;
  if (state.format_version > format.version) throw new Refused("backup_refused_newer");
  const { parts, written_at } = state;
  const whole = isObject(parts) && lists.every((name) => areDigests(parts[name])) && Array.isArray(parts.chains) && parts.chains.every(areDigests);
  return whole && Number.isFinite(written_at) ? state : null;
}

// The states that are there in whole, the newest first.
async function statesOf(contents) {
  const states = [];
  for (const key of contents.keys()) {
    const [kind, id] = key.split("-");
    const bytes = kind === "state" && (await bytesOf(contents, kind, id));
    if (bytes) states.push({ id, state: understood(bytes) });
  }
  const newest = ({ state: { written_at } }) => written_at;
  return states.filter(({ state }) => state).sort((a, b) => newest(b) - newest(a) || (a.id < b.id ? -1 : 1));
}

async function part(contents, id) {
  const bytes = await bytesOf(contents, "part", id);
  if (!bytes) throw new Refused("mirror_incomplete");
  const list = JSON.parse(new TextDecoder().decode(bytes));
  if (!Array.isArray(list)) throw new Refused("backup_refused_form");
  return list;
}

async function joinedParts(contents, ids) {
  const all = [];
  for (const id of ids) all.push(await part(contents, id));
  return all.flat();
}

async function documentOf(contents, parts) {
  const document = {};
  for (const name of lists) document[name] = await joinedParts(contents, parts[name]);
  document.chains = [];
  for (const ids of parts.chains) document.chains.push(await joinedParts(contents, ids));
  return document;
}

// The pictures of captures that are not kept here, by their ids.
async function picturesOf(contents, records, own, told) {
  const kept = new Set(own.records.map(({ id }) => id));
  const wanted = records.filter((record) => hasFile(record) && !kept.has(record.id));
  const pictures = new Map();
  for (const [index, { id, sha256, bytes: size, media_type }] of wanted.entries()) {
    await told(index + 1, wanted.length);
    const bytes = await bytesOf(contents, "picture", sha256);
    if (!bytes) throw new Refused("mirror_incomplete");
    if (bytes.byteLength !== size) throw new Refused("backup_refused_record");
    pictures.set(id, new Blob([bytes], { type: media_type }));
  }
  return pictures;
}

async function read({ id, state }, contents, own, told) {
  const document = await documentOf(contents, state.parts);
  const known = new Set([own.chain, ...own.chains].flat().map(signatureOf));
  const vault = await soundVault(document, known);
  return { id, vault, pictures: await picturesOf(contents, vault.records, own, told), at: state.written_at };
}

// What a machine wrote last, or a `Refused`: the newest state that is there in whole. `own`: what is kept here. Null where `seen` is
// the newest one.
export async function readMachine(folders, own, { seen = null, told = () => {} } = {}) {
  const contents = await contentsOf(...folders);
  const states = await statesOf(contents).catch(refusing("backup_refused_unreadable"));
  let missing = new Refused("mirror_incomplete");
  for (const state of states) {
    if (state.id === seen) return null;
    try {
      return await read(state, contents, own, told);
    } catch (error) {
      if (error.text !== "mirror_incomplete") refusing("backup_refused_unreadable")(error);
      missing = error;
    }
  }
  throw missing;
}

// The folders of the other machines, by machine.
export async function otherMachines(root, own) {
  const found = await machinesIn(root);
  found.delete(own);
  return found;
}
