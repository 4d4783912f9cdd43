// The Acquirer port over the ledger and the lossy line: each call ends in exactly one event, in virtual time.
import { noMainScan } from '../core/fakes.ts';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ApprovalProof, DeclineReason } from '../../core/domain/payment/state.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';
import type {
  Acquirer,
  AuthorizeOrder,
  GiveBackOrder,
  OrderReference,
  PresentedOrders,
} from '../../core/ports/acquirer.ts';
import { shanghaiIso } from './calendar.ts';
import type { VirtualClock } from './clock.ts';
import type { FaultCounts } from './faults.ts';
import { clearingDate } from './issuer.ts';
import type { Ledger, Order, PayWord, RefundWord, VoidWord } from './ledger.ts';
import type { Ending, Wire } from './wire.ts';

/** `deferrable` as the acquirer's echo would have it. */
export const codeRules: readonly CodeRule[] = [
  { scheme: 'WECHAT', pattern: '^1[0-5]\\d{16}$', deferrable: true },
  { scheme: 'ALIPAY', pattern: '^2[5-9]\\d{16}$', deferrable: true },
  { scheme: 'UNIONPAY', pattern: '^62\\d{17}$', deferrable: true },
  { scheme: 'DCEP', pattern: '^01\\d{17}$', deferrable: false },
];

export function schemeOf(code: string): string {
  return codeRules.find((rule) => new RegExp(rule.pattern).test(code))?.scheme ?? 'UNIONPAY';
}

type Host = { ledger: Ledger; wire: Wire; clock: VirtualClock; faults: FaultCounts };

/** The page's table, "errCode of pay". */
const reasons: Record<string, DeclineReason> = {
  AUTH_CODE_EXPIRED: 'codeUnusable',
  AUTH_CODE_INVALID: 'codeUnusable',
  BALANCE_NOT_ENOUGH: 'balance',
  LIMIT_EXCEEDED: 'limit',
  RISK_REJECTED: 'risk',
  ORDER_CLOSED: 'orderClosed',
  TERMINAL_INVALID: 'configuration',
  OFFLINE_NOT_ALLOWED: 'offlineRefused',
  OFFLINE_EXPIRED: 'offlineRefused',
};

function declined(code: string): PaymentEvent {
  return { kind: 'declined', code, reason: reasons[code] ?? 'other' };
}

function proofOf(order: Order): ApprovalProof {
  return {
    acquirerOrderId: `A${order.orderNumber}`,
    retrievalRefNum: order.orderNumber.slice(-12),
    systemTraceNum: order.orderNumber.slice(-6),
    batchNo: '000001',
    paidAt: shanghaiIso(order.paidAt_ms),
    settlementDate: clearingDate(order.paidAt_ms),
    rail: order.rail,
    payerApp: null,
    thirdPartyOrderId: `T${order.orderNumber}`,
    actual_fen: order.amount_fen,
  };
}

function payEvent(ending: Ending<PayWord>): PaymentEvent {
  if (ending.kind === 'notSent') return { kind: 'notSent', cause: ending.cause, then: 'end' };
  if (ending.kind === 'noAnswer') return ending;
  if (ending.kind === 'unbelievable') return { kind: 'undecided', code: ending.code };
  switch (ending.answer.kind) {
    case 'paid':
      return { kind: 'approved', proof: proofOf(ending.answer.order) };
    case 'awaiting':
      return { kind: 'awaiting' };
    case 'undecided':
      return { kind: 'undecided', code: ending.answer.code };
    case 'failed':
      return declined(ending.answer.code);
  }
}

/** `query`: a closed number that was never charged says 4, reversed. */
type QueryWord = { order: Order } | { closed: true } | null;

function failedWhy(ending: Ending<unknown>): string {
  return 'cause' in ending ? ending.cause : 'code' in ending ? ending.code : '';
}

function queryEvent(ending: Ending<QueryWord>): PaymentEvent {
  if (ending.kind !== 'answered') return { kind: 'inquiryFailed', cause: failedWhy(ending) };
  const { answer } = ending;
  if (answer === null) return { kind: 'notFound' };
  if ('closed' in answer) return { kind: 'hostReversed', result: 'REVERSED' };
  const { order } = answer;
  switch (order.state) {
    case 'paid':
      return { kind: 'approved', proof: proofOf(order) };
    case 'processing':
      return { kind: 'processing' };
    case 'failed': {
      const event = declined(order.failCode);
      const isOld = event.kind === 'declined' && event.reason === 'configuration';
      return isOld ? { kind: 'declined', code: order.failCode, reason: 'other' } : event;
    }
    default:
      return { kind: 'hostReversed', result: order.state.toUpperCase() };
  }
}

function reversalEvent(ending: Ending<VoidWord>): PaymentEvent {
  if (ending.kind !== 'answered') return { kind: 'reversalPending', cause: failedWhy(ending) };
  const { kind } = ending.answer;
  if (kind === 'processing' || kind === 'refused') return { kind: 'reversalPending', cause: 'PROCESSING' };
  return { kind: 'reversalAcknowledged', result: kind === 'notCharged' ? 'NOT_CHARGED' : kind.toUpperCase() };
}

function giveBackEvent(ending: Ending<VoidWord | RefundWord>): GiveBackEvent {
  if (ending.kind === 'notSent' || ending.kind === 'noAnswer') return ending;
  if (ending.kind === 'unbelievable') return { kind: 'undecided', code: ending.code };
  const { answer } = ending;
  switch (answer.kind) {
    case 'processing':
      return { kind: 'accepted', code: '0000' };
    case 'refused':
      return { kind: 'refused', code: answer.code };
    case 'notCharged':
      return { kind: 'undecided', code: 'NOT_CHARGED' };
    case 'done':
      return { kind: 'done', result: 'REFUNDED', reference: null };
    default:
      return { kind: 'done', result: answer.kind.toUpperCase(), reference: null };
  }
}

/** A void is asked after by its order: still paid means that nothing was given back yet. */
function voidState(order: Order | null): RefundWord | null {
  if (order === null || order.state === 'paid') return null;
  return { kind: order.state === 'processing' ? 'processing' : 'done' };
}

function giveBackInquiryEvent(ending: Ending<RefundWord | null>): GiveBackEvent {
  if (ending.kind !== 'answered') return { kind: 'inquiryFailed', cause: failedWhy(ending) };
  const { answer } = ending;
  if (answer === null) return { kind: 'notFound' };
  if (answer.kind === 'refused') return { kind: 'refused', code: answer.code };
  return answer.kind === 'processing'
    ? { kind: 'processing' }
    : { kind: 'done', result: 'GIVEN_BACK', reference: null };
}

/** What one life of the core sees of the host: its answers to a dead core reach nobody. */
export function acquirerFor(host: Host, life: { isDead: boolean }): Acquirer & PresentedOrders {
  const { ledger, wire, clock, faults } = host;
  const alive = <Event>(post: (event: Event) => void, event: Event): void => {
    if (!life.isDead) post(event);
  };
  return {
    ...noMainScan,
    id: 'gateway',
    rules: codeRules,
    authorize: (order, post) => wire.call(payCall(host, order, (event) => alive(post, event))),
    inquire: ({ orderNumber, timeout_ms }, post) =>
      wire.call<QueryWord>({
        timeout_ms,
        serve: () => {
          const found = ledger.query(orderNumber);
          if (found === null && host.wire.isOnItsWay(orderNumber)) faults.saw('notFoundInFlight');
          return found === null && ledger.isTombstone(orderNumber) ? { closed: true } : found;
        },
        end: (ending) => alive(post, queryEvent(ending)),
      }),
    reverse: ({ orderNumber, amount_fen, timeout_ms }: OrderReference, post) =>
      wire.call<VoidWord>({
        timeout_ms,
        serve: () => ledger.reverse(orderNumber, amount_fen),
        end: (ending) => alive(post, reversalEvent(ending)),
      }),
    giveBack: (order, post) =>
      wire.call<VoidWord | RefundWord>({
        timeout_ms: order.timeout_ms,
        serve: () => giveBack(ledger, order),
        end: (ending) => alive(post, giveBackEvent(ending)),
        onAnswerLost: () => faults.saw(order.method === 'void' ? 'voidAnswerLost' : 'refundAnswerLost'),
      }),
    inquireGiveBack: ({ method, orderNumber, requestNumber, timeout_ms }, post) =>
      wire.call<RefundWord | null>({
        timeout_ms,
        serve: () =>
          method === 'void'
            ? voidState(ledger.query(orderNumber)?.order ?? null)
            : ledger.queryRefund(requestNumber),
        end: (ending) => alive(post, giveBackInquiryEvent(ending)),
      }),
    probe: (post) => {
      const isUp = wire.outage() === null;
      clock.after(isUp ? 80 : 1500, () =>
        alive(post, {
          online: isUp,
          cause: isUp ? null : 'TIMED_OUT',
          latency_ms: isUp ? 80 : null,
          storeAndForward: isUp ? true : null,
          clockSkew_ms: isUp ? 0 : null,
        }),
      );
    },
    close: async () => undefined,
  };
}

function giveBack(ledger: Ledger, order: GiveBackOrder): VoidWord | RefundWord {
  const { method, orderNumber, requestNumber, amount_fen } = order;
  return method === 'void'
    ? ledger.void(orderNumber, amount_fen, requestNumber)
    : ledger.refund({ orderNumber, requestNumber, amount_fen });
}

function payCall(host: Host, order: AuthorizeOrder, post: (event: PaymentEvent) => void) {
  const { orderNumber, amount_fen, code, deferred, timeout_ms } = order;
  const isDeferred = deferred !== null;
  const request = { orderNumber, amount_fen, code, scheme: schemeOf(code), isDeferred };
  return {
    timeout_ms,
    serve: () => host.ledger.pay(request),
    end: (ending: Ending<PayWord>) => post(payEvent(ending)),
    late: {
      leaves: () => host.wire.setOnItsWay(orderNumber, true),
      arrives: () => host.wire.setOnItsWay(orderNumber, false),
    },
  };
}
