// The page of one case. It reads the vault with its own core; what the user states goes to the background, the one writer.
import { calendarText, saveCalendar } from "./calendar.js";
import { compareEntry } from "./compare-entry.js";
import { ownSection } from "./own-files.js";
import { api, request } from "./page.js";
import { ask } from "./viewer.js";
import { wordsSection } from "./words.js";

const [view, letters] = ["view", "letters"].map((id) => document.getElementById(id));
const asked = new URLSearchParams(location.search);
const orderId = asked.get("order") ?? "";
let item = asked.get("item");
let due = 0;

async function show(notice) {
  await showCase(notice);
  if (/^\d{1,32}$/.test(orderId)) await ownSection(orderId, showCase);
}

async function showCase(notice) {
  const answer = await ask({ kind: "case", order_id: orderId, item, notice });
  document.title = answer.title;
  redressDraw.draw(view, answer.view, { onAction: act });
  await compareEntry(document.getElementById("compare"), orderId);
  // A letter about one item is another one than that about the whole order.
  await wordsSection(letters, answer.letters ?? [], item ? `${orderId}/${item}` : orderId);
  clearTimeout(due);
  if (answer.next_change_ms) due = setTimeout(show, Math.min(answer.next_change_ms, 2 ** 31 - 1));
}

async function act(action, event, value) {
  switch (action.do) {
    case "open_case":
      item = action.item;
      return show();
    case "dismiss":
      return show();
    case "open_page":
      return api.tabs.create({ url: action.url });
    case "calendar": {
      const { name, ...calendar } = await ask({ kind: "calendar", order_id: orderId, item });
      return saveCalendar(name, calendarText(calendar, redressDraw.text));
    }
    default: {
      const answer = await request({ kind: "act", action, value });
      // What was taken shows in its place; only what was refused needs words.
      return show(["corrected", "undone"].includes(answer?.notice) ? null : answer?.notice);
    }
  }
}

document.querySelector("#words h2").textContent = api.i18n.getMessage("case_letters");
// A choice counts as soon as it is made.
view.addEventListener("change", ({ target }) => target.matches(".at-once select") && target.form.requestSubmit());
// Another page of ours, or the overlay, may have changed the case.
document.addEventListener("visibilitychange", () => document.hidden || show());

await show();
