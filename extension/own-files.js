// The files of the user's own that belong to an order: added, listed, checked, deleted. What changes goes to the background, the
// one writer.
import { size } from "./backup-parts.js";
import { NotKept, add, digested, large } from "./own-adding.js";
import { api, request } from "./page.js";
import { canCopy, canShow, preview, textOf } from "./previews.js";
import { picture, recordsOf } from "./store.js";
import { button, node, say, soft, status, words } from "./tree.js";

const root = document.getElementById("own");
// The order; its attachments; the texts among them by id; the one that the user is asked about; what was done, a text with what
// fills it for each file; how far the file is that is being read; whether large files are kept by their digest only.
let [orderId, records, texts, asked, told, going, outside] = ["", [], new Map(), null, [], null, false];
let changed = () => {};

const input = (id, type, text) => node("label", "", node("span", "", say(text)), { tag: "input", id, attributes: [["type", type]] });
const area = (id, text) => node("label", "", node("span", "", say(text)), { tag: "textarea", id, attributes: [["dir", "auto"]] });

function adding(id, text, ...fields) {
  const submit = { ...button(`${id}-now`, "primary", undefined, say(text)), attributes: [["type", "submit"]] };
  const form = { ...node("form", "", ...fields, submit), id: `${id}-form`, action: { do: id } };
  return { ...node("details", "correct adding", { ...node("summary", "", say(text)), id: `${id}-open` }, form), id };
}

const row = (...children) => node("div", "row", ...children);

function buttonsOf(record) {
  const { id, kept, name, what } = record;
  if (asked === id) {
    return node("div", "ask", node("p", "", say("own_ask_delete")), button("own-yes", "danger", { do: "delete", id }, say("button_delete")),
      button("own-no", "", { do: "keep" }, say("button_keep")));
  }
  const spoken = node("span", "spoken", words(" "), name ? words(name) : say(`attachment_${what}`));
  return row(
    ...(kept === "copy" ? [button(`save-${id}`, "", { do: "save", id }, say("button_save"), spoken)] : [input(`check-${id}`, "file", "own_check")]),
    ...(canCopy(record) ? [button(`copy-${id}`, "", { do: "copy", id }, say("button_open_copy"), spoken)] : []),
    button(`ask-${id}`, "quiet", { do: "ask", id }, say("button_ask_delete"), spoken));
}

function entry(record) {
  const { id, what, name, caption, bytes, added_at, kept, sha256 } = record;
  const seen = canShow(record) ? [{ tag: "picture", label: say(`attachment_${what}`), attributes: [["picture", id]] }] : [];
  const text = texts.has(id) ? [{ ...node("div", "own-text", words(texts.get(id))), attributes: [["dir", "auto"]] }] : [];
  const about = node("div", "",
    node("p", "name", say(`attachment_${what}`), ...(name ? [words(" · "), { ...node("span", "", words(name)), attributes: [["dir", "auto"]] }] : [])),
    ...(caption ? [{ ...node("p", "", words(caption)), attributes: [["dir", "auto"]] }] : []),
    ...text,
    node("p", "note", say("exhibit_added"), words(" "), say("date_plain", { instant: Date.parse(added_at) }), words(" · "), say("date_plain", size(bytes))),
    ...(kept === "reference" ? [node("p", "warning", say("own_reference"))] : []),
    node("p", "note hash", words(`SHA-256 ${sha256}`)),
    buttonsOf(record));
  return { ...node("li", seen.length ? "seen" : "", ...seen, about), id: `own-${id}` };
}

function draw() {
  const toggle = { ...button("own-outside", "toggle", { do: "outside" }, node("span", "", say("own_outside", size(large)))), attributes: [["aria-pressed", String(outside)]] };
  const tree = node("div", "case parts", node("h2", "", say("own_title")), soft(say("own_why")), soft(say("own_private")),
    row(adding("add-files", "own_add_file", input("own-files", "file", "own_files"), input("own-caption", "text", "own_caption")),
      adding("add-note", "own_add_note", area("own-note", "own_note")),
      adding("add-statement", "own_add_statement", area("own-statement", "own_statement"), input("own-statement-file", "file", "own_statement_file"))),
    row(toggle, node("span", "note", say("own_outside_why"))),
    status("own-going", ...(going ? [node("p", "", going)] : [])),
    status("own-told", ...told.map(({ failed, text, with: filled }) => node("p", failed ? "failed" : "", say(text, ...filled)))),
    node("ul", "own-list", ...records.map(entry)));
  redressDraw.draw(root, tree, { onAction: act, fill: async (image, id) => preview(image, await picture(id)) });
  // The drawer knows no such attributes.
  root.querySelector("#own-files").multiple = true;
  for (const field of root.querySelectorAll("textarea, #own-files")) field.required = field.id !== "own-statement";
}

async function look() {
  records = (await recordsOf(orderId)).filter(({ kind }) => kind).sort((a, b) => a.added_at.localeCompare(b.added_at));
  for (const { id, media_type, kept } of records) {
    if (media_type === "text/plain" && kept === "copy" && !texts.has(id)) texts.set(id, await textOf(await picture(id)));
  }
}

async function show() {
  await look();
  draw();
}

const focus = (id) => {
  draw();
  document.getElementById(id)?.focus();
};

const progress = (name, whole) => (read) => {
  going = say("own_reading", words(name), words(new Intl.NumberFormat(document.documentElement.lang, { style: "percent" }).format(read / whole)));
  draw();
};

// One file after the other. What becomes of one changes nothing for the others.
let turn = Promise.resolve();
function keepAll(files, about) {
  turn = turn.then(async () => {
    told = [];
    for (const file of files) {
      const name = file.name ?? redressDraw.text(say(`attachment_${about.what}`));
      progress(name, file.size)(0);
      try {
        const kept = await add(file, { orderId, outside, name: file.name, ...about }, progress(name, file.size));
        told.push({ text: kept === "copy" ? "own_kept" : "own_kept_reference", with: [words(name)] });
      } catch (error) {
        if (!(error instanceof NotKept)) throw error;
        told.push({ failed: true, text: error.text, with: [words(name), ...(error.words === undefined ? [] : [words(error.words)])] });
      }
    }
    going = null;
    await show();
    changed();
  });
  return turn;
}

// Whether a file that the user has is the one whose digest is kept.
async function check(id, [file]) {
  const record = records.find((one) => one.id === id);
  if (!file || !record) return;
  const { sha256 } = await digested(file, false, "", progress(file.name, file.size)).catch((error) => ({ failed: error }));
  const same = sha256 === record.sha256;
  [going, told] = [null, [{ failed: !same, text: same ? "own_same" : "own_not_same", with: [words(file.name)] }]];
  draw();
}

function save({ id, name, what, media_type }, blob) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name ?? `${what}-${id.slice(0, 8)}.${media_type === "text/plain" ? "txt" : media_type.split("/").at(-1)}`;
  link.click();
  // The download holds the file by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Read at once: the form is empty as soon as it was sent.
const typed = (id) => document.getElementById(id).value.trim();
const chosen = (id) => [...document.getElementById(id).files];
const written = (id) => (typed(id) ? [new Blob([typed(id)], { type: "text/plain" })] : []);

function act(action) {
  const { id } = action;
  switch (action.do) {
    case "add-files": return keepAll(chosen("own-files"), { caption: typed("own-caption") });
    case "add-note": return keepAll(written("own-note"), { what: "note" });
    case "add-statement": return keepAll([...written("own-statement"), ...chosen("own-statement-file")], { what: "carrier_statement" });
    case "outside":
      outside = !outside;
      return draw();
    case "save": return picture(id).then((blob) => save(records.find((one) => one.id === id), blob));
    case "copy": return api.tabs.create({ url: api.runtime.getURL(`copy.html?capture=${encodeURIComponent(id)}`) });
    case "ask":
      asked = id;
      return focus("own-no");
    case "keep": {
      const from = asked;
      asked = null;
      return focus(`ask-${from}`);
    }
    case "delete": return remove(id);
  }
}

async function remove(id) {
  const answer = await request({ kind: "delete", capture_id: id }).catch(() => null);
  const done = answer?.notice === "deleted";
  asked = null;
  told = [{ failed: !done, text: done ? "notice_deleted" : "notice_not_done", with: [] }];
  await show();
  // It lost the focus with its place.
  root.querySelector("#add-files-open").focus();
  changed();
}

const brings = ({ dataTransfer }) => dataTransfer?.types.includes("Files");
function listen() {
  root.addEventListener("change", ({ target }) => target.id.startsWith("check-") && check(target.id.slice("check-".length), target.files));
  root.addEventListener("keydown", ({ key, target }) => key === "Escape" && target.closest(".ask") && act({ do: "keep" }));
  document.addEventListener("dragover", (event) => {
    if (!brings(event) || event.target.matches?.("input[type=file]")) return;
    event.preventDefault();
    root.classList.add("dropping");
  });
  document.addEventListener("dragleave", (event) => event.relatedTarget || root.classList.remove("dropping"));
  document.addEventListener("drop", (event) => {
    root.classList.remove("dropping");
    if (!brings(event) || event.target.matches?.("input[type=file]")) return;
    event.preventDefault();
    keepAll([...event.dataTransfer.files], {});
  });
}

// Draws the section of an order; `again` is called where what is kept has changed.
export async function ownSection(order, again) {
  if (!orderId) listen();
  [orderId, changed] = [order, again];
  root.hidden = false;
  await show();
}
