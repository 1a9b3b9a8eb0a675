// What an order's page costs that nobody touches: the processor's time of all renderers, of the page and of the extension's
// worker, as the browser counts it.
import { setTimeout as sleep } from "node:timers/promises";

const seconds = 60;

// Milliseconds of processor's time by the number of the process.
async function renderers(session) {
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  return new Map(processInfo.filter(({ type }) => type === "renderer").map(({ id, cpuTime }) => [id, cpuTime * 1000]));
}

/** Milliseconds of processor's time that the page at `url` takes in a minute in front, once `ready(page)` is over. */
export async function idle(chromium, url, ready) {
  const page = await chromium.open(url);
  await ready(page);
  // What loading leaves behind is not what is measured.
  await sleep(5000);
  await page.bringToFront();
  const session = await chromium.browser.target().createCDPSession();
  const before = await renderers(session);
  const last = new Map(before);
  // A process that ends takes its figure with it, so it is asked for more than once.
  for (let past = 0; past < seconds; past += 5) {
    await sleep(5000);
    for (const [id, time] of await renderers(session)) last.set(id, time);
  }
  await session.detach();
  await page.close();
  return [...last].reduce((sum, [id, time]) => sum + time - (before.get(id) ?? 0), 0);
}
