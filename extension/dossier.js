// The dossier of one order. It reads the vault with its own core, so that large pictures never cross a message;
// changes go to the background, the one writer.
import { archiveOf, packed } from "./archive.js";
import { compareEntry, openComparison, withComparisons } from "./compare-entry.js";
import { drawStamps } from "./dossier-stamps.js";
import { api, request } from "./page.js";
import { preview, textOf } from "./previews.js";
import { picture } from "./store.js";
import { ask } from "./viewer.js";

const view = document.getElementById("view");
const orderId = new URLSearchParams(location.search).get("order") ?? "";

async function show(extra = {}) {
  const answer = await ask({ kind: "dossier", order_id: orderId, ...extra });
  document.title = answer.title;
  redressDraw.draw(view, await withComparisons(answer.view, orderId), { onAction: act, fill });
  // The tree does not have the words of a text.
  for (const text of view.querySelectorAll(".own-text")) text.textContent = texts.get(text.dataset.picture) ?? "";
  await drawStamps(document.getElementById("stamps"), orderId);
  await compareEntry(document.getElementById("compare"), orderId);
}

// The texts among the user's own files, by their ids.
const texts = new Map();

async function fill(element, id) {
  const file = await picture(id);
  if (element.localName === "img") return preview(element, file);
  texts.set(id, await textOf(file));
  element.textContent = texts.get(id);
}

async function act(action) {
  try {
    await done(action);
  } catch (error) {
    // The page stays as it is; what went wrong is said above it.
    await show({ notice: { not_done: String(error?.message ?? error) } });
  }
}

async function done(action) {
  switch (action.do) {
    case "ask_delete":
      return show({ capture_id: action.capture_id });
    case "keep_capture":
    case "dismiss":
      return show();
    case "delete": {
      const answer = await request({ kind: "delete", capture_id: action.capture_id });
      return show({ notice: answer?.notice });
    }
    case "print":
      return window.print();
    case "download":
      return download();
    case "open_copy":
      return api.tabs.create({ url: api.runtime.getURL(`copy.html?capture=${encodeURIComponent(action.capture_id)}`) });
    case "compare":
      return openComparison(action.asked);
    case "open_page":
      return api.tabs.create({ url: action.url });
  }
}

async function download() {
  const { name, files } = await archiveOf(orderId);
  const archive = await packed(files);
  const link = document.createElement("a");
  link.href = URL.createObjectURL(archive);
  link.download = name;
  link.click();
  // The download holds the archive by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

// Time-stamps are added on another page.
document.addEventListener("visibilitychange", () => document.hidden || drawStamps(document.getElementById("stamps"), orderId));

await show();
