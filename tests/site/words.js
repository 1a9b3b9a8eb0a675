// The sentences of the shop's pages. What was observed on the real pages stands first; all the rest is invented in one place.

/** Status titles, handbook of pages 4.1. */
export const STATUS = {
  unpaid: "Awaiting payment",
  to_ship: "Awaiting shipment",
  in_transit: "Awaiting delivery",
  delivered: "Awaiting delivery",
  completed: "Completed",
  cancelled: "Canceled",
  expired: "Expired",
  refunded: "Completed",
};

/** Sentences as served (the missing spaces after full stops too), handbook 3.2 and 4.1. */
export const OBSERVED = {
  returnWithin: (days) => `Order complete.If there are any problems, you can apply for a return/refund within ${days} days of confirming receipt.`,
  disputeWithin: (days) => `If the item you received is defective or not as described, you can open a dispute within ${days} days after order was placed.`,
  couponIfDelayed: (date) => `Apply for US $1.00 coupon code if delayed by ${date}`,
  refundIfNotDelivered: (date) => `Refund if no delivery before ${date}`,
  refundIfDamaged: "Refund if items damaged",
  refundIfLost: "Refund if package lost",
  collectCoupon: (date) => `If delivered after ${date} you can collect a US $1.00 coupon after 48 hours of that date`,
  freeReturns: (days) => `Not satisfied with your order? Send it back within ${days} days after delivery. Returns are free of charge from your pick-up point.`,
};

/** The sentences of the delivery commitment; `coupon` and `refund` are dates as the page writes them, `coupon` may be missing. */
export function commitment(coupon, refund) {
  return [...(coupon ? [OBSERVED.couponIfDelayed(coupon)] : []), OBSERVED.refundIfNotDelivered(refund), OBSERVED.refundIfDamaged, OBSERVED.refundIfLost];
}

/**
 * INVENTED: no source shows these wordings (GAPs of the handbook: reminder of an order that is not completed, payment
 * timer, every text of a running dispute). Nothing may be learnt from them about the real pages.
 */
export const INVENTED = {
  cancelRequestedTitle: "Awaiting cancellation",
  unpaid: "Your order is not paid yet. It will be closed when the time to pay is over.",
  unpaidTimer: "Time left to pay:",
  toShip: "Your payment was received. The seller is preparing your package.",
  toShipOverdue: (date) => `The seller was expected to ship your order by ${date}.`,
  cancelRequested: "You asked to cancel this order. The seller has not answered yet.",
  cancelTimer: "Time left for the seller to answer:",
  inTransit: "Your package is on its way. Please confirm receipt only after you have checked the items.",
  noTracking: "There is no tracking information for this package yet.",
  delivered: (date) => `Your package was delivered on ${date}. Please check the items before you confirm receipt.`,
  completedLongAgo: "Order complete.",
  cancelled: "This order was canceled. Your payment was returned to the original payment method.",
  expired: "This order was closed because it was not paid in time.",
  refunded: "The refund for this order was sent to the original payment method.",
};

/**
 * INVENTED: the stages of a dispute. `title` is the status title of the detail page and the extra line of the list card,
 * `reminder` the sentence below it, `timer` the label of a countdown of `hours`. `amount` is a part of the order's total,
 * `opened` the day from now on which the buyer opened it.
 */
export const DISPUTE = {
  wait_seller: {
    title: "Waiting for seller's response", opened: -2.1, amount: 1, hours: 76.3, timer: "Time left for the seller to respond:",
    reminder: ({ amount }) => `You opened a dispute and asked for a refund of ${amount}. The seller has not responded yet.`,
  },
  wait_buyer: {
    title: "Waiting for your response", opened: -4.3, amount: 0.3, hours: 41.4, timer: "Time left for you to respond:",
    reminder: ({ amount }) => `The seller offers a partial refund of ${amount}. If you do not respond in time, the seller's solution will be accepted.`,
  },
  mediation: {
    title: "AliExpress stepped in", opened: -8.4, amount: 1,
    reminder: () => "AliExpress is reviewing your dispute. You can still add evidence.",
  },
  evidence_requested: {
    title: "Evidence requested", opened: -10.2, amount: 1, hours: 52.7, timer: "Time left to upload evidence:",
    reminder: ({ until }) => `AliExpress needs more evidence from you. Please upload photos or a video before ${until}.`,
  },
  decision_proposed: {
    title: "AliExpress proposed a solution", opened: -14.5, amount: 0.5, hours: 63.1, timer: "Time left for you to respond:",
    reminder: ({ amount }) => `AliExpress proposes a partial refund of ${amount}. Please accept or reject the solution.`,
  },
  return_approved: {
    title: "Return approved", opened: -7.7, amount: 1, hours: 190.6, timer: "Time left to return the item:",
    reminder: ({ until }) => `Please send the item back and enter the return tracking number before ${until}.`,
  },
  return_sent: {
    title: "Return package sent", opened: -18.3, amount: 1,
    reminder: () => "The return package is on its way. The refund starts when the seller has received it.",
  },
  refund_processed: {
    title: "Refund processing", opened: -26.2, amount: 1,
    reminder: ({ amount }) => `A refund of ${amount} is being processed to the original payment method.`,
  },
  decided_against: {
    title: "Dispute closed: no refund", opened: -30.1, amount: 0, hours: 101.2, timer: "Time left to appeal:",
    reminder: ({ until }) => `AliExpress decided not to refund this order. You can appeal before ${until}.`,
  },
  closed: {
    title: "Dispute finished", opened: -86.4, amount: 0,
    reminder: () => "The dispute is closed.",
  },
  withdrawn: {
    title: "Dispute cancelled", opened: -4.4, amount: 0,
    reminder: () => "You cancelled the dispute. You can open another one while the time for it runs.",
  },
  appeal_pending: {
    title: "Appeal submitted", opened: -38.6, amount: 1,
    reminder: () => "Your appeal was received and is being looked at.",
  },
  unknown: {
    title: "Passed on to a special team", opened: -9.4, amount: 1,
    reminder: () => "Your request was passed on. You will hear from us.",
  },
};

/** Invented personal-looking data. No reader may ever take up one of these strings. */
export const RECEIVER = {
  name: "Receiver Sample",
  phone: "+00 000 0000 0000",
  street: "Sample Street 1, Unit 00",
  town: "Sampletown, Sample Region, 00000",
};

/** Tracking events by code (handbook 3.3; the wordings are invented where the handbook has none), oldest first. */
export const EVENTS = [
  ["AE_ORDER_PLACED", "Order placed", "Order placed successfully"],
  ["AE_ORDER_PAID", "Paid", "Payment completed"],
  ["AE_GWMS_OUTBOUND", "Shipped", "Package left the warehouse"],
  ["AE_SC_INBOUND_SUCCESS", "In transit", "Package arrived at sorting center"],
  ["AE_SC_OUTBOUND_SUCCESS", "In transit", "Package left sorting center"],
  ["AE_CC_EX_SUCCESS", "In transit", "Export customs clearance complete"],
  ["AE_LH_DEPART", "In transit", "Package left departure region"],
  ["AE_LH_ARRIVE", "In transit", "Package arrived at destination region"],
  ["AE_CC_IM_START", "Customs", "Import customs clearance started"],
  ["AE_CC_IM_SUCCESS", "Customs", "Import customs clearance complete"],
  ["AE_CC_HO_OUT_SUCCESS", "In transit", "Package left carrier facility"],
  ["AE_GTMS_ACCEPT", "In transit", "Received by local delivery company"],
  ["AE_GTMS_DELIVERING", "Out for delivery", "Package is out for delivery"],
  ["AE_GTMS_SIGNED", "Delivered", "Package delivered"],
];

/** INVENTED: messages of the seller and the buyer, `at` in days from now; of a case by its name, of any other order in dispute and of the rest. */
export const CHAT = {
  transit_early: [
    { from: "seller", at: -3.2, text: "Dear friend, your parcel is on its way. Please confirm receipt first, then we send a small gift." },
    { from: "buyer", at: -2.9, text: "I will confirm receipt when it is here." },
  ],
  delivered: [
    { from: "seller", at: -0.9, text: "Dear friend, if you confirm receipt today we give you a coupon." },
  ],
  dispute: [
    { from: "buyer", at: -3.4, text: "Hello, I opened a dispute. Please look at the description and the pictures there." },
    { from: "seller", at: -3.1, text: "Dear friend, very sorry for the inconvenience. Please do not worry, we will solve it." },
    { from: "seller", at: -2.2, text: "Dear friend, please close the dispute first, then we can resend a new one for you at once." },
    { from: "buyer", at: -2.0, text: "I would like to keep the dispute open until this is solved." },
    { from: "seller", at: -0.6, text: "We can also refund you by PayPal, it is faster. Please wait 10 more days." },
  ],
  other: [
    { from: "buyer", at: -0.9, text: "Hello, can you tell me more about my order?" },
    { from: "seller", at: -0.7, text: "Dear friend, thank you for your order. We will check it for you." },
  ],
};
