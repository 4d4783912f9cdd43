// The states of one payment attempt (DESIGN section 4). Each carries only what is valid in it.

/** What a verified approval says; the fields an inquiry, a void or a receipt will need. Never a buyer's name or full code. */
export type ApprovalProof = {
  acquirerOrderId: string;
  retrievalRefNum: string;
  systemTraceNum: string;
  batchNo: string;
  /** ISO 8601, the acquirer's clock. */
  paidAt: string;
  settlementDate: string;
  rail: string;
  payerApp: string | null;
  thirdPartyOrderId: string;
  /** What the customer paid after the scheme's own discounts. */
  actual_fen: number;
};

/** Why an acquirer's listed decline code says no: what the cashier can do about it. */
export type DeclineReason =
  | 'codeUnusable'
  | 'balance'
  | 'limit'
  | 'risk'
  | 'notSupported'
  | 'orderClosed'
  | 'configuration'
  | 'offlineRefused'
  | 'other';

export type PaymentState =
  /**
   * Main scan: our code is asked for and shown. `content`: what the QR code says; null until it is here, and so long nobody can have paid.
   * making: the code is asked for; remaking: until it is asked for again; shown: until the next look; asking: an inquiry is out.
   */
  | {
      kind: 'presenting';
      sentAt_ms: number;
      /** Shown until then, and no longer than the acquirer said. */
      endsAt_ms: number;
      content: string | null;
      tries: number;
      inquiries: number;
      phase: 'making' | 'remaking' | 'shown' | 'asking';
      /** By the acquirer's last word somebody is paying. */
      isScanned?: true;
    }
  /** Main scan, the one-way door: its code is ended, and whether it was paid meanwhile is the end of it. Never reversed. */
  | {
      kind: 'closing';
      sentAt_ms: number;
      startedAt_ms: number;
      closings: number;
      phase: 'asking' | 'waiting';
    }
  /** Main scan: ended, nothing of it was kept, and nobody can pay it any more. `wentBack`: somebody had paid it, or may have. */
  | { kind: 'closed'; result: string; wentBack?: true }
  /** Offline mode `hold`: the code waits in memory for the line. */
  | { kind: 'held'; expiresAt_ms: number }
  /**
   * Offline mode `queue`: goods have left, the code is encrypted in the queue. Nothing was ever sent, or the acquirer did not want this terminal
   * then and has not looked at the order.
   */
  | { kind: 'queued'; expiresAt_ms: number }
  /** `resend`: an earlier sending of the same number may still be on its way. `expiresAt_ms`: the end of the hold or the
   *  queue that it was sent from, which no failed sending prolongs; null for a fresh code. */
  | { kind: 'authorizing'; sentAt_ms: number; resend: boolean; expiresAt_ms: number | null }
  | { kind: 'awaitingCustomer'; sentAt_ms: number; inquiries: number }
  /**
   * `codeGone`: a deferred payment that can't be sent again: a not-found after the last request's flight, told twice, is its end. `resent`: its last sending
   * was another one of the same number, and decided nothing either. `early`: so many of the
   * inquiries were made beside the schedule, which does not count them. `restored`: of before a restore, and the acquirer has not said that it
   * does not know it: paid or queued in the lost time its goods have left, and neither a silence nor waiting reverses it.
   * `unfound`: it has said so once (of one that is not of before a restore: after the last request's flight), and has not known it since.
   */
  | {
      kind: 'unknown';
      sentAt_ms: number;
      inquiries: number;
      codeGone?: true;
      resent?: true;
      early?: number;
      restored?: true;
      unfound?: true;
    }
  /** `from`: where an undecided answer leads back to. `giveBack`: a charge found now is returned, not kept. */
  | {
      kind: 'inquiring';
      sentAt_ms: number;
      inquiries: number;
      from: 'unknown' | 'awaitingCustomer';
      giveBack: boolean;
      codeGone?: true;
      resent?: true;
      early?: number;
      restored?: true;
      unfound?: true;
    }
  /** `unwanted`: found charged behind the one-way door, when it could not be reversed any more: all of it goes back by a give-back. */
  | { kind: 'approved'; proof: ApprovalProof; unwanted?: true }
  | { kind: 'declined'; code: string; reason: DeclineReason }
  | { kind: 'notSent'; cause: string }
  | { kind: 'expiredUnsent'; cause: 'age' | 'codeLost' | 'holdEnded' }
  | {
      kind: 'reversing';
      sentAt_ms: number;
      startedAt_ms: number;
      reversals: number;
      /** asking: a reversal is out; waiting: until the next; horizon: acknowledged, waiting until nothing can be in flight;
       *  checking: inquiring after the horizon; lastCheck: refused or out of time, one last inquiry. */
      phase: 'asking' | 'waiting' | 'horizon' | 'checking' | 'lastCheck';
      /** Set once a reversal was asked for after the last flight of the payment: its acknowledgement leaves nothing that could come. */
      isFinal?: true;
    }
  | { kind: 'reversed'; result: string }
  /**
   * The time for a reversal has ended without proof: for a person, and asked about for ever. Old journals know the cause only. `isKnown`: the
   * acquirer has said that it has the order; that it has none by and by only means that it keeps none for so long.
   */
  | { kind: 'disputed'; cause: string; sentAt_ms?: number; isAsked?: true; isKnown?: true };

export type PaymentStateKind = PaymentState['kind'];

/** When the machine wants its `timer` event. `after_ms` is the original span, for the clamp after a restart. */
export type Due = { at_ms: number; after_ms: number };

/** One attempt as the machine sees it. `deferred`: the goods have left (store-and-forward). */
export type PaymentMachine = {
  deferred: boolean;
  /** Main scan, from its opening to its end: never reversed, never held or queued. */
  presented?: true;
  state: PaymentState;
  due: Due | null;
};

const provenKinds: ReadonlySet<PaymentStateKind> = new Set([
  'approved',
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'closed',
]);

/** Proven: the money is known to be taken, not taken, or given back. */
export function isProven(state: PaymentState): boolean {
  return provenKinds.has(state.kind);
}
