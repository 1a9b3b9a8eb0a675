// Opens the sample shop for people and says how to start a browser with it: node tests/site/serve.js [--port N] [--csp strict|none]

import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

import { openShop, SAMPLE_ORDER_ID } from "./shop.js";

try {
  const { values } = parseArgs({ options: { port: { type: "string", default: "0" }, csp: { type: "string", default: "strict" } } });
  const port = Number(values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new RangeError(`--port is a number from 0 to 65535, not ${values.port}`);
  const shop = await openShop({ port, csp: values.csp });
  const profile = join(tmpdir(), "redress-sample-profile");
  console.log(`The sample shop is open behind the proxy ${shop.proxy} (ctrl-c closes it).

Chromium:  chromium --user-data-dir=${profile} --proxy-server=http://${shop.proxy} --ignore-certificate-errors --disable-quic --no-first-run https://www.aliexpress.com/
Firefox:   HTTP and HTTPS proxy ${shop.proxy} in a fresh profile; accept the certificate

Cases:     https://www.aliexpress.com/
List:      https://www.aliexpress.com/p/order/index.html
An order:  https://www.aliexpress.com/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  for (const signal of ["SIGINT", "SIGTERM"]) process.once(signal, () => shop.close());
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
