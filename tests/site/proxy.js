// The proxy in front of the sample shop: answers for the shop's hosts, refuses every other, and writes down all that came.

import http from "node:http";
import https from "node:https";

import { certificate } from "./certificate.js";

const SHOP_HOST = /^(?:[a-z0-9-]+\.)*aliexpress\.(?:com|us|ru)$/i;
const KEPT_HEADERS = ["origin", "referer", "sec-fetch-site", "sec-fetch-mode", "sec-fetch-dest", "user-agent"];

/**
 * Starts the proxy on the loopback interface. `answer(request, response, url)` serves the shop's hosts.
 * Gives `{ address, requests, close }`; `requests` grows while the proxy runs, oldest first.
 */
export async function startProxy({ port, answer }) {
  const requests = [];
  const sockets = new Set();

  const serve = (scheme) => (request, response) => {
    request.on("error", () => {});
    response.on("error", () => {});
    const url = addressOf(request, scheme);
    const refused = !url || !SHOP_HOST.test(url.hostname);
    requests.push(record(request, url?.host ?? request.headers.host ?? "", url ? url.pathname + url.search : request.url, refused));
    if (refused) {
      response.writeHead(502, { "content-type": "text/plain", connection: "close" });
      response.end("The sample shop answers for its own hosts only.\n");
      return;
    }
    Promise.resolve(answer(request, response, url)).catch((error) => {
      console.error(`sample shop: ${request.method} ${url}: ${error.stack}`);
      if (!response.headersSent) response.writeHead(500, { "content-type": "text/plain" });
      response.end();
    });
  };

  const plain = http.createServer(serve("http"));
  const secure = https.createServer(await certificate(), serve("https"));

  for (const server of [plain, secure]) {
    server.on("clientError", (_error, socket) => socket.destroy());
    server.on("tlsClientError", (_error, socket) => socket.destroy());
    server.on("error", () => {});
  }
  plain.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  plain.on("connect", (request, socket, head) => {
    const { hostname, port: wanted } = splitAuthority(request.url);
    const refused = !SHOP_HOST.test(hostname) || wanted !== "443";
    requests.push(record(request, request.url, "", refused));
    if (refused) {
      socket.end("HTTP/1.1 502 Refused\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
      return;
    }
    socket.write("HTTP/1.1 200 Connected\r\n\r\n");
    if (head.length) socket.unshift(head);
    secure.emit("connection", socket);
  });

  await new Promise((done, failed) => {
    plain.once("error", failed);
    plain.listen(port, "127.0.0.1", done);
  });

  const close = async () => {
    const closed = new Promise((done) => plain.close(done));
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  return { address: `127.0.0.1:${plain.address().port}`, requests, close };
}

function record(request, host, path, refused) {
  const headers = Object.fromEntries(KEPT_HEADERS.filter((name) => name in request.headers).map((name) => [name, request.headers[name]]));
  return { at: new Date().toISOString(), method: request.method, host, path, refused, headers };
}

/** A proxied request names its whole address; one inside a tunnel names path and host. */
function addressOf(request, scheme) {
  const whole = request.url.startsWith("/") ? `${scheme}://${request.headers.host}${request.url}` : request.url;
  return URL.canParse(whole) ? new URL(whole) : undefined;
}

function splitAuthority(authority) {
  const colon = authority.lastIndexOf(":");
  return { hostname: authority.slice(0, colon), port: authority.slice(colon + 1) };
}
