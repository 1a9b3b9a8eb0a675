// The buttons of the popup for a picture of the whole page and of a part of it, and how far the first one is.
import { api, request } from "./page.js";
import { leave } from "./panel.js";

const [more, whole, part, line, cancel] = ["more", "whole", "part", "progress", "cancel"].map((id) => document.getElementById(id));

// The line stays where it is, so that what changes in it is spoken.
function say(now) {
  for (const button of [whole, part]) button.hidden = Boolean(now);
  cancel.hidden = !now;
  line.textContent = now ? wordsOf(now) : "";
}

const wordsOf = ({ done, all }) => (all ? api.i18n.getMessage("capture_progress", [String(done), String(all)]) : api.i18n.getMessage("capture_begins"));

// What came of a capture. A worker that was ended in it does not answer; the next one knows what came of it.
export async function noticeOf(asked) {
  const answer = (await request(asked).catch(() => null)) ?? (await request({ kind: "capture_lost" }));
  return answer.notice;
}

// `tab` answers with the tab in front, `show` draws the popup with what to tell.
export async function offerCaptures({ tab, show }) {
  for (const [button, key] of [[whole, "button_capture_page"], [part, "button_capture_part"], [cancel, "button_cancel"]]) {
    button.textContent = api.i18n.getMessage(key);
  }
  whole.addEventListener("click", async () => {
    await show(await noticeOf({ kind: "capture", mode: "full_page", trigger: "popup", tab_id: tab().id }));
    // It is told now.
    await request({ kind: "capture_state" });
  });
  part.addEventListener("click", async () => {
    const { notice } = await request({ kind: "choose_region", tab_id: tab().id });
    if (notice) await show(notice);
    else leave();
  });
  cancel.addEventListener("click", () => request({ kind: "capture_cancel" }));
  new BroadcastChannel("redress-capture").addEventListener("message", ({ data }) => say(data));
  const { progress, untold } = await request({ kind: "capture_state" });
  say(progress);
  if (untold) await show(untold);
}

// Where the browser tells us no address, a picture is not allowed either.
export const showCaptures = (tab) => { more.hidden = !/^https?:/.test(tab?.url ?? ""); };
