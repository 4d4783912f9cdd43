// What the till can prove of one payment: the answer to a customer who says "I have paid" (我已经付了). On screen and on paper alike.

/** One step of a payment's own story, oldest first, in words the screen translates by `what`. */
export type StoryStep = {
  at_ms: number;
  what:
    | 'opened'
    | 'sent'
    | 'held'
    | 'queued'
    | 'noAnswer'
    | 'notSent'
    | 'awaitingCustomer'
    | 'inquired'
    | 'stillUnknown'
    | 'notFound'
    | 'approved'
    | 'declined'
    | 'expired'
    | 'reversalSent'
    | 'reversalPending'
    | 'reversed'
    | 'lateApproval'
    | 'restarted'
    | 'disputed'
    | 'gaveUp'
    | 'codeAsked'
    | 'codeShown'
    | 'closeSent'
    | 'closed'
    | 'neverShown'
    | 'billCleared'
    | 'officeCleared';
  /** The inquiry's or reversal's count, where there is one. */
  count?: number;
  /** The acquirer's own code or the cause of a failure, for the record and the telephone. */
  detail?: string;
};

/**
 * - `paid`: the acquirer has approved it, and it pays for goods here.
 * - `partlyGivenBack`, `givenBack`: proven back with the customer, by refund or void.
 * - `givenBackInCash`: all of it is back, at least a part of it in cash after a refused refund.
 * - `goingBack`: approved, and all or a part of it is on its way back without a proof yet.
 * - `giveBackFailed`: a refund that the acquirer refused for good: the shop owes it.
 * - `giveBackRefused`: the same, and one of them for a reason that may be that the money has gone back by other means: to be checked first.
 * - `notCharged`: declined by the acquirer. `neverSent`: no byte of it left this till. `notTaken`: the acquirer, asked after its last
 *   flight, knows of no such order, and it can't come any more. `refusedUnseen`: each sending was refused without a look at it, for what was
 *   wrong with the till's configuration, and it is not sent any more.
 * - `codeClosed`: main scan: our code has ended unpaid, and nobody can pay it any more.
 * - `reversed`: the acquirer has taken it back; what was charged comes back by itself.
 * - `beingReversed`: given up; reversed until the acquirer confirms it.
 * - `undecided`: sent, no proof yet. `waiting`: taken, and nothing was sent yet.
 * - `deferred`: goods have left, the code was sent or waits in the offline queue.
 * - `disputed`: no proof was to be had in time; asked about for ever.
 */
export const evidenceVerdicts = [
  'paid',
  'partlyGivenBack',
  'givenBack',
  'givenBackInCash',
  'goingBack',
  'giveBackFailed',
  'giveBackRefused',
  'notCharged',
  'neverSent',
  'notTaken',
  'refusedUnseen',
  'codeClosed',
  'reversed',
  'beingReversed',
  'undecided',
  'waiting',
  'deferred',
  'disputed',
] as const;
export type EvidenceVerdict = (typeof evidenceVerdicts)[number];

export type EvidenceGiveBack = {
  requestNumber: string;
  method: 'void' | 'refund';
  amount_fen: number;
  /**
   * `cash`: paid out over the counter after the proven failure. `refused`: failed, and the money may have gone back by other means: to be
   * checked before anything is paid.
   */
  result: 'done' | 'open' | 'failed' | 'refused' | 'cash';
  /** The acquirer's own number of it; null where there is none (yet). */
  reference: string | null;
  /** Proven by the acquirer's bill or its office's word, which a manager has signed for; absent: by its answer, or not at all. */
  by?: 'bill' | 'office';
  /** Of the last that was heard of it. */
  at_ms: number;
};

export type Evidence = {
  attemptId: string;
  /** 商户单号: what the customer's own record shows as the merchant's number. */
  orderNumber: string;
  saleId: string;
  /** Null: no receipt was printed for its sale. */
  receiptNumber: string | null;
  /**
   * Of its sale, which alone decides whether anything is collected. `due_fen`: what is still to be paid. `promised`: the goods have left and
   * a deferred payment is not confirmed. `isBlocked`: another payment of it has no proof yet.
   */
  sale: { state: 'due' | 'promised' | 'sold' | 'dropped'; due_fen: number; isBlocked: boolean };
  scheme: string;
  codeMask: string;
  amount_fen: number;
  openedAt_ms: number;
  verdict: EvidenceVerdict;
  /** The acquirer's code behind a decline, say. */
  acquirerCode: string | null;
  /** What a verified approval said; null without one. `paidAt`: ISO 8601, the acquirer's clock. */
  proof: {
    acquirerOrderId: string;
    thirdPartyOrderId: string;
    retrievalRefNum: string;
    rail: string;
    /** The app that the customer paid with, where the answer told one that is not the scheme's own. */
    payerApp?: string;
    paidAt: string;
  } | null;
  giveBacks: EvidenceGiveBack[];
  /** Each request and answer, oldest first. Of a very long one the middle is left out: `isShortened`. */
  story: StoryStep[];
  isShortened: boolean;
};

/** More than a person looks through. */
export const FOUND_payments = 20;

/** Answer of payment.find. `asked`: masked where it might be a code. */
export type PaymentsFound = {
  asked: string;
  /** Newest first, at most `FOUND_payments`. */
  payments: Evidence[];
  /** There are more than are shown: more digits are needed. */
  hasMore: boolean;
};

/** The evidence slip as it was given out: what was known then. */
export type EvidenceGiven = { evidenceId: string; at_ms: number; operatorId: string; evidence: Evidence };
