// A conversation with a translation under each message, by the browser's own translator: `translate.html?tab=<id>`. It begins with
// a click, keeps nothing, and what was written stays as it is.
import { api } from "./page.js";
import { conversationIn } from "./translate-reading.js";
import { tree } from "./translate-view.js";
import { availability, create, hasTranslator, isTarget, languagesOf } from "./translator.js";

const view = document.getElementById("view");
const tabId = Number(new URLSearchParams(location.search).get("tab"));

// Models by their languages; null is the one that recognises languages. What is not there is held as null.
const models = new Map();
let messages = [];
let incomplete = false;
let began = false;
let at = { step: hasTranslator() ? "start" : "absent" };

function show(next) {
  at = next;
  redressDraw.draw(view, tree(at, messages, incomplete), { onAction: act });
  // What was pressed is gone with its step: the next thing to use is where it was.
  if (began && document.activeElement === document.body) view.querySelector("#step :is(select, button)")?.focus();
}

async function read() {
  show({ step: "reading" });
  const found = await conversationIn(tabId);
  if (!found) return show({ step: "gone" });
  if (!found.messages.length) return show({ step: "none" });
  ({ messages, incomplete } = found);
  // What has no words needs no language.
  for (const message of messages) if (!message.text) message.language = null;
  await goOn();
}

// Whether the model for a language is settled. A download is asked for first.
async function settled(language) {
  if (models.has(language)) return true;
  const can = await availability(language);
  const needs = { step: "download", language };
  if (can === "unavailable") models.set(language, null);
  else if (can !== "available") show(needs);
  else await create(language, () => {}).then((model) => models.set(language, model), () => show({ ...needs, failed: true }));
  return models.has(language);
}

async function download(language) {
  show({ step: "downloading", share: 0 });
  try {
    models.set(language, await create(language, (share) => at.step === "downloading" && show({ step: "downloading", share })));
  } catch {
    return show({ step: "download", language, failed: true });
  }
  await goOn();
}

// As far as it goes without another click.
async function goOn() {
  if (messages.some(({ language }) => language === undefined)) {
    if (!(await settled(null))) return;
    await recognise();
  }
  const open = messages.filter((message) => message.language && !message.outcome);
  for (const message of open) if (isTarget(message.language)) message.outcome = { note: "same" };
  const foreign = open.filter(({ outcome }) => !outcome);
  for (const language of new Set(foreign.map((message) => message.language))) if (!(await settled(language))) return;
  for (const [index, message] of foreign.entries()) {
    show({ step: "working", number: index + 1, all: foreign.length });
    message.outcome = await outcomeOf(message);
  }
  show({ step: "done" });
}

async function recognise() {
  const unknown = messages.filter(({ language }) => language === undefined);
  const detector = models.get(null);
  const languages = detector ? await languagesOf(detector, unknown) : [];
  for (const [index, message] of unknown.entries()) message.language = languages[index] ?? null;
}

async function outcomeOf({ language, text }) {
  const model = models.get(language);
  if (!model) return { note: "no_pair" };
  try {
    return { text: await model.translate(text) };
  } catch {
    return { note: "failed" };
  }
}

function act({ do: asked, language }, event, value) {
  switch (asked) {
    case "read":
      return attempt(read);
    case "download":
      return attempt(() => download(language));
    case "choose":
      for (const message of messages) if (message.text && !message.language) message.language = value;
      return attempt(goOn);
  }
}

// What fails beyond what is foreseen can be begun again.
async function attempt(job) {
  began = true;
  try {
    await job();
  } catch (error) {
    console.error("redress:", error);
    show({ step: "start" });
  }
}

document.title = api.i18n.getMessage("translate_title");
show(at);
