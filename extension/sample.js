// An invented order for the introduction, drawn as the overlay draws a real one (crate/view/overlay.rs). Its dates count from
// today, so that it never looks old.
import { icon, node, say, words } from "./tree.js";

export const shield = "M12 3l7.5 2.7v5.8c0 4.4-3 7.7-7.5 9.5-4.5-1.8-7.5-5.1-7.5-9.5V5.7zM9 10.2h4a2.3 2.3 0 0 1 0 4.6h-2.6M11 8l-2.2 2.2L11 12.4";
export const camera = "M4 8h3l1.6-2.5h6.8L17 8h3a1 1 0 0 1 1 1v9a1 1 0 0 1-1 1H4a1 1 0 0 1-1-1V9a1 1 0 0 1 1-1zM12 16.5a3.3 3.3 0 1 0 0-6.6 3.3 3.3 0 0 0 0 6.6z";
const clock = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5.2l3.4 2";
const ring = "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18z";

const day = 24 * 3600 * 1000;
const pacific = { timeZone: "America/Los_Angeles" };
// As the shop's English page writes a date.
const written = new Intl.DateTimeFormat("en-US", { ...pacific, dateStyle: "medium" });
const hourThere = new Intl.DateTimeFormat("en-US", { ...pacific, hour: "numeric", hourCycle: "h23" });

// The beginning of the day, so many days from `now`, where the shop counts: an hour back at a time until midnight is met.
function midnightThere(now, days) {
  let at = Math.floor((now + days * day) / 3600000) * 3600000;
  while (hourThere.format(at) !== "00") at -= 3600000;
  return at;
}

export const numbered = (one) => ({ ...node("span", "no", words(new Intl.NumberFormat(document.documentElement.lang).format(one))), attributes: [["aria-hidden", "true"]] });
const block = (at, title, ...content) => node("section", "block", node("h3", "", say(title)), numbered(at), ...content);
const missing = (item) => node("li", "missing", icon("", ring), node("span", "", say(item)));

// The card at the moment `now`, with the numbers of what it shows: time, step, evidence.
export function sampleCard(now) {
  const end = midnightThere(now, 7);
  const seen = { words: `Refund if no delivery before ${written.format(end)}` };
  return node("article", "card",
    node("header", "head", icon("mark", shield), node("h2", "", words("Redress")), node("span", "order", say("order_short", words("000001")))),
    node("div", "body",
      node("section", "now safe",
        node("div", "state", icon("", clock), node("h3", "", say("state_in_transit"))), numbered(1),
        node("strong", "left", say("left_span", { span: end - now })),
        node("span", "what", say("what_delivery")),
        node("p", "act", say("date_act_by", { moment: end - day })),
        node("p", "until", say("date_ends", { instant: end }), words(" "), node("span", "zone", say("date_pacific", { pacific_instant: end }))),
        node("p", "basis", node("span", "mark-page", say("basis_page")), { ...node("q", "", seen), attributes: [["lang", "en"], ["dir", "auto"]] }, words(" "), say("basis_seen", { moment: now }))),
      block(2, "next_title",
        node("p", "step", say("step_ask_extension")),
        node("p", "why", say("why_ask_extension"))),
      block(3, "evidence_title",
        node("ul", "ticks", ...["evidence_order_page", "evidence_tracking_page", "evidence_chat"].map(missing)))),
    node("footer", "foot",
      node("button", "primary", icon("", camera), node("span", "", say("button_capture"))),
      node("button", "", say("button_open_case")),
      node("button", "", { ...say("button_dossier", { number: 2 }), count: 2 })));
}
