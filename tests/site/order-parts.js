// Parts that the list and the detail of an order share: its lines, buttons, title and addresses.

import { formatPriceInfo, money } from "./text.js";
import { INVENTED, STATUS } from "./words.js";

/** The site to which the addresses of an order lead. */
export const HOST = "https://www.aliexpress.com";
const FIRST_STORE = 1100000000;

/** The status as list and detail page name it. */
export function statusTitle({ spec }) {
  return spec.cancelHours ? INVENTED.cancelRequestedTitle : STATUS[spec.status];
}

/** One line of an order, as list and detail page share it. */
export function lineFields(line, { spec, currency }) {
  const image = `/kf/${line.picture}_${line.product}_220x220.svg`;
  return {
    orderLineId: line.id, productId: line.product, itemTitle: line.title, itemDetailUrl: `//www.aliexpress.com/item/${line.product}.html`,
    itemImgUrl: image, itemPriceText: money(line.price, currency), formatPriceInfo: formatPriceInfo(line.price, currency),
    quantity: line.quantity, skuAttrs: line.sku ? line.sku.split(", ").map((text) => ({ name: "Option", text })) : [],
    itemTags: spec.promise?.freeReturn ? [{ type: "LOCAL_FREE_RETURN", richText: '<font color="#009966">Free returns</font>' }] : [],
  };
}

/** The buttons of an order, the main one first. */
export function buttonsOf({ spec, id, at }) {
  const confirm = { type: "CONFIRM_GOODS", text: "Confirm received" };
  const track = { type: "TRACKING", text: "Track status", href: trackingUrl(id) };
  const again = { type: "REPURCHASE", text: "Add to cart" };
  if (spec.status === "unpaid") return [{ type: "PAY", text: "Pay now" }];
  if (spec.status === "in_transit" || spec.status === "delivered") return [confirm, track];
  if (at.shipped) return [again, track];
  return spec.status === "to_ship" ? [again] : [again, { type: "DELETE", text: "Remove" }];
}

export const storeName = (number) => `Sample Store ${number}`;
export const storeUrl = (number) => `//www.aliexpress.com/store/${FIRST_STORE + number}`;
export const detailUrl = (id) => `${HOST}/p/order/detail.html?spm=a2g0o.order_list.order_list_main.1.00000000&orderId=${id}`;
export const trackingUrl = (id) => `${HOST}/p/tracking/index.html?_addShare=no&_login=yes&tradeOrderId=${id}`;
export const chatUrl = (id) => `${HOST}/p/message/index.html?fromCode=order&orderId=${id}&bizContext=orderDetail`;
