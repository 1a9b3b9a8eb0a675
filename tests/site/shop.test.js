// The sample shop without a browser: addresses, data, policy headers, refusals. What only a script on the page shows (ten more
// orders per click, rows behind the arrow, moving without a reload) belongs to the browser tests.

import assert from "node:assert/strict";
import http from "node:http";
import https from "node:https";
import net from "node:net";
import { after, before, test } from "node:test";
import tls from "node:tls";

import { CASE_NAMES, makeOrders, openShop, RECEIVER, SAMPLE_ORDER_ID } from "./shop.js";
import { formatPriceInfo, money, timeLeft } from "./text.js";

const NOW = new Date("2026-09-20T10:00:00Z");
const WWW = "https://www.aliexpress.com";
let shop;

before(async () => {
  shop = await openShop({ now: NOW, zone: "UTC" });
});
after(() => shop.close());

/** One request through the proxy: `{ status, headers, body }`; the status of a refused tunnel is the proxy's. */
function ask(address, { proxy = shop.proxy, headers = {} } = {}) {
  const url = new URL(address);
  const [host, port] = proxy.split(":");
  return new Promise((done, failed) => {
    const read = (response) => {
      let body = "";
      response.setEncoding("utf8").on("data", (chunk) => (body += chunk)).on("end", () => done({ status: response.statusCode, headers: response.headers, body }));
    };
    if (url.protocol === "http:") {
      http.get({ host, port, path: address, headers: { host: url.host, ...headers }, agent: false }, read).on("error", failed);
      return;
    }
    const tunnel = http.request({ host, port, method: "CONNECT", path: `${url.hostname}:${url.port || 443}`, agent: false });
    tunnel.on("error", failed).on("connect", (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        done({ status: response.statusCode, headers: response.headers, body: "" });
        return;
      }
      const createConnection = () => tls.connect({ socket, servername: url.hostname, rejectUnauthorized: false });
      https.get(address, { createConnection, headers: { connection: "close", host: url.host, ...headers } }, read).on("error", failed);
    });
    tunnel.end();
  });
}

async function data(api, wish, options) {
  const { status, body } = await ask(`${WWW}/h5/${api.toLowerCase()}/1.0/?data=${encodeURIComponent(JSON.stringify(wish))}`, options);
  assert.equal(status, 200);
  return JSON.parse(body).data;
}
const list = (wish, options) => data("mtop.aliexpress.trade.buyer.order.list", wish, options);
const detail = (tradeOrderId) => data("mtop.aliexpress.trade.buyer.order.detail", { tradeOrderId });
const fieldsOf = (answer, tag) => Object.values(answer.data).find((part) => part.tag === tag)?.fields;
const named = (name) => shop.orders.find((order) => order.name === name);

test("every page answers on every host of the shop", async () => {
  const pages = [
    "/p/order/index.html", `/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`, "/p/order/snapshot.html", "/p/message/index.html",
    `/p/tracking/index.html?tradeOrderId=${SAMPLE_ORDER_ID}`, "/p/reverse-pages/start.html", "/item/1005000000000001.html", "/",
  ].map((path) => WWW + path);
  pages.push("https://m.aliexpress.com/p/refund-dispute/list.html", "https://trade.aliexpress.com/p/order/index.html", "https://es.aliexpress.com/p/order/index.html",
    "https://www.aliexpress.us/p/order/index.html", "https://aliexpress.ru/p/order/index.html", "http://www.aliexpress.com/p/order/index.html");
  for (const address of pages) {
    const { status, body } = await ask(address);
    assert.equal(status, 200, address);
    assert.match(body, /<title>/, address);
  }
  assert.equal((await ask(`${WWW}/nowhere`)).status, 404);
});

test("the documents hold no order: the script brings it", async () => {
  const { body } = await ask(`${WWW}/p/order/detail.html?orderId=${SAMPLE_ORDER_ID}`);
  assert.match(body, /<div id="root"><\/div>/);
  assert.doesNotMatch(body, /8200000000/);
});

test("scripts, style and pictures are there", async () => {
  const { body } = await ask(`${WWW}/assets/app.js`);
  const imports = [...body.matchAll(/from "\.\/([\w-]+\.js)"/g)].map(([, name]) => name);
  assert.ok(imports.length > 3);
  for (const name of [...imports, "text.js", "shop.css"]) assert.equal((await ask(`${WWW}/assets/${name}`)).status, 200, name);
  const image = named("choice").list;
  for (const path of [image.shopIcon, image.orderLines[0].itemImgUrl]) assert.match((await ask(WWW + path)).headers["content-type"], /svg/);
  assert.equal((await ask(`${WWW}/assets/../shop.js`)).status, 404);
});

test("signed out and captcha answer at the address of an order", async () => {
  assert.match((await ask(`${WWW}/p/order/index.html?loggedout=1`)).body, /type="password"/);
  assert.match((await ask("https://login.aliexpress.com/")).body, /type="password"/);
  assert.match((await ask(`${WWW}/p/order/index.html?captcha=1`)).body, /slide to verify/);
  assert.match((await ask(`${WWW}/_____tmd_____/punish`)).body, /slide to verify/);
});

test("the strict policy names this answer's nonce, the other one is absent", async () => {
  const strict = await ask(`${WWW}/p/order/index.html`);
  const [, nonce] = strict.headers["content-security-policy"].match(/script-src 'self' 'nonce-([^']+)'/);
  assert.ok(strict.body.includes(`nonce="${nonce}"`));
  const loose = await openShop({ csp: "none", now: NOW });
  try {
    const { headers, status } = await ask(`${WWW}/p/order/index.html`, { proxy: loose.proxy });
    assert.equal(status, 200);
    assert.equal(headers["content-security-policy"], undefined);
  } finally {
    await loose.close();
  }
  await assert.rejects(openShop({ csp: "some" }), RangeError);
});

test("another host is refused and written down, with what it came from", async () => {
  for (const address of ["https://example.com/x", "http://example.com/y?z=1", "https://aliexpress.com.example/", "https://www.aliexpress.com:8443/"]) {
    assert.equal((await ask(address, { headers: { origin: "chrome-extension://sample" } })).status, 502, address);
  }
  const refused = shop.requests.filter((request) => request.refused);
  assert.deepEqual(refused.map(({ method, host, path }) => [method, host, path]), [
    ["CONNECT", "example.com:443", ""], ["GET", "example.com", "/y?z=1"], ["CONNECT", "aliexpress.com.example:443", ""], ["CONNECT", "www.aliexpress.com:8443", ""],
  ]);
  assert.equal(refused[1].headers.origin, "chrome-extension://sample");
  await ask(`${WWW}/p/order/index.html`, { headers: { "sec-fetch-site": "none" } });
  const last = shop.requests.at(-1);
  assert.deepEqual([last.method, last.host, last.path, last.refused, last.headers["sec-fetch-site"]], ["GET", "www.aliexpress.com", "/p/order/index.html", false, "none"]);
});

test("garbage and broken connections do not end the shop", async () => {
  const [host, port] = shop.proxy.split(":");
  const throwAt = (bytes) => new Promise((done) => {
    const socket = net.connect(Number(port), host, () => socket.write(bytes, () => setTimeout(() => (socket.resetAndDestroy(), done()), 20)));
    socket.on("error", done);
  });
  await Promise.all(["\x16\x03\x01garbage\r\n\r\n", "CONNECT www.aliexpress.com:443 HTTP/1.1\r\nHost: x\r\n\r\nnot tls", "GET / HTTP/1.1\r\nHost: \r\n\r\n",
    "CONNECT :443 HTTP/1.1\r\nHost: x\r\n\r\n", "GET http://[ HTTP/1.1\r\nHost: x\r\n\r\n"].map(throwAt));
  assert.equal((await ask(`${WWW}/`)).status, 200);
});

test("the list comes in tens, in order, until there is no more", async () => {
  const seen = [];
  for (let pageIndex = 1, more = true; more; pageIndex += 1) {
    const answer = await list({ statusTab: "all", pageIndex });
    const keys = answer.hierarchy.structure.pc_om_list_body_1;
    more = fieldsOf(answer, "pc_om_list_body").hasMore;
    assert.ok(keys.length === 10 || !more);
    seen.push(...keys.map((key) => answer.data[key].fields.orderId));
  }
  assert.deepEqual(seen, shop.orders.map(({ id }) => id));
  const tab = await list({ statusTab: "unpaid" });
  assert.deepEqual(tab.hierarchy.structure.pc_om_list_body_1, [`pc_om_list_order_${named("unpaid").id}`]);
});

test("ids are the agreed ones and unlike one another", () => {
  assert.equal(SAMPLE_ORDER_ID, "8200000000000001");
  assert.ok(shop.orders.length >= 18);
  shop.orders.forEach(({ id }, index) => assert.equal(BigInt(id), 8200000000000001n + BigInt(index)));
  const lines = shop.orders.flatMap(({ list: { orderLines } }) => orderLines.map(({ orderLineId }) => orderLineId));
  assert.equal(new Set(lines).size, lines.length);
  assert.ok(lines.every((id) => /^82000000000\d{5}$/.test(id) && id >= "8200000000020001"));
  assert.deepEqual(shop.orders.map(({ name }) => name), CASE_NAMES);
});

test("dates follow now and the zone", async () => {
  const answer = await detail(named("transit_near_end").id);
  assert.match(fieldsOf(answer, "detail_order_services").data[0].content, /Refund if no delivery before Sep 23, 2026/);
  const info = fieldsOf(answer, "detail_simple_order_info_component");
  assert.deepEqual([info.orderCreatTime, info.orderShipTime, info.orderEndTime], ["Jul 25, 2026", "Jul 27, 2026", undefined]);
  assert.equal(named("transit_near_end").truth.refund_if_not_delivered_before, "2026-09-23");
  const { module } = await data("mtop.ae.ld.querydetail", { tradeOrderId: named("transit_near_end").id });
  assert.ok(module.fastDeliveryInfoDTO.fdContentList.includes("Refund if no delivery before Sep 22, 2026"));
  const completed = named("window_36h").truth;
  assert.equal(completed.completed_on, "2026-09-06");
  const [east] = makeOrders(new Date("2026-09-20T10:00:00Z"), { count: 1, zone: "Pacific/Kiritimati" });
  const [west] = makeOrders(new Date("2026-09-20T10:00:00Z"), { count: 1, zone: "Pacific/Honolulu" });
  assert.deepEqual([east.list.orderDateText, west.list.orderDateText], ["Aug 24, 2026", "Aug 23, 2026"]);
});

test("each order says its state, and a dispute closes the way to another one until it is withdrawn", async () => {
  for (const { id, truth, name } of shop.orders) {
    const answer = await detail(id);
    const offered = Object.values(answer.data).some(({ fields }) => fields.productVOList?.some(({ buttonVOS }) => buttonVOS.some(({ type }) => type === "OPEN_DISPUTE")));
    assert.equal(offered, truth.can_dispute, name);
    if (truth.dispute_status) assert.equal(offered, truth.dispute_status === "withdrawn", name);
    assert.ok(fieldsOf(answer, "detail_order_status_block").reminder, name);
    assert.equal(Boolean(answer.global.sampleTimer), Boolean(truth.timer_ends_at), name);
  }
  const stages = new Set(shop.orders.map(({ truth }) => truth.dispute_status ?? truth.order_status));
  for (const stage of ["unpaid", "to_ship", "in_transit", "delivered", "completed", "cancelled", "expired", "refunded", "wait_seller", "wait_buyer", "mediation",
    "evidence_requested", "decision_proposed", "return_approved", "return_sent", "refund_processed", "decided_against", "closed", "withdrawn", "appeal_pending", "unknown"]) assert.ok(stages.has(stage), stage);
});

test("an order that is none has an empty answer", async () => {
  for (const id of ["abc", "8200000000099999"]) assert.deepEqual((await detail(id)).data, {});
});

test("the receiver is in the data of the detail and of tracking, and nowhere in the list", async () => {
  assert.deepEqual(fieldsOf(await detail(SAMPLE_ORDER_ID), "detail_simple_order_info_component").addressVO, RECEIVER);
  assert.deepEqual((await data("mtop.ae.ld.querydetail", { tradeOrderId: SAMPLE_ORDER_ID })).module.logisticsReceiverInfo, RECEIVER);
  assert.doesNotMatch(JSON.stringify(await list({ statusTab: "all", pageSize: 100 })), new RegExp(RECEIVER.name));
});

test("the foreign products share no number with an order", async () => {
  const { products } = await data("mtop.sample.recommend", {});
  const own = new Set(shop.orders.flatMap((order) => order.list.orderLines.map(({ productId }) => productId)));
  assert.equal(products.length, 140);
  assert.ok(products.every(({ productId }) => !own.has(productId)));
});

test("a state can change while the shop is open", async () => {
  const mine = await openShop({ now: NOW, zone: "UTC" });
  try {
    const { id } = mine.orders.find(({ name }) => name === "transit_early");
    mine.setState(id, "dispute_mediation");
    const body = await data("mtop.aliexpress.trade.buyer.order.detail", { tradeOrderId: id }, { proxy: mine.proxy });
    assert.equal(fieldsOf(body, "detail_order_status_block").title, "AliExpress stepped in");
    assert.match(fieldsOf(body, "detail_product_block").productVOList[0].itemTitle, /^Sample USB-C/);
    assert.throws(() => mine.setState(id, "no_such_case"), RangeError);
    assert.throws(() => mine.setState("1", "unpaid"), RangeError);
  } finally {
    await mine.close();
  }
});

test("a hundred orders can be made and shown at once", async () => {
  const orders = makeOrders(NOW, { count: 100, zone: "UTC" });
  const many = await openShop({ now: NOW, orders, pageSize: 100 });
  try {
    const answer = await list({ statusTab: "all" }, { proxy: many.proxy });
    assert.equal(answer.hierarchy.structure.pc_om_list_body_1.length, 100);
    assert.equal(fieldsOf(answer, "pc_om_list_body").hasMore, false);
  } finally {
    await many.close();
  }
});

test("close ends open connections and the port", async () => {
  const short = await openShop({ now: NOW });
  const [host, port] = short.proxy.split(":");
  const socket = net.connect(Number(port), host);
  await new Promise((done) => socket.once("connect", done));
  const ended = new Promise((done) => socket.once("close", done).on("error", () => {}));
  await short.close();
  await ended;
  await assert.rejects(ask("http://www.aliexpress.com/", { proxy: short.proxy }), /ECONNREFUSED/);
});

test("money and times are written as on the pages", () => {
  assert.deepEqual([money(2566, "USD"), money(12659, "BRL"), money(1_234_567, "BRL"), money(12340, "KRW"), money(817, "BARE"), money(-300, "USD"), money(5, "EUR")],
    ["US $25.66", "R$126,59", "R$12.345,67", "₩12,340", "$8.17", "-US $3.00", "€0.05"]);
  assert.deepEqual([formatPriceInfo(2566, "USD"), formatPriceInfo(12340, "KRW")], ["US $25.66|25|66", "₩12,340|12340|"]);
  assert.deepEqual([timeLeft(70_884_000), timeLeft(149_040_000), timeLeft(90_000_000)], ["19 hours 41 minutes", "1 day 17 hours", "1 day 1 hour"]);
});
