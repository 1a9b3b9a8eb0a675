// What a certificate (RFC 5280) says that a time-stamp needs: whose it is, until when, for what, and its key.
import { Damaged, content, inside, moment, oid, only, optional, same, tags } from "./der.js";

const purposes = "2.5.29.37";
const keyId = "2.5.29.14";
const timeStamping = "1.3.6.1.5.5.7.3.8";

const kinds = { "2.5.4.3": "CN", "2.5.4.10": "O", "2.5.4.11": "OU", "2.5.4.6": "C", "2.5.4.7": "L", "2.5.4.8": "ST" };
const letters = { 0x0c: "utf-8", 0x13: "utf-8", 0x16: "utf-8", 0x14: "latin1", 0x1e: "utf-16be" };

// One line that turns no writing direction and is no longer than a line can be.
const line = (text) => text.replace(/[\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "").replace(/[\p{Cc}\s]+/gu, " ").trim().slice(0, 200);

// The parts of a name that are known, the most particular first.
function nameOf(value) {
  const parts = inside(value).flatMap((set) => inside(set, tags.set)).map((part) => {
    const [kind, text] = inside(part);
    const [known, coding] = [kinds[oid(kind)], letters[text?.tag]];
    return known && coding && line(`${known}=${new TextDecoder(coding).decode(text.content)}`);
  });
  return parts.filter(Boolean).reverse().join(", ");
}

function extensionsOf(value) {
  const found = new Map();
  for (const extension of value ? inside(only(content(value, tags.own3))) : []) {
    const list = inside(extension);
    const name = oid(list.shift());
    const critical = optional(list, tags.boolean)?.content[0] === 0xff;
    if (found.has(name)) throw new Damaged("an extension stands twice");
    found.set(name, { critical, value: content(list[0], tags.octets) });
  }
  return found;
}

// The subject's and the issuer's name, the key and its kind, until when it is valid, and whether it is for time-stamps alone, as
// RFC 3161, 2.3 wants it.
export function readCertificate(whole) {
  const [signed] = inside(only(whole));
  const list = inside(signed);
  optional(list, tags.own0);
  const [serial, , issuer, validity, subject, key, ...rest] = list;
  const [from, to] = inside(validity).map(moment);
  const [algorithm] = inside(key);
  const [kind, curve] = inside(algorithm);
  const extensions = extensionsOf(rest.find(({ tag }) => tag === tags.own3));
  const purpose = extensions.get(purposes);
  const uses = purpose ? inside(only(purpose.value)).map(oid) : [];
  return {
    whole, from, to, key: key.whole, kind: oid(kind), curve: curve?.tag === tags.oid ? oid(curve) : null,
    subject: nameOf(subject), issuer: nameOf(issuer),
    forTime: Boolean(purpose?.critical) && uses.length === 1 && uses[0] === timeStamping,
    // Whether a signer who is named so is the one of this certificate.
    isNamed: (signer) => (signer.tag === tags.plain0
      ? extensions.has(keyId) && same(content(only(extensions.get(keyId).value), tags.octets), signer.content)
      : same(signer.content, Uint8Array.from([...issuer.whole, ...serial.whole]))),
  };
}
