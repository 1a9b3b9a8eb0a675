// The files of the mirror: `redress/<machine>/` in the folder that the user chose. Each machine writes into its own folder only, and
// each file is named by the digest of what it holds and never changed: whatever a sync service does, a file is there or is not.
import { digestOfBytes } from "./camera.js";

export const format = { name: "redress-mirror", version: 1 };
const home = "redress";
// Sync services put more behind a name where two have met: "redress (1)", "part-… (conflicted copy).json".
const homes = /^redress(?![a-z])/i;
const machines = /^([0-9a-f]{16})(?![0-9a-f])/;
const files = /^(state|part|picture)-([0-9a-f]{64})(?![0-9a-f])/;

export const machineOf = ({ id }) => id.slice(0, 16);
export const nameOf = (kind, digest, ending) => `${kind}-${digest}.${ending}`;
export const isOurs = (name) => files.test(name);

// The folder of one machine. Who chose the folder `redress` itself meant the same.
export async function folderOf(root, machine) {
  const top = homes.test(root.name) ? root : await root.getDirectoryHandle(home, { create: true });
  return top.getDirectoryHandle(machine, { create: true });
}

// What is in a folder, by kind and digest: the files that may hold it.
export async function contentsOf(...folders) {
  const found = new Map();
  for (const folder of folders) {
    for await (const [name, handle] of folder.entries()) {
      const [, kind, digest] = (handle.kind === "file" && files.exec(name)) || [];
      if (!kind) continue;
      const key = `${kind}-${digest}`;
      found.set(key, [...(found.get(key) ?? []), handle]);
    }
  }
  return found;
}

// The folders of each machine: more than one where a sync service has made a second one.
export async function machinesIn(root) {
  const tops = homes.test(root.name) ? [root] : [];
  for await (const [name, handle] of root.entries()) if (handle.kind === "directory" && homes.test(name)) tops.push(handle);
  const found = new Map();
  for (const top of tops) {
    for await (const [name, handle] of top.entries()) {
      const [, machine] = (handle.kind === "directory" && machines.exec(name)) || [];
      if (machine) found.set(machine, [...(found.get(machine) ?? []), handle]);
    }
  }
  return found;
}

// The bytes of a file whose content is what its name says; null where it is not there, not there in whole, or another one.
export async function bytesOf(contents, kind, digest) {
  for (const handle of contents.get(`${kind}-${digest}`) ?? []) {
    // It may have gone since the folder was looked at.
    const bytes = await handle.getFile().then((file) => file.arrayBuffer()).catch(() => null);
    if (bytes && (await digestOfBytes(bytes)) === digest) return bytes;
  }
  return null;
}

// The browser puts the file in its place once all of it is written.
export async function write(folder, name, content) {
  const file = await (await folder.getFileHandle(name, { create: true })).createWritable();
  try {
    await file.write(content);
  } catch (error) {
    await file.abort().catch(() => {});
    throw error;
  }
  await file.close();
}
