// Orders that are over for longer than the user wants to keep them. Nothing is erased here, and what is not known for sure counts
// as not over.
import { quiet } from "./store.js";

const day = 24 * 3600 * 1000;
// Networks of cards take up a claim until so many days after the payment (the outer cap of section 5 of the handbook).
const bank = 540 * day;
// In these no dispute can be opened any more, and nothing is awaited. Where the money is back or none was paid, no bank is needed.
const settled = ["done", "lost", "cancelled"];
const over = [...settled, "window_closed", "closed_final"];

// A civil day still counts, wherever it ends last.
const end = (limit) => limit.at + (Number.isInteger(limit.day) ? 2 * day : 0);

// When an order closed no page says. The last time that something was read, stated or captured of it is the latest it can be.
function isOver({ state, until, closes = [], first }, last, years, now) {
  // A summary that is outdated may say what no longer holds.
  if (until <= now || !Number.isFinite(last)) return false;
  const least = Math.max(years * 365.25 * day, settled.includes(state) ? 0 : bank);
  return last + least < now && [...closes, ...(first ? [first] : [])].every((limit) => end(limit) < now);
}

// The numbers of the orders that are over for so many years; 0: none is ever.
export async function overFor(years, now = Date.now()) {
  if (!years) return [];
  return (await quiet(over)).filter(({ summary, last }) => isOver(summary, last, years, now)).map(({ summary }) => summary.order_id);
}
