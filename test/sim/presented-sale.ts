// The search over one sale with a code of ours: the till's own transition, cash beside the code, the sale dropped or put aside under it.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { isProven } from '../../core/domain/payment/state.ts';
import type { Surroundings, TillEvent } from '../../core/domain/till/events.ts';
import { type Attempt, emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { Edge, Model } from './explore.ts';
import { perform, type ShownBounds, shownKey, shownViolated, rightTill } from './presented-search.ts';
import { LIFE, shownEdges, type ShownRules, type ShownWorld } from './presented-world.ts';
import type { Transition } from './sale-search.ts';
import { capped, shortCodePolicy } from './short-time.ts';

export type CodeSaleWorld = ShownWorld & { till: TillState };

export const codeSaleProperties = {
  paidOnce: 'a sale that is sold has its money once',
  droppedMeansFree: 'a sale that is not wanted any more keeps no money',
  cashEndsTheCode: 'no code is on the screen beside cash',
} as const;

const PRICE_fen = 100;
const ROUTE = 'gateway';

const surroundings: Surroundings = {
  now_ms: 0,
  startedAt_ms: -Infinity,
  now_iso: '2026-11-28T02:00:00.000Z',
  entropy: '0123456789abcdef',
  terminalCode: '00000001',
  routes: {
    [ROUTE]: {
      policy: shortCodePolicy,
      offline: { mode: 'refuse', perPayment_fen: 0, openTotal_fen: 0, count: 0 },
    },
  },
  clockTrusted: true,
  cash: { roundDownTo_fen: 10, roundDownAlways: false },
  head: '',
};

function attemptIn(till: TillState): Attempt {
  const [attempt] = Object.values(till.attempts);
  if (attempt === undefined) throw new Error('no code was asked for');
  return attempt;
}

const saleIn = (till: TillState) => Object.values(till.sales)[0];

/** The till with the machine of the world, which has aged; what its future does not depend on is left out. */
function tillOf({ till, machine }: CodeSaleWorld): TillState {
  const attempt = { ...attemptIn(till), machine, story: [], openedAt_ms: 0, acquirerCode: null };
  return { ...till, attempts: { [attempt.attemptId]: attempt } };
}

/** Null when the till refuses. */
function tell(run: Transition, world: CodeSaleWorld, event: TillEvent): CodeSaleWorld | null {
  const { state: till, effects, refusal } = run(tillOf(world), event, surroundings);
  if (refusal !== null) return null;
  const { machine } = attemptIn(till);
  const { state } = machine;
  const content = state.kind === 'presenting' && state.content !== null ? [Number(state.content)] : [];
  const shown = [...new Set([...world.shown, ...content])];
  const next = { ...world, till, machine: capped(machine, shortCodePolicy), shown };
  // Paper, drawer and what goes back have searches of their own.
  const own = effects.filter((effect) => effect.kind !== 'print' && effect.kind !== 'openDrawer');
  return own.reduce<CodeSaleWorld>(
    (now, effect) => ('attemptId' in effect ? { ...now, ...perform(now, effect) } : now),
    next,
  );
}

function people(run: Transition, world: CodeSaleWorld): Edge<CodeSaleWorld>[] {
  const wishes: Record<string, TillEvent> = {
    'cash is taken': { kind: 'cashTaken', received_fen: PRICE_fen, roundDown: false },
    'the sale is dropped': { kind: 'saleCancelled' },
    'the sale is put aside': { kind: 'saleParked' },
    'the sale is taken up again': { kind: 'saleRecalled', saleId: saleIn(world.till)?.saleId ?? '' },
    'back to the goods': { kind: 'backToGoods' },
    'to the payment again': { kind: 'tenderStarted' },
  };
  return Object.entries(wishes).flatMap(([label, event]) => {
    const told = tell(run, world, event);
    return told === null ? [] : [{ label, isFault: true, world: told }];
  });
}

/** Charged, and not on its way back. */
function isKept({ machine, till }: CodeSaleWorld): boolean {
  return (
    machine.state.kind === 'approved' && attemptIn(till).surplus_fen + attemptIn(till).givingBack_fen === 0
  );
}

function violated(world: CodeSaleWorld): string | null {
  const sale = saleIn(world.till);
  const kept = Number(isKept(world)) + Number(sale?.cash !== null);
  if (sale?.state === 'completed' && kept !== 1) return codeSaleProperties.paidOnce;
  const isUnwanted = sale?.state === 'open' || sale?.state === 'cancelling' || sale?.state === 'cancelled';
  if (isUnwanted && kept > 0) return codeSaleProperties.droppedMeansFree;
  if (sale?.cash && world.machine.state.kind === 'presenting') return codeSaleProperties.cashEndsTheCode;
  return shownViolated(world);
}

function startOf(run: Transition): CodeSaleWorld {
  const goods = {
    barcode: '1',
    name_zh: '水',
    name_en: 'Water',
    unit: '瓶',
    price_fen: PRICE_fen,
    tax_bp: 1300,
  };
  const beginnings: TillEvent[] = [
    { kind: 'signedIn', operatorId: '1', role: 'cashier' },
    { kind: 'shiftOpened', operatorId: '1', float_fen: 0 },
    { kind: 'routeObserved', routeId: ROUTE, online: true, cause: null, layer: null, storeAndForward: true },
    { kind: 'goodsEntered', goods },
    { kind: 'tenderStarted' },
    { kind: 'presentAsked', routeId: ROUTE, scheme: 'AGGREGATE', expiresAt_ms: LIFE },
  ];
  const till = beginnings.reduce((state, event) => run(state, event, surroundings).state, emptyTill);
  const { machine } = attemptIn(till);
  const first = { what: 'present', number: 0, copied: false, isOver: false } as const;
  const clocks = { left: LIFE, ourLeft: LIFE };
  return { till, machine, orders: ['none'], shown: [], flying: [first], ...clocks, restarts: 0, foul: null };
}

export function codeSaleModel(bounds: ShownBounds, run: Transition = transition): Model<CodeSaleWorld> {
  const happen = (world: ShownWorld, event: PaymentEvent): ShownWorld => {
    const { attemptId } = attemptIn((world as CodeSaleWorld).till);
    const told = tell(run, world as CodeSaleWorld, { kind: 'payment', attemptId, event });
    if (told === null) throw new Error(`the till refused ${event.kind}`);
    return told;
  };
  const rules: ShownRules = { ...bounds, backup: null, isOver: rightTill.isOver, happen };
  return {
    start: startOf(run),
    keyOf: (world) => {
      const sale = saleIn(world.till);
      const money = `${sale?.cash === null ? '' : 'c'}${attemptIn(world.till).surplus_fen}`;
      return `${sale?.state}${money},${Object.keys(world.till.giveBacks).length}|${shownKey(world)}`;
    },
    violated,
    isEnd: (world) => isProven(world.machine.state),
    edges: (world) => [
      ...(shownEdges(rules, world) as Edge<CodeSaleWorld>[]),
      ...people(run, world).filter((edge) => edge.world.flying.length <= bounds.flyingLimit),
    ],
  };
}
