// The key of this installation. It cannot be taken out of the browser: what it signed was signed here.
import { hexOf } from "./camera.js";
import * as keeper from "./keeper.js";
import { addKey, keys } from "./store.js";

const algorithm = { name: "ECDSA", namedCurve: "P-256" };
const signing = { name: "ECDSA", hash: "SHA-256" };

const pemOf = (der) => `-----BEGIN PUBLIC KEY-----\n${btoa(String.fromCharCode(...new Uint8Array(der))).replace(/.{64}/g, "$&\n").trimEnd()}\n-----END PUBLIC KEY-----\n`;
const derOf = (pem) => Uint8Array.from(atob(pem.replace(/-----.*-----|\s/g, "")), (letter) => letter.charCodeAt(0));

// The key: its digest as `id`, its public part as `pem`, and its private part. It is made when it is first needed.
export async function ownKey() {
  const own = (await keys()).find(({ privateKey }) => privateKey);
  if (own) return own;
  const { privateKey, publicKey } = await crypto.subtle.generateKey(algorithm, false, ["sign", "verify"]);
  const der = await crypto.subtle.exportKey("spki", publicKey);
  const made = { id: hexOf(await crypto.subtle.digest("SHA-256", der)), pem: pemOf(der), privateKey };
  await addKey(made);
  return made;
}

// The entry of the chain with its signature.
export async function signed(entry, { privateKey }) {
  const text = await keeper.signedText(entry);
  return { ...entry, signature: hexOf(await crypto.subtle.sign(signing, privateKey, new TextEncoder().encode(text))) };
}

// The digest by which entries name a public key.
export const keyIdOf = async (pem) => hexOf(await crypto.subtle.digest("SHA-256", derOf(pem)));

// Whether an entry is signed by one of these public keys, given as PEM. An entry from before there were keys names none.
export async function isSigned(entry, pems) {
  if (!entry.key) return !entry.signature;
  for (const pem of pems) {
    if ((await keyIdOf(pem)) !== entry.key) continue;
    const key = await crypto.subtle.importKey("spki", derOf(pem), algorithm, false, ["verify"]);
    const signature = Uint8Array.from(entry.signature?.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16));
    return crypto.subtle.verify(signing, key, signature, new TextEncoder().encode(await keeper.signedText(entry)));
  }
  return false;
}
