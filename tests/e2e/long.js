// An invented page of a given length for pictures of whole pages: a header that sticks, things that hang over it, lazy pictures.
import { patience } from "./chromium.js";

const host = "https://www.aliexpress.com";
export const header = [200, 30, 90];
export const foot = [20, 90, 200];

const bands = (height) => Array.from({ length: Math.ceil(height / 250) }, (_, at) => {
  const lazy = at % 3 === 2 ? `<img loading="lazy" width="300" height="120" src="/sample-${at}.svg" alt="">` : "";
  return `<section style="background: hsl(${(at * 47) % 360} 60% 85%)"><b>Row ${at}</b> of an invented page ${lazy}</section>`;
}).join("");

const markup = (height, more) => `<!doctype html><html><head><title>Invented long page</title><style>
  html { scroll-behavior: smooth; scroll-snap-type: y proximity; } body { margin: 0; font: 16px sans-serif; }
  header { position: sticky; top: 0; height: 60px; background: rgb(${header}); z-index: 5; }
  .foot { position: fixed; bottom: 0; left: 0; right: 0; height: 40px; background: rgb(${foot}); z-index: 6; }
  section { height: 250px; box-sizing: border-box; padding: 70px 20px 10px; overflow: hidden; scroll-snap-align: start; }
  main { height: ${height - 60}px; overflow: hidden; }
</style></head><body><header style="top: 0px">Invented header</header><main>${bands(height - 60)}</main><input id="field" value="typed" style="position:absolute;top:300px;left:400px">${more}</body></html>`;

const picture = (name) => `<svg xmlns="http://www.w3.org/2000/svg" width="300" height="120"><rect width="300" height="120" fill="#345"/><text x="20" y="70" fill="#fff" font-size="30">${name}</text></svg>`;

// Opens it; `more` is further markup.
export async function openLong(chromium, { height = 10_000, more = "" } = {}) {
  const page = await chromium.browser.newPage();
  page.setDefaultTimeout(patience);
  await page.setRequestInterception(true);
  page.on("request", (request) => {
    const { pathname } = new URL(request.url());
    if (pathname === "/sample-long.html") return request.respond({ contentType: "text/html", body: markup(height, more) });
    if (pathname.startsWith("/sample-")) return request.respond({ contentType: "image/svg+xml", body: picture(pathname.slice(8, -4)) });
    return request.continue();
  });
  await page.goto(`${host}/sample-long.html`, { waitUntil: "load" });
  return page;
}

// Allows pictures of this tab, as a click on the toolbar does.
export async function allow(chromium, page) {
  await (await chromium.clickToolbar(page)).close().catch(() => {});
  await page.bringToFront();
}

// What the menu item does. Headless, the browser's own menu cannot be opened; the listeners get what it would give them.
export const startWhole = async (chromium) => (await chromium.worker()).evaluate(async () => {
  const [tab] = await chrome.tabs.query({ active: true, lastFocusedWindow: true });
  chrome.contextMenus.onClicked.dispatch({ menuItemId: "capture_page" }, tab);
  return tab.id;
});

export const badgeOf = async (chromium, tabId) => (await chromium.worker()).evaluate((id) => chrome.action.getBadgeText({ tabId: id }), tabId);
export const untold = async (chromium) => (await chromium.worker()).evaluate(async () => (await chrome.storage.session.get("untold")).untold);
