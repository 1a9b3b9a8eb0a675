// Times and money in the settings: the zone, and what a sign means that several currencies share.
import { changeSettings, sharedSigns } from "./settings.js";
import { button, node, say, sheet, soft, status, toggle, words } from "./tree.js";

const language = document.documentElement.lang;
const here = new Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = [...Intl.supportedValuesOf("timeZone"), "UTC"];
const names = new Intl.DisplayNames(language, { type: "currency" });
const shown = 8;

// The name of a zone as a person types it.
const plain = (text) => text.replaceAll(/[_/]/g, " ").toLowerCase();
const nowIn = (zone) => new Intl.DateTimeFormat(language, { timeStyle: "short", timeZone: zone }).format(new Date());
const named = (zone) => words(zone.replaceAll("_", " "));

function found() {
  const wanted = plain((document.getElementById("zone-search")?.value ?? "").trim());
  return wanted && zones.filter((zone) => plain(zone).includes(wanted));
}

function choice(zone, chosen) {
  const one = button(`zone-${zone}`, "", { do: "zone", zone }, node("span", "", named(zone)), words(" "), node("span", "soft", words(nowIn(zone))));
  return node("li", "", { ...one, attributes: [["aria-pressed", String(zone === chosen)]] });
}

function zoneParts({ zone }) {
  const list = found();
  const search = { tag: "input", id: "zone-search", attributes: [["type", "search"]] };
  return [
    node("h3", "", say("settings_zone")),
    status("zone-say", node("p", "", say(zone ? "settings_zone_own" : "settings_zone_computer", named(zone || here), words(nowIn(zone || here))))),
    node("div", "switches", toggle("zone-here", !zone, { do: "zone", zone: "" }, say("settings_zone_here"))),
    node("label", "search", node("span", "soft", say("settings_zone_search")), search),
    status("zones-found", ...(list ? [node("p", "soft", list.length > shown ? say("settings_zones_first", { number: shown }, { number: list.length })
      : say("settings_zones_found", { number: list.length }))] : [])),
    ...(list ? [node("ul", "choices", ...list.slice(0, shown).map((each) => choice(each, zone)))] : []),
  ];
}

function meaning({ signs, of }, currencies) {
  const chosen = currencies[signs[0]] ?? "";
  const option = (value, text) => ({ ...node("option", "", text), attributes: [["value", value], ...(value === chosen ? [["selected", ""]] : [])] });
  const select = node("select", "", option("", say("settings_sign_unknown")), ...of.map((code) => option(code, words(`${code} · ${names.of(code)}`))));
  return node("li", "", node("label", "sign", node("span", "", say("settings_sign", words(signs[0]))), { ...select, id: `sign-${signs[0]}` }));
}

export const timesSheet = (settled) => sheet("settings_times", ...zoneParts(settled),
  node("h3", "", say("settings_signs")), soft(say("settings_signs_why")),
  node("ul", "signs", ...sharedSigns.map((one) => meaning(one, settled.currencies))));

// Does what is asked here; the choice of a zone ends the search for one.
export async function actOnTimes(action) {
  if (action.do === "zone") {
    document.getElementById("zone-search").value = "";
    await changeSettings({ zone: action.zone });
    return action.zone ? "zone-search" : null;
  }
  const { signs } = sharedSigns.find((one) => one.signs[0] === action.sign);
  return changeSettings({ currencies: Object.fromEntries(signs.map((sign) => [sign, action.code])) });
}
