// The core of our own pages: it reads what is kept and writes nothing.
import { coreOf } from "./core.js";
import * as module from "./core/viewer.js";

const call = coreOf(module, "viewer");

// Answers a request of one of our own pages (crate/app/own_page.rs).
export const ask = (request) => call("page", request);
