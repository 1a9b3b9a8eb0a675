// How the shop's pages write dates, money and times (handbook of pages, 4.1-4.3), for an English interface.

const MINOR_DIGITS = { USD: 2, BRL: 2, EUR: 2, KRW: 0, BARE: 2 };
// BARE stands for a dollar sign that does not say whose dollar it is.
const SIGN = { USD: "US $", BRL: "R$", EUR: "€", KRW: "₩", BARE: "$" };

/** "US $1,025.66", "R$126,59", "₩12,340". `minor` counts the currency's smallest unit. */
export function money(minor, currency) {
  const { whole, fraction } = parts(minor, currency);
  const point = currency === "BRL" ? "," : ".";
  const group = currency === "BRL" ? "." : ",";
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, group);
  return `${minor < 0 ? "-" : ""}${SIGN[currency]}${grouped}${fraction ? point + fraction : ""}`;
}

/** "US $25.66|25|66": the form of the field formatPriceInfo. */
export function formatPriceInfo(minor, currency) {
  const { whole, fraction } = parts(minor, currency);
  return `${money(minor, currency)}|${whole}|${fraction}`;
}

function parts(minor, currency) {
  const digits = MINOR_DIGITS[currency];
  const padded = String(Math.abs(minor)).padStart(digits + 1, "0");
  return { whole: padded.slice(0, padded.length - digits), fraction: padded.slice(padded.length - digits) };
}

/** "Sep 1, 2026" in the zone of the page. */
export function pageDate(instant, zone) {
  return new Intl.DateTimeFormat("en-US", { timeZone: zone, month: "short", day: "numeric", year: "numeric" }).format(instant);
}

/** "2026-09-01": the civil date that `pageDate` stands for. */
export function civilDate(instant, zone) {
  return new Intl.DateTimeFormat("en-CA", { timeZone: zone, year: "numeric", month: "2-digit", day: "2-digit" }).format(instant);
}

/** "Tue | Jul. 28 18:39": a tracking event, without a year. */
export function eventTime(instant, zone) {
  const format = { timeZone: zone, weekday: "short", month: "short", day: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const part = Object.fromEntries(new Intl.DateTimeFormat("en-US", format).formatToParts(instant).map(({ type, value }) => [type, value]));
  return `${part.weekday} | ${part.month}. ${part.day} ${part.hour}:${part.minute}`;
}

/** "Apr. 24 - May. 14": an estimate on the tracking page, without a year. */
export function dateRange(from, to, zone) {
  const short = (instant) => pageDate(instant, zone).replace(/^(\w+) (\d+),.*/, "$1. $2");
  return `${short(from)} - ${short(to)}`;
}

/** "3 days 4 hours" or "19 hours 41 minutes". */
export function timeLeft(ms) {
  const minutes = Math.floor(ms / 60_000);
  const [days, hours] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60)];
  const count = (number, unit) => `${number} ${unit}${number === 1 ? "" : "s"}`;
  return days ? `${count(days, "day")} ${count(hours, "hour")}` : `${count(hours, "hour")} ${count(minutes % 60, "minute")}`;
}
