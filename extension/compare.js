// Compares two captures of the vault: their texts here, their pictures in a worker. It only reads.
import { digestOf } from "./camera.js";
import { putBeside } from "./compare-beside.js";
import { byTime, capturesIn, pairsOf } from "./compare-choice.js";
import { captures, head, nameOf, notes, notesPart, picturesSheet, sides, textSheet } from "./compare-parts.js";
import { pictureOf, reportOf } from "./compare-report.js";
import { textChanges } from "./compare-text.js";
import { download } from "./copy-files.js";
import "./page.js";
import { picture, record, recordsOf } from "./store.js";
import { text } from "./texts.js";
import { button, node, say, sheet, soft, status, words } from "./tree.js";

const part = (id) => document.getElementById(id);
const asked = new URLSearchParams(location.search);
const ids = ["a", "b"].map((name) => asked.get(name) ?? "");

// The two captures, the earlier one first; their pictures; what differs in them. What the user is told, and whether it is bad news.
let [records, files, changes, result, told] = [null, null, null, null, null];
let progress = 0;

const addresses = new Map();
function addressOf(key, blob) {
  if (!addresses.has(key)) addresses.set(key, URL.createObjectURL(blob));
  return addresses.get(key);
}

function fill(image, key) {
  const [at, side] = key.split("/").map(Number);
  image.src = addressOf(key, result.places[at].pictures[side]);
}

const drawInto = (root, ...children) => redressDraw.draw(root, node("div", "parts", ...children), { onAction: act, fill });

function said() {
  if (told) return [node("p", told.failed ? "warning" : "", say(told.text, ...(told.with ?? [])))];
  return records && !result ? [node("p", "", say("compare_working", { number: progress }))] : [];
}

const tools = () => node("div", "switches screen-only", button("print", "primary", { do: "print" }, say("button_print")),
  button("save", "", { do: "save" }, say("compare_save")), ...(result.places.length ? [button("save-picture", "", { do: "save_picture" }, say("compare_save_picture"))] : []));

function draw() {
  drawInto(part("view"), head(), ...(result ? [tools()] : []), status("said", ...said()),
    ...(records ? [captures(records), notesPart(notes(...records, result)), textSheet(changes)] : []), ...(result ? [picturesSheet(result)] : []));
  part("view").setAttribute("aria-busy", String(Boolean(records && !result)));
}

function showBeside() {
  part("beside").hidden = false;
  part("beside").querySelector("h2").textContent = text(say("compare_beside"));
  putBeside(part("scrollers"), ["before", "after"].map((key, at) => ({
    address: addressOf(key, files[at]), name: text(say(sides[at])), width: result.width, height: result.heights[at], boxes: result.places.map((one) => one[key]),
  })), result.runs);
}

// Answers with what the worker found; it ends with its answer.
function compared([before, after], ratio) {
  return new Promise((done, failed) => {
    const worker = new Worker("compare-worker.js", { type: "module" });
    worker.addEventListener("error", () => failed(new Error("the worker ended")));
    worker.addEventListener("message", ({ data }) => {
      if (data.progress) {
        progress = data.progress;
        return draw();
      }
      worker.terminate();
      return data.result ? done(data.result) : failed(new Error(data.failed));
    });
    worker.postMessage({ before, after, ratio });
  });
}

// Reads both captures. Answers with a key of the texts where there is nothing to compare.
async function opened() {
  let found;
  try {
    found = await Promise.all(ids.map(async (id) => ({ record: await record(id), blob: await picture(id) })));
  } catch {
    return "compare_unknown";
  }
  if (found.some(({ record: one }) => one.kind)) return "compare_unknown";
  found.sort((a, b) => byTime(a.record, b.record));
  const digests = await Promise.all(found.map(({ blob }) => digestOf(blob)));
  if (found.some(({ record: one }, at) => digests[at] !== one.sha256)) return "compare_refused";
  records = found.map(({ record: one }) => one);
  files = found.map(({ blob }) => blob);
  const texts = records.map((one) => one.text ?? null);
  changes = texts.every((one) => one !== null) ? textChanges(...texts) : null;
  return null;
}

async function compare() {
  const refused = await opened();
  if (refused) {
    told = { text: refused, failed: true };
    return draw();
  }
  draw();
  try {
    result = await compared(files, Math.min(...records.map(({ device_pixel_ratio: ratio }) => ratio)));
  } catch (error) {
    console.warn("redress:", error);
    told = { text: "compare_failed", failed: true };
  }
  draw();
  if (result) showBeside();
}

const show = (pair, order) => { location.search = new URLSearchParams({ a: pair[0], b: pair[1], ...(order && { order }) }); };

// The captures of the order, and those that belong to none, such as pages of items.
async function candidates() {
  const order = asked.get("order") || records?.find(({ order_id }) => order_id)?.order_id || "";
  const lists = await Promise.all([order, ...(order ? [""] : [])].map(recordsOf));
  return { order, all: capturesIn(lists.flat()).sort(byTime) };
}

function select(name, label, all, chosen) {
  const options = all.map((one) => ({ ...node("option", "", words(nameOf(one))), attributes: [["value", one.id], ...(one.id === chosen ? [["selected", ""]] : [])] }));
  return node("label", "", node("span", "", say(label)), { tag: "select", id: name, children: options });
}

async function drawChoice() {
  const { order, all } = await candidates();
  if (all.length < 2) return drawInto(part("choice"), sheet("compare_choose", soft(say("compare_none"))));
  const offered = pairsOf(all).filter((pair) => pair.some(({ id }) => !ids.includes(id))).slice(0, 6);
  const [first, second] = ids[0] ? ids : pairsOf(all)[0]?.map(({ id }) => id) ?? [];
  const other = all.findLast(({ id }) => id !== first).id;
  const submit = { ...button("compare-now", "primary", undefined, say("compare_start")), attributes: [["type", "submit"]] };
  const form = { ...node("form", "fields", select("first", sides[0], all, first), select("second", sides[1], all, second || other), submit), id: "choose", action: { do: "choose", order } };
  const pairs = offered.map((pair, at) => node("li", "", button(`pair-${at}`, "", { do: "pair", ids: pair.map(({ id }) => id), order },
    ...pair.map((one) => node("span", "", words(nameOf(one)))))));
  return drawInto(part("choice"), sheet("compare_choose", ...(pairs.length ? [soft(say("compare_pairs")), node("ul", "pairs", ...pairs)] : []), form));
}

async function save(make) {
  try {
    const file = await make(records, changes, result, Date.now());
    download(file);
    told = { text: "copy_saved", with: [words(file.name)] };
  } catch (error) {
    console.warn("redress:", error);
    told = { text: "compare_failed", failed: true };
  }
  draw();
}

function act(action, event, value) {
  switch (action.do) {
    case "pair": return show(action.ids, action.order);
    case "choose": {
      const chosen = value.split(" ");
      if (chosen[0] !== chosen[1]) return show(chosen, action.order);
      told = { text: "compare_none", failed: true };
      return draw();
    }
    case "print": return window.print();
    case "save": return save(reportOf);
    case "save_picture": return save(pictureOf);
  }
}

document.title = text(say("compare_title"));
draw();
if (ids.every(Boolean) && ids[0] !== ids[1]) await compare();
await drawChoice();
