// The mirror of the vault in the folder that the user chose: written after each change, by the background alone. Where a run is cut
// off, the next one writes what is missing.
import { PictureChanged } from "./carried.js";
import { folderOf, machineOf } from "./mirror-files.js";
import { otherMachines, readMachine } from "./mirror-reading.js";
import { writeMirror } from "./mirror-writing.js";
import { takeIn } from "./restore.js";
import { wordsOf } from "./room.js";
import { ownKey } from "./signing.js";
import { dropFolder, everythingSaid, folder, picture, watch } from "./store.js";

const api = globalThis.browser ?? globalThis.chrome;
export const mirrorAlarm = "mirror";
const readwrite = { mode: "readwrite" };
// Several changes that come together are written once; a large vault is written no more than a tenth of the time.
const least = 2000;
const share = 9;
// After a failure, and so often what other machines wrote is looked for.
const minutes = 10;

// Whether there is a folder, once that is known. The files that are known to be there in whole. How long the last run took.
let [chosen, whole, took, timer] = [null, new Set(), 0, null];
let last = Promise.resolve();

// How it stands (`storage.local`, `mirror`): the folder's name, whether it takes in by itself, when it was written; what keeps it
// from being written: `lapsed`, or the words of a failure; `seen`: the states of other machines that were taken in.
const noted = async () => (await api.storage.local.get("mirror")).mirror;
async function note(more) {
  const before = await noted();
  if (before) await api.storage.local.set({ mirror: { ...before, ...more } });
}

async function soon() {
  chosen ??= Boolean(await folder());
  if (!chosen || timer) return;
  timer = setTimeout(() => run(), Math.max(least, took * share));
  // The worker can end before.
  await api.alarms.create(mirrorAlarm, { delayInMinutes: 1 });
}
watch(() => soon().catch((error) => console.error("redress:", error)));

// One run after the other.
export function run(asked) {
  clearTimeout(timer);
  timer = null;
  const result = last.then(() => tried(asked));
  last = result.catch(() => {});
  return result;
}

async function tried(asked) {
  const { handle } = (await folder()) ?? {};
  chosen = Boolean(handle);
  if (!chosen) return api.alarms.clear(mirrorAlarm);
  try {
    if ((await handle.queryPermission(readwrite)) !== "granted") {
      await note({ lapsed: true, failed: null });
    } else {
      const begun = Date.now();
      await written(handle, asked);
      took = Date.now() - begun;
      await note({ at: Date.now(), lapsed: false, failed: null, going: null });
      if ((await noted())?.auto) return await api.alarms.create(mirrorAlarm, { delayInMinutes: minutes });
    }
    // A change that came meanwhile has set it for itself.
    if (!timer) await api.alarms.clear(mirrorAlarm);
  } catch (error) {
    console.warn("redress:", error);
    whole = new Set();
    const failed = error instanceof PictureChanged ? { text: "backup_picture_changed", with: error.message } : { text: "mirror_failed", with: wordsOf(error) };
    await note({ failed, lapsed: false, going: null });
    await api.alarms.create(mirrorAlarm, { delayInMinutes: minutes });
  }
}

async function written(handle, { thorough = false } = {}) {
  const machine = machineOf(await ownKey());
  const readme = await (await fetch(api.runtime.getURL("mirror.txt"))).text();
  let told = 0;
  await writeMirror(await folderOf(handle, machine), await everythingSaid(), {
    machine, readme, thorough, whole, version: api.runtime.getManifest().version, at: Date.now(), pictureOf: picture,
    // Each word of it also tells the browser that the worker still works.
    async told(done, all) {
      if (Date.now() - told < 1000) return;
      told = Date.now();
      await note({ going: { done, all } });
    },
  });
}

// Takes in what other machines wrote since the last time, where the user wants that. What is refused is told on the page only.
async function takeInAll() {
  const { handle } = (await folder()) ?? {};
  const { auto, seen = {} } = (await noted()) ?? {};
  if (!auto || !handle || (await handle.queryPermission(readwrite)) !== "granted") return;
  for (const [machine, folders] of await otherMachines(handle, machineOf(await ownKey()))) {
    try {
      const read = await readMachine(folders, await everythingSaid(), { seen: seen[machine] });
      if (!read) continue;
      await takeIn(read);
      seen[machine] = read.id;
      await note({ seen });
    } catch (error) {
      console.warn("redress:", error);
    }
  }
}

// At the browser's start and at the alarm. Answers once all is done.
export async function follow() {
  if (!(await folder())) return;
  await takeInAll();
  await run();
}

// What the page asks for. The folder itself is kept by the page: no message carries it.
export async function mirror({ ask, name, on }) {
  switch (ask) {
    case "begin":
      whole = new Set();
      await api.storage.local.set({ mirror: { name, auto: false, at: null, lapsed: false, failed: null } });
      return run();
    case "resume":
      return run();
    case "write":
      return run({ thorough: true });
    // Another vault has taken the place of this one, and may lack what this one had taken in.
    case "replaced":
      return note({ seen: {} });
    case "auto":
      await note({ auto: on, seen: {} });
      return follow();
    case "end":
      await dropFolder();
      await api.storage.local.remove("mirror");
      return run();
  }
}
