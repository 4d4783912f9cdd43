// The timings and abilities of a route that the payment machine follows; data of the adapter's profile, overridable in the configuration.

/** Of a main scan. */
export type PresentingPolicy = {
  /** From the order to the end of its code: 2 minutes at least, 2 hours at most. */
  codeFor_ms: number;
  /** How often the code is asked for, under the same number, before the till gives up. */
  tries: number;
  retryAfter_ms: number;
  inquireEvery_ms: number;
  /** Closings, measured from the first one; after the last, one every `closeEvery_ms` for an hour, then as seldom as a dispute is asked about. */
  closeAt_ms: readonly number[];
  closeEvery_ms: number;
};

export type PaymentPolicy = {
  /** How long an authorization may stay without an answer before it counts as unknown. */
  answerTimeout_ms: number;
  /** Inquiries, measured from the sending. Those already past when the doubt begins fall together into one at once. */
  inquiryAt_ms: readonly number[];
  /** Still undecided this long after the sending: reverse. */
  giveUpAt_ms: number;
  /** The cashier may give up from then on. */
  giveUpFrom_ms: number;
  awaitingEvery_ms: number;
  awaitingLimit_ms: number;
  /** How long one inquiry or reversal may stay without an answer. */
  callTimeout_ms: number;
  /** The acquirer takes no reversal earlier than this after the sending: the first one waits until then. */
  reverseFrom_ms: number;
  /** Reversals, measured from the first one; after the last, one every `reverseEvery_ms`, or more seldom (`easing_ms`). */
  reverseAt_ms: readonly number[];
  reverseEvery_ms: number;
  /** The acquirer accepts a reversal this long after the sending. */
  reversalWindow_ms: number;
  /** What is in dispute is inquired about this often, for ever. */
  disputedEvery_ms: number;
  /** A reversal of a number the acquirer does not know closes that number for ever: its acknowledgement is proof. */
  tombstones: boolean;
  /** How long a request may still be on its way; without tombstones a reversal is proven only after it. */
  inFlightHorizon_ms: number;
  /** The same number with the same content never charges twice. */
  idempotentAuthorize: boolean;
  /**
   * A deferred payment that was sent twice, decided neither time, and is unknown there is sent again after so many slow inquiries. They take
   * longer than its flight: for most of that time nothing of it is on its way, and a person's word can end it.
   */
  resendAfter_inquiries: number;
  holdFor_ms: number;
  queueMaxAge_ms: number;
  /** Deferred attempts in doubt are inquired about for ever, this often after the schedule is spent. */
  deferredInquiryEvery_ms: number;
  /** Inquiries about a void or refund, measured from its sending; afterwards one every `giveBackInquiryEvery_ms`, or more seldom (`easing_ms`), for ever. */
  giveBackInquiryAt_ms: readonly number[];
  giveBackInquiryEvery_ms: number;
  /**
   * A refund that was refused is asked for again under its own number, or a copy of the refused request may give back beside it. False: what
   * was refused stays refused, and another try has a number of its own.
   */
  refundKeepsNumber: boolean;
  /**
   * A void or refund that was refused is kept there, and nothing is given back under its number any more. False: a copy of the refused request
   * that arrives late may be carried out.
   */
  refusedIsSpent: boolean;
  /** The clearing day ends this many minutes after midnight (Asia/Shanghai): its payments can't be voided any more. Null: no voids, only refunds. */
  clearingDayEnds_min: number | null;
  presenting: PresentingPolicy;
};

const second_ms = 1000;
const day_ms = 24 * 3600 * second_ms;

/** Where the acquirer has a call that ends a code at once. No source gives these figures: what a customer at a counter needs. */
export const presentingPolicy: PresentingPolicy = {
  codeFor_ms: 300 * second_ms,
  tries: 3,
  retryAfter_ms: 1 * second_ms,
  inquireEvery_ms: 3 * second_ms,
  closeAt_ms: [0, 2, 5, 10, 20, 40].map((at) => at * second_ms),
  closeEvery_ms: 30 * second_ms,
};

/** Where a code that nobody has scanned can only run out: two minutes, which an acquirer that takes whole minutes only has then, too. */
export const lastingCodePolicy: PresentingPolicy = { ...presentingPolicy, codeFor_ms: 130 * second_ms };

/** reference: gateway protocol page, "errCode of pay" and the query schedule below it. */
export const gatewayPolicy: PaymentPolicy = {
  answerTimeout_ms: 10 * second_ms,
  inquiryAt_ms: [5, 10, 15, 25, 45].map((at) => at * second_ms),
  giveUpAt_ms: 45 * second_ms,
  giveUpFrom_ms: 5 * second_ms,
  awaitingEvery_ms: 3 * second_ms,
  awaitingLimit_ms: 45 * second_ms,
  callTimeout_ms: 10 * second_ms,
  reverseFrom_ms: 0,
  reverseAt_ms: [0, 2, 5, 10, 20, 40].map((at) => at * second_ms),
  reverseEvery_ms: 60 * second_ms,
  reversalWindow_ms: 7 * day_ms,
  disputedEvery_ms: 600 * second_ms,
  tombstones: true,
  inFlightHorizon_ms: 120 * second_ms,
  idempotentAuthorize: true,
  resendAfter_inquiries: 15,
  holdFor_ms: 55 * second_ms,
  queueMaxAge_ms: day_ms,
  deferredInquiryEvery_ms: 60 * second_ms,
  giveBackInquiryAt_ms: [2, 5, 10, 20, 40].map((at) => at * second_ms),
  giveBackInquiryEvery_ms: 60 * second_ms,
  refundKeepsNumber: false,
  refusedIsSpent: true,
  clearingDayEnds_min: 23 * 60,
  presenting: presentingPolicy,
};
