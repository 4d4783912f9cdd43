// Every variant of a payment machine that behaves differently from the others of its state. A new state kind is a type error here.
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type {
  ApprovalProof,
  PaymentMachine,
  PaymentState,
  PaymentStateKind,
} from '../../core/domain/payment/state.ts';

export const SENT_ms = 1_000_000;

export const proof: ApprovalProof = {
  acquirerOrderId: 'A1',
  retrievalRefNum: 'R1',
  systemTraceNum: '000001',
  batchNo: '261123',
  paidAt: '2026-11-23T10:00:00+08:00',
  settlementDate: '20261123',
  rail: 'WECHAT',
  payerApp: null,
  thirdPartyOrderId: 'T1',
  actual_fen: 100,
};

/** An acquirer that keeps no tombstones and can't be sent the same number twice. */
export const plainPolicy: PaymentPolicy = { ...gatewayPolicy, tombstones: false, idempotentAuthorize: false };

export type Variant = { name: string; machine: PaymentMachine; policy: PaymentPolicy };

type Options = { deferred?: true; presented?: true; policy?: PaymentPolicy };
type Row = [name: string, state: PaymentState, options?: Options];
type In<Kind extends PaymentStateKind> = Extract<PaymentState, { kind: Kind }>;

const sentAt_ms = SENT_ms;
const sent = { sentAt_ms, inquiries: 0 };
const fresh: In<'authorizing'> = { kind: 'authorizing', sentAt_ms, resend: false, expiresAt_ms: null };
const inquiring: In<'inquiring'> = {
  kind: 'inquiring',
  ...sent,
  inquiries: 1,
  from: 'unknown',
  giveBack: false,
};
const declined: In<'declined'> = { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' };
const expired: In<'expiredUnsent'> = { kind: 'expiredUnsent', cause: 'age' };
const deferred = true;
const presented = true;

function presenting(phase: In<'presenting'>['phase'], tries = 1): In<'presenting'> {
  const content = phase === 'shown' || phase === 'asking' ? 'weixin://wxpay/bizpayurl?pr=1' : null;
  const endsAt_ms = sentAt_ms + gatewayPolicy.presenting.codeFor_ms;
  return { kind: 'presenting', sentAt_ms, endsAt_ms, content, tries, inquiries: 0, phase };
}

function closing(phase: In<'closing'>['phase']): In<'closing'> {
  return { kind: 'closing', sentAt_ms, startedAt_ms: sentAt_ms, closings: 1, phase };
}

function reversing(phase: In<'reversing'>['phase']): In<'reversing'> {
  return { kind: 'reversing', sentAt_ms, startedAt_ms: sentAt_ms, reversals: 1, phase };
}

const rows: Record<PaymentStateKind, Row[]> = {
  presenting: [
    ['making', presenting('making'), { presented }],
    ['making.again', presenting('making', 2), { presented }],
    ['making.last', presenting('making', 3), { presented }],
    ['remaking', presenting('remaking'), { presented }],
    ['shown', presenting('shown'), { presented }],
    ['shown.asking', presenting('asking'), { presented }],
  ],
  closing: [
    ['closing', closing('asking'), { presented }],
    ['closing.waiting', closing('waiting'), { presented }],
  ],
  closed: [['closed', { kind: 'closed', result: 'CLOSED' }, { presented }]],
  held: [['held', { kind: 'held', expiresAt_ms: SENT_ms + 55_000 }]],
  queued: [['queued', { kind: 'queued', expiresAt_ms: SENT_ms + 86_400_000 }, { deferred }]],
  authorizing: [
    ['authorizing', fresh],
    ['authorizing.deferred', { ...fresh, expiresAt_ms: SENT_ms + 86_400_000 }, { deferred }],
    ['authorizing.resend', { ...fresh, resend: true }, { deferred }],
  ],
  awaitingCustomer: [['awaiting', { kind: 'awaitingCustomer', ...sent }]],
  unknown: [
    ['unknown', { kind: 'unknown', ...sent }],
    ['unknown.spent', { kind: 'unknown', ...sent, inquiries: 5 }],
    ['unknown.deferred', { kind: 'unknown', ...sent }, { deferred }],
    ['unknown.restored', { kind: 'unknown', ...sent, inquiries: 1, restored: true }],
  ],
  inquiring: [
    ['inquiring', inquiring],
    ['inquiring.awaiting', { ...inquiring, from: 'awaitingCustomer' }],
    ['inquiring.giveBack', { ...inquiring, giveBack: true }],
    ['inquiring.restored', { ...inquiring, restored: true }],
    ['inquiring.deferred', inquiring, { deferred }],
    ['inquiring.resent', { ...inquiring, resent: true }, { deferred }],
    ['inquiring.resent.long', { ...inquiring, inquiries: 20, resent: true }, { deferred }],
    ['inquiring.deferred.plain', inquiring, { deferred, policy: plainPolicy }],
  ],
  approved: [
    ['approved', { kind: 'approved', proof }],
    ['approved.deferred', { kind: 'approved', proof }, { deferred }],
  ],
  declined: [
    ['declined', declined],
    ['declined.deferred', declined, { deferred }],
    ['declined.presented', declined, { presented }],
  ],
  notSent: [['notSent', { kind: 'notSent', cause: 'ECONNREFUSED' }]],
  expiredUnsent: [
    ['expired', expired],
    ['expired.deferred', expired, { deferred }],
  ],
  reversing: [
    ['asking', reversing('asking')],
    ['asking.plain', reversing('asking'), { policy: plainPolicy }],
    ['waiting', reversing('waiting')],
    ['waiting.plain', reversing('waiting'), { policy: plainPolicy }],
    ['horizon.plain', reversing('horizon'), { policy: plainPolicy }],
    ['checking.plain', reversing('checking'), { policy: plainPolicy }],
    ['checking.final.plain', { ...reversing('checking'), isFinal: true }, { policy: plainPolicy }],
    ['lastCheck', reversing('lastCheck')],
    ['lastCheck.plain', reversing('lastCheck'), { policy: plainPolicy }],
  ],
  reversed: [
    ['reversed', { kind: 'reversed', result: 'REVERSED' }],
    ['reversed.deferred', { kind: 'reversed', result: 'VOIDED' }, { deferred }],
  ],
  disputed: [
    ['disputed', { kind: 'disputed', cause: 'noProof', sentAt_ms }],
    ['disputed.asked', { kind: 'disputed', cause: 'noProof', sentAt_ms, isAsked: true }],
    [
      'disputed.asked.plain',
      { kind: 'disputed', cause: 'noProof', sentAt_ms, isAsked: true },
      { policy: plainPolicy },
    ],
    [
      'disputed.known.plain',
      { kind: 'disputed', cause: 'noProof', sentAt_ms, isAsked: true, isKnown: true },
      { policy: plainPolicy },
    ],
    [
      'disputed.missed.plain',
      { kind: 'disputed', cause: 'notFound', sentAt_ms, isAsked: true },
      { policy: plainPolicy },
    ],
  ],
};

/** The states in which nothing more is planned. */
export const restingKinds: ReadonlySet<PaymentStateKind> = new Set([
  'approved',
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'closed',
]);

export const variants: readonly Variant[] = Object.values(rows)
  .flat()
  .map(([name, state, options]) => ({
    name,
    machine: {
      deferred: options?.deferred ?? false,
      ...(options?.presented && { presented }),
      state,
      due: restingKinds.has(state.kind) ? null : { at_ms: SENT_ms + 5000, after_ms: 5000 },
    },
    policy: options?.policy ?? gatewayPolicy,
  }));
