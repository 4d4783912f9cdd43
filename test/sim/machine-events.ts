// Every event that can reach a payment machine, in the variants that matter. A new event kind is a type error here.
import type { PaymentEvent, PaymentEventKind } from '../../core/domain/payment/event.ts';
import { proof, SENT_ms } from './machine-variants.ts';

export type Probe = { name: string; event: PaymentEvent; now_ms: number };

const SOON_ms = SENT_ms + 5000;
/** After every limit of the policy: giving up, waiting for the customer, the horizon, the window for reversals. */
const LATE_ms = SENT_ms + 8 * 24 * 3600 * 1000;

type Row = [name: string, event: PaymentEvent, now_ms?: number];

const rows: Record<PaymentEventKind, Row[]> = {
  submitted: [['submitted', { kind: 'submitted' }]],
  approved: [['approved', { kind: 'approved', proof }]],
  declined: [
    ['declined', { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' }],
    ['misconfigured', { kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' }],
    ['malformed', { kind: 'declined', code: 'PARAM_ERROR', reason: 'configuration', ofThisOrder: true }],
  ],
  awaiting: [['awaiting', { kind: 'awaiting' }]],
  undecided: [
    ['undecided', { kind: 'undecided', code: 'SYSTEM_ERROR' }],
    ['paidThere', { kind: 'undecided', code: 'ORDER_PAID', saysPaid: true }],
  ],
  noAnswer: [['noAnswer', { kind: 'noAnswer', cause: 'ECONNRESET' }]],
  notSent: [
    ['notSent:end', { kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' }],
    ['notSent:hold', { kind: 'notSent', cause: 'ECONNREFUSED', then: 'hold' }],
    ['notSent:queue', { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' }],
  ],
  presented: [['presented', { kind: 'presented', content: 'weixin://wxpay/bizpayurl?pr=2' }]],
  codeRefused: [['codeRefused', { kind: 'codeRefused', code: 'PARAM_ERROR', reason: 'configuration' }]],
  closed: [['closed', { kind: 'closed', result: 'CLOSED' }]],
  closePending: [['stillOpen', { kind: 'closePending', cause: 'PROCESSING' }]],
  processing: [['processing', { kind: 'processing' }]],
  notFound: [
    ['notFound', { kind: 'notFound' }],
    ['notFound:late', { kind: 'notFound' }, LATE_ms],
  ],
  inquiryFailed: [
    ['inquiryFailed', { kind: 'inquiryFailed', cause: 'TIMEOUT' }],
    ['undecidedThere', { kind: 'inquiryFailed', cause: 'REVERSED_OR_00', isKnown: true }],
  ],
  hostReversed: [['hostReversed', { kind: 'hostReversed', result: 'REVERSED' }]],
  reversalAcknowledged: [['acknowledged', { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' }]],
  reversalPending: [['pending', { kind: 'reversalPending', cause: 'PROCESSING' }]],
  reversalRefused: [['refused', { kind: 'reversalRefused', cause: 'WINDOW_CLOSED' }]],
  gaveUp: [['gaveUp', { kind: 'gaveUp' }]],
  deferredCancelled: [['cancelled', { kind: 'deferredCancelled' }]],
  billClears: [
    ['billClears', { kind: 'billClears' }],
    ['billClears:late', { kind: 'billClears' }, LATE_ms],
  ],
  codeLost: [['codeLost', { kind: 'codeLost' }]],
  timer: [
    ['timer', { kind: 'timer' }],
    ['timer:late', { kind: 'timer' }, LATE_ms],
    ['timer:early', { kind: 'timer', early: true }],
    ['timer:early:late', { kind: 'timer', early: true }, LATE_ms],
  ],
  restarted: [
    ['restarted:sent', { kind: 'restarted', sent: true }],
    ['restarted:unsent', { kind: 'restarted', sent: false }],
  ],
};

export const probes: readonly Probe[] = Object.values(rows)
  .flat()
  .map(([name, event, now_ms]) => ({ name, event, now_ms: now_ms ?? SOON_ms }));
