// The browser's own translator and recogniser of languages, which work on this machine: the Translator and LanguageDetector of
// newer versions of Chrome and Edge.

const api = globalThis.browser ?? globalThis.chrome;

export const hasTranslator = () => "Translator" in globalThis;

// Languages are translated without regard to their regions.
const plain = (code) => new Intl.Locale(code).language;

// The language of our words.
export const target = plain(api.i18n.getMessage("catalogue_language"));

// Those in which the shop can be used, and that of most sellers.
const fromShop = "ar de en es fr he id it ja ko nl pl pt ru th tr uk vi zh".split(" ");

const names = new Intl.DisplayNames(api.i18n.getMessage("catalogue_language"), { type: "language" });
export const nameOf = (code) => names.of(code);

// To choose from, each with its name. Whoever reads our words needs no translation into them.
export const choices = () => fromShop.filter((code) => code !== target).map((code) => [code, nameOf(code)])
  .sort(([, one], [, other]) => one.localeCompare(other, target));

const pair = (sourceLanguage) => ({ sourceLanguage, targetLanguage: target });

// What a model is for: a language to translate from, or null for recognising languages.
const makerOf = (language) => (language === null ? [globalThis.LanguageDetector, {}] : [globalThis.Translator, pair(language)]);

// "available", "downloadable", "downloading" or "unavailable". A browser that cannot tell cannot do it.
export async function availability(language) {
  const [maker, wanted] = makerOf(language);
  return (await maker?.availability(wanted).catch(() => null)) ?? "unavailable";
}

// Gives the model. Where it must be downloaded the browser wants this to be called in the user's click; `onProgress` gets how much
// of it is there, from 0 to 1.
export function create(language, onProgress) {
  const [maker, wanted] = makerOf(language);
  const monitor = (download) => download.addEventListener("downloadprogress", ({ loaded }) => onProgress(loaded));
  return maker.create({ ...wanted, monitor });
}

// Below this the recogniser is guessing.
const sure = 0.5;

async function recognise(detector, text) {
  const [best] = text ? await detector.detect(text).catch(() => []) : [];
  return best?.confidence >= sure && best.detectedLanguage !== "und" ? best.detectedLanguage : null;
}

// The language of each text, null where it is not recognised. A message of two words takes that of all which its writer wrote.
export async function languagesOf(detector, messages) {
  const whole = new Map();
  for (const { who, text } of messages) whole.set(who, `${whole.get(who) ?? ""}${text}\n`);
  for (const [who, text] of whole) whole.set(who, await recognise(detector, text.trim()));
  const own = [];
  for (const { who, text } of messages) own.push((await recognise(detector, text)) ?? whole.get(who));
  return own;
}

export const isTarget = (language) => plain(language) === target;
