// What the page of a translated conversation shows, as a tree for the drawer.
import { button, node, say, soft, status, words } from "./tree.js";
import { choices, nameOf, target } from "./translator.js";

const percent = (share) => words(new Intl.NumberFormat(target, { style: "percent" }).format(share));
const count = (number) => ({ number });

const unknown = ({ text, language }) => text && !language;

// Steps that say the same each time.
const steps = { absent: "translate_absent", reading: "translate_reading", gone: "translate_gone", none: "translate_none" };

// What is said when a step begins, and again when its numbers change.
function said(at, messages) {
  switch (at.step) {
    case "start": return [];
    case "download": return [...(at.failed ? [say("translate_download_failed"), words(" ")] : []), needed(at.language)];
    case "downloading": return [say("translate_downloading", percent(at.share))];
    case "working": return [say("translate_working", count(at.number), count(at.all))];
    case "done": return done(messages);
    default: return [say(steps[at.step])];
  }
}

const needed = (language) => (language === null ? say("translate_download_detector") : say("translate_download_pair", words(nameOf(language))));

function done(messages) {
  const [known, open] = [messages.filter(({ outcome }) => outcome), messages.some(unknown)];
  const translated = known.filter(({ outcome }) => outcome.text !== undefined).length;
  const refused = new Set(known.filter(({ outcome }) => outcome.note === "no_pair").map(({ language }) => language));
  const sentences = [
    ...(known.length || !open ? [say("translate_done", count(translated), count(messages.length))] : []),
    ...[...refused].map((language) => say("translate_no_pair", words(nameOf(language)), words(nameOf(target)))),
    ...(open ? [say("translate_unknown")] : []),
  ];
  return sentences.flatMap((sentence) => [words(" "), sentence]).slice(1);
}

const begin = button("read", "primary", { do: "read" }, say("translate_begin"));

// What can be done in a step.
function ways(at, messages) {
  switch (at.step) {
    case "start": return [soft(say("translate_model")), begin];
    case "none": return [begin];
    case "download": return [button("download", "primary", { do: "download", language: at.language }, say("translate_download"))];
    case "done": return messages.some(unknown) ? [choice()] : [];
    default: return [];
  }
}

// What most sellers write.
const likely = target === "en" ? "zh" : "en";

function choice() {
  const option = ([code, name]) => ({ ...node("option", "", words(name)), attributes: [["value", code], ...(code === likely ? [["selected", ""]] : [])] });
  const list = { ...node("select", "", ...choices().map(option)), id: "language" };
  const use = { ...node("button", "", say("translate_choose")), attributes: [["type", "submit"]] };
  return { ...node("form", "choice", node("label", "", node("span", "", say("translate_language")), list), use), id: "choice", action: { do: "choose" } };
}

const writers = { seller: "translate_by_seller", buyer: "translate_by_buyer" };
const inLanguage = (look, language, text) => ({ ...node("p", look, words(text)), attributes: [["dir", "auto"], ...(language ? [["lang", language]] : [])] });

function message({ who, time, text, language, outcome }) {
  const head = node("p", "who", node("strong", "", say(writers[who] ?? "translate_by_unknown")), words(" "), { ...node("span", "when", words(time)), attributes: [["dir", "auto"]] });
  const original = text ? inLanguage("original", language, text) : soft(say("translate_no_words"));
  return node("li", `message ${who ?? ""}`, head, original, ...(outcome && outcome.note !== "no_pair" ? [below(outcome)] : []));
}

const notes = { same: "translate_same", failed: "translate_failed" };

// A pair that the browser does not have is told once, above all messages.
function below({ text, note }) {
  if (note) return soft(say(notes[note]));
  return node("div", "translation", node("span", "mark-rule", say("translate_machine")), inLanguage("", target, text));
}

export function tree(at, messages, incomplete) {
  const cautions = messages.length ? [node("p", "warning", say("translate_no_evidence")), ...(incomplete ? [soft(say("translate_incomplete"))] : [])] : [];
  return node("div", "",
    node("header", "title", node("h1", "", say("translate_title")), node("p", "", say("translate_how")), node("p", "", say("translate_browser"))),
    { ...node("section", "sheet", status("said", node("p", "", ...said(at, messages))), ...ways(at, messages)), id: "step" },
    ...cautions,
    node("ol", "messages", ...messages.map(message)));
}
