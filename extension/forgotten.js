// What the user took back or deleted beside captures, as marks: where several machines take in what the others hold, it would come
// back for ever. A capture's own deletion stands in the log. Of two marks of one thing the newer one stands.
import { hexOf } from "./camera.js";

// The number of a deleted order is not kept, so its mark names it by a digest.
export const orderMark = async (orderId) => `order/${hexOf(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(`order ${orderId}`)))}`;
export const stampMark = (id) => `stamp/${id}`;
const saidMark = (orderId, { topic, field, item, at }) => `${orderId}/${topic ?? field}/${item ?? ""}/${at}`;

const said = (file) => [...(file?.statements ?? []), ...(file?.corrections ?? [])];

// The marks of answers, events and corrections that a case file does not hold any more.
export function takenBack(before, file, at) {
  const still = new Set(said(file).map((one) => saidMark(file.order_id, one)));
  return said(before).map((one) => saidMark(before.order_id, one)).filter((id) => !still.has(id)).map((id) => ({ id, at, gone: true }));
}

// Both ways round the same.
export function unitedMarks(...lists) {
  const marks = new Map();
  for (const mark of lists.flat()) {
    const { at, gone } = marks.get(mark.id) ?? { at: -Infinity };
    if (mark.at > at || (mark.at === at && mark.gone && !gone)) marks.set(mark.id, mark);
  }
  return [...marks.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
}

const newest = ({ looks, ...file }) => Math.max(...[...looks, ...said(file)].map(({ at }) => at));
const goneOf = (marks) => new Map(marks.filter(({ gone }) => gone).map(({ id, at }) => [id, at]));

// The case files without what is gone. An order that was seen or spoken of since then is there again.
export async function standing(cases, marks) {
  const gone = goneOf(marks);
  if (!gone.size) return cases;
  const left = await Promise.all(cases.map(async (file) => {
    if (gone.get(await orderMark(file.order_id)) >= newest(file)) return [];
    const stays = (one) => !gone.has(saidMark(file.order_id, one));
    return said(file).every(stays) ? file : { ...file, ...Object.fromEntries(["statements", "corrections"].map((list) => [list, (file[list] ?? []).filter(stays)])) };
  }));
  return left.flat();
}

export function standingStamps(stamps, marks) {
  const gone = goneOf(marks);
  return stamps.filter(({ id }) => !gone.has(stampMark(id)));
}

// The marks that say that all of this is wanted again, of those that say that it is gone.
export async function wantedAgain(marks, cases, stamps, at) {
  const wanted = new Set(stamps.map(({ id }) => stampMark(id)));
  for (const file of cases) {
    wanted.add(await orderMark(file.order_id));
    for (const one of said(file)) wanted.add(saidMark(file.order_id, one));
  }
  return marks.filter(({ id, gone }) => gone && wanted.has(id)).map(({ id }) => ({ id, at, gone: false }));
}
