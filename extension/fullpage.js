// A picture of a whole page: scrolls the page in the tab (scroller.js), takes a picture at each place, puts them together
// (stitch.js). The page is left as it was, and what does not fit together is no picture.
import { photograph, pictureFrom, Refused } from "./camera.js";
import { inFront, pageOf, stayed, watchFront } from "./front.js";
import { Stitch } from "./stitch.js";

const api = globalThis.browser ?? globalThis.chrome;

// So many screens at most, so many pictures at one place, and so many beginnings where the page changes on the way.
const [screens, shots, beginnings] = [100, 3, 3];
const style = { files: ["css/pose.css"], origin: "USER" };

// The page changed while its pictures were taken.
class Moved extends Error {}

// Answers with what the page says of itself and its pictures in order. `job` holds `cancelled`, and is told `done` and `all`.
export async function wholePage(tab, job) {
  const watched = watch(tab, job);
  try {
    for (let beginning = 1; ; beginning += 1) {
      try {
        return await once(tab, job);
      } catch (error) {
        if (!(error instanceof Moved)) throw error;
        if (beginning === beginnings) throw new Refused("capture_refused_moved");
      }
    }
  } catch (error) {
    // The browser's own words for a tab or a page that is gone are many.
    if (!(error instanceof Refused)) stayed(await inFront(tab, job), tab);
    throw error;
  } finally {
    watched();
  }
}

// Another tab that was in front between two looks would be in the picture. A page that is left can be frozen with its answer
// owing: whoever waits for it hears of that here.
function watch(tab, job) {
  const watched = watchFront(tab, job);
  job.leaving = new Promise((_, gone) => { job.gone = gone; });
  job.leaving.catch(() => {});
  const updated = async (tabId) => {
    if (tabId !== tab.id || !job.inside || (await isThere(tab))) return;
    if (job.inside) job.gone(new Refused("capture_refused_left"));
  };
  api.tabs.onUpdated.addListener(updated);
  return () => {
    watched();
    api.tabs.onUpdated.removeListener(updated);
  };
}

async function isThere(tab) {
  const said = api.scripting.executeScript({ target: { tabId: tab.id }, func: () => Boolean(globalThis.redressScroller), injectImmediately: true });
  return said.then(([answer]) => answer?.result, () => false);
}

async function once(tab, job) {
  const target = { tabId: tab.id };
  try {
    await api.scripting.insertCSS({ target, ...style });
    await api.scripting.executeScript({ target, files: ["scroller.js"] });
    job.inside = true;
    return await down(tab, job);
  } finally {
    job.inside = false;
    await leave(tab);
  }
}

// Leaves the page as it was. The tab or the page can be gone, and what was done to it with it.
export async function leave(tab) {
  await inPage(tab, "end").catch(() => {});
  await api.scripting.removeCSS({ target: { tabId: tab.id }, ...style }).catch(() => {});
}

// Calls what scroller.js offers. A page that does not have it is another one.
async function inPage(tab, name, ...values) {
  const [answer] = await api.scripting.executeScript({
    target: { tabId: tab.id },
    injectImmediately: true,
    func: (called, given) => globalThis.redressScroller?.[called](...given),
    args: [name, values],
  });
  return answer?.result;
}

async function down(tab, job) {
  const page = await told(tab, job, "begin", screens);
  const step = page.box.height;
  const last = Math.ceil((page.full - step) / step);
  if (page.why) throw new Refused(page.why, String(screens));
  const stitch = new Stitch(page);
  // One is put in its place while the next one is taken.
  let [placed, before] = [Promise.resolve(), null];
  for (let at = 0; at <= last; at += 1) {
    job.tell(at + 1, last + 1);
    const taken = await shot(tab, job, page, [Math.min(at * step, page.full - step), at === 0, at === last], before);
    before = taken.sha256;
    await placed;
    placed = stitch.add(taken, at === 0, at === last);
    // A failure is heard where the next one is awaited, or by nobody where the capture ended for another reason.
    placed.catch(() => {});
  }
  // The page is its owner's again while the picture is written.
  job.inside = false;
  await inPage(tab, "end").catch(() => {});
  await placed;
  const pictures = await stitch.pictures();
  if (job.cancelled) throw new Refused("capture_refused_cancelled");
  return { page, pictures };
}

// The browser takes no picture of a page that is just being left: then that is the reason.
async function refused(tab, job, error) {
  await new Promise((done) => setTimeout(done, 300));
  await told(tab, job, "where");
  throw error;
}

// One picture at one place. Whoever scrolled meanwhile gets another try. So does a picture that is the one `before`, from another
// place: a browser under load still shows that one. A page of one colour looks the same everywhere, and is believed in the end.
async function shot(tab, job, page, place, before) {
  for (let tried = 1; ; tried += 1) {
    const posed = await told(tab, job, "to", ...place);
    if (differs(page, posed)) throw new Moved();
    const taken = await pictureFrom(await photograph(tab.windowId).catch((error) => refused(tab, job, error)));
    const after = await told(tab, job, "where");
    if (differs(page, after)) throw new Moved();
    const isThere = posed.top === after.top && Math.abs(posed.top - place[0]) <= 1;
    if (isThere && (taken.sha256 !== before || tried === shots)) return { ...taken, top: after.top };
    if (tried === shots) throw new Moved();
  }
}

// What the page says, where it is still this page and in front.
async function told(tab, job, name, ...values) {
  await inFront(tab, job);
  const said = await Promise.race([inPage(tab, name, ...values), job.leaving]);
  await inFront(tab, job);
  if (!said) throw new Refused("capture_refused_left");
  if (said.cancelled) throw new Refused("capture_refused_cancelled");
  return said;
}

function differs(page, now) {
  if (pageOf(page) !== pageOf(now)) throw new Refused("capture_refused_left");
  const shape = ({ full, width, height, frame, box }) => JSON.stringify([full, width, height, frame, box]);
  return now.shifted || shape(page) !== shape(now);
}
