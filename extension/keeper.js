// The core of what needs no page: it describes what the vault keeps, makes the entries of the chain, and knows when to remind.
import { coreOf } from "./core.js";
import * as module from "./core/keeper.js";

const call = coreOf(module, "keeper");

// A capture that is ready to be stored (crate/app/keeping.rs): what was seen, the picture's SHA-256 in hexadecimal, the last
// entry of the chain or null, and the digest of the key that signs.
export const keep = (draft, sha256, head, key) => call("keep", draft, sha256, head, key);

// The same for a file of the user's own, and the type of a file by its first bytes; null where it is of no kind that is kept.
export const attach = (draft, head, key) => call("attach", draft, head, key);
export const mediaType = (start) => call("media_type", start);

// The entry of the chain that says that a capture or an attachment is deleted.
export const tombstone = (record, head, key) => call("tombstone", record, head, key);

// The text that the signature of an entry is made over.
export const signedText = (entry) => call("signed_text", entry);

// The documents of a dossier, and its files with the documents as JSON (crate/app/packing.rs).
export const documents = (packing) => call("documents", packing);
export const archive = (packing, caseJson, chainJson) => call("archive", packing, caseJson, chainJson);

// Which reminders are due (crate/app/remind.rs).
export const remind = (asked) => call("remind", asked);

// What is wrong with the vault of a backup, as a code or null; and what changes in a vault that takes it in (crate/app/vault_check.rs).
export const vaultFault = (vault) => call("vault_fault", vault);
export const merge = (own, other, key) => call("merge", own, other, key);
