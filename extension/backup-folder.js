// The part of the backup's page about the mirror: the folder, how it stands, and what other machines wrote into it.
import { api, request } from "./page.js";
import { machineOf } from "./mirror-files.js";
import { otherMachines, readMachine } from "./mirror-reading.js";
import { everythingSaid, folder, keepFolder } from "./store.js";
import { button, node, say, sheet, soft, toggle, words } from "./tree.js";
import { Refused } from "./vault-sound.js";

const readwrite = { mode: "readwrite" };
const canMirror = () => "showDirectoryPicker" in globalThis;

// How the mirror stands, and whether it may write.
export async function mirrorNow() {
  const [{ mirror }, kept] = await Promise.all([api.storage.local.get("mirror"), folder()]);
  const handle = mirror && kept?.handle;
  return handle ? { ...mirror, handle, lapsed: (await handle.queryPermission(readwrite)) !== "granted" } : null;
}

const number = (count) => ({ number: count });

function standing({ at, failed, going, lapsed }) {
  if (lapsed) return [node("p", "warning", say("mirror_lapsed")), soft(say("mirror_lapsed_why"))];
  if (failed) return [node("p", "failed", say(failed.text, words(failed.with)))];
  if (going) return [node("p", "", say("mirror_writing", number(going.done), number(going.all)))];
  return [node("p", "", at ? say("mirror_written", { moment: at }) : say("backup_working"))];
}

const machineRow = ({ machine, refused, fresh, at, pictures }) => ({
  ...node("li", "", node("p", "literal", words(machine)),
    node("p", refused ? "warning" : "", refused ? say(refused) : say("mirror_machine", { moment: at }, number(pictures.size))),
    ...(fresh ? [node("div", "buttons", button(`take-${machine}`, "", { do: "take", machine }, say("backup_merge")))] : [])),
  id: `machine-${machine}`,
});

// `found`: what was read of other machines, or null where nobody asked. It takes the focus after what was done there.
export const mirrorSheet = (mirror, found) => ({ ...parts(mirror, found), id: "mirror" });

function parts(mirror, found) {
  const why = [soft(say("mirror_why")), soft(say("mirror_plain"))];
  if (!canMirror()) return sheet("mirror_title", soft(say("mirror_why")), node("p", "", say("mirror_unable")));
  if (!mirror) return sheet("mirror_title", ...why, button("choose", "", { do: "choose" }, say("mirror_choose")));
  const list = found && !mirror.lapsed && (found.length ? node("ul", "machines", ...found.map(machineRow)) : node("p", "", say("mirror_alone")));
  return sheet("mirror_title", ...why,
    node("p", "", say("mirror_folder", words(mirror.name))), ...standing(mirror),
    node("div", "buttons",
      ...(mirror.lapsed ? [button("allow", "primary", { do: "allow" }, say("mirror_allow"))] : [button("write", "", { do: "write" }, say("mirror_write")), button("look", "", { do: "look" }, say("mirror_look"))]),
      button("end", "", { do: "end" }, say("mirror_end"))),
    ...(list ? [list] : []),
    node("div", "switches", toggle("auto", mirror.auto, { do: "auto" }, say("mirror_auto"))), soft(say("mirror_auto_why")));
}

// Asks the browser at once, as long as the click counts. Answers with whether there is a folder now.
export async function choose() {
  const handle = await globalThis.showDirectoryPicker({ id: "redress", ...readwrite }).catch((error) => {
    if (error.name === "AbortError") return null;
    throw error;
  });
  if (!handle) return;
  await keepFolder(handle);
  await request({ kind: "mirror", ask: "begin", name: handle.name });
}

export async function allow({ handle }) {
  if ((await handle.requestPermission(readwrite)) === "granted") await request({ kind: "mirror", ask: "resume" });
}

// What other machines wrote last, each checked.
export async function lookAround({ handle }, told) {
  const own = await everythingSaid();
  const key = own.keys.find(({ privateKey }) => privateKey);
  const found = [];
  for (const [machine, folders] of await otherMachines(handle, key && machineOf(key))) {
    const read = await readMachine(folders, own, { told }).catch((error) => {
      if (error instanceof Refused) return { refused: error.text };
      throw error;
    });
    found.push({ machine, fresh: !read.refused, ...read });
  }
  return found;
}
