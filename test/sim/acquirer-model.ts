// The acquirer in a few tables: what a request does to an order of its ledger, and what it answers. More than one row: it may do either.
export type Order = 'none' | 'processing' | 'paid' | 'failed' | 'closed' | 'reversed';
/** `resend`: the same content under the same number, sent once more. */
export type Request = 'pay' | 'resend' | 'query' | 'reverse';
export type Answer =
  | 'approved'
  | 'declined'
  | 'misconfigured'
  | 'awaiting'
  | 'processing'
  | 'notFound'
  | 'hostReversed'
  | 'acknowledged'
  | 'pending'
  | 'refused';

type Outcome = { order: Order; answer: Answer; isFault: boolean };

function may(order: Order, answer: Answer, isFault = false): Outcome {
  return { order, answer, isFault };
}

/** A number is charged at most once, whatever arrives how often: every acquirer keeps that rule (gateway rule 1). */
const pay: Record<Order, Outcome[]> = {
  none: [
    may('paid', 'approved'),
    may('failed', 'declined'),
    may('processing', 'awaiting'),
    may('none', 'misconfigured', true),
  ],
  processing: [may('processing', 'awaiting')],
  paid: [may('paid', 'approved'), may('paid', 'misconfigured', true)],
  failed: [may('failed', 'declined')],
  closed: [may('closed', 'declined')],
  reversed: [may('reversed', 'declined')],
};

const query: Record<Order, Outcome[]> = {
  none: [may('none', 'notFound')],
  processing: [may('processing', 'processing')],
  paid: [may('paid', 'approved')],
  failed: [may('failed', 'declined')],
  closed: [may('closed', 'hostReversed')],
  reversed: [may('reversed', 'hostReversed')],
};

const reverse: Record<Order, Outcome[]> = {
  none: [may('closed', 'acknowledged')],
  processing: [may('processing', 'pending')],
  paid: [may('reversed', 'acknowledged'), may('paid', 'refused', true)],
  failed: [may('failed', 'acknowledged')],
  closed: [may('closed', 'acknowledged')],
  reversed: [may('reversed', 'acknowledged')],
};

/** `tombstones`: a reversal of an unknown number closes it for ever (gateway rule 2); without, it is acknowledged and forgotten. */
export function outcomes(request: Request, order: Order, tombstones: boolean): Outcome[] {
  if (request === 'pay' || request === 'resend') return pay[order];
  if (request === 'query') return query[order];
  if (order === 'none' && !tombstones) return [may('none', 'acknowledged')];
  return reverse[order];
}
