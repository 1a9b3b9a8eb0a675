// The archive of a dossier: one ZIP file with pictures, records, chain and digests.
import { downloadZip } from "./client-zip.js";
import { covering } from "./dossier-stamps.js";
import * as keeper from "./keeper.js";
import { chain, keys, picture, recordsOf, stamp, stamps } from "./store.js";
import { ask } from "./viewer.js";

const api = globalThis.browser ?? globalThis.chrome;
const json = (value) => JSON.stringify(value, null, 2);

// A time-stamp as a dossier names it (crate/evidence/stamp.rs).
const stampOf = ({ seq, kind, gen_time, authority, bytes, id }) => ({
  entry: seq,
  ...(kind === "rfc3161" ? { reply: { at: new Date(gen_time).toISOString(), authority } } : {}),
  bytes: bytes.length,
  sha256: id,
});

// Its name and its files (crate/evidence/assemble.rs), the pictures by the ids of their captures, time-stamps by their digests.
export async function archiveOf(orderId) {
  const [report, records, entries, known, kept] = await Promise.all([ask({ kind: "report", order_id: orderId }), recordsOf(orderId), chain(), keys(), stamps()]);
  const named = new Set(entries.map(({ key }) => key));
  const packing = {
    order_id: orderId,
    records,
    chain: entries,
    keys: known.filter(({ id }) => named.has(id)).map(({ pem }) => pem),
    stamps: covering(kept, entries, records).map(stampOf),
    made_ms: Date.now(),
    extension_version: api.runtime.getManifest().version,
  };
  const { case: document, chain: log } = await keeper.documents(packing);
  return keeper.archive(packing, json({ ...document, case: report }), json(log));
}

// The archive as a Blob.
export async function packed(files) {
  const entries = files.map(async ({ path, modified, content }) => ({
    name: path,
    lastModified: new Date(modified),
    input: content.text ?? (content.stamp ? (await stamp(content.stamp)).bytes : await picture(content.capture)),
  }));
  return downloadZip(await Promise.all(entries)).blob();
}
