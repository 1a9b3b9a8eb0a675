// The self-signed certificate with which the sample shop answers for the shop's host names.

import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const DAY_MS = 86_400_000;
const VALID_DAYS = 30;
const RENEW_AFTER_DAYS = 20;
const NAMES = ["com", "us", "ru"].flatMap((top) => [`aliexpress.${top}`, `*.aliexpress.${top}`]);

/** `{ key, cert }` in PEM. Kept in the temporary folder, because making one costs longer than a test. */
export async function certificate() {
  // The user's number keeps two people on one machine out of each other's files.
  const folder = join(tmpdir(), `redress-sample-shop-${process.getuid?.() ?? "user"}`);
  return (await kept(folder)) ?? (await made(folder));
}

async function kept(folder) {
  try {
    const { mtimeMs } = await stat(join(folder, "cert.pem"));
    return Date.now() - mtimeMs < RENEW_AFTER_DAYS * DAY_MS ? await read(folder) : undefined;
  } catch {
    return undefined;
  }
}

async function read(folder) {
  const [key, cert] = await Promise.all(["key.pem", "cert.pem"].map((name) => readFile(join(folder, name))));
  return { key, cert };
}

async function made(folder) {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const fresh = await mkdtemp(join(folder, "new-"));
  try {
    await run("openssl", [
      "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
      "-days", String(VALID_DAYS), "-subj", "/CN=Sample Shop",
      "-addext", `subjectAltName=${NAMES.map((name) => `DNS:${name}`).join(",")}`,
      "-keyout", join(fresh, "key.pem"), "-out", join(fresh, "cert.pem"),
    ]);
    const pair = await read(fresh);
    // Key first: whoever finds the certificate of another run finds its key as well or makes new ones.
    for (const name of ["key.pem", "cert.pem"]) await rename(join(fresh, name), join(folder, name));
    return pair;
  } catch (error) {
    if (error.code === "ENOENT") throw new Error("the sample shop needs the openssl command line program, which was not found");
    throw error;
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
}
