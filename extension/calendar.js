// Writes the deadlines of a case as a file for calendars (RFC 5545). The core says what the events are
// (crate/view/calendar.rs); texts come from `say`, which turns a message of the core into words. Only our own pages load
// this.

const bytes = new TextEncoder();

// Words of a page stay one piece: no line of their own, no marks that turn the writing direction, no broken signs.
const oneLine = (text) => text
  .toWellFormed()
  .replace(/[\u202a-\u202e\u2066-\u2069]/g, "")
  .replace(/[\p{Cc}\s]+/gu, " ")
  .trim();

const escaped = (text) => oneLine(text).replace(/[\\;,]/g, "\\$&");

function plain(node, say) {
  if (node.words !== undefined) return node.words;
  if (node.message !== undefined) return say(node);
  return (node.children ?? []).map((child) => plain(child, say)).join(" ");
}

// A line has at most 75 octets; the next one begins with a blank, which counts. No sign is cut.
function folded(line) {
  const lines = [""];
  let room = 75;
  for (const sign of line) {
    const size = bytes.encode(sign).length;
    if (size > room) {
      lines.push(" ");
      room = 74;
    }
    lines[lines.length - 1] += sign;
    room -= size;
  }
  return lines.join("\r\n");
}

// Seconds are cut off, never rounded up: the earlier moment.
const stamp = (milliseconds) => new Date(milliseconds).toISOString().replace(/[-:]|\.\d+/g, "");

function times(start) {
  if (start.day) return [`DTSTART;VALUE=DATE:${start.day.replaceAll("-", "")}`];
  // What has no length is not drawn by some calendars.
  return [`DTSTART:${stamp(start.instant)}`, `DTEND:${stamp(start.instant + 15 * 60_000)}`];
}

function alarm(before, summary) {
  const sign = before < 0 ? "" : "-";
  return ["BEGIN:VALARM", "ACTION:DISPLAY", `DESCRIPTION:${summary}`, `TRIGGER:${sign}PT${Math.abs(Math.ceil(before / 60_000))}M`, "END:VALARM"];
}

function event({ uid, start, summary, description, url, alarms_ms: alarms }, made, say) {
  const about = summary.map((node) => escaped(plain(node, say))).join(" · ");
  return [
    "BEGIN:VEVENT",
    `UID:${escaped(uid)}`,
    `DTSTAMP:${made}`,
    `LAST-MODIFIED:${made}`,
    ...times(start),
    `SUMMARY:${about}`,
    `DESCRIPTION:${description.children.map((node) => escaped(plain(node, say))).join("\\n")}`,
    // An address is no text: it has no escapes, and what could end its line is written in percent.
    `URL:${new URL(url).href}`,
    // A deadline takes no time of the user's day.
    "TRANSP:TRANSPARENT",
    ...alarms.flatMap((before) => alarm(before, about)),
    "END:VEVENT",
  ];
}

export function calendarText({ made_ms: made, events }, say) {
  const lines = [
    "BEGIN:VCALENDAR",
    "VERSION:2.0",
    "PRODID:-//Redress//Redress//EN",
    "CALSCALE:GREGORIAN",
    "METHOD:PUBLISH",
    ...events.flatMap((own) => event(own, stamp(made), say)),
    "END:VCALENDAR",
  ];
  return lines.map((line) => `${folded(line)}\r\n`).join("");
}

export function saveCalendar(name, text) {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type: "text/calendar" }));
  link.download = name;
  link.click();
  // The download holds the file by then; a minute is more than it needs to begin.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
