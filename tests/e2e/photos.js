// Data of a camera put into pictures: how the picture is turned, the device, and a place. All of it is invented.
import { crc32 } from "node:zlib";

export const device = "Invented Camera 7";
// Degrees, minutes and seconds that stand nowhere else; of a place in the sea.
const latitude = [11, 22, 33];
const longitude = [44, 55, 59];

const short = (value) => { const bytes = Buffer.alloc(2); bytes.writeUInt16BE(value); return bytes; };
const long = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32BE(value); return bytes; };
const little = (value) => { const bytes = Buffer.alloc(4); bytes.writeUInt32LE(value); return bytes; };
const ascii = (text) => ({ type: 2, count: text.length + 1, bytes: Buffer.from(`${text}\0`, "latin1") });
const rationals = (values) => ({ type: 5, count: values.length, bytes: Buffer.concat(values.flatMap((value) => [long(value), long(1)])) });

// A directory of tags after EXIF 2.32, 4.6.2, that begins at `start`: entries of twelve bytes, then what does not fit into four.
function directory(start, tags) {
  let after = start + 2 + tags.length * 12 + 4;
  const rest = [];
  const entries = tags.map(([tag, { type, count, bytes }]) => {
    const fits = bytes.length <= 4;
    const value = fits ? Buffer.concat([bytes, Buffer.alloc(4)]).subarray(0, 4) : long(after);
    if (!fits) {
      after += bytes.length;
      rest.push(bytes);
    }
    return Buffer.concat([short(tag), short(type), long(count), value]);
  });
  return Buffer.concat([short(tags.length), ...entries, long(0), ...rest]);
}

// The data of a camera as TIFF. `turned` is the orientation of EXIF: 6 = a quarter to the right when it is shown.
export function exif(turned) {
  const tags = (place) => [[0x010f, ascii(device)], [0x0112, { type: 3, count: 1, bytes: short(turned) }], [0x8825, { type: 4, count: 1, bytes: long(place) }]];
  const place = 8 + directory(8, tags(0)).length;
  const gps = [[1, ascii("N")], [2, rationals(latitude)], [3, ascii("E")], [4, rationals(longitude)]];
  return Buffer.concat([Buffer.from("MM\0*", "latin1"), long(8), directory(8, tags(place)), directory(place, gps)]);
}

// What of a camera's data must be nowhere in a copy, as bytes.
export const traces = [Buffer.from("Exif"), Buffer.from("eXIf"), Buffer.from("EXIF"), Buffer.from(device), rationals(latitude).bytes, rationals(longitude).bytes];

// A picture of a form with a camera's data in it, as that form has it.
export const withCamera = {
  // An APP1 segment behind the first marker.
  "image/jpeg"(bytes, turned) {
    const data = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), exif(turned)]);
    return Buffer.concat([bytes.subarray(0, 2), Buffer.from([0xff, 0xe1]), short(data.length + 2), data, bytes.subarray(2)]);
  },
  // A chunk behind the head, which has 25 bytes.
  "image/png"(bytes, turned) {
    const chunk = Buffer.concat([Buffer.from("eXIf"), exif(turned)]);
    return Buffer.concat([bytes.subarray(0, 33), long(chunk.length - 4), chunk, long(crc32(chunk)), bytes.subarray(33)]);
  },
  // A chunk at the end, and a flag in the head of the extended form, which Chromium writes.
  "image/webp"(bytes, turned) {
    const head = Buffer.from(bytes.subarray(12, 30));
    if (head.toString("latin1", 0, 4) !== "VP8X") throw new Error("not the extended form");
    head[8] |= 0x08;
    const data = exif(turned);
    const chunk = Buffer.concat([Buffer.from("EXIF"), little(data.length), data, Buffer.alloc(data.length % 2)]);
    const body = Buffer.concat([Buffer.from("WEBP"), head, bytes.subarray(30), chunk]);
    return Buffer.concat([Buffer.from("RIFF"), little(body.length), body]);
  },
};
