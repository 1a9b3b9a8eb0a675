// The core of what needs no page: it describes what the vault keeps, makes the entries of the chain, and knows when to remind.
import { coreOf } from "./core.js";
import * as module from "./core/keeper.js";

const call = coreOf(module, "keeper");

// A capture that is ready to be stored (crate/app/keeping.rs): what was seen, the picture's SHA-256 in hexadecimal, and the last
// entry of the chain or null.
export const keep = (draft, sha256, head) => call("keep", draft, sha256, head);

// The entry of the chain that says that a capture is deleted.
export const tombstone = (record, head) => call("tombstone", record, head);

// Which reminders are due (crate/app/remind.rs).
export const remind = (asked) => call("remind", asked);
