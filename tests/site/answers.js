// What the shop answers: page shells, the data behind them, pictures and its own scripts.

import { readFile } from "node:fs/promises";
import { randomBytes } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";

import { apiAnswer } from "./api.js";
import { CHOICE_BADGE, picture } from "./pictures.js";
import { captchaShell, indexShell, pageShell, signInShell } from "./shells.js";

const ASSETS = new Map(
  ["app", "dom", "list", "detail", "detail-blocks", "tracking", "service", "frame", "unknown"].map((name) => [`/assets/${name}.js`, `page/${name}.js`]),
);
ASSETS.set("/assets/shop.css", "page/shop.css").set("/assets/text.js", "text.js");
const TYPES = { js: "text/javascript; charset=utf-8", css: "text/css; charset=utf-8" };
const SHELL_PATHS = [
  /^\/p\/order\/(?:index|detail|snapshot)\.html$/, /^\/p\/(?:tracking|message)\/index\.html$/, /^\/p\/reverse-pages\/\w+\.html$/,
  /^\/p\/(?:refund-dispute\/list|refund-amount\/detail)\.html$/, /^\/item\/\d+\.html$/,
];
const LONGEST_WAIT_MS = 60_000;
const LARGEST_BODY = 65_536;

/** The handler of the proxy: `answer(request, response, url)`. */
export function makeAnswer(shop) {
  return async (request, response, url) => {
    const send = (status, type, body, headers = {}) => {
      response.writeHead(status, { "content-type": type, "cache-control": "no-store", ...headers });
      response.end(request.method === "HEAD" ? undefined : body);
    };
    const html = (shell, status = 200) => {
      const nonce = randomBytes(12).toString("base64");
      send(status, "text/html; charset=utf-8", shell(nonce), policy(shop.csp, nonce));
    };
    const asset = ASSETS.get(url.pathname);
    if (asset) return send(200, TYPES[asset.split(".").pop()], await readFile(new URL(asset, import.meta.url)));
    if (url.pathname.startsWith("/kf/")) return sendPicture(url, send);
    if (url.pathname.startsWith("/h5/")) return sendData(shop, request, url, send);
    if (url.pathname === "/favicon.ico") return send(200, "image/svg+xml", picture("bag", 1));
    if (url.pathname.startsWith("/_____tmd_____/") || url.searchParams.has("captcha")) return html(captchaShell);
    if (url.hostname.startsWith("login.") || url.searchParams.has("loggedout")) return html(signInShell);
    if (url.pathname === "/") return html((nonce) => indexShell(nonce, shop.orders));
    return html(pageShell, SHELL_PATHS.some((path) => path.test(url.pathname)) ? 200 : 404);
  };
}

function policy(csp, nonce) {
  if (csp === "none") return {};
  const allowed = [
    "default-src 'self'", `script-src 'self' 'nonce-${nonce}'`, `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:", "object-src 'none'", "base-uri 'none'",
  ];
  return { "content-security-policy": allowed.join("; ") };
}

function sendPicture(url, send) {
  const [name, number] = url.pathname.slice("/kf/".length).split("_");
  const drawing = name === "choice" ? CHOICE_BADGE : picture(name, Number(number?.slice(-4)) || 0);
  return drawing ? send(200, "image/svg+xml", drawing, { "cache-control": "max-age=600" }) : send(404, "text/plain", "no such picture\n");
}

/** The data calls of the pages: `/h5/<api>/1.0/?data={...}`, by GET or with the data in a POST form. */
async function sendData(shop, request, url, send) {
  const api = url.pathname.split("/")[2];
  const text = request.method === "POST" ? new URLSearchParams(await bodyOf(request)).get("data") : url.searchParams.get("data");
  const wait = Math.min(Number(url.searchParams.get("slow")) || 0, LONGEST_WAIT_MS);
  // Not to hold a closing program up.
  if (wait > 0) await sleep(wait, undefined, { ref: false });
  return send(200, "application/json", JSON.stringify({ api, v: "1.0", ...apiAnswer(shop, api, parsed(text)) }));
}

async function bodyOf(request) {
  let body = "";
  for await (const chunk of request) {
    body += chunk;
    if (body.length > LARGEST_BODY) throw new Error("request body too large");
  }
  return body;
}

function parsed(text) {
  try {
    return JSON.parse(text) ?? {};
  } catch {
    return {};
  }
}
