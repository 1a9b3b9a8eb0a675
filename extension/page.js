// What our own pages share: the language of the document and the way to the background.

export const api = globalThis.browser ?? globalThis.chrome;

// Of our words, which may be another language than the browser's.
document.documentElement.lang = api.i18n.getMessage("catalogue_language");
document.documentElement.dir = api.i18n.getMessage("catalogue_direction");

export const request = (message) => api.runtime.sendMessage(message);
