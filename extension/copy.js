// A copy of a capture, or of a picture among the user's own files, for a mediator or a bank: parts covered, a caption below, of the
// size that a form takes. It only reads the vault.
import { size } from "./backup-parts.js";
import { digestOf } from "./camera.js";
import { coveredText, rowsOf } from "./copy-caption.js";
import { Covers } from "./copy-covers.js";
import { download, listOf, nameOf, zipOf } from "./copy-files.js";
import { filesOf, planOf, ratioOf } from "./copy-picture.js";
import { Stage } from "./copy-stage.js";
import "./page.js";
import { canCopy } from "./previews.js";
import { picture, record as recordOf } from "./store.js";
import { button, node, say, sheet, soft, status, toggle, words } from "./tree.js";

const part = (id) => document.getElementById(id);
const draw = (root, ...children) => redressDraw.draw(root, node("div", "parts", ...children), { onAction: act, fill });
const number = (count) => ({ number: count });
const rtl = document.documentElement.dir === "rtl";
const types = { "image/png": "PNG", "image/jpeg": "JPEG" };
// Limits that are offered where a picture is beyond them, in pixels.
const sides = [4000, 3000, 2000, 1200];
const heights = [8000, 4000, 2000];

const chosen = { caption: true, type: "image/png", longest: 0, highest: 0 };
// The record with its pixels; the files as they would be saved; whether they are being made anew; what was saved or went wrong.
let [record, bitmap, covers, stage] = [null, null, null, null];
let [files, busy, told] = [null, false, null];

function choice(id, label, options) {
  const offered = options.map(([value, shown]) =>
    ({ ...node("option", "", shown), attributes: [["value", String(value)], ...(value === chosen[id] ? [["selected", ""]] : [])] }));
  return node("label", "", node("span", "", say(label)), { tag: "select", id, children: offered });
}

const limits = (all, text, beyond) => [[0, say(text)], ...all.filter((limit) => limit < beyond).map((limit) => [limit, say("copy_pixels", number(limit))])];

const drawHead = () => draw(part("head"), node("h1", "", say("copy_title")), soft(say("copy_why")), ...(record?.kind ? [soft(say("copy_own_why"))] : []));

const drawHow = () => draw(part("how"), node("h2", "", say("copy_cover")), soft(say("copy_cover_why")), { ...soft(say("copy_cover_keys")), id: "keys" });

function drawTools() {
  draw(part("tools"), node("div", "switches", button("add", "", { do: "add" }, say("copy_add")), button("remove", "", { do: "remove" }, say("copy_remove")),
    button("undo", "", { do: "undo" }, say("button_undo"))),
    status("covered", ...(covers.list.length ? [node("p", "", words(coveredText(covers.list.length)))] : [])));
}

function fileSheet() {
  const { width, height } = covers;
  return sheet("copy_file", node("div", "switches", toggle("caption", chosen.caption, { do: "caption" }, say("copy_caption"))),
    node("div", "fields", choice("type", "copy_format", Object.entries(types).map(([type, name]) => [type, words(name)])),
      choice("longest", "copy_longest", limits(sides, "copy_longest_whole", Math.max(width, height))),
      ...(height > heights.at(-1) ? [choice("highest", "copy_highest", limits(heights, "copy_highest_whole", height))] : [])));
}

const shown = ({ name, blob, width, height, key }) => node("article", "shown",
  node("p", "name", words(name)), soft(say("copy_result", number(width), number(height), size(blob.size))),
  { tag: "picture", label: words(name), attributes: [["picture", key]] });

function previewSheet() {
  const save = files?.length > 1 ? "copy_save_zip" : "copy_save";
  return sheet("copy_preview", status("said", ...(told ? [node("p", told.failed ? "warning" : "", say(told.text, ...(told.with ?? [])))] : [])),
    ...(files ?? []).map(shown),
    node("div", "switches", button("save", "primary", { do: "save" }, say(save)), button("save-list", "", { do: "list" }, say("copy_save_list"))));
}

function drawFile() {
  draw(part("file"), fileSheet(), previewSheet());
  for (const id of ["save", "save-list"]) part(id).disabled = busy || !files;
  part("file").setAttribute("aria-busy", String(busy));
}

const addresses = new Map();
let made = 0;

function fill(image, key) {
  image.src = addresses.get(key);
}

// Makes the files anew after a change. A change on the way begins anew; the one that is going on ends first.
let [wanted, going] = [0, null];
function make() {
  wanted += 1;
  [busy, told] = [true, { text: "copy_making" }];
  drawFile();
  going ??= making().finally(() => { going = null; });
}

async function making() {
  for (let at = 0; at !== wanted;) {
    at = wanted;
    const found = await once().catch((error) => {
      console.warn("redress:", error);
      return null;
    });
    if (at !== wanted) continue;
    [files, busy, told] = [found, false, found ? null : { text: "copy_failed", failed: true }];
    const before = [...addresses];
    for (const { key, blob } of files ?? []) addresses.set(key, URL.createObjectURL(blob));
    drawFile();
    for (const [key, address] of before) {
      addresses.delete(key);
      URL.revokeObjectURL(address);
    }
  }
}

async function once() {
  const { caption, type, longest, highest } = chosen;
  const list = covers.list;
  const rows = (at, count) => (caption ? rowsOf(record, list.length, at, count) : []);
  const plan = planOf({ width: covers.width, height: covers.height, ratio: ratioOf(record, covers), longest, highest, rows });
  const blobs = await filesOf(bitmap, plan, list, type, rtl);
  return blobs.map((file, at) => ({ ...file, name: nameOf(record, type, at, blobs.length), key: String((made += 1)) }));
}

async function save(list) {
  const beside = await listOf(record, covers.list, files, Date.now());
  const file = list ? beside : files.length > 1 ? await zipOf(record, [...files, beside]) : files[0];
  download(file);
  told = { text: "copy_saved", with: [words(file.name)] };
  drawFile();
}

function act(action) {
  switch (action.do) {
    case "add": return stage.add();
    case "remove": return stage.remove();
    case "undo": return stage.undo();
    case "caption":
      chosen.caption = !chosen.caption;
      return make();
    case "save":
    case "list": return busy || !files ? null : save(action.do === "list");
  }
}

part("file").addEventListener("change", ({ target: { id, value } }) => {
  chosen[id] = id === "type" ? value : Number(value);
  make();
});

const nameOfShown = () => record.name ?? redressDraw.text(say(record.kind ? `attachment_${record.what}` : `page_${record.page}`));

// What the user is told where there is nothing to copy: a key of the texts; null where all is well.
async function opened() {
  const id = new URLSearchParams(location.search).get("capture") ?? "";
  let blob;
  try {
    [record, blob] = await Promise.all([recordOf(id), picture(id)]);
  } catch {
    return "copy_unknown";
  }
  if (!canCopy(record)) return "copy_unknown";
  if ((await digestOf(blob)) !== record.sha256) return "copy_changed";
  try {
    // A capture keeps the values of its pixels. A photo keeps the colours that its own profile gives them.
    bitmap = await createImageBitmap(blob, record.kind ? {} : { colorSpaceConversion: "none" });
  } catch {
    return "copy_failed";
  }
  // A photo as PNG is many times as large.
  if (record.media_type !== "image/png") chosen.type = "image/jpeg";
  covers = new Covers(bitmap);
  stage = new Stage(part("stage"), {
    address: URL.createObjectURL(blob), name: nameOfShown(), covers, ratio: ratioOf(record, covers), help: "keys",
    changed: () => { drawTools(); make(); },
  });
  return null;
}

document.title = redressDraw.text(say("copy_title"));
drawHead();
const refused = await opened();
if (refused) {
  draw(part("file"), status("said", node("p", "warning", say(refused))));
} else {
  part("cover").hidden = false;
  drawHead();
  drawHow();
  drawTools();
  make();
}
