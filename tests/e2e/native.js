// The command line's `redress read`: what the native collector and reader make of the same page.
import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { root } from "./chromium.js";

const run = promisify(execFile);

// Cargo does nothing where the binary is new.
export const buildNative = () => run("cargo", ["build", "--locked", "--quiet"], { cwd: root });

async function read(file, ...more) {
  const { stdout } = await run(path.join(root, "target/debug/redress"), ["read", file, ...more], { maxBuffer: 1 << 26 });
  return JSON.parse(stdout);
}

// What is collected from a saved page.
export const nativeSnapshot = (file, url) => read(file, "--url", url, "--snapshot");

// What a saved page says, read at `now` (a Date) by a viewer in `zone`.
export const nativeReading = (file, { url, now, zone }) => read(file, "--url", url, "--now", now.toISOString(), "--zone", zone);
