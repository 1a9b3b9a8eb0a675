// Reminders in the settings: whether, how long before a limit, and not at which hours.
import { changeSettings, isLead, isQuiet, mostLeads } from "./settings.js";
import { api } from "./page.js";
import { button, icon, node, say, sheet, soft, status, toggle, words } from "./tree.js";

const language = document.documentElement.lang;
const lengths = new Intl.DurationFormat(language, { style: "long" });
const listed = new Intl.ListFormat(language);
const clock = new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: "UTC" });
const cross = "M6 6l12 12M18 6 6 18";

// Why the last entry did not count, by what it was for.
let problems = {};
let muted = false;

// Whole days from two on are said as days.
const lengthOf = (hours) => lengths.format(hours >= 48 && hours % 24 === 0 ? { days: hours / 24 } : { hours });
const timeOf = (minutes) => clock.format(new Date(minutes * 60000));
const fieldOf = (minutes) => new Date(minutes * 60000).toISOString().slice(11, 16);
const minutesOf = (text) => (/^\d\d:\d\d/.test(text) ? Number(text.slice(0, 2)) * 60 + Number(text.slice(3, 5)) : null);

// Whether the browser or the system keeps our notifications back; only Chromium tells.
export async function lookAtNotifications() {
  muted = (await api.notifications?.getPermissionLevel?.()) === "denied";
}

// What will happen, in one or two sentences.
function plan({ leads, quiet }) {
  if (!leads.length) return [say("settings_reminders_none")];
  const first = say("settings_reminders_say", words(listed.format(leads.map(lengthOf))));
  return quiet ? [first, words(" "), say("settings_reminders_quiet", words(timeOf(quiet.from)), words(timeOf(quiet.to)))] : [first];
}

function chip(hours) {
  const remove = button(`unlead-${hours}`, "icon-only", { do: "remove_lead", hours }, icon("", cross));
  return node("li", "", node("span", "", words(lengthOf(hours))), { ...remove, label: say("settings_remove", words(lengthOf(hours))) });
}

const field = (tag, id, attributes, ...children) => ({ ...node(tag, "", ...children), id, attributes });
const labelled = (text, one) => node("label", "", node("span", "soft", say(text)), one);
const option = (value, text) => ({ ...node("option", "", say(text)), attributes: [["value", value]] });

// The value goes with the form in the order of its fields: "5 d".
function adding() {
  const form = node("form", "fields",
    labelled("settings_lead", field("input", "lead", [["type", "number"], ["required", ""]])),
    labelled("settings_unit", field("select", "lead-unit", [], option("d", "settings_days"), option("h", "settings_hours"))),
    { ...node("button", "", say("settings_add")), id: "add-lead", attributes: [["type", "submit"]] });
  return { ...form, id: "leads-form", action: { do: "add_lead" } };
}

const time = (id, text, minutes) => labelled(text, field("input", id, [["type", "time"], ["required", ""], ["value", fieldOf(minutes)]]));

const refusal = (of) => status(`${of}-problem`, ...(problems[of] ? [node("p", "warning", say(problems[of]))] : []));

function details({ leads, quiet }) {
  return [
    node("ul", "chips", ...leads.map(chip)),
    leads.length < mostLeads ? adding() : soft(say("settings_leads_full", { number: mostLeads })),
    refusal("lead"),
    node("div", "switches", toggle("quiet", quiet !== null, { do: "quiet", on: quiet === null }, say("settings_quiet"))),
    ...(quiet ? [node("div", "fields", time("quiet-from", "settings_quiet_from", quiet.from), time("quiet-to", "settings_quiet_to", quiet.to))] : []),
    refusal("quiet"),
  ];
}

export function remindersSheet({ reminders }) {
  const { on } = reminders;
  return sheet("settings_reminders",
    soft(say("settings_reminders_why")),
    node("div", "switches", toggle("reminders", on, { do: "reminders", on: !on }, say("settings_reminders_on"))),
    status("reminders-say", node("p", "", ...(on ? plan(reminders) : [say("settings_reminders_off")]))),
    ...(on && muted ? [node("p", "warning", say("settings_reminders_muted"))] : []),
    ...(on ? details(reminders) : []));
}

const change = (reminders) => changeSettings({ reminders });

// Answers with what gets the focus: the field, or what was added where there is no room for more.
async function addLead({ leads }, text) {
  const [count, unit] = text.split(" ");
  const field = document.getElementById("lead");
  const hours = Number(count) * (unit === "d" ? 24 : 1);
  if (!count || !isLead(hours)) {
    problems = { lead: "settings_lead_limits" };
    return "lead";
  }
  const more = [...new Set([...leads, hours])].sort((one, other) => other - one);
  field.value = "";
  await change({ leads: more });
  return more.length < mostLeads ? "lead" : `unlead-${hours}`;
}

// Does what a button here asks; answers with the id of what gets the focus, or nothing where it stays.
export async function actOnReminders(action, { reminders }, text) {
  problems = {};
  const { leads, quiet } = reminders;
  switch (action.do) {
    case "reminders":
      return change({ on: action.on });
    case "add_lead":
      return addLead(reminders, text);
    case "remove_lead": {
      const at = leads.indexOf(action.hours);
      const rest = leads.filter((hours) => hours !== action.hours);
      await change({ leads: rest });
      return rest.length ? `unlead-${rest[Math.min(at, rest.length - 1)]}` : "lead";
    }
    case "quiet":
      return change({ quiet: action.on ? { from: 22 * 60, to: 8 * 60 } : null });
    case "quiet_times": {
      const chosen = { ...quiet, [action.end]: minutesOf(action.value) };
      if (isQuiet(chosen)) return change({ quiet: chosen });
      problems = { quiet: "settings_quiet_differ" };
    }
  }
}
