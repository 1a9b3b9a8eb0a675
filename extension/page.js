// What our own pages share: the language of the document and the way to the background.

export const api = globalThis.browser ?? globalThis.chrome;

document.documentElement.lang = api.i18n.getUILanguage();
document.documentElement.dir = api.i18n.getMessage("@@bidi_dir");

export const request = (message) => api.runtime.sendMessage(message);
