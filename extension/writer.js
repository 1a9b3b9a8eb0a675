// The background's core: it reads pages, decides, and makes what is written.
import { coreOf } from "./core.js";
import * as module from "./core/writer.js";

const call = coreOf(module, "writer");

// Answers a request of the protocol (crate/app/request.rs).
export const ask = (request) => call("handle", request);
