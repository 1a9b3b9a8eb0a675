// Turns the keys, dates and numbers of a node tree into texts of the user's language.

const i18n = (globalThis.browser ?? globalThis.chrome).i18n;
// Dates and numbers in the browser's own way of our language, else in our language's.
const [browsers, ours] = [i18n.getUILanguage(), i18n.getMessage("catalogue_language")];
const locale = browsers.startsWith(ours.slice(0, 2)) ? browsers : ours;

// A formatter takes milliseconds to make: each is made when it is first needed.
const later = (make) => {
  let made;
  return () => (made ??= make());
};
const plural = later(() => new Intl.PluralRules(locale));
const number = later(() => new Intl.NumberFormat(locale));
// The year stands only where it is not this one.
const moment = (more) => {
  const parts = { weekday: "short", day: "numeric", month: "short", hour: "numeric", minute: "2-digit", ...more };
  const [short, long] = [parts, { ...parts, year: "numeric" }].map((options) => later(() => new Intl.DateTimeFormat(locale, options)));
  return (date) => (date.getFullYear() === new Date().getFullYear() ? short : long)().format(date);
};
const momentsIn = (timeZone) => ({
  instant: moment({ timeZone, timeZoneName: "short" }),
  moment: moment({ timeZone }),
  pacific_instant: moment({ timeZone: "America/Los_Angeles" }),
});
let [shownIn, moments] = ["", momentsIn()];

// In which zone instants are shown; none = the browser's.
export function showIn(zone) {
  if (zone === shownIn) return;
  [shownIn, moments] = [zone, momentsIn(zone || undefined)];
}

// A civil date has no zone: it is formatted as noon UTC in UTC, so that no zone can move it.
const day = later(() => new Intl.DateTimeFormat(locale, { weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" }));
const longSpan = later(() => new Intl.DurationFormat(locale, { style: "long" }));
const narrowSpan = later(() => new Intl.DurationFormat(locale, { style: "narrow" }));

// The two greatest units: a countdown of days needs no minutes. What is zero is left out by the formatter.
function span(milliseconds) {
  const minutes = Math.max(1, Math.floor(milliseconds / 60000));
  const hours = Math.floor(minutes / 60);
  return longSpan().format(hours >= 48 ? { days: Math.floor(hours / 24), hours: hours % 24 } : { hours, minutes: minutes % 60 });
}

function shortSpan(milliseconds) {
  const minutes = Math.max(1, Math.floor(milliseconds / 60000));
  const unit = minutes >= 2880 ? { days: Math.floor(minutes / 1440) } : minutes >= 60 ? { hours: Math.floor(minutes / 60) } : { minutes };
  return narrowSpan().format(unit);
}

function argument(value) {
  const [kind, content] = Object.entries(value)[0];
  switch (kind) {
    case "words": return content;
    case "message": return i18n.getMessage(content);
    case "number": return number().format(content);
    case "day": return day().format(new Date(`${content}T12:00:00Z`));
    case "days": return day().formatRange(...content.map((date) => new Date(`${date}T12:00:00Z`)));
    case "span": return span(content);
    case "short_span": return shortSpan(content);
    default: return moments[kind](new Date(content));
  }
}

export function text({ message, with: filled = [], count }) {
  const key = count === undefined ? message : `${message}_${plural().select(count)}`;
  const values = filled.map(argument);
  // A plural form that a language has and the catalogue lacks falls back to `other`.
  return i18n.getMessage(key, values) || i18n.getMessage(`${message}_other`, values) || message;
}

// The same tree with words in the place of keys.
export function filled(node) {
  if (!node || node.words !== undefined) return node;
  if (node.message !== undefined) return { words: text(node) };
  const { label, children, ...rest } = node;
  return { ...rest, ...(label && { label: filled(label) }), ...(children && { children: children.map(filled) }) };
}
