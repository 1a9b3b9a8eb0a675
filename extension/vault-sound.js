// Whether a vault that comes from elsewhere holds, whatever it came in: form, log, signatures, time-stamps. Nothing of it is used
// before everything held.
import { carriedStamps } from "./carried.js";
import * as keeper from "./keeper.js";
import { isSigned, keyIdOf } from "./signing.js";

// Why it is refused: the key of a text, and the name of a file for it.
export class Refused extends Error {
  constructor(text, file) {
    super(text);
    Object.assign(this, { text, file });
  }
}

export const refusing = (text) => (error) => {
  throw error instanceof Refused ? error : new Refused(text);
};

export const isObject = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

const isMark = (mark) => isObject(mark) && typeof mark.id === "string" && Number.isFinite(mark.at) && typeof mark.gone === "boolean";

const faults = {
  chain: "backup_refused_chain",
  record: "backup_refused_record",
  missing: "backup_refused_missing",
  case: "backup_refused_form",
};

// The vault as it comes in, its keys with their digests and its time-stamps read anew. `stamps` and `marks` are not there where an
// earlier version wrote it. The signatures of the entries `known` were checked before.
export async function soundVault({ cases, records, chain, chains, keys, stamps, marks }, known = new Set()) {
  const lists = [cases, records, chain, chains, keys, stamps ?? [], marks ?? []].every(Array.isArray) && chains.every((one) => Array.isArray(one) && one.length);
  if (!lists || !(marks ?? []).every(isMark)) throw new Refused("backup_refused_form");
  const fault = await keeper.vaultFault({ cases, records, chain, chains }).catch(refusing("backup_refused_form"));
  if (fault) throw new Refused(faults[fault]);
  const entries = [chain, ...chains].flat();
  for (const entry of entries) {
    if (known.has(signatureOf(entry))) continue;
    const signed = await isSigned(entry, keys).catch(() => false);
    if (!signed) throw new Refused("backup_refused_signature");
  }
  const read = stamps && (await carriedStamps(stamps, entries).catch(() => {
    throw new Refused("backup_refused_stamp");
  }));
  const ids = await Promise.all(keys.map(async (pem) => [await keyIdOf(pem), pem]));
  return { cases, records, chain, chains, keys: [...new Map(ids)].map(([id, pem]) => ({ id, pem })), stamps: read, marks: marks ?? [] };
}

// By the hash everything that is signed is the same.
export const signatureOf = ({ hash, key, signature }) => [hash, key, signature].join(" ");
