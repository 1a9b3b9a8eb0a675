// The signature of a time-stamp: CMS (RFC 5652) with one signer, whose key is in a certificate of the reply.
import { Damaged, content, hex, inside, oid, only, optional, same, small, tags, values } from "./der.js";
import { readCertificate } from "./timestamp-certificate.js";

// Why a file is not kept: a text's key.
export class Refused extends Error {
  constructor(text) {
    super(text);
    this.text = text;
  }
}

const signedData = "1.2.840.113549.1.7.2";
const timeStamp = "1.2.840.113549.1.9.16.1.4";
const attributes = { type: "1.2.840.113549.1.9.3", digest: "1.2.840.113549.1.9.4", certificate: "1.2.840.113549.1.9.16.2.12", certificate2: "1.2.840.113549.1.9.16.2.47" };
const digests = { "2.16.840.1.101.3.4.2.1": "SHA-256", "2.16.840.1.101.3.4.2.2": "SHA-384", "2.16.840.1.101.3.4.2.3": "SHA-512" };
const rsa = { "1.2.840.113549.1.1.11": "SHA-256", "1.2.840.113549.1.1.12": "SHA-384", "1.2.840.113549.1.1.13": "SHA-512" };
const ecdsa = { "1.2.840.10045.4.3.2": "SHA-256", "1.2.840.10045.4.3.3": "SHA-384", "1.2.840.10045.4.3.4": "SHA-512" };
const [rsaKey, pss, mask, ecKey] = ["1.2.840.113549.1.1.1", "1.2.840.113549.1.1.10", "1.2.840.113549.1.1.8", "1.2.840.10045.2.1"];
const curves = { "1.2.840.10045.3.1.7": ["P-256", 32], "1.3.132.0.34": ["P-384", 48], "1.3.132.0.35": ["P-521", 66] };

const algorithm = (value) => {
  const [name, more] = inside(value);
  return { name: oid(name), more };
};

// SHA-1 and older stand in no table: what rests on them is refused.
function digestOf(value) {
  const found = digests[algorithm(value).name];
  if (!found) throw new Refused("stamp_refused_method");
  return found;
}

// The content that is signed, and who signed it how.
export function readToken(token) {
  const [type, explicit, ...more] = inside(token);
  if (more.length || oid(type) !== signedData) throw new Damaged("no signed data");
  const list = inside(only(content(explicit, tags.own0)));
  const [, , about] = list.splice(0, 3);
  const [kind, octets] = inside(about);
  if (oid(kind) !== timeStamp) throw new Damaged("what is signed is no time-stamp");
  const certificates = optional(list, tags.own0);
  optional(list, tags.own1);
  const [signer, ...others] = inside(list[0], tags.set);
  if (others.length) throw new Damaged("an authority signs alone");
  const info = content(only(content(octets, tags.own0)), tags.octets);
  return { info, certificates: certificates ? values(certificates.content).filter(({ tag }) => tag === tags.sequence) : [], signer: readSigner(signer) };
}

function readSigner(value) {
  const list = inside(value);
  const [, named, digest] = list.splice(0, 3);
  const signed = optional(list, tags.own0);
  if (!signed) throw new Damaged("no signed attributes");
  const known = new Map();
  for (const attribute of values(signed.content)) {
    const [name, set] = inside(attribute);
    if (known.has(oid(name))) throw new Damaged("an attribute stands twice");
    known.set(oid(name), inside(set, tags.set));
  }
  // RFC 5652, 5.4: what is signed is the set itself, not the field that holds it.
  const text = Uint8Array.from(signed.whole);
  text[0] = tags.set;
  return { named, digest, known, text, method: list[0], signature: content(list[1], tags.octets) };
}

// The certificate by whose key the content is signed. Refuses where there is none, or where anything does not hold. `at`: the moment
// at which it must be valid.
export async function checkSigner({ info, certificates, signer }, at) {
  const one = (name) => {
    const found = signer.known.get(name);
    if (found?.length !== 1) throw new Damaged("an attribute is missing");
    return found[0];
  };
  const certificate = certificates.map(({ whole }) => whole).map(readable).find((found) => found?.isNamed(signer.named));
  if (!certificate?.forTime || at < certificate.from || at > certificate.to) throw new Refused("stamp_refused_certificate");
  const digest = digestOf(signer.digest);
  const holds = oid(one(attributes.type)) === timeStamp
    && same(await crypto.subtle.digest(digest, info), content(one(attributes.digest), tags.octets))
    && (await isMeant(certificate, signer.known))
    && (await isSigned(certificate, signer, digest));
  if (!holds) throw new Refused("stamp_refused_signature");
  return certificate;
}

// A certificate beside the signer's own may be of a kind that is not read here.
function readable(whole) {
  try {
    return readCertificate(whole);
  } catch (error) {
    if (error instanceof Damaged) return null;
    throw error;
  }
}

// Whether the signature names this certificate (RFC 5035): another one of the same key does not count.
async function isMeant({ whole }, known) {
  const [second, first] = [known.get(attributes.certificate2), known.get(attributes.certificate)];
  if (!first && !second) return false;
  const [id] = inside(inside((second ?? first)[0])[0]);
  const list = inside(id);
  const named = second && optional(list, tags.sequence);
  const digest = second ? (named ? digestOf(named) : "SHA-256") : "SHA-1";
  return same(await crypto.subtle.digest(digest, whole), content(list[0], tags.octets));
}

async function isSigned({ key, kind, curve }, { method, signature, text }, digest) {
  const { name, more } = algorithm(method);
  const [how, options, bytes] = kind === ecKey ? elliptic(name, curve, signature, digest) : modular(name, more, signature, digest);
  const opened = await crypto.subtle.importKey("spki", key, how, false, ["verify"]).catch(() => {
    throw new Refused("stamp_refused_method");
  });
  return crypto.subtle.verify(options, opened, bytes, text);
}

function modular(name, more, signature, digest) {
  if (name === pss) {
    const list = inside(more);
    const [hash, masked, salt] = [tags.own0, tags.own1, 0xa2].map((tag) => optional(list, tag)).map((value) => value && only(value.content));
    const masks = masked && algorithm(masked);
    if (!hash || !masks || masks.name !== mask || digestOf(hash) !== digestOf(masks.more)) throw new Refused("stamp_refused_method");
    return [{ name: "RSA-PSS", hash: digestOf(hash) }, { name: "RSA-PSS", saltLength: salt ? small(salt) : 20 }, signature];
  }
  const hash = name === rsaKey ? digest : rsa[name];
  if (!hash) throw new Refused("stamp_refused_method");
  return [{ name: "RSASSA-PKCS1-v1_5", hash }, "RSASSA-PKCS1-v1_5", signature];
}

// WebCrypto takes both numbers of the signature in their full length, one behind the other.
function elliptic(name, curve, signature, digest) {
  const [hash, [namedCurve, size] = []] = [name === ecKey ? digest : ecdsa[name], curves[curve]];
  if (!hash || !namedCurve) throw new Refused("stamp_refused_method");
  const numbers = inside(only(signature)).map((value) => hex(content(value, tags.integer)).replace(/^(00)+/, "").padStart(size * 2, "0"));
  if (numbers.length !== 2 || numbers.some((number) => number.length !== size * 2)) throw new Damaged("no signature of this curve");
  const bytes = Uint8Array.from(numbers.join("").match(/../g), (pair) => Number.parseInt(pair, 16));
  return [{ name: "ECDSA", namedCurve }, { name: "ECDSA", hash }, bytes];
}
