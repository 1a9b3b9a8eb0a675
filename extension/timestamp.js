// The page of trusted time: writes a request for a time-stamp of the log, and checks and keeps what an authority replied. Redress
// has no network: who sends the request is the user. What comes into the vault goes through the background, the one writer.
import { hex } from "./der.js";
import { request } from "./page.js";
import { chain, stamps } from "./store.js";
import { listSheet, nameOfQuery, requestSheet } from "./timestamp-parts.js";
import { check, freshNonce, most, query } from "./timestamp-reply.js";
import { Refused } from "./timestamp-signature.js";
import { button, node, say, sheet, soft, status, words } from "./tree.js";

const view = document.getElementById("view");
// What was done: a text with what fills it, and whether it failed. Whether a file is being checked. Which time-stamp is asked about.
let [told, busy, asked] = [null, false, null];
let [entries, kept] = [[], []];

// The random numbers of the requests that were saved here, each with the hash that it was for.
const noncesKey = "stamp/nonces";
const nonces = () => JSON.parse(localStorage.getItem(noncesKey) ?? "[]");

function importSheet() {
  const file = { tag: "input", id: "file", attributes: [["type", "file"]] };
  const submit = { ...button("check-now", "primary", undefined, say("stamp_check")), attributes: [["type", "submit"]] };
  return sheet("stamp_import", soft(say("stamp_import_why")),
    { ...node("form", "", node("label", "", node("span", "", say("stamp_file")), file), submit), id: "check", action: { do: "check" } });
}

function draw() {
  const notice = status("notice", ...(told ? [node("p", told.failed ? "failed" : "", say(told.text, ...(told.with ?? [])))] : []));
  redressDraw.draw(view, node("div", "", node("h1", "", say("stamp_title")), notice, { ...soft(say("stamp_why")), id: "why" },
    requestSheet(entries.at(-1), entries.length), importSheet(), listSheet(kept, entries, asked)), { onAction: act });
  document.getElementById("notice").tabIndex = -1;
  for (const one of view.querySelectorAll("button")) one.disabled = busy;
  view.setAttribute("aria-busy", String(busy));
}

function focus(id) {
  draw();
  document.getElementById(id)?.focus();
}

async function look() {
  [entries, kept] = await Promise.all([chain(), stamps()]);
  // The newest first, as they came in.
  kept.sort((a, b) => b.imported_at - a.imported_at);
}

function download(name, bytes, type) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([bytes], { type }));
  link.download = name;
  link.click();
  // The download holds the file by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function save() {
  const head = entries.at(-1);
  const nonce = freshNonce();
  localStorage.setItem(noncesKey, JSON.stringify([...nonces(), { hash: head.hash, nonce: hex(nonce) }].slice(-100)));
  download(nameOfQuery(head), query(head.hash, nonce), "application/timestamp-query");
  told = { text: "stamp_saved", with: [words(nameOfQuery(head))] };
}

async function add() {
  const field = document.getElementById("file");
  const [file] = field.files;
  if (!file) throw new Refused("backup_no_file");
  // What is too large is not read.
  const bytes = new Uint8Array(await file.slice(0, most + 1).arrayBuffer());
  await look();
  const stamp = await check(bytes, entries);
  const id = hex(await crypto.subtle.digest("SHA-256", bytes));
  if (kept.some((one) => one.id === id)) throw new Refused("stamp_known");
  const known = nonces().some(({ hash, nonce }) => hash === stamp.hash && nonce === stamp.nonce);
  const about = { ...stamp, id, name: file.name.slice(-120), asked: known, imported_at: Date.now() };
  // A message holds texts only.
  const done = await request({ kind: "add_stamp", stamp: about, bytes: btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join("")) });
  if (!done) throw new Error("the vault refused");
  field.value = "";
  told = { text: stamp.kind === "rfc3161" ? "stamp_kept" : "stamp_kept_ots" };
}

async function remove(id) {
  if (!(await request({ kind: "delete_stamp", id }))) throw new Error("the vault refused");
  asked = null;
  told = { text: "settings_deleted" };
}

// Does one thing; afterwards the words about it have the focus.
async function work(run) {
  // A form in which the focus is stays as it is: it is drawn without it.
  document.activeElement?.blur();
  busy = true;
  draw();
  try {
    await run();
  } catch (error) {
    if (!(error instanceof Refused)) console.warn("redress:", error);
    told = { failed: true, text: error instanceof Refused ? error.text : "notice_not_done" };
  }
  busy = false;
  await look();
  focus("notice");
}

function keep() {
  const from = asked;
  asked = null;
  focus(`ask-${from}`);
}

function act(action) {
  if (busy) return;
  told = null;
  switch (action.do) {
    case "save": return work(save);
    case "check": return work(add);
    case "delete": return work(() => remove(action.id));
    case "export": {
      const { name, bytes } = kept.find(({ id }) => id === action.id);
      return download(name, bytes, "application/octet-stream");
    }
    case "ask":
      asked = action.id;
      return focus("no");
    case "keep":
      return keep();
  }
}

view.addEventListener("keydown", ({ key, target }) => key === "Escape" && target.closest(".ask") && keep());
document.addEventListener("visibilitychange", () => document.hidden || busy || look().then(draw));
new BroadcastChannel("redress").addEventListener("message", () => busy || look().then(draw));

document.title = redressDraw.text(say("stamp_title"));
await look();
draw();
