// The page of the backup: makes one, checks one and brings it back, and says how much room there is. What comes into the vault
// goes through the background, the one writer.
import { backup } from "./backup-archive.js";
import { allow, choose, lookAround, mirrorNow, mirrorSheet } from "./backup-folder.js";
import { ageOf, size } from "./backup-parts.js";
import { isEncrypted, readBackup } from "./backup-reading.js";
import { backedUp, noteBackup } from "./backed-up.js";
import { PictureChanged } from "./carried.js";
import { handOver } from "./handing.js";
import { api, request } from "./page.js";
import { room as roomNow } from "./room.js";
import { counts } from "./store.js";
import { button, node, say, sheet, soft, status, words } from "./tree.js";
import { Refused } from "./vault-sound.js";

const view = document.getElementById("view");
// What was done: a text with what fills it, and whether it failed. What is going on. The backup that was found sound. Whether
// replacing is being asked about, and whether the chosen file wants a passphrase.
let [told, going, sound, asked, locked] = [null, null, null, false, false];
let [age, room, lasting] = [null, {}, true];
// How the mirror stands, and what other machines wrote into its folder, once the user asked.
let [mirror, found] = [null, null];

const number = (count) => ({ number: count });
const field = (id, type, text, more = []) => node("label", "", node("span", "", say(text)), { tag: "input", id, attributes: [["type", type], ...more] });
const submit = (id, text) => ({ ...button(id, "primary", undefined, say(text)), attributes: [["type", "submit"]] });
const form = (id, ...children) => ({ ...node("form", "", ...children), id, action: { do: id } });

const makeSheet = () => sheet("backup_make", soft(say("backup_make_why")), ...ageOf(age),
  form("make", field("passphrase", "password", "backup_passphrase"), field("again", "password", "backup_passphrase_again"), soft(say("backup_passphrase_why")),
    submit("make-now", "backup_make_now")));

const restoreSheet = () => sheet("backup_restore", soft(say("backup_restore_why")),
  form("check", field("file", "file", "backup_file"), ...(locked ? [field("opens", "password", "backup_opens")] : []), submit("check-now", "backup_check")),
  ...(sound ? [soundPart(sound)] : []));

const ownOf = ({ files, bytes }) => (files ? [node("p", "", say("own_sum", number(files), size(bytes)))] : []);

function soundPart({ vault, at }) {
  const { captures, orders, ...own } = counts(vault);
  const all = say("backup_sound", { moment: at }, number(orders), number(captures));
  const ways = node("div", "buttons", button("merge", "", { do: "merge" }, say("backup_merge")), button("ask-replace", "danger", { do: "ask" }, say("backup_replace")));
  const ask = node("div", "ask", node("p", "", say("backup_ask_replace")), button("yes", "danger", { do: "replace" }, say("backup_replace")),
    button("no", "", { do: "keep" }, say("button_cancel")));
  return { ...node("div", "sound", node("p", "", all), ...ownOf(own), soft(say("backup_ways")), asked ? ask : ways), id: "sound" };
}

function roomSheet() {
  const { usage, quota, short } = room;
  return sheet("backup_room",
    ...(usage === undefined ? [] : [node("p", "", say("backup_used", size(usage), size(quota)))]),
    ...(short ? [node("p", "warning", say("room_short"))] : []),
    node("p", "", say(lasting ? "backup_lasting" : "backup_not_lasting")),
    ...(lasting ? [] : [node("div", "switches", button("persist", "", { do: "persist" }, say("backup_persist")))]));
}

function draw() {
  const focused = document.activeElement.id;
  const notice = status("notice", ...(told ? [node("p", told.failed ? "failed" : "", say(told.text, ...(told.with ?? []))), ...ownOf(told.own ?? {})] : []));
  const progress = status("progress", ...(going ? [node("p", "", going)] : []));
  redressDraw.draw(view, node("div", "", node("h1", "", say("backup_title")), notice, progress, makeSheet(), mirrorSheet(mirror, found), restoreSheet(), roomSheet()), { onAction: act });
  for (const one of ["notice", "sound", "mirror"].map((id) => document.getElementById(id)).filter(Boolean)) {
    one.tabIndex = -1;
    // It lost the focus with its place in the order, which the tree does not have.
    if (focused === one.id) one.focus();
  }
  for (const one of view.querySelectorAll("button")) one.disabled = Boolean(going);
  view.setAttribute("aria-busy", String(Boolean(going)));
}

const focus = (id) => {
  draw();
  document.getElementById(id)?.focus();
};

async function look() {
  [age, room, lasting, mirror] = await Promise.all([backedUp(), roomNow(), navigator.storage.persisted().catch(() => false), mirrorNow()]);
}

const typed = (id) => document.getElementById(id)?.value ?? "";

function clear(...ids) {
  for (const id of ids) if (document.getElementById(id)) document.getElementById(id).value = "";
}

// A change of a few words in a second is enough for who listens.
let drawn = 0;
const telling = (text) => (done, all) => {
  if (done < all && Date.now() - drawn < 400) return;
  drawn = Date.now();
  going = say(text, number(done), number(all));
  draw();
};

// Does what takes its time. Afterwards the words about it have the focus, and none of it is lost from view.
async function work(text, run) {
  [told, going] = [null, say(text)];
  draw();
  try {
    await run();
  } catch (error) {
    console.warn("redress:", error);
    told = { failed: true, ...wordsOf(error) };
  }
  going = null;
  await look();
  focus(told ? "notice" : sound ? "sound" : "mirror");
}

function wordsOf(error) {
  if (error instanceof Refused) return { text: error.text, with: error.file ? [words(error.file)] : [] };
  if (error instanceof PictureChanged) return { text: "backup_picture_changed", with: [words(error.message)] };
  return { text: "notice_not_done" };
}

async function make() {
  const passphrase = typed("passphrase");
  if (passphrase !== typed("again")) throw new Refused("backup_passphrase_differs");
  // Firefox asks the user; what the answer is changes nothing here.
  await navigator.storage.persist().catch(() => false);
  const { name, archive, at, entries } = await backup(passphrase, telling("backup_packing"));
  const link = document.createElement("a");
  link.href = URL.createObjectURL(archive);
  link.download = name;
  link.click();
  // The download holds the archive by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
  await noteBackup(at, entries);
  clear("passphrase", "again");
  told = { text: "backup_made", with: [words(name), size(archive.size)] };
}

async function check() {
  sound = null;
  const [file] = document.getElementById("file").files;
  if (!file) throw new Refused("backup_no_file");
  sound = await readBackup(file, typed("opens"), telling("backup_checking"));
}

// The letters lie where only our own pages reach.
function takeLetters(letters, replaces) {
  if (replaces) for (const key of Object.keys(localStorage).filter((key) => key.startsWith("draft/"))) localStorage.removeItem(key);
  for (const [key, letter] of letters) if (replaces || localStorage.getItem(key) === null) localStorage.setItem(key, letter);
}

async function handedIn(way, given) {
  const done = await handOver(given, (token) => request({ kind: "restore", way, token }));
  if (done?.full) throw new Refused("room_none");
  if (!done) throw new Error("the vault refused");
  return { with: [number(done.orders), number(done.captures)], own: done };
}

async function restore(way) {
  const { letters, ...given } = sound;
  const done = await handedIn(way, given);
  takeLetters(letters, way === "replace");
  [sound, asked] = [null, false];
  clear("file", "opens");
  locked = false;
  told = { text: way === "replace" ? "backup_replaced" : "backup_merged", ...done };
}

async function takeIn(machine) {
  const { vault, pictures, at } = found.find((one) => one.machine === machine);
  told = { text: "backup_merged", ...(await handedIn("take_in", { vault, pictures, at })) };
  found = null;
}

async function act(action) {
  if (going) return;
  told = null;
  switch (action.do) {
    case "make": return work("backup_working", make);
    case "check": return work("backup_working", check);
    case "merge":
    case "replace": return work("backup_restoring", () => restore(action.do));
    case "ask":
      asked = true;
      return focus("no");
    case "keep":
      asked = false;
      return focus("ask-replace");
    case "choose": return work("backup_working", choose);
    case "allow": return work("backup_working", () => allow(mirror));
    case "look":
      return work("backup_working", async () => {
        found = await lookAround(mirror, telling("backup_checking"));
      });
    case "take": return work("backup_restoring", () => takeIn(action.machine));
    case "write": return work("backup_working", () => request({ kind: "mirror", ask: "write" }));
    case "auto": return work("backup_working", () => request({ kind: "mirror", ask: "auto", on: !mirror.auto }));
    case "end":
      return work("backup_working", async () => {
        await request({ kind: "mirror", ask: "end" });
        [found, told] = [null, { text: "mirror_ended" }];
      });
    case "persist":
      return work("backup_working", async () => {
        const kept = await navigator.storage.persist();
        told = { text: kept ? "backup_lasting" : "backup_not_lasting", failed: !kept };
      });
  }
}

// Another file: what was said of the last one does not hold for it.
view.addEventListener("change", async ({ target }) => {
  if (target.id !== "file") return;
  const [file] = target.files;
  [sound, asked, told] = [null, false, null];
  locked = file ? await isEncrypted(file).catch(() => false) : false;
  // A form in which the focus is stays as it is: it is drawn without it, and gets it back.
  target.blur();
  focus(locked ? "opens" : "file");
});
view.addEventListener("keydown", ({ key, target }) => key === "Escape" && target.closest(".ask") && act({ do: "keep" }));
document.addEventListener("visibilitychange", () => document.hidden || going || look().then(draw));
new BroadcastChannel("redress").addEventListener("message", () => going || look().then(draw));
api.storage.onChanged.addListener((changes, area) => area === "local" && changes.mirror && !going && look().then(draw));

document.title = redressDraw.text(say("backup_title"));
await look();
draw();
