// What the fuzzer knows of an acquirer: honest answers, how they are signed, how the product reads them, and what an answer may
// prove, written from the protocol pages a second time.
import { type KeyObject, sign, verify } from 'node:crypto';
import type { Received } from '../../acquirers/transport/https.ts';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ClosingEvent, PresentEvent } from '../../core/ports/acquirer.ts';

export const questions = [
  'pay',
  'query',
  'reverse',
  'refund',
  'refundQuery',
  // Main scan: a code is asked for; its order is closed; the look after that, when the code has ended by the acquirer's own clock.
  'present',
  'close',
  'look',
] as const;
export type Question = (typeof questions)[number];

export type Fields = Readonly<Record<string, unknown>>;

/** `status` where HTTP's own says something; else 200. */
export type Honest = { status: number; said: Fields };

/** Null: not believed, so nothing was read. */
export type Read = PaymentEvent | GiveBackEvent | PresentEvent | ClosingEvent | null;

export type Rail = {
  name: string;
  honest: Readonly<Record<Question, readonly Honest[]>>;
  /** The answer as bytes with a signature over `text`, which need not be JSON. */
  seal(question: Question, text: string, status: number): Received;
  /** Where the signature stands in the body: that one's, over this text. Somebody on the line, without the key, can make it. */
  forge?(question: Question, text: string, signed: Received): Received;
  /** A payment's request, built and signed: the bytes of its body. */
  prepare(): Buffer;
  /** Only the cryptography that `prepare` and `read` of such bytes can't do without. */
  bare(request: Buffer, answer: Buffer): void;
  /** The whole way of the product: signature first, then the codec. */
  read(question: Question, received: Received): Read;
  /** What an answer that says this may prove: kinds of events. Everything else must come out as no proof. */
  proves(question: Question, said: Fields, status: number): readonly string[];
};

/** An event of these kinds ends a doubt, or moves money in the books. */
export const proofs: ReadonlySet<string> = new Set([
  'approved',
  'declined',
  'notFound',
  'hostReversed',
  'reversalAcknowledged',
  'reversalRefused',
  'done',
  'refused',
  'presented',
  'closed',
  'paidMeanwhile',
  'closeRefused',
]);

export const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: Date.UTC(2026, 10, 28, 10),
  amount_fen: 1290,
  timeout_ms: 1000,
};

export const authorization = { ...order, code: '134567890123456789', deferred: null };

export const shown = { ...order, expiresAt_ms: order.openedAt_ms + 300_000 };
/** As an inquiry asks for it. */
export const shownReference = { ...order, presented: true as const };
/** What a closing comes to while its order is open. */
export const stillOpen: ClosingEvent = { kind: 'closePending', cause: 'OPEN' };

/** What the look after a closing may prove, by what the same answer proves to a query. */
export function lookProves(queryProves: readonly string[]): string[] {
  return queryProves.map((kind) => (kind === 'approved' ? 'paidMeanwhile' : kind === '' ? '' : 'closed'));
}

export const refund = {
  method: 'refund' as const,
  requestNumber: 'R2611230001000200AB7K3M9Q',
  giveBackOpenedAt_ms: Date.UTC(2026, 10, 28, 11),
  orderNumber: order.orderNumber,
  openedAt_ms: order.openedAt_ms,
  acquirerOrderId: 'A-1',
  amount_fen: 400,
  paid_fen: order.amount_fen,
  timeout_ms: 1000,
};

export const WALL_ms = Date.UTC(2026, 10, 28, 10);

/** Absent, null, or exactly that. */
export function isOrAbsent(value: unknown, wanted: unknown): boolean {
  return value === undefined || value === null || value === wanted;
}

export function fieldsOf(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

/** `where`: rail and question, or the scanner. `what`: what came of it. `fault` null: as it must be. */
export type Tried = { where: string; what: string; fault: string | null };

/** `bare` of an acquirer with RSA: one signature of ours, one verification of theirs. */
export function bareRsa(
  ownKey: KeyObject,
  their: { privateKey: KeyObject; publicKey: KeyObject },
): Rail['bare'] {
  let signed: Buffer | null = null;
  return (request, answer) => {
    sign('RSA-SHA256', request, ownKey);
    signed ??= sign('RSA-SHA256', answer, their.privateKey);
    verify('RSA-SHA256', answer, their.publicKey, signed);
  };
}
