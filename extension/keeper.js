// The vault's core: it describes what is kept and makes the entries of the chain.
import { coreOf } from "./core.js";
import * as module from "./core/keeper.js";

const call = coreOf(module, "keeper");

// A capture that is ready to be stored (crate/app/keeping.rs): what was seen, the picture's SHA-256 in hexadecimal, and the last
// entry of the chain or null.
export const keep = (draft, sha256, head) => call("keep", draft, sha256, head);

// The entry of the chain that says that a capture is deleted.
export const tombstone = (record, head) => call("tombstone", record, head);
