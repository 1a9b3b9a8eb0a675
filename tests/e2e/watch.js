// What the extension's parts say to each other and complain about, while a test looks at something else.

// Hears every message that reaches the background, in one of our own pages: `since(mark)` gives those after a mark.
export async function hearMessages(own) {
  await own.evaluate(() => {
    globalThis.heard = [];
    chrome.runtime.onMessage.addListener((message) => { globalThis.heard.push(JSON.stringify(message)); });
  });
  return {
    mark: () => own.evaluate(() => globalThis.heard.length),
    since: async (mark) => (await own.evaluate((from) => globalThis.heard.slice(from), mark)).map((text) => JSON.parse(text)),
  };
}

// Collects what the worker complains about: errors on its console and exceptions that nobody caught.
export function watchWorker(worker) {
  const problems = [];
  worker.client.on("Runtime.exceptionThrown", ({ exceptionDetails }) => problems.push(exceptionDetails.exception?.description ?? exceptionDetails.text));
  worker.client.on("Runtime.consoleAPICalled", ({ type, args }) => {
    if (type === "error" || type === "warning") problems.push(args.map((argument) => argument.description ?? argument.value).join(" "));
  });
  return problems;
}

// The page as markup, without our elements. Nonces differ from load to load and cannot be read.
export const withoutOurs = (page) => page.evaluate(() => {
  const copy = document.documentElement.cloneNode(true);
  for (const ours of copy.querySelectorAll("redress-overlay, redress-badge, redress-list")) ours.remove();
  return { markup: copy.outerHTML, names: Object.getOwnPropertyNames(window).sort() };
});

// Words that must never reach a user: values and keys of a program. A place that was not filled has one digit, an amount
// of the page has more.
const raw = /undefined|\bnull\b|\bNaN\b|\[object|Invalid|Error\b|[a-z]_[a-z]|\$\d(?![\d.,]*\d)/;

// What is wrong with a text on screen, or null.
export const rawWords = (text) => raw.exec(text)?.[0] ?? null;
