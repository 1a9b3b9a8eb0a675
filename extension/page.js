// What our own pages share: the texts, the language of the document and the way to the background.
import { text } from "./texts.js";

export const api = globalThis.browser ?? globalThis.chrome;

// Of our words, which may be another language than the browser's.
document.documentElement.lang = api.i18n.getMessage("catalogue_language");
document.documentElement.dir = api.i18n.getMessage("catalogue_direction");

redressDraw.text = text;

export const request = (message) => api.runtime.sendMessage(message);
