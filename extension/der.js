// DER, the encoding of time-stamps and certificates (ITU-T X.690): reads with definite, shortest lengths only, and writes.

// What is read is not what it says it is.
export class Damaged extends Error {}

export const tags = {
  boolean: 0x01, integer: 0x02, octets: 0x04, null: 0x05, oid: 0x06, utcTime: 0x17, time: 0x18, sequence: 0x30, set: 0x31,
  // Of a field's own number, as [0], [1], [3].
  own0: 0xa0, own1: 0xa1, own3: 0xa3, plain0: 0x80, plain1: 0x81,
};

function valueAt(bytes, from) {
  const tag = bytes[from];
  let [length, start] = [bytes[from + 1], from + 2];
  if (length === undefined || (tag & 0x1f) === 0x1f) throw new Damaged("no value begins here");
  if (length & 0x80) {
    const count = length & 0x7f;
    if (count < 1 || count > 3 || !bytes[start]) throw new Damaged("a length that DER does not have");
    length = bytes.subarray(start, start + count).reduce((sum, byte) => sum * 256 + byte, 0);
    if (length < 0x80) throw new Damaged("a length that is longer than it need be");
    start += count;
  }
  if (start + length > bytes.length) throw new Damaged("a value is cut off");
  return { tag, content: bytes.subarray(start, start + length), whole: bytes.subarray(from, start + length) };
}

// The values that stand behind one another.
export function values(bytes) {
  const found = [];
  for (let at = 0; at < bytes.length;) {
    const value = valueAt(bytes, at);
    found.push(value);
    at += value.whole.length;
  }
  return found;
}

// The content of a value that must be there and have this tag.
export function content(value, tag) {
  if (value?.tag !== tag) throw new Damaged("a value of another kind stands here");
  return value.content;
}

// The values in one that must be there and have this tag.
export const inside = (value, tag = tags.sequence) => values(content(value, tag));

// The one value of which these bytes are made.
export function only(bytes) {
  const [first, ...rest] = values(bytes);
  if (!first || rest.length) throw new Damaged("not one value");
  return first;
}

// Takes from the front of a list what has this tag; undefined where something else stands there.
export const optional = (list, tag) => (list[0]?.tag === tag ? list.shift() : undefined);

export const hex = (bytes) => Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, "0")).join("");
export const ofHex = (text) => Uint8Array.from(text.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
export const same = (a, b) => hex(a) === hex(b);

// An object identifier in its form with dots.
export function oid(value) {
  const numbers = [];
  let number = 0n;
  for (const byte of content(value, tags.oid)) {
    number = number * 128n + BigInt(byte & 0x7f);
    if (byte & 0x80) continue;
    numbers.push(number);
    number = 0n;
  }
  const [first = 0n, ...rest] = numbers;
  const root = first < 80n ? first / 40n : 2n;
  return [root, first - root * 40n, ...rest].join(".");
}

// A small whole number that is not negative.
export function small(value, tag = tags.integer) {
  const bytes = content(value, tag);
  if (!bytes.length || bytes.length > 4 || bytes[0] & 0x80) throw new Damaged("a number out of its range");
  return bytes.reduce((sum, byte) => sum * 256 + byte, 0);
}

// A moment in UTC, in milliseconds since 1970. Of a fraction the milliseconds are kept.
export function moment(value) {
  const short = value?.tag === tags.utcTime;
  const text = new TextDecoder("latin1").decode(content(value, short ? tags.utcTime : tags.time));
  const found = (short ? /^(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)Z$/ : /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.(\d+))?Z$/).exec(text);
  if (!found) throw new Damaged("a time in another form");
  const [year, month, day, hour, minute, second] = found.slice(1, 7).map(Number);
  // RFC 5280, 4.1.2.5.1.
  const whole = short ? year + (year < 50 ? 2000 : 1900) : year;
  const at = Date.UTC(whole, month - 1, day, hour, minute, second);
  const written = [whole, month, day, hour, minute, second].map((part, place) => String(part).padStart(place ? 2 : 4, "0")).join("");
  if (Number.isNaN(at) || new Date(at).toISOString().replace(/\D/g, "").slice(0, 14) !== written) throw new Damaged("a time that does not exist");
  return at + Number((found[7] ?? "").padEnd(3, "0").slice(0, 3));
}

// One value, of bytes or of values that are written already.
export function write(tag, ...parts) {
  const bytes = parts.flatMap((part) => [...part]);
  const long = bytes.length > 0xff ? [0x82, bytes.length >> 8, bytes.length & 0xff] : [0x81, bytes.length];
  return Uint8Array.from([tag, ...(bytes.length < 0x80 ? [bytes.length] : long), ...bytes]);
}
