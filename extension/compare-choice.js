// Which captures show the same page, and which two of them are offered first. Nothing of the shop's addresses is known here: an
// address has a path, and numbers by which it means an order or an item.

// A time in milliseconds is no such number.
const isId = (text) => /^\d{10,22}$/.test(text) && !/^1[5-9]\d{11}$/.test(text);

function addressOf({ url }) {
  let address;
  try {
    address = new URL(url);
  } catch {
    return null;
  }
  return {
    path: address.pathname.replace(/\/{2,}/g, "/"),
    named: address.pathname.match(/\d{10,22}/g) ?? [],
    asked: new Map([...address.searchParams].filter(([, value]) => isId(value))),
  };
}

// Whether two captures show one page: the same path, and no number that means another order or item.
export function samePage(one, other) {
  const [a, b] = [one, other].map(addressOf);
  if (!a || !b) return one.url === other.url;
  const names = [...a.asked.keys()].filter((name) => b.asked.has(name));
  const isOne = names.every((name) => a.asked.get(name) === b.asked.get(name)) && (names.length > 0 || a.asked.size === b.asked.size || a.named.length > 0);
  return one.page === other.page && a.path === b.path && isOne;
}

// Whether one is the listing as the shop kept it with an order, and the other that item's listing in the shop.
export function keptAndLive(one, other) {
  const [kept, live] = one.page === "snapshot" ? [one, other] : [other, one];
  if (kept.page !== "snapshot" || live.page !== "unknown") return false;
  const [a, b] = [kept, live].map(addressOf);
  return Boolean(a && b && [...a.asked.values(), ...a.named].some((id) => b.named.includes(id)));
}

export const samePart = (one, other) => (one.part ?? "") === (other.part ?? "");

export const byTime = (one, other) => Date.parse(one.captured_at) - Date.parse(other.captured_at);

// Captures of one page and of one part of it, in the order of time.
function groupsOf(records) {
  const groups = [];
  for (const record of [...records].sort(byTime)) {
    const group = groups.find(([first]) => samePage(first, record) && samePart(first, record));
    if (group) group.push(record);
    else groups.push([record]);
  }
  return groups;
}

// The captures among the records of an order; the others are files of the user's own.
export const capturesIn = (records) => records.filter(({ kind }) => !kind);

// To each capture that there is another one of the same page and part for, by ids: the one before it, of the first the next.
export function partnersOf(records) {
  const groups = groupsOf(capturesIn(records)).filter(({ length }) => length > 1);
  return new Map(groups.flatMap((group) => group.map(({ id }, at) => [id, group[at ? at - 1 : 1].id])));
}

// The pairs that are offered: of one page the first and the last capture, and the last two; then the kept listing with the newest
// capture of the live one. The newest stand first.
export function pairsOf(records) {
  const groups = groupsOf(records);
  const newestFirst = (a, b) => byTime(b[1], a[1]);
  const same = groups.filter(({ length }) => length > 1).flatMap((group) => [[group[0], group.at(-1)], ...(group.length > 2 ? [group.slice(-2)] : [])]);
  const kept = groups.flatMap((group) => groups.filter((other) => group[0].page === "snapshot" && keptAndLive(group[0], other[0]) && samePart(group[0], other[0]))
    .map((other) => [group[0], other.at(-1)].sort(byTime)));
  return [...same.sort(newestFirst), ...kept.sort(newestFirst)];
}
