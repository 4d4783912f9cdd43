// Random events at a till: drawn numbers, whose meaning depends on the till at that moment, so that most of them can happen.
import fc from 'fast-check';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import { isGiveBackProven } from '../../core/domain/giveback/machine.ts';
import { isProven } from '../../core/domain/payment/state.ts';
import { currentSale, isBlocking, isWaiting } from '../../core/domain/till/queries.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { probes } from './machine-events.ts';
import { codeScan, goods, ROUTE, type TestTill } from './till-kit.ts';

export type Draw = { chance: number; which: number; more: number; wait_ms: number };

export const draw: fc.Arbitrary<Draw> = fc.record({
  chance: fc.noBias(fc.nat(99)),
  which: fc.noBias(fc.nat(1000)),
  more: fc.noBias(fc.nat(1000)),
  wait_ms: fc.oneof(fc.constant(0), fc.nat(6000), fc.constantFrom(45_000, 90_000, 25 * 3600_000)),
});

type Told = TillEvent | null;
const decided = { operatorId: '1', approverId: '9', reason: 'asked' };

function pick<Value>(values: readonly Value[], number: number): Value | undefined {
  return values[number % Math.max(1, values.length)];
}

/** Only the till itself says these, and what it does besides belongs to them. */
const ours: ReadonlySet<string> = new Set(['submitted', 'deferredCancelled']);

/** Any event that the world may send to any attempt; a timer only where one is due. */
function paymentEvent(till: TestTill, attemptId: string | undefined, which: number): Told {
  const machine = till.state.attempts[attemptId ?? '']?.machine;
  const probe = pick(probes, which);
  if (!attemptId || !machine || !probe || ours.has(probe.event.kind)) return null;
  if (probe.event.kind === 'timer' && machine.due === null) return null;
  return { kind: 'payment', attemptId, event: probe.event };
}

const giveBackAnswers: readonly GiveBackEvent[] = [
  { kind: 'done', result: 'REFUNDED', reference: null },
  { kind: 'refused', code: 'REFUND_NOT_ALLOWED' },
  { kind: 'accepted', code: 'PROCESSING' },
  { kind: 'noAnswer', cause: 'ECONNRESET' },
  { kind: 'notSent', cause: 'ECONNREFUSED' },
  { kind: 'notFound' },
  { kind: 'processing' },
  { kind: 'timer' },
  { kind: 'restarted', sent: true },
];

/** An acquirer that keeps its word: what it refused for good it does not do. */
function giveBackEvent(till: TestTill, { which, more }: Draw): Told {
  const open = Object.values(till.state.giveBacks).filter((one) => !isGiveBackProven(one.machine.state));
  const one = pick(open, which);
  const event = pick(giveBackAnswers, more);
  return one === undefined || event === undefined
    ? null
    : { kind: 'giveBack', giveBackId: one.giveBackId, event };
}

function seeToFailed(till: TestTill, { which, more }: Draw): Told {
  const failed = Object.values(till.state.giveBacks).filter((one) => one.machine.state.kind === 'failed');
  const giveBackId = pick(failed, which)?.giveBackId;
  const kind = (['giveBackRetried', 'giveBackPaid', 'giveBackChecked'] as const)[more % 3] ?? 'giveBackPaid';
  return giveBackId === undefined ? null : { kind, giveBackId, ...decided };
}

/** Bill and office speak of what is open; the acquirer may refuse afterwards what they called done. */
function besideTheWire(till: TestTill, { which, more }: Draw): Told {
  const all = Object.values(till.state.giveBacks);
  const byWord = pick(
    all.filter(({ machine }) => machine.state.kind === 'done' && machine.state.by !== undefined),
    which,
  );
  if (byWord !== undefined && more % 4 === 0)
    return {
      kind: 'giveBack',
      giveBackId: byWord.giveBackId,
      event: { kind: 'refused', code: 'NOT_ALLOWED' },
    };
  const one = pick(
    all.filter(({ machine }) => !isGiveBackProven(machine.state)),
    which,
  );
  if (one === undefined) return null;
  const { orderNumber, requestNumber: refundNumber } = one;
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  const said = pick(
    [{ isReturnedThere: true }, { isConfirmed: true }, { isConfirmed: true, isNotBack: true }],
    more,
  );
  return { kind: 'findingSettled', finding: { ...row, orderNumber, refundNumber }, ...said, ...decided };
}

function goodsBack(till: TestTill, { which, more }: Draw): Told {
  const sold = Object.values(till.state.sales).filter((sale) => sale.settled.length > 0);
  const sale = pick(sold, which);
  if (sale === undefined) return null;
  const lines = sale.settled
    .map(({ lineId, quantity }) => ({ lineId, left: quantity - (sale.returned[lineId] ?? 0) }))
    .filter(({ left }, at) => left > 0 && (more % 2 === 0 || at === 0))
    .map(({ lineId, left }) => ({ lineId, quantity: more % 2 === 0 ? left : 1 + (more % left) }));
  return lines.length === 0 ? null : { kind: 'returnOpened', saleId: sale.saleId, lines, ...decided };
}

function exceptionEvent(till: TestTill, { which, more }: Draw): Told {
  const attemptId = pick(Object.keys(till.state.exceptions), which);
  if (attemptId === undefined) return null;
  return more % 3 > 0 ? { kind: 'collectStarted', attemptId } : { kind: 'writtenOff', attemptId, ...decided };
}

function takeCash(_till: TestTill, { which, more }: Draw): Told {
  return { kind: 'cashTaken', received_fen: more % 5 === 0 ? which : 5000, roundDown: more % 2 === 0 };
}

function shiftEvent(till: TestTill, { which }: Draw): Told {
  if (till.state.shift === null) return { kind: 'shiftOpened', operatorId: '1', float_fen: which * 100 };
  return { kind: 'shiftClosed', operatorId: '1', counted: [{ value_fen: 100, count: which }] };
}

/** What brings a sale on its way: goods, the tender step, a tender, and then whatever may happen to its payments. */
function usual(till: TestTill, drawn: Draw): Told {
  const { which, more } = drawn;
  if (till.state.shift === null) return shiftEvent(till, drawn);
  const sale = currentSale(till.state);
  const open = till.attempts().filter((attempt) => !isProven(attempt.machine.state));
  if (open.length > 0 && which % 3 > 0) return paymentEvent(till, pick(open, which)?.attemptId, more);
  if (sale?.state === 'tendering' && more % 6 === 0) return takeCash(till, drawn);
  if (sale?.state === 'tendering' && !open.some(isBlocking))
    return codeScan({ codeHmac: `hmac ${which % 20}`, deferrable: which % 5 > 0 });
  if (sale?.state === 'open' && sale.lines.length > 0 && which % 2 > 0) return { kind: 'tenderStarted' };
  return { kind: 'goodsEntered', goods: goods(100 + (which % 13), `B${which % 4}`) };
}

/** A slip that waits comes out, or finds no paper. */
function slipEnds(till: TestTill, { more }: Draw): Told {
  const slip = Object.values(till.state.receipts).find((one) => one.kind === 'evidence' && isWaiting(one));
  if (slip === undefined) return null;
  const { receiptId } = slip;
  if (more % 2 === 0) return { kind: 'printEnded', receiptId, print: 'printed', problem: null };
  return { kind: 'printEnded', receiptId, print: 'failed', problem: 'paperOut', proof: 'nothing' };
}

type Act = (till: TestTill, drawn: Draw) => Told;

const rare: readonly Act[] = [
  (till, { which }) => {
    const attemptId = pick(till.attempts(), which)?.attemptId;
    const sentIds = [...(attemptId ? [attemptId] : []), ...Object.keys(till.state.giveBacks)];
    return { kind: 'coreStarted', version: '1', runtime: 'node', sentIds, sentDrawerIds: [] };
  },
  () => ({ kind: 'backToGoods' }),
  () => ({ kind: 'saleCancelled' }),
  () => ({ kind: 'saleLeft' }),
  (till, { more }) => ({
    kind: 'quantitySet',
    lineId: currentSale(till.state)?.lastLineId ?? 'L1',
    quantity: more % 4,
  }),
  (till) => ({ kind: 'lineRemoved', lineId: currentSale(till.state)?.lastLineId ?? 'L1' }),
  (_till, { more }) => ({
    kind: 'routeObserved',
    routeId: ROUTE,
    online: more % 2 === 0,
    cause: null,
    layer: null,
    storeAndForward: true,
  }),
  (_till, { more }) => ({ kind: 'forwarded', routeId: ROUTE, window: 1 + (more % 3) }),
  (till, { which }) => {
    const attemptId = pick(till.attempts(), which)?.attemptId;
    return attemptId ? { kind: 'gaveUp', attemptId } : null;
  },
  (till) => ({ kind: 'reprintAsked', receiptId: till.state.lastReceiptId ?? 'none', operatorId: '1' }),
  (till) => {
    const receiptId = till.state.lastReceiptId;
    return receiptId === null ? null : { kind: 'printEnded', receiptId, print: 'printed', problem: null };
  },
  // One in two tells a payment of long ago something.
  (till, { which, more }) => paymentEvent(till, pick(till.attempts(), which)?.attemptId, more),
  (till, { which }) => {
    const attemptId = pick(till.attempts(), which)?.attemptId;
    const approval = probes.find((probe) => probe.name === 'approved');
    return attemptId && approval ? { kind: 'payment', attemptId, event: approval.event } : null;
  },
  (_till, { which }) => codeScan({ codeHmac: `hmac ${which % 20}` }),
  (_till, { more }) => ({ kind: 'clockStepped', by_ms: more }),
  (_till, { more }) => ({ kind: 'walletPartSet', amount_fen: more % 4 === 0 ? null : more % 130 }),
  takeCash,
  () => ({ kind: 'saleParked' }),
  (till, { which }) => {
    const saleId = pick(till.state.parkedSaleIds, which);
    return saleId === undefined ? null : { kind: 'saleRecalled', saleId };
  },
  giveBackEvent,
  giveBackEvent,
  giveBackEvent,
  seeToFailed,
  besideTheWire,
  goodsBack,
  goodsBack,
  exceptionEvent,
  exceptionEvent,
  shiftEvent,
  (_till, { which, more }) => ({
    kind: 'cashMoved',
    direction: more % 2 === 0 ? 'paidIn' : 'paidOut',
    amount_fen: 1 + which * 50,
    ...decided,
  }),
  (till, { which }) => {
    const attemptId = pick(till.attempts(), which)?.attemptId;
    return attemptId ? { kind: 'evidenceAsked', attemptId, operatorId: '1' } : null;
  },
  slipEnds,
  (till) => ({ kind: 'reportTaken', operatorId: '1', at_ms: till.now_ms }),
  (till) => ({ kind: 'dayClosed', operatorId: '1', at_ms: till.now_ms }),
];

/** Null when the till gives this draw no meaning. */
export function eventOf(till: TestTill, drawn: Draw): Told {
  return drawn.chance < 50 ? usual(till, drawn) : (pick(rare, drawn.which)?.(till, drawn) ?? null);
}
