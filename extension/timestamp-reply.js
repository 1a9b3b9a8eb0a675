// Requests for time-stamps and the replies of authorities (RFC 3161), and the heads of OpenTimestamps proofs. Nothing here knows
// whom to trust: what is checked is that the reply is whole, and for an entry of the log.
import { Damaged, content, hex, inside, moment, ofHex, oid, only, optional, same, small, tags, write } from "./der.js";
import { Refused, checkSigner, readToken } from "./timestamp-signature.js";

export const most = 1_000_000;
const sha256 = "2.16.840.1.101.3.4.2.1";
const sha256Bytes = ofHex("608648016503040201");
// The file format of OpenTimestamps: its mark, version 1, and the digest as SHA-256.
const proofHead = ofHex("004f70656e54696d657374616d7073000050726f6f6600bf89e2e884e892940108");

// A request that asks for the certificate too; `nonce` are bytes of a positive number.
export const query = (hash, nonce) => write(tags.sequence, write(tags.integer, [1]),
  write(tags.sequence, write(tags.sequence, write(tags.oid, sha256Bytes), write(tags.null)), write(tags.octets, ofHex(hash))),
  write(tags.integer, nonce), write(tags.boolean, [0xff]));

// Positive, and as short as DER wants it.
export function freshNonce() {
  const nonce = crypto.getRandomValues(new Uint8Array(8));
  nonce[0] = (nonce[0] & 0x7f) | 0x40;
  return nonce;
}

// What a file proves of the entries of a chain. Refuses what is no sound time-stamp of one of them.
export async function check(bytes, chain) {
  if (!bytes.length) throw new Refused("stamp_refused_empty");
  if (bytes.length > most) throw new Refused("stamp_refused_huge");
  try {
    return isProof(bytes) ? proof(bytes, chain) : await reply(bytes, chain);
  } catch (error) {
    if (error instanceof Damaged) throw new Refused("stamp_refused_form");
    throw error;
  }
}

function entryOf(chain, digest) {
  const entry = chain.find(({ hash }) => hash === hex(digest));
  if (!entry) throw new Refused("stamp_refused_digest");
  return { seq: entry.seq, hash: entry.hash };
}

const isProof = (bytes) => same(bytes.subarray(0, proofHead.length), proofHead);

// Behind the digest there is at least one step.
function proof(bytes, chain) {
  const end = proofHead.length + 32;
  if (bytes.length <= end) throw new Damaged("the proof is cut off");
  return { kind: "opentimestamps", ...entryOf(chain, bytes.subarray(proofHead.length, end)) };
}

async function reply(bytes, chain) {
  const [state, token, ...more] = inside(only(bytes));
  if (state?.tag === tags.integer && token?.tag === tags.sequence) throw new Refused("stamp_refused_query");
  // Granted, or granted with changes.
  if (small(inside(state)[0]) > 1) throw new Refused("stamp_refused_rejected");
  if (more.length) throw new Damaged("something follows the time-stamp");
  const read = readToken(token);
  const said = readInfo(read.info);
  const entry = entryOf(chain, said.digest);
  const { subject, issuer } = await checkSigner(read, said.gen_time);
  const { gen_time, accuracy, serial, nonce } = said;
  return { kind: "rfc3161", ...entry, gen_time, accuracy, serial, nonce, authority: subject, issuer };
}

// What the authority signed. `gen_time` in milliseconds, `accuracy` in seconds; null where it says none.
function readInfo(bytes) {
  const list = inside(only(bytes));
  const [version, policy, imprint, serial, time] = list.splice(0, 5);
  content(policy, tags.oid);
  if (small(version) !== 1) throw new Damaged("another version");
  const [algorithm, digest] = inside(imprint);
  if (oid(inside(algorithm)[0]) !== sha256) throw new Refused("stamp_refused_digest");
  const accuracy = optional(list, tags.sequence);
  optional(list, tags.boolean);
  const nonce = optional(list, tags.integer);
  return {
    digest: content(digest, tags.octets),
    serial: hex(content(serial, tags.integer)),
    gen_time: moment(time),
    accuracy: accuracy ? secondsOf(accuracy) : null,
    nonce: nonce ? hex(nonce.content) : null,
  };
}

function secondsOf(accuracy) {
  const list = inside(accuracy);
  const [seconds, thousandths, millionths] = [tags.integer, tags.plain0, tags.plain1].map((tag) => {
    const found = optional(list, tag);
    return found ? small(found, tag) : 0;
  });
  return (seconds * 1_000_000 + thousandths * 1000 + millionths) / 1_000_000;
}
