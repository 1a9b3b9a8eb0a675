// The texts of the built extension in English, as its pages show them.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { dist } from "./chromium.js";

export const texts = JSON.parse(await readFile(path.join(dist, "_locales/en/messages.json"), "utf8"));

// The text of a key with what fills it.
export const say = (key, ...filled) => filled.reduce((text, value, at) => text.replaceAll(`$${at + 1}`, value), texts[key].message);
