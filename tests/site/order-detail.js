// What the detail page of an order gets (handbook of pages, 3.2).

import { buttonsOf, chatUrl, HOST, lineFields, statusTitle, storeName, storeUrl } from "./order-parts.js";
import { formatPriceInfo, money } from "./text.js";
import { commitment, INVENTED, OBSERVED, RECEIVER } from "./words.js";

const HOUR_MS = 3_600_000;

/** The components of the detail page, in page order. */
export function detailComponents(context, tracking) {
  const lastEvent = tracking?.trackingDetailLineList[0]?.detailList[0];
  const { spec, id, at, date, lines, dispute } = context;
  const stores = [...new Set(lines.map(({ store }) => store))];
  const component = (tag, fields) => ({ tag, fields });
  return [
    component("detail_order_status_block", {
      orderId: Number(id), title: dispute?.title ?? statusTitle(context), reminder: reminderOf(context), buttonVOList: detailButtons(context),
    }),
    ...servicesOf(context).map(([tag, fields]) => component(tag, fields)),
    component("detail_simple_order_info_component", {
      tradeOrderId: Number(id), orderIdTitle: "Ref. Number", orderCreatTimeTile: "Order placed on", orderCreatTime: date(at.placed),
      ...(at.paid && { payTimeTitle: "Paid on", payTime: date(at.paid), paymentMethodTitle: "Payment method", paymentMethod: "Credit/Debit card" }),
      ...(at.shipped && { orderShipTimeTile: "Shipment completed on", orderShipTime: date(at.shipped) }),
      ...(at.completed && { orderEndTimeTile: "Order completed on", orderEndTime: date(at.completed) }),
      addressVO: RECEIVER,
    }),
    ...stores.map((store) => component("detail_product_block", {
      sellerVO: { sellerName: storeName(store), storeUrl: storeUrl(store), connectUrl: chatUrl(id) },
      productVOList: lines.filter((line) => line.store === store).map((line) => productFields(line, context, lastEvent)),
    })),
    component("detail_order_price_block", priceFields(context)),
  ];
}

function detailButtons(context) {
  const { lines, dispute } = context;
  const receipt = context.at.paid ? [{ type: "DOWNLOAD_RECEIPT", text: "Receipt" }] : [];
  const url = `https://m.aliexpress.com/p/refund-amount/detail.html?pha_manifest=refund-amount&tradeOrderLineId=${lines[0].id}`;
  return [...(dispute ? [{ type: "REFUND_DETAIL", text: "View details", href: url }] : []), ...buttonsOf(context), ...receipt];
}

function reminderOf({ spec, at, after, date, dispute, disputeAmount, currency, now }) {
  if (dispute) {
    const until = dispute.hours && date(new Date(now.getTime() + dispute.hours * HOUR_MS));
    return dispute.reminder({ amount: money(disputeAmount, currency), until });
  }
  if (spec.cancelHours) return INVENTED.cancelRequested;
  if (spec.shipBy) return INVENTED.toShipOverdue(date(after(spec.shipBy)));
  if (spec.status === "in_transit" && spec.parcels.length === 0) return INVENTED.noTracking;
  if (spec.status === "completed") {
    const { confirm, placed } = spec.windows ?? {};
    return (confirm ? OBSERVED.returnWithin(confirm) : INVENTED.completedLongAgo) + (placed ? OBSERVED.disputeWithin(placed) : "");
  }
  if (spec.status === "delivered") return INVENTED.delivered(date(at.delivered));
  return { unpaid: INVENTED.unpaid, to_ship: INVENTED.toShip, in_transit: INVENTED.inTransit, cancelled: INVENTED.cancelled,
    expired: INVENTED.expired, refunded: INVENTED.refunded }[spec.status];
}

/** The two blocks about the commitment, as [tag, fields]; none where the page promises nothing. */
function servicesOf({ spec, at, after, date }) {
  const promise = spec.promise;
  if (!promise) return [];
  const coupon = promise.coupon !== undefined && date(after(promise.coupon));
  const refund = date(after(promise.refund));
  const sentences = commitment(coupon, refund);
  const bar = coupon && at.paid && ["detail_service_progress_bar", {
    title: "Fast delivery: active", text: OBSERVED.collectCoupon(coupon), currentNode: promise.coupon < 0 ? 1 : 0,
    nodes: [{ text: "Paid", time: date(at.paid) }, { text: "US $1.00", time: date(after(promise.coupon + 2)) }, { text: "Refund", time: refund }],
  }];
  const free = promise.freeReturn && { title: "Free returns", content: OBSERVED.freeReturns(promise.freeReturn) };
  return [
    ...(bar ? [bar] : []),
    ["detail_order_services", {
      title: "Service Commitment", styleType: "US",
      data: [{ title: coupon ? "Fast delivery" : "Delivery", content: sentences.join(" · ") }, ...(free ? [free] : [])],
    }],
  ];
}

function productFields(line, context, lastEvent) {
  const { spec, id, after, date, canDispute } = context;
  const eta = spec.promise?.eta;
  const start = `${HOST}/p/reverse-pages/start.html?tradeOrderLineId=${line.id}`;
  const ask = {
    title: "Have you received your package?",
    okButton: { text: "Yes", href: `${start}&received=yes` }, cancelButton: { text: "No", href: `${start}&received=no` },
  };
  return {
    ...lineFields(line, context),
    etaAndTrack: {
      ...(eta !== undefined && { expectDeliveryDateTitle: `Estimated delivery date: ${date(after(eta))}` }),
      ...(lastEvent && { trackTitle: lastEvent.trackingName, trackDesc: lastEvent.trackingDetailDesc }),
    },
    snapshotUrl: `/p/order/snapshot.html?orderId=${id}&productId=${line.product}`,
    buttonVOS: [
      ...(canDispute ? [{ type: "OPEN_DISPUTE", text: "Returns/refunds", actionType: "ASYNC_CONFIRM", extMap: ask }] : []),
      { type: "REPURCHASE_LINE", text: "Add to cart" },
    ],
  };
}

function priceFields({ spec, currency, subtotal, total }) {
  return {
    priceDetails: [
      { title: "Subtotal", value: money(subtotal, currency) },
      { title: "Shipping", value: "Free shipping", hide: true },
      ...(spec.coupon ? [{ title: "Store Coupon", value: money(-spec.coupon, currency), hide: true }] : []),
      { title: "Tax", value: money(0, currency), hide: true },
    ],
    totalPrice: { title: "Total", value: money(total, currency), formatPriceInfo: formatPriceInfo(total, currency) },
  };
}
