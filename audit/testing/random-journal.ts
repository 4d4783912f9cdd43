// Random days at a till: what a list of numbers makes cashiers, customers, wallets and lines do.
import { isOwed, isPerhapsBack } from '../../core/domain/giveback/give-back.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { JournalRow } from '../chain.ts';
import { giveBackEvent, paymentEvent, pick, type Step } from './answers.ts';
import { RandomTill, ROUTES } from './random-till.ts';

const barcodes: [price_fen: number, tax_bp: number][] = [
  [1_00, 1300],
  [3_57, 1300],
  [19_99, 900],
  [8_05, 600],
  [1, 1300],
  [250_03, 900],
  [12_34, 0],
];

const operators = ['1', '2', '3'];

type Act = (till: RandomTill, step: Step) => TillEvent | null;

function newestUnproven(till: RandomTill, b: number): string | undefined {
  const ids = Object.keys(till.state.attempts);
  const proven = new Set(['approved', 'declined', 'notSent', 'expiredUnsent', 'reversed']);
  const open = ids.filter((id) => !proven.has(till.state.attempts[id]?.machine.state.kind ?? ''));
  // One in eight tells an old one something, late.
  return b % 8 === 0 ? pick(ids, b >> 3) : (pick(open, b >> 3) ?? ids.at(-1));
}

function decided({ a, b }: Step) {
  const operatorId = pick(operators, a) ?? '1';
  return { operatorId, approverId: b % 2 === 0 ? operatorId : '9', reason: 'asked' };
}

const goods: Act = (_till, { a, b }) => {
  const [price_fen, tax_bp] = pick(barcodes, a) ?? [100, 1300];
  const barcode = `69${a % barcodes.length}${b % 3}`;
  return {
    kind: 'goodsEntered',
    goods: { barcode, name_zh: '水', name_en: 'Water', unit: '瓶', price_fen, tax_bp },
  };
};

const lineOf = (till: RandomTill, a: number) => {
  const lines = till.state.sales[till.state.currentSaleId ?? '']?.lines ?? [];
  return pick(lines, a)?.lineId;
};

const scan: Act = (_till, { a, b }) => ({
  kind: 'codeScanned',
  routeId: pick(ROUTES, a) ?? 'gateway',
  scheme: pick(['WECHAT', 'ALIPAY', 'UNIONPAY'], b) ?? 'WECHAT',
  codeMask: '130000********0007',
  codeHmac: `hmac-${a}-${b}`,
  deferrable: b % 7 !== 0,
  queuedBefore: false,
});

/** A timer rings when it is due: till then the clock goes on. */
function isDue(till: RandomTill, due: { at_ms: number } | null | undefined): boolean {
  if (due === null || due === undefined) return false;
  till.now_ms = Math.max(till.now_ms, due.at_ms);
  return true;
}

const payment: Act = (till, step) => {
  const attemptId = newestUnproven(till, step.b);
  if (attemptId === undefined) return null;
  const event = paymentEvent(step, till.now_ms);
  const isEarly = event.kind === 'timer' && !isDue(till, till.state.attempts[attemptId]?.machine.due);
  return isEarly ? null : { kind: 'payment', attemptId, event };
};

const cash: Act = (_till, { a, b }) => ({
  kind: 'cashTaken',
  received_fen: a % 5 === 0 ? a % 3000 : 1_000_000,
  roundDown: b % 2 === 0,
});

const goodsBack: Act = (till, step) => {
  const sales = Object.values(till.state.sales).filter((sale) => sale.settled.length > 0);
  const sale = pick(step.a % 4 === 0 ? sales : sales.slice(-4), step.a >> 2);
  if (sale === undefined) return null;
  const isWhole = step.b % 3 === 0;
  const lines = sale.settled
    .filter((_, index) => isWhole || index === step.b % sale.settled.length)
    .map(({ lineId, quantity }) => {
      const left = quantity - (sale.returned[lineId] ?? 0);
      return { lineId, quantity: isWhole ? left : 1 + (step.b % Math.max(1, left)) };
    })
    .filter((line) => line.quantity > 0);
  return lines.length === 0 ? null : { kind: 'returnOpened', saleId: sale.saleId, lines, ...decided(step) };
};

const giveBack: Act = (till, step) => {
  const all = Object.values(till.state.giveBacks);
  const open = all.filter(({ machine: { state } }) => state.kind !== 'done' && state.kind !== 'failed');
  const chosen = step.b % 9 === 0 ? pick(all, step.b) : pick(open, step.b);
  if (chosen === undefined) return null;
  const event = giveBackEvent(step);
  if (event.kind === 'timer' && !isDue(till, chosen.machine.due)) return null;
  return { kind: 'giveBack', giveBackId: chosen.giveBackId, event };
};

/** Proof beside the wire: the bill, or one of the two words of the acquirer's office. */
const giveBackProven: Act = (till, step) => {
  const chosen = pick(Object.values(till.state.giveBacks), step.b);
  if (chosen === undefined) return null;
  const { orderNumber, requestNumber: refundNumber } = chosen;
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  const said = pick(
    [{ isReturnedThere: true }, { isConfirmed: true }, { isConfirmed: true, isNotBack: true }],
    step.a,
  );
  return {
    kind: 'findingSettled',
    finding: { ...row, orderNumber, refundNumber },
    ...said,
    ...decided(step),
  };
};

const giveBackFailed: Act = (till, step) => {
  const all = Object.values(till.state.giveBacks);
  const lost = all.find(({ isLoss }) => isLoss === true);
  if (lost !== undefined && step.a % 2 === 0)
    return { kind: 'giveBackLossSeen', giveBackId: lost.giveBackId, ...decided(step) };
  const failed = all.filter((each) => each.machine.state.kind === 'failed');
  const chosen = pick(failed, step.b);
  const isBack = failed.findLast((each) => isOwed(each) && isPerhapsBack(each));
  if (isBack !== undefined && step.a % 3 > 0)
    return { kind: 'giveBackChecked', giveBackId: isBack.giveBackId, ...decided(step) };
  const kind = step.a % 3 === 0 ? 'giveBackRetried' : 'giveBackPaid';
  return chosen === undefined ? null : { kind, giveBackId: chosen.giveBackId, ...decided(step) };
};

function exceptionOf({ state }: RandomTill, b: number): string | undefined {
  return pick(Object.keys(state.exceptions), b);
}

const drawer: Act = (till, step) => {
  const open = till.state.drawer;
  if (open !== null && open.outcome === 'opening') {
    return {
      kind: 'drawerEnded',
      openId: open.openId,
      outcome: pick(['opened', 'failed', 'unknown'] as const, step.a) ?? 'opened',
      detail: '',
    };
  }
  return { kind: 'drawerAsked', cause: 'noSale', ...decided(step) };
};

const shift: Act = (till, { a, b }) =>
  till.state.shift === null
    ? { kind: 'shiftOpened', operatorId: pick(operators, a) ?? '1', float_fen: (b % 500) * 100 }
    : {
        kind: 'shiftClosed',
        operatorId: pick(operators, a) ?? '1',
        counted: [
          { value_fen: 10_000, count: a % 40 },
          { value_fen: 100, count: b % 90 },
        ],
      };

const restart: Act = (till) => ({
  kind: 'coreStarted',
  version: '1',
  runtime: '24',
  sentIds: Object.keys(till.state.attempts),
  sentDrawerIds: till.state.drawer === null ? [] : [till.state.drawer.openId],
});

/** How often, and what. */
const acts: [weight: number, act: Act][] = [
  [14, goods],
  [
    2,
    (till, { a, b }) => {
      const lineId = lineOf(till, a);
      return lineId === undefined ? null : { kind: 'quantitySet', lineId, quantity: 1 + (b % 7) };
    },
  ],
  [
    1,
    (till, { a }) => {
      const lineId = lineOf(till, a);
      return lineId === undefined ? null : { kind: 'lineRemoved', lineId };
    },
  ],
  [9, () => ({ kind: 'tenderStarted' })],
  [1, () => ({ kind: 'backToGoods' })],
  [9, scan],
  [22, payment],
  [6, cash],
  [2, (_till, { a }) => ({ kind: 'walletPartSet', amount_fen: a % 4 === 0 ? null : 1 + (a % 900) })],
  [1, () => ({ kind: 'saleCancelled' })],
  [5, () => ({ kind: 'saleLeft' })],
  [2, () => ({ kind: 'saleParked' })],
  [
    3,
    (till, { a }) => {
      const saleId = pick(till.state.parkedSaleIds, a);
      return saleId === undefined ? null : { kind: 'saleRecalled', saleId };
    },
  ],
  [3, shift],
  [
    2,
    (_till, { a, b }) => ({
      kind: 'cashMoved',
      direction: a % 2 === 0 ? 'paidIn' : 'paidOut',
      amount_fen: 1 + (b % 5000),
      ...decided({ what: 0, a: a >> 1, b }),
      approverId: b % 3 === 0 ? null : b % 3 === 1 ? '9' : (pick(operators, a >> 1) ?? '1'),
    }),
  ],
  [2, drawer],
  [4, goodsBack],
  [2, (till, { a }) => goodsBack(till, { what: 0, a: 4 * a + 3, b: 3 * (a % 2) })],
  [5, giveBack],
  [2, giveBackFailed],
  [1, giveBackProven],
  [
    2,
    (till, { b }) => {
      const attemptId = exceptionOf(till, b);
      return attemptId === undefined ? null : { kind: 'collectStarted', attemptId };
    },
  ],
  [
    1,
    (till, step) => {
      const attemptId = exceptionOf(till, step.b);
      return attemptId === undefined ? null : { kind: 'writtenOff', attemptId, ...decided(step) };
    },
  ],
  [1, (till, { a }) => ({ kind: 'reportTaken', operatorId: pick(operators, a) ?? '1', at_ms: till.now_ms })],
  [1, (till, { a }) => ({ kind: 'dayClosed', operatorId: pick(operators, a) ?? '1', at_ms: till.now_ms })],
  [1, (_till, { b }) => ({ kind: 'clockStepped', by_ms: b })],
  [1, (_till, { a }) => ({ kind: 'signedIn', operatorId: pick(operators, a) ?? '1', role: 'cashier' })],
  [
    1,
    (till, { a }) => ({
      kind: 'pinWrong',
      operatorId: pick(operators, a) ?? '1',
      lockedUntil_ms: till.now_ms,
    }),
  ],
  [1, (_till, { b }) => (b % 4 === 0 ? { kind: 'locked' } : null)],
  [2, (_till, { a }) => ({ kind: 'signedIn', operatorId: pick(operators, a) ?? '1', role: 'cashier' })],
  [
    1,
    (till, { a, b }) => {
      const all = Object.keys(till.state.receipts);
      // The newest as often as all others: a slip that is named once is soon forgotten.
      const receiptId = a % 2 === 0 ? all.at(-1) : pick(all, a);
      if (receiptId === undefined) return null;
      return b % 2 === 0
        ? { kind: 'reprintAsked', receiptId, operatorId: '1' }
        : { kind: 'printEnded', receiptId, print: 'printed', problem: null };
    },
  ],
  [
    3,
    (_till, { a, b }) => ({
      kind: 'routeObserved',
      routeId: pick(ROUTES, a) ?? 'gateway',
      online: b % 3 !== 0,
      cause: b % 3 === 0 ? 'DNS' : null,
      layer: null,
      storeAndForward: true,
    }),
  ],
  [3, (_till, { a }) => ({ kind: 'forwarded', routeId: pick(ROUTES, a) ?? 'gateway', window: 3 })],
  [
    1,
    (till, { b }) => {
      const attemptId = newestUnproven(till, b);
      return attemptId === undefined ? null : { kind: 'gaveUp', attemptId };
    },
  ],
  [1, restart],
];

function wheelOf(weighed: typeof acts): Act[] {
  return weighed.flatMap(([weight, act]) => Array.from({ length: weight }, () => act));
}

const tender: Act = () => ({ kind: 'tenderStarted' });
const leave: Act = () => ({ kind: 'saleLeft' });
const forward: Act = (_till, { a }) => ({ kind: 'forwarded', routeId: pick(ROUTES, a) ?? '', window: 9 });
const signIn: Act = () => ({ kind: 'signedIn', operatorId: '1', role: 'cashier' });
const dayEnd: Act = (till, { a }) =>
  a % 3 === 0 ? { kind: 'dayClosed', operatorId: '1', at_ms: till.now_ms } : null;
const writeOff: Act = (till, step) => {
  const attemptId = exceptionOf(till, step.b);
  return attemptId === undefined ? null : { kind: 'writtenOff', attemptId, ...decided(step) };
};

/** `offline`: months of small sales on trust, so that shares of what is lost are known and forgotten again. */
const wheels = {
  ordinary: wheelOf(acts),
  offline: wheelOf([
    [6, goods],
    [5, tender],
    [6, scan],
    [5, leave],
    [5, payment],
    [6, (till, { a, b }) => payment(till, { what: 0, a: a % 5, b: b | 1 })],
    [4, forward],
    [1, dayEnd],
    [1, writeOff],
    [1, signIn],
    [1, (till, step) => (till.state.shift === null ? shift(till, step) : null)],
    [1, goodsBack],
    [2, giveBack],
  ]),
};

export type Mood = keyof typeof wheels;

export function playStep(till: RandomTill, step: Step, mood: Mood = 'ordinary'): void {
  // Mostly seconds; now and then hours, so that hours, days and queue ages pass.
  const longest_h = mood === 'offline' ? 150 : 40;
  till.now_ms += step.b % 29 === 0 ? (step.a % longest_h) * 3_600_000 : (step.a % 30) * 1000;
  const event = pick(wheels[mood], step.what)?.(till, step) ?? null;
  if (event !== null) till.tell(event);
}

/** A journal that these steps leave, its last period closed. */
export function randomJournal(steps: Iterable<Step>, mood: Mood = 'ordinary'): JournalRow[] {
  const till = new RandomTill();
  if (mood === 'offline') for (const route of ROUTES) till.line(route, false);
  for (const step of steps) playStep(till, step, mood);
  till.tell({ kind: 'reportTaken', operatorId: '1', at_ms: till.now_ms });
  till.tell({ kind: 'dayClosed', operatorId: '1', at_ms: till.now_ms });
  return till.rows;
}

/** The same steps for the same seed, on every machine. */
export function* stepsOf(seed: number, count: number): Generator<Step> {
  let state = seed >>> 0;
  const next = () => {
    // Mulberry32.
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return (mixed ^ (mixed >>> 14)) >>> 0;
  };
  for (let index = 0; index < count; index += 1) yield { what: next(), a: next(), b: next() };
}
