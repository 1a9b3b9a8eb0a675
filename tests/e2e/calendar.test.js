// The calendar file, read by another program: whatever a page calls its goods, each event has its start, its alarms and its
// words, and nothing else.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { test } from "node:test";
import ICAL from "ical.js";
import { calendarText } from "../../extension/calendar.js";

const root = path.dirname(path.dirname(path.dirname(fileURLToPath(import.meta.url))));
const texts = JSON.parse(await readFile(path.join(root, "extension/_locales/en/messages.json"), "utf8"));
const say = ({ message, with: filled = [] }) => texts[message].message.replace(/\$(\d)/g, (_, place) => {
  const [kind, value] = Object.entries(filled[place - 1])[0];
  return kind === "message" ? texts[value].message : String(value);
});

const made = Date.parse("2026-09-07T12:00:00.900Z");
const end = Date.parse("2026-10-30T07:00:00.250Z");
const url = "https://www.aliexpress.com/p/order/detail.html?orderId=8200000000000001";
const day = 86_400_000;

function event(title, changes = {}) {
  return {
    uid: "8200000000000001-window-0@redress",
    start: { instant: end },
    summary: [{ message: "calendar_summary", with: [{ message: "limit_window" }, { words: "0001" }] }, { words: title }],
    description: { tag: "div", children: [
      { tag: "p", children: [{ message: "date_ends", with: [{ words: "Oct 30" }] }] },
      { tag: "p", children: [{ tag: "span", children: [{ message: "basis_page" }] }, { tag: "q", children: [{ words: title }] }] },
      { words: url },
    ] },
    url,
    alarms_ms: [5 * day, 2 * day, day],
    ...changes,
  };
}

const write = (...events) => calendarText({ made_ms: made, events }, say);
const read = (text) => new ICAL.Component(ICAL.parse(text)).getAllSubcomponents("vevent");

// Each title with what of it may stand in a line.
const titles = [
  ["Cable, 2 m; \\black\\", "Cable, 2 m; \\black\\"],
  ["Cable\r\nEND:VEVENT\nEND:VCALENDAR", "Cable END:VEVENT END:VCALENDAR"],
  ["Cable\u2028DTSTART:19700101T000000Z\u0085\u0000x", "Cable DTSTART:19700101T000000Z x"],
  ["\u202egnihton\u202c \u2066x\u2069", "gnihton x"],
  ["👩‍👩‍👧‍👦".repeat(40), "👩‍👩‍👧‍👦".repeat(40)],
  ["كابل شحن، أسود ".repeat(30), "كابل شحن، أسود ".repeat(30).trim()],
  ["long ".repeat(500), "long ".repeat(500).trim()],
  ["half a sign \ud83d.", "half a sign \ufffd."],
  ["\\n \\, \"quoted\" : ;", "\\n \\, \"quoted\" : ;"],
  [" x".repeat(90), "x ".repeat(90).trim()],
];

for (const [title, shown] of titles) {
  test(`a title stays one text: ${JSON.stringify(title.slice(0, 40))}`, () => {
    const file = write(event(title));
    const events = read(file);
    assert.equal(events.length, 1);
    const [own] = events;
    assert.equal(own.getFirstPropertyValue("summary"), `Ends: the time to open a dispute · order …0001 · ${shown}`);
    assert.equal(own.getFirstPropertyValue("description"), `Ends Oct 30\nFrom the page ${shown}\n${url}`);
    assert.equal(own.getFirstPropertyValue("dtstart").toICALString(), "20261030T070000Z");
    assert.equal(own.getFirstPropertyValue("url"), url);
    assert.equal(own.getAllSubcomponents("valarm").length, 3);
    for (const alarm of own.getAllSubcomponents("valarm")) {
      assert.equal(alarm.getFirstPropertyValue("description"), own.getFirstPropertyValue("summary"));
    }
  });

  test(`no line is longer than 75 octets or cuts a sign: ${JSON.stringify(title.slice(0, 40))}`, () => {
    const file = write(event(title));
    assert.ok(file.endsWith("END:VCALENDAR\r\n"));
    assert.doesNotMatch(file.replaceAll("\r\n", ""), /[\r\n]/);
    for (const line of file.split("\r\n")) {
      assert.ok(Buffer.byteLength(line) <= 75, line);
      assert.ok(line.isWellFormed(), line);
    }
  });
}

test("alarms ring as long before as the core says, to the minute and never later", () => {
  const [own] = read(write(event("Cable", { alarms_ms: [5 * day, 90_000, -9 * 3_600_000] })));
  const start = own.getFirstPropertyValue("dtstart");
  const rings = own.getAllSubcomponents("valarm").map((alarm) => {
    assert.equal(alarm.getFirstPropertyValue("action"), "DISPLAY");
    const at = start.clone();
    at.addDuration(alarm.getFirstPropertyValue("trigger"));
    return at.toJSDate().toISOString();
  });
  assert.deepEqual(rings, ["2026-10-25T07:00:00.000Z", "2026-10-30T06:58:00.000Z", "2026-10-30T16:00:00.000Z"]);
});

test("an instant is one in UTC, cut to the second; a civil date has no zone", () => {
  const [instant, civil] = read(write(event("Cable"), event("Cable", { uid: "other", start: { day: "2026-10-30" }, alarms_ms: [] })));
  assert.equal(instant.getFirstPropertyValue("dtstamp").toICALString(), "20260907T120000Z");
  assert.equal(instant.getFirstPropertyValue("dtend").toICALString(), "20261030T071500Z");
  assert.equal(civil.getFirstPropertyValue("dtstart").toICALString(), "20261030");
  assert.ok(civil.getFirstPropertyValue("dtstart").isDate);
  assert.equal(civil.getAllSubcomponents("valarm").length, 0);
  assert.deepEqual([instant, civil].map((own) => own.getFirstPropertyValue("uid")), ["8200000000000001-window-0@redress", "other"]);
});

test("an address ends no line", () => {
  const [own] = read(write(event("Cable", { url: "https://www.aliexpress.com/p/order/detail.html?x=\u2028a\u0000 b" })));
  assert.match(own.getFirstPropertyValue("url"), /^https:\/\/www\.aliexpress\.com\/p\/order\/detail\.html\?x=[\w%]+$/);
});
