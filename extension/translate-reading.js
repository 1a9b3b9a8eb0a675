// Reads the messages of a conversation in its tab, once, after the user's click. What was written goes to the page that asked
// for it and is kept nowhere.
import { api, request } from "./page.js";

// The plan of a conversation (crate/data/sites/current.toml), null for every other address.
async function planOf(url) {
  const plan = (await request({ kind: "page_opened", url }))?.plan;
  return plan?.page === "chat" ? plan : null;
}

export const isConversation = async (url) => Boolean(url && (await planOf(url)));

// By which selectors the plan knows the parts of a conversation.
function marksOf({ never, inline, most, root: [, , , regions] }) {
  const named = (all, name) => all.find(([own]) => own === name);
  const select = (ways) => ways.map(([, one]) => one).join(", ");
  const [, , about, inner] = named(regions, "order");
  const [, ways, fields] = named(inner, "message");
  const mark = (name) => select(named(fields, name)[2]);
  return {
    never, inline, most, message: select(ways), stranger: select(named(about, "stranger")[2]),
    seller: mark("from_seller"), buyer: mark("from_buyer"), time: mark("time"),
  };
}

// Runs in the page, so it uses nothing from outside itself. What a layout names under `never` is left out here too.
function readMessages(address, { never, inline, most, message, stranger, seller, buyer, time }) {
  // The tab has moved on meanwhile.
  if (location.href !== address) return null;
  const hidden = new Set(document.querySelectorAll(`${never}, redress-badge`));
  const joins = new Set(inline.split(" "));
  const isHidden = (at) => at !== null && (hidden.has(at) || isHidden(at.parentElement));
  const find = (root, select) => [root, ...root.querySelectorAll(select)].filter((at) => at.matches(select) && !isHidden(at));

  // The lines of an element but for some parts of it; inline elements join, all others end a line.
  function lines(root, without = new Set()) {
    const all = [""];
    const walk = (node) => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) all.push(all.pop() + child.data);
        if (child.nodeType !== Node.ELEMENT_NODE || hidden.has(child) || without.has(child)) continue;
        const ends = !joins.has(child.localName);
        if (ends) all.push("");
        walk(child);
        if (ends) all.push("");
      }
    };
    walk(root);
    return all.map((line) => line.replace(/\s+/g, " ").trim()).filter(Boolean);
  }

  function writer(at) {
    const [bySeller, byBuyer] = [seller, buyer].map((select) => find(at, select).length > 0);
    return bySeller === byBuyer ? null : bySeller ? "seller" : "buyer";
  }

  let last;
  const outer = find(document.documentElement, message).filter((at) => !last?.contains(at) && (last = at));
  const messages = outer.slice(0, most).map((at) => {
    const times = find(at, time);
    return { who: writer(at), text: lines(at, new Set(times)).join("\n"), time: times.flatMap((one) => lines(one)).join(" ") };
  });
  return { messages, incomplete: outer.length > most || find(document.documentElement, stranger).length > 0 };
}

const tabOf = async (id) => api.tabs.get(id);

// The messages in the page's order, each as { who, text, time }, and whether there may be more. Null where the tab is gone or
// shows something else.
export async function conversationIn(tabId) {
  const { url } = (await tabOf(tabId).catch(() => null)) ?? {};
  const plan = url && (await planOf(url));
  if (!plan) return null;
  const reading = { target: { tabId }, func: readMessages, args: [url, marksOf(plan)] };
  const [answer] = await api.scripting.executeScript(reading).catch(() => []);
  return answer?.result ?? null;
}
