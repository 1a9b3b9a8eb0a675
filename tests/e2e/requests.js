// Counts what the extension itself asks of the network: from its worker, its pages and its scripts in the shop's pages.

const local = /^(chrome-extension|moz-extension|blob|data|devtools):/;

export function watchRequests(browser, extensionId) {
  const made = [];
  const own = `chrome-extension://${extensionId}/`;

  async function watch(target) {
    const ours = target.url().startsWith(own);
    if (!ours && target.type() !== "page") return;
    // The worker's own session: a second one would keep it alive when a test stops it. It can have ended by then.
    const session = target.type() === "service_worker" ? (await target.worker().catch(() => null))?.client : await target.createCDPSession().catch(() => null);
    if (!session) return;
    session.on("Network.requestWillBeSent", ({ request, initiator }) => {
      if (local.test(request.url)) return;
      const byScript = JSON.stringify(initiator ?? {}).includes(own);
      if (byScript || target.url().startsWith(own)) made.push(request.url);
    });
    await session.send("Network.enable").catch(() => {});
  }

  browser.on("targetcreated", watch);
  return Promise.all(browser.targets().map(watch)).then(() => made);
}
