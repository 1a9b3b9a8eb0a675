// The tracking answer of an order (handbook of pages, 3.3): one entry per parcel, events newest first.

import { dateRange, eventTime, pageDate } from "./text.js";
import { commitment, EVENTS, RECEIVER } from "./words.js";

const ORDINAL = { AE_ORDER_PLACED: "placed", AE_ORDER_PAID: "paid", AE_GWMS_OUTBOUND: "shipped" };

/** The `module` of querydetail; undefined for an order that was never shipped. */
export function trackingOf({ spec, id, at, after, zone, lines }) {
  if (!at.shipped) return undefined;
  const promise = spec.promise;
  // The tracking page names a day less than the order page for the same order (handbook 3.2).
  const refund = promise && pageDate(after(promise.refund - 1), zone);
  const coupon = promise?.coupon !== undefined && pageDate(after(promise.coupon), zone);
  return {
    ...(promise && {
      fastDeliveryInfoDTO: {
        fdTitle: coupon ? "Fast delivery" : "Delivery", fdStatusDesc: "Protection ",
        fdContentList: commitment(coupon, refund),
      },
    }),
    trackingDetailLineList: spec.parcels.map((parcel, place) => ({
      ...(!parcel.hidden && { mailNo: mailNumber(id, place), originMailNo: mailNumber(id, place) }),
      blockMailNo: Boolean(parcel.hidden), logisticsCarrierName: spec.choice ? "AliExpress Selection Standard" : "Cainiao Standard",
      packageMinCreateTime: at.shipped.getTime(), ...etaOf(spec, after, zone),
      packageItemList: lines.filter((_, line) => spec.parcels.length === 1 || line === place).map(({ title }) => ({ title })),
      detailList: eventsOf(parcel, at, after, zone),
    })),
    logisticsReceiverInfo: RECEIVER,
  };
}

/** Invented tracking number in the form of the postal union. */
function mailNumber(id, place) {
  return `LP00${id.slice(-8)}${place}SX`;
}

function etaOf(spec, after, zone) {
  const eta = spec.promise?.eta;
  if (eta === undefined) return {};
  const [from, to] = [after(eta - 4), after(eta)];
  return { etaInfo: { etaTimeText: dateRange(from, to, zone), beginEtaTime: from.getTime(), endEtaTime: to.getTime() } };
}

/** Events up to the parcel's last one: the first three at the order's own times, the rest evenly up to `last`. */
function eventsOf({ upto, last }, at, after, zone) {
  const reached = EVENTS.slice(0, EVENTS.findIndex(([code]) => code === upto) + 1);
  const spread = reached.length - Object.keys(ORDINAL).length;
  const step = (after(last) - at.shipped) / Math.max(spread, 1);
  return reached
    .map(([code, name, text], place) => {
      const time = ORDINAL[code] ? at[ORDINAL[code]].getTime() : at.shipped.getTime() + step * (place - 2);
      return { time: Math.round(time), timeText: eventTime(time, zone), trackingName: name, trackingDetailDesc: text, trackingPrimaryCode: code };
    })
    .reverse();
}

