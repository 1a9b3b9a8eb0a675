// Reminders of limits: asks the core which are due, shows them, and sets the alarm for the next. What was shown is kept, so
// that a worker that was gone, or a machine that slept, goes on from there.
import * as keeper from "./keeper.js";
import { settings } from "./settings.js";
import { nearest } from "./store.js";
import { text as worded } from "./texts.js";

const api = globalThis.browser ?? globalThis.chrome;
export const reminderAlarm = "reminders";
// Of so many orders, those whose limits are nearest.
const orders = 500;
// More at once are one notification.
const most = 3;
const several = "several";

let last = Promise.resolve();

// `seen`: the user has a page in front on which new limits stand. `later`: the order whose reminder is put off.
export function remind(asked = {}) {
  // One after the other: two that ask at once would both show what is due.
  const result = last.then(() => due(asked));
  last = result.catch(() => {});
  return result;
}

async function due(asked) {
  const { on, leads, quiet } = (await settings()).reminders;
  const reminded = await remembered();
  const summaries = await nearest(Date.now(), orders);
  const answer = await keeper.remind({ summaries, leads: on ? leads : [], quiet: quiet ? [quiet.from, quiet.to] : [], reminded, ...asked });
  // Shown before it is kept: whoever is interrupted in between is reminded twice, not never.
  await show(answer.due);
  if (answer.reminded.length) await api.storage.local.set({ reminded: answer.reminded });
  else await api.storage.local.remove("reminded");
  if (answer.next_ms === null) await api.alarms.clear(reminderAlarm);
  else await api.alarms.create(reminderAlarm, { when: Date.now() + answer.next_ms });
}

const remembered = async () => (await api.storage.local.get("reminded")).reminded ?? [];

async function show(due) {
  if (due.length > most) {
    const message = worded({ message: "reminder_several", with: [{ number: due.length }], count: due.length });
    return notify(several, { title: message, message: due.map(({ title }) => worded(title)).slice(0, most).join("\n") });
  }
  for (const { order_id, title, text } of due) await notify(order_id, { title: worded(title), message: worded(text) });
}

async function notify(id, words) {
  const notification = { type: "basic", iconUrl: api.runtime.getURL("icons/redress-128.png"), ...words };
  const buttons = ["reminder_open", "reminder_later"].map((key) => ({ title: api.i18n.getMessage(key) }));
  try {
    await api.notifications.create(id, id === several ? notification : { ...notification, buttons });
  } catch {
    // Firefox knows no buttons; a click on the notification opens the page there too.
    await api.notifications.create(id, notification);
  }
}

async function open(id) {
  const known = (await remembered()).find(({ order_id }) => order_id === id);
  const url = known?.url || api.runtime.getURL("popup.html?panel");
  // A browser without a window has nowhere to put a tab.
  await api.tabs.create({ url }).catch(() => api.windows.create({ url }));
  await api.notifications.clear(id);
}

api.notifications.onClicked.addListener(open);
api.notifications.onButtonClicked?.addListener(async (id, button) => {
  if (button === 0) return open(id);
  await api.notifications.clear(id);
  return remind({ later: id });
});

// Whether the browser lost the alarm, or slept through it.
export async function isLate() {
  const alarm = await api.alarms.get(reminderAlarm);
  return !(alarm?.scheduledTime > Date.now());
}
