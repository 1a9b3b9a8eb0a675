// An invented kept listing whose parts have known places: price at 200, a banner of 120 pixels at 400 where there is one, and
// (without it) the promise at 900.

const row = (top, text) => `<p style="top: ${top}px">${text}</p>`;

const markup = ({ price, promise, banner }) => `<!doctype html><html><head><title>Invented listing</title><style>
  body { margin: 0; font: 16px/20px sans-serif; background: #fff; }
  main { position: relative; height: 1800px; }
  p, .moved, i { position: absolute; margin: 0; left: 100px; }
  .moved { left: 0; right: 0; top: ${banner ? 120 : 0}px; }
  i { left: 100px; top: 420px; width: 500px; height: 80px; background: rgb(200 40 40); }
</style></head><body><main>${row(40, "Sample cable, 2 m")}${row(220, `Price: ${price}`)}${banner ? "<i></i>" : ""}
<div class="moved">${[460, 560, 680, 820].map((top) => row(top, `Row ${top} of an invented listing`)).join("")}${row(920, promise)}
${[1040, 1240, 1500, 1640].map((top) => row(top, `Row ${top} of an invented listing`)).join("")}</div></main></body></html>`;

export async function openListing(chromium, url, version) {
  const page = await chromium.browser.newPage();
  await page.setRequestInterception(true);
  page.on("request", (request) => (request.url() === url ? request.respond({ contentType: "text/html", body: markup(version) }) : request.continue()));
  await page.goto(url, { waitUntil: "load" });
  return page;
}
