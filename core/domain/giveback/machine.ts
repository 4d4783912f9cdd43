// Giving approved money back: one void or one refund, its states and what can happen to it (DESIGN section 4).
// The payment machine ends at `approved`; what becomes of that money afterwards is told here (docs/adr/0006).
import type { Due } from '../payment/state.ts';

/**
 * What was sent and is not proven yet. `tries`: how often the request was sent, always under the same number. `denied`: the acquirer's office
 * says that nothing is back, and the last request may have arrived since it looked: it is never sent again, and ends when the acquirer itself
 * does not know it. `flying`: the last request had no answer that says what became of it, and may still be on its way, or be with them unseen. `restored`: of before
 * a restore; it may have been sent in the lost time.
 */
export type Doubt = {
  sentAt_ms: number;
  tries: number;
  inquiries: number;
  denied?: true;
  flying?: true;
  restored?: true;
};

export type GiveBackState =
  /** Nothing was sent yet, or provably nothing arrived: it goes when the line is up. */
  | { kind: 'requested'; tries: number }
  | { kind: 'sending'; sentAt_ms: number; tries: number }
  /** Accepted by the acquirer, not decided. */
  | ({ kind: 'pending' } & Doubt)
  | ({ kind: 'unknown' } & Doubt)
  | ({ kind: 'inquiring'; from: 'pending' | 'unknown' } & Doubt)
  /**
   * Proof: the customer has the money back. `reference` is the acquirer's own number of it; `by`: proven without an answer of the wire.
   * `elsewhere`: the wire had refused this request, so that it was not this one that gave the money back.
   */
  | { kind: 'done'; result: string; reference: string | null; by?: GiveBackProof; elsewhere?: true }
  /**
   * Proof: this request gave nothing back, and never will. `perhapsBack`: the acquirer may have refused it because the money has gone back
   * by other means, of which this till knows nothing. `by`: the word of the acquirer's office, not of the wire. `spent`: nothing is
   * given back under this number any more, also where another try would keep it (`refundKeepsNumber`).
   */
  | { kind: 'failed'; code: string; perhapsBack?: true; by?: 'office'; spent?: true };

/** The acquirer's bill lists it; or its office has said so, or its platform shows it, and a manager has signed for that. */
export type GiveBackProof = 'bill' | 'office';

export type GiveBackStateKind = GiveBackState['kind'];

export type GiveBackMachine = { state: GiveBackState; due: Due | null };

export type GiveBackEvent =
  | { kind: 'done'; result: string; reference: string | null }
  | { kind: 'accepted'; code: string }
  /** A listed code: refused, nothing given back, and nothing will be unless it is asked for again. */
  | { kind: 'refused'; code: string; perhapsBack?: true; spent?: true }
  /** System error, unlisted code, bad signature, HTML, 5xx: it proves nothing, not even that the request has arrived. */
  | { kind: 'undecided'; code: string }
  | { kind: 'noAnswer'; cause: string }
  /** No byte of the request has left. */
  | { kind: 'notSent'; cause: string }
  // Answers to an inquiry.
  | { kind: 'processing' }
  /** The acquirer knows of no such refund, or the payment still stands unvoided: the same request may go again. */
  | { kind: 'notFound' }
  | { kind: 'inquiryFailed'; cause: string }
  /** A manager asks for one that was refused again. */
  | { kind: 'sendAgain' }
  // Proof beside the wire, which a manager has signed for.
  /** The acquirer's bill lists it, whole, as gone back. */
  | { kind: 'billShows' }
  | { kind: 'officeSaysBack' }
  /** Nothing went back by it, nor will. */
  | { kind: 'officeSaysNot' }
  /** Another one of the same money was called back and then denied: whether it is, a person must find out. */
  | { kind: 'doubted' }
  /** The money that was found with the customer went back by another one of its chain. */
  | { kind: 'backByAnother'; code: string }
  // Clocks, lines, restarts.
  | { kind: 'timer' }
  | { kind: 'lineUp' }
  /** `restored`: from a backup: it may have been sent since, whatever `sent` says. */
  | { kind: 'restarted'; sent: boolean; restored?: true };

export type GiveBackEffect = { kind: 'giveBack'; count: number } | { kind: 'askGiveBack'; count: number };

export function isGiveBackProven(state: GiveBackState): boolean {
  return state.kind === 'done' || state.kind === 'failed';
}
