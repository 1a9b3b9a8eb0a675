// The time-stamps that cover captures of an order: which they are, and what its dossier says of them.
import { api } from "./page.js";
import { entriesOf, recordsOf, stamps } from "./store.js";
import { shortName } from "./timestamp-parts.js";
import { button, node, say, sheet, words } from "./tree.js";

// Those of an entry of the log that stands at or behind the one of any of these records, in the order of the log; `covers` says of
// how many. These are the first ones of the order. `entries` are at least those about the records and those of the time-stamps.
export function covering(kept, entries, records) {
  const ids = new Set(records.map(({ id }) => id));
  const logged = entries.filter(({ event }) => ids.has(event.capture_id)).map(({ seq }) => seq);
  const hashes = new Map(entries.map(({ seq, hash }) => [seq, hash]));
  return kept.filter(({ seq, hash }) => hashes.get(seq) === hash)
    .map((stamp) => ({ ...stamp, covers: logged.filter((seq) => seq <= stamp.seq).length }))
    .filter(({ covers }) => covers)
    .sort((a, b) => a.seq - b.seq || (a.gen_time ?? 0) - (b.gen_time ?? 0));
}

const number = (count) => ({ number: count });
const inUtc = (milliseconds) => new Date(milliseconds).toISOString().replace(".000Z", "Z");

const line = ({ kind, covers, gen_time, authority }) => node("li", "", kind === "rfc3161"
  ? say("dossier_stamp", number(covers), { instant: gen_time }, words(inUtc(gen_time)), words(shortName(authority)))
  : say("dossier_stamp_ots", number(covers)));

// Where a capture is not covered yet, the way to ask for a time-stamp.
export async function drawStamps(place, orderId) {
  const [kept, records] = await Promise.all([stamps(), recordsOf(orderId)]);
  const found = covering(kept, await entriesOf(records, kept.map(({ seq }) => seq)), records);
  const open = found.some(({ covers }) => covers === records.length) ? [] : [node("div", "row screen-only", button("timestamp", "", { do: "timestamp" }, say("stamp_open")))];
  const said = found.length ? node("ul", "stamps", ...found.map(line)) : node("p", "why", say("dossier_no_stamp"));
  const onAction = () => api.tabs.create({ url: api.runtime.getURL("timestamp.html") });
  redressDraw.draw(place, records.length ? sheet("stamp_title", node("div", "pad", said, ...open)) : null, { onAction });
}
