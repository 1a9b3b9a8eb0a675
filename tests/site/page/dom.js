// Small tools of the page scripts: elements, prices in single characters, data calls.

/** Milliseconds after load at which the frame, the content and the late parts appear, as on a real page. */
export const APPEARS = { frame: 350, content: 800, late: 1200 };

export const NBSP = "\u00a0";

/** An element; `attributes` may hold `class`, `style` (an object, set without a style attribute) and `on` (listeners). */
export function el(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === false) continue;
    if (name === "style") Object.assign(element.style, value);
    else if (name === "on") for (const [event, listener] of Object.entries(value)) element.addEventListener(event, listener);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== undefined && child !== null && child !== false));
  return element;
}

/** A price as the site writes it: every character in a span of its own, under hashed class names. */
export function charPrice(text) {
  return el("div", { class: "es--wrap--1Hlfkoj notranslate" }, [...text].map((char) => el("span", { class: "es--char--1Z3wUdt" }, char)));
}

/** The little markup that the data carries (`richText`). */
export function rich(html) {
  const holder = document.createElement("template");
  holder.innerHTML = html;
  return holder.content;
}

/** A class name that depends on the kind of page only: blocks whose real names nobody knows get one that cannot be relied on. */
export function passingName(kind, role) {
  let hash = 7;
  for (const char of `${kind}/${role}`) hash = (hash * 31 + char.codePointAt(0)) % 2_147_483_647;
  return `c${hash.toString(36)}`;
}

/** The data of one call. `post` sends it in a form, as later list pages do. */
export async function call(api, data, { post = false } = {}) {
  const slow = new URLSearchParams(location.search).get("slow");
  const query = new URLSearchParams({ jsv: "2.5.1", api, v: "1.0", ...(slow && { slow }), ...(!post && { data: JSON.stringify(data) }) });
  const body = post ? new URLSearchParams({ data: JSON.stringify(data) }) : undefined;
  const response = await fetch(`/h5/${api.toLowerCase()}/1.0/?${query}`, { method: post ? "POST" : "GET", body });
  const answer = await response.json();
  if (!answer.ret[0].startsWith("SUCCESS")) throw new Error(answer.ret[0]);
  return answer.data;
}

/** Waits until `ms` after `start` (performance.now()). */
export function until(start, ms) {
  return new Promise((done) => setTimeout(done, Math.max(0, start + ms - performance.now())));
}

/** The parts with a tag, in the order of the answer. */
export function tagged(answer, tag) {
  return Object.values(answer.data).filter((part) => part.tag === tag).map((part) => part.fields);
}

/** A picture as the site shows it: the background of an element. */
export const background = (url) => ({ backgroundImage: `url("${url}")` });

/** The site's buttons: links where the data has an address. */
export function button({ text, href }, className, primary) {
  const name = `comet-btn${primary ? " comet-btn-primary" : ""} comet-btn-block ${className}`;
  return href ? el("a", { class: name, href }, el("span", {}, text)) : el("button", { class: name, type: "button" }, el("span", {}, text));
}
