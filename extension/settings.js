// What the user settled, under one key of `storage.local`. What is kept there and is not valid counts as the default.

const api = globalThis.browser ?? globalThis.chrome;
const key = "settings";

// How many reminders, and how many hours before a limit: an hour to sixty days.
export const mostLeads = 8;
export const leadHours = { least: 1, most: 1440 };

// The signs of money that several currencies share (`shared` in crate/data/currencies.toml), with those currencies.
export const sharedSigns = [
  { signs: ["$"], of: ["ARS", "AUD", "CAD", "CLP", "COP", "HKD", "MXN", "NZD", "SGD", "TWD", "USD", "UYU"] },
  { signs: ["kr"], of: ["DKK", "ISK", "NOK", "SEK"] },
  { signs: ["¥", "￥"], of: ["CNY", "JPY"] },
  { signs: ["Rs"], of: ["INR", "LKR", "PKR"] },
  { signs: ["﷼"], of: ["OMR", "QAR", "SAR"] },
];

// For so many years orders that are over are kept; 0 = always.
export const keepYears = [0, 1, 2, 3];

// `leads`: hours before a limit, the longest first. `quiet`: minutes of the local day, or null. `zone`: an IANA name, or
// nothing for this computer's. `currencies`: what a shared sign means; a sign that is not there stays unknown. `retention`: the years
// that orders which are over are kept, and the numbers of those that are kept whatever is settled.
const defaults = {
  reminders: { on: true, leads: [120, 48, 24, 2], quiet: { from: 22 * 60, to: 8 * 60 } },
  zone: "",
  currencies: {},
  retention: { years: 0, kept: [] },
};

export const isLead = (hours) => Number.isInteger(hours) && hours >= leadHours.least && hours <= leadHours.most;
const areLeads = (leads) => Array.isArray(leads) && leads.length <= mostLeads &&
  leads.every((hours, at) => isLead(hours) && (at === 0 || hours < leads[at - 1]));

const isMinute = (minute) => Number.isInteger(minute) && minute >= 0 && minute < 24 * 60;
export const isQuiet = (quiet) => quiet === null || (isMinute(quiet?.from) && isMinute(quiet?.to) && quiet.from !== quiet.to);

function isZone(zone) {
  if (typeof zone !== "string") return false;
  if (zone === "") return true;
  // An offset such as `+02:00` is no zone: it knows no summer.
  if (!/^[A-Za-z]/.test(zone)) return false;
  try {
    return Boolean(new Intl.DateTimeFormat("en", { timeZone: zone }));
  } catch {
    return false;
  }
}

const areNumbers = (kept) => Array.isArray(kept) && kept.every((id) => typeof id === "string" && /^\d{1,24}$/.test(id));

const meanings = (given) => Object.fromEntries(sharedSigns.flatMap(({ signs, of }) =>
  signs.filter((sign) => of.includes(given?.[sign])).map((sign) => [sign, given[sign]])));

// Each part as it is given, where it is valid; else as it was before.
function checked(given, before) {
  const { on, leads, quiet } = given?.reminders ?? {};
  return {
    reminders: {
      on: typeof on === "boolean" ? on : before.reminders.on,
      leads: areLeads(leads) ? leads : before.reminders.leads,
      quiet: isQuiet(quiet) ? (quiet && { from: quiet.from, to: quiet.to }) : before.reminders.quiet,
    },
    zone: isZone(given?.zone) ? given.zone : before.zone,
    currencies: meanings(given?.currencies),
    retention: {
      years: keepYears.includes(given?.retention?.years) ? given.retention.years : before.retention.years,
      kept: areNumbers(given?.retention?.kept) ? given.retention.kept : before.retention.kept,
    },
  };
}

// All settings, whole.
export async function settings() {
  const { [key]: kept } = await api.storage.local.get(key);
  return checked(kept, defaults);
}

// Changes what is named, also inside of `reminders`, `currencies` and `retention`. A currency of "" makes the sign unknown again. Two
// pages that change something at once do so one after the other.
export function changeSettings({ reminders, currencies, retention, ...rest }) {
  return navigator.locks.request(key, async () => {
    const before = await settings();
    const after = {
      ...before,
      ...rest,
      reminders: { ...before.reminders, ...reminders },
      currencies: { ...before.currencies, ...currencies },
      retention: { ...before.retention, ...retention },
    };
    await api.storage.local.set({ [key]: checked(after, before) });
  });
}
