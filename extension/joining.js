// What changes in a vault that takes another one in: that of a backup, or what another machine wrote into the folder.
import { standing, standingStamps, unitedMarks, wantedAgain } from "./forgotten.js";
import * as keeper from "./keeper.js";
import { signed } from "./signing.js";

const text = (value) => JSON.stringify(value);
const byId = (list, id = "id") => new Map(list.map((one) => [one[id], one]));

// `own` and `other`: case files, records, logs, keys, time-stamps and marks. `key` is the one that signs here. What the user took
// back or deleted, here or there, stays away; where they bring a backup back (`wanted`), its orders are wanted again.
export async function joined(own, other, key, { wanted, now }) {
  const again = wanted ? await wantedAgain(own.marks, other.cases, other.stamps ?? [], now) : [];
  const marks = unitedMarks(own.marks, other.marks, again);
  const [mine, theirs] = await Promise.all([standing(own.cases, marks), standing(other.cases, marks)]);
  const merged = await keeper.merge(
    { cases: mine, records: own.records, chain: own.chain, chains: own.chains },
    { cases: theirs, records: other.records, chain: other.chain, chains: other.chains },
    key.id,
  );
  const entries = await Promise.all(merged.entries.map((entry) => (entry.key && !entry.signature ? signed(entry, key) : entry)));

  const before = byId(own.cases, "order_id");
  const changed = mine.filter((file) => file !== before.get(file.order_id));
  const cases = byId([...changed, ...merged.cases], "order_id");
  const left = byId([...mine, ...cases.values()], "order_id");
  const [knownKeys, knownStamps, knownMarks] = [own.keys, own.stamps, own.marks].map((list) => byId(list));
  return {
    entries,
    records: merged.records,
    deleted: merged.deleted,
    chains: merged.chains,
    cases: [...cases.values()],
    forgotten: [...before.keys()].filter((id) => !left.has(id)),
    keys: other.keys.filter(({ id }) => !knownKeys.has(id)),
    stamps: standingStamps((other.stamps ?? []).filter(({ id }) => !knownStamps.has(id)), marks),
    unstamped: [...knownStamps.keys()].filter((id) => !standingStamps([{ id }], marks).length),
    marks: marks.filter((mark) => text(knownMarks.get(mark.id)) !== text(mark)),
  };
}

// Whether a change changes nothing.
export const isNothing = ({ chains, ...lists }, own) => Object.values(lists).every((list) => !list.length)
  && text(chains.map((chain) => chain.at(-1).hash)) === text(own.chains.map((chain) => chain.at(-1).hash));
