// Parts that several views share: the block of foreign products, the question box, the countdown, an empty answer.

import { background, call, charPrice, el } from "./dom.js";
import { timeLeft } from "./text.js";

/** The recommendation block: 140 products that belong to no order. */
export async function recommendations() {
  const { products } = await call("mtop.sample.recommend", {});
  const card = (product) => el("a", { class: "recommend-card", href: `//www.aliexpress.com/item/${product.productId}.html` },
    el("div", { class: "recommend-img", style: background(`/kf/${product.picture}_${product.productId}_220x220.svg`) }),
    el("div", { class: "item-title" }, product.title),
    el("div", { class: "item-price" }, charPrice(product.priceText)),
    el("div", { class: "recommend-note" }, `${product.sold} · `, el("span", { class: "order-item-tag" }, product.note)));
  return el("div", { class: "order-recommend" }, el("h3", {}, "More to love"), el("div", { class: "recommend-grid" }, products.map(card)));
}

/** The countdown line; its text follows the clock of the answer. */
export function countdown(timer, curTime, className) {
  const shift = curTime - Date.now();
  const value = el("b", {});
  const tick = () => {
    const text = timeLeft(Math.max(0, timer.endsAt - Date.now() - shift));
    if (value.textContent !== text) value.textContent = text;
  };
  tick();
  const beat = setInterval(() => (value.isConnected ? tick() : clearInterval(beat)), 1000);
  return el("div", { class: className }, `${timer.label} `, value);
}

/** The question before a return can be opened. */
export function ask({ title, okButton, cancelButton }) {
  const box = el("div", { class: "comet-modal-wrap" },
    el("div", { class: "comet-modal", role: "dialog", "aria-label": title },
      el("div", { class: "comet-modal-title" }, title),
      el("div", { class: "comet-modal-footer" }, [okButton, cancelButton].map(({ text, href }, place) =>
        el("a", { class: `comet-btn${place ? "" : " comet-btn-primary"}`, href }, el("span", {}, text)))),
      el("button", { class: "comet-modal-close", "aria-label": "Close", on: { click: () => box.remove() } }, "×")));
  document.body.append(box);
}

/** A page that has nothing to show. The wording is invented. */
export function nothing(text) {
  return el("div", { class: "order-wrap" }, el("div", { class: "order-block order-empty" }, text));
}
