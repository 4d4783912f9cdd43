// What can happen to a payment attempt, and what the machine asks for in return.
import type { ApprovalProof, DeclineReason } from './state.ts';

export type PaymentEvent =
  /** The line is up: a held or queued attempt may go. */
  | { kind: 'submitted' }
  // Answers to the authorization, already verified by the adapter; approvals and declines also come from inquiries.
  | { kind: 'approved'; proof: ApprovalProof }
  /**
   * `ofThisOrder`, of a configuration refusal: this one request is what the acquirer can't take, and would refuse again. Without it, it does
   * not want this merchant or terminal, and has not looked at the order.
   */
  | { kind: 'declined'; code: string; reason: DeclineReason; ofThisOrder?: true }
  | { kind: 'awaiting' }
  /**
   * Accepted, system error, unlisted code, bad signature, HTML, 5xx: it proves nothing. `saysPaid`, of a request for a code of ours: the
   * acquirer takes the order for paid.
   */
  | { kind: 'undecided'; code: string; saysPaid?: true }
  | { kind: 'noAnswer'; cause: string }
  /** No byte of the request has left. `then` is the route's offline policy for this attempt. */
  | { kind: 'notSent'; cause: string; then: 'end' | 'hold' | 'queue' }
  // Answers to the request for a code (main scan), besides `undecided`, `noAnswer` and `notSent`.
  /** `endsEarlier_ms`: so much sooner than was asked for, by the acquirer's word. */
  | { kind: 'presented'; content: string; endsEarlier_ms?: number }
  /** This request made no code, and never will. */
  | { kind: 'codeRefused'; code: string; reason: DeclineReason }
  // Answers to a closing, besides `approved`: paid meanwhile.
  /** Nobody is charged for it, and nobody can be. `wentBack`: somebody had paid it, or may have. */
  | { kind: 'closed'; result: string; wentBack?: true }
  | { kind: 'closePending'; cause: string }
  // Answers to an inquiry.
  | { kind: 'processing' }
  | { kind: 'notFound' }
  /** It tells nothing of the end. `isKnown`: but the acquirer has the order. */
  | { kind: 'inquiryFailed'; cause: string; isKnown?: true }
  /** The acquirer says that the order is voided, reversed or wholly refunded. */
  | { kind: 'hostReversed'; result: string }
  // Answers to a reversal.
  | { kind: 'reversalAcknowledged'; result: string }
  | { kind: 'reversalPending'; cause: string }
  | { kind: 'reversalRefused'; cause: string }
  // People, clocks, restarts.
  | { kind: 'gaveUp' }
  /** A manager's committed cancel of a deferred payment: the goods came back. */
  | { kind: 'deferredCancelled' }
  /**
   * The proof of a payment in dispute, of a code that is being closed, or of one that was sold on trust and stays undecided: a manager has
   * found it on the acquirer's own bill, charged and gone back; or `confirmed`: the acquirer's office has told him that nothing of it was
   * kept, or will be.
   */
  | { kind: 'billClears'; confirmed?: true }
  /** The code can't be had any more: vault emptied, key lost. Nothing can be sent again. */
  | { kind: 'codeLost' }
  /** `early`: not due yet, but somebody says that the outcome is known. In doubt it makes one inquiry beside the schedule; elsewhere it is any timer. */
  | { kind: 'timer'; early?: true }
  /**
   * The core starts again; `sent` tells whether the authorize row had been marked sent. `restored`: from a backup, which knows
   * nothing of what was sent after it: all that is open is asked about first. `takenAt_ms`: by the wall clock of that moment, where
   * that was in the run that has ended.
   * `setBy_ms`: how far that clock was set during the run that has ended, whose own time kept what it began with. Both are for the age of what
   * is queued.
   */
  | { kind: 'restarted'; sent: boolean; restored?: true; takenAt_ms?: number; setBy_ms?: number };

export type PaymentEventKind = PaymentEvent['kind'];

export type PaymentEffect =
  | { kind: 'authorize' }
  | { kind: 'inquire'; count: number }
  | { kind: 'reverse'; count: number }
  | { kind: 'present'; count: number }
  | { kind: 'closePresented'; count: number }
  /** The payment code is of no more use: wipe the vault, erase the ciphertext. */
  | { kind: 'eraseCode' };
