// The search over the give-backs of one payment, through the whole till: network, acquirer, cut-off, restarts. Timers may ring at
// any moment, which is more than a clock can do: no time needs to be modelled.
import { deepStrictEqual } from 'node:assert/strict';
import { type GiveBackEvent, isGiveBackProven } from '../../core/domain/giveback/machine.ts';
import type { GiveBack } from '../../core/domain/giveback/give-back.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { Edge, Model } from './explore.ts';
import { giveBackName } from './give-back-table.ts';
import { answers, codeScan, TestTill } from './till-kit.ts';

/** What the acquirer made of one request number. */
export type Entry = 'none' | 'processing' | 'given' | 'refused';
export type Word = 'give' | 'ask' | 'done' | 'refused' | 'accepted' | 'undecided' | 'processing' | 'notFound';
type Message = { word: Word; number: string; copied: boolean };
type World = {
  state: TillState;
  /** By request number; one that is not there is unknown to the acquirer. */
  ledger: Record<string, Entry>;
  flying: Message[];
  /** Give-backs whose request waits for the dispatcher, or was marked sent. */
  rows: Record<string, 'pending' | 'sent'>;
  /** The clearing day is over: the acquirer voids nothing any more. */
  isCut: boolean;
  restarts: number;
};

export type Planted = {
  /** Read this answer as another one. */
  misread?: (event: GiveBackEvent) => GiveBackEvent;
  /** A sending again under a number of its own. */
  renumber?: boolean;
};

export type GiveBackBounds = {
  flyingLimit: number;
  restartLimit: number;
  method: 'void' | 'refund';
  planted?: Planted;
};

const till = new TestTill();

function backsOf({ state }: World): GiveBack[] {
  return Object.values(state.giveBacks);
}

function send(world: World, word: Word, number: string): World {
  const different = world.flying.filter((one) => one.word !== word || one.number !== number);
  return { ...world, flying: [...different, { word, number, copied: false }] };
}

/** Equal futures: sendings are counted up to two, stories told are forgotten. */
export function forgetful(state: TillState): TillState {
  const giveBacks = Object.fromEntries(
    Object.entries(state.giveBacks).map(([id, one]) => {
      const inner = one.machine.state;
      const tries = 'tries' in inner ? { tries: Math.min(inner.tries, 2) } : {};
      const inquiries = 'inquiries' in inner ? { inquiries: 1 } : {};
      const capped = { ...inner, ...tries, ...inquiries } as typeof inner;
      return [id, { ...one, story: [], machine: { ...one.machine, state: capped } }];
    }),
  );
  return { ...state, giveBacks };
}

function tell(world: World, event: TillEvent, planted: Planted): World {
  const result = transition(world.state, event, till.surroundings());
  deepStrictEqual(result.refusal, null);
  let next: World = { ...world, state: forgetful(result.state), rows: { ...world.rows } };
  for (const { type, body } of result.records)
    if (type === 'giveBack.moved') delete next.rows[body.giveBackId];
  for (const effect of result.effects) {
    if (effect.kind === 'giveBack') next.rows[effect.giveBackId] = 'pending';
    if (effect.kind === 'giveBack' && effect.count > 1 && planted.renumber) next = renumbered(next, effect);
    const number =
      'giveBackId' in effect ? next.state.giveBacks[effect.giveBackId]?.requestNumber : undefined;
    if (effect.kind === 'askGiveBack' && number !== undefined) next = send(next, 'ask', number);
  }
  return next;
}

function renumbered(world: World, { giveBackId }: { giveBackId: string }): World {
  const one = world.state.giveBacks[giveBackId];
  if (one === undefined || one.requestNumber.endsWith('*')) return world;
  const changed = { ...one, requestNumber: `${one.requestNumber}*` };
  return {
    ...world,
    state: { ...world.state, giveBacks: { ...world.state.giveBacks, [giveBackId]: changed } },
  };
}

/** Without the mark of a planted renumbering. */
function rootOf(number: string): string {
  return number.replace('*', '');
}

function byNumber(world: World, number: string): GiveBack | undefined {
  return backsOf(world).find((one) => rootOf(one.requestNumber) === rootOf(number));
}

export const backEventOf: Record<Exclude<Word, 'give' | 'ask'>, GiveBackEvent> = {
  done: { kind: 'done', result: 'REFUNDED', reference: null },
  refused: { kind: 'refused', code: 'NOT_ALLOWED' },
  accepted: { kind: 'accepted', code: 'PROCESSING' },
  undecided: { kind: 'undecided', code: 'SYSTEM_ERROR' },
  processing: { kind: 'processing' },
  notFound: { kind: 'notFound' },
};

type Outcome = [entry: Entry, answer: Word, isFault: boolean];

/** A request may be done, refused for good, taken for later, or fail without a trace; each number once. */
export function backOutcomes(
  entry: Entry,
  word: Word,
  method: 'void' | 'refund' | undefined,
  isCut: boolean,
): Outcome[] {
  const told: Record<Entry, Word> = {
    none: 'notFound',
    processing: word === 'give' ? 'accepted' : 'processing',
    given: 'done',
    refused: 'refused',
  };
  if (word === 'ask' || entry !== 'none') return [[entry, told[entry], false]];
  if (method === 'void') {
    if (isCut) return [['refused', 'refused', false]];
    return [
      ['given', 'done', false],
      ['refused', 'refused', false],
      ['none', 'undecided', true],
    ];
  }
  return [
    ['given', 'done', false],
    ['refused', 'refused', false],
    ['processing', 'accepted', false],
    ['none', 'undecided', true],
  ];
}

function arrivals(world: World, message: Message, planted: Planted): Edge<World>[] {
  const { word, number } = message;
  if (word !== 'give' && word !== 'ask') {
    const giveBackId = byNumber(world, number)?.giveBackId ?? '';
    const event = planted.misread?.(backEventOf[word]) ?? backEventOf[word];
    return [
      {
        label: `${word} arrives`,
        isFault: false,
        world: tell(world, { kind: 'giveBack', giveBackId, event }, planted),
      },
    ];
  }
  const method = byNumber(world, number)?.method;
  const before = world.ledger[number] ?? 'none';
  return backOutcomes(before, word, method, world.isCut).map(([entry, answer, isFault]) => ({
    label: `${word} reaches the acquirer: ${entry}, answers ${answer}`,
    isFault,
    world: send({ ...world, ledger: { ...world.ledger, [number]: entry } }, answer, number),
  }));
}

function flights(world: World, planted: Planted): Edge<World>[] {
  return world.flying.flatMap((message, at) => {
    const gone: World = { ...world, flying: world.flying.filter((_, other) => other !== at) };
    const kept: World = { ...world, flying: world.flying.with(at, { ...message, copied: true }) };
    const edges = arrivals(gone, message, planted);
    if (!message.copied)
      edges.push(...arrivals(kept, message, planted).map((edge) => ({ ...edge, isFault: true })));
    edges.push({ label: `${message.word} is lost`, isFault: true, world: gone });
    const one = byNumber(world, message.number);
    if (one && (message.word === 'give' || message.word === 'ask')) {
      const event: GiveBackEvent =
        message.word === 'give'
          ? { kind: 'noAnswer', cause: 'ECONNRESET' }
          : { kind: 'inquiryFailed', cause: 'ECONNRESET' };
      const broken = tell(world, { kind: 'giveBack', giveBackId: one.giveBackId, event }, planted);
      edges.push({ label: `${message.word}: connection lost`, isFault: true, world: broken });
    }
    return edges;
  });
}

function dispatching(world: World, planted: Planted): Edge<World>[] {
  return backsOf(world).flatMap((one) => {
    const { giveBackId, requestNumber } = one;
    if (world.rows[giveBackId] !== 'pending') return [];
    const marked: World = { ...world, rows: { ...world.rows, [giveBackId]: 'sent' } };
    const event: GiveBackEvent = { kind: 'notSent', cause: 'ECONNREFUSED' };
    return [
      { label: 'sending', isFault: false, world: send(marked, 'give', requestNumber) },
      { label: 'marked sent, then nothing', isFault: true, world: marked },
      {
        label: 'no connection',
        isFault: true,
        world: tell(marked, { kind: 'giveBack', giveBackId, event }, planted),
      },
    ];
  });
}

function clocks(world: World, planted: Planted): Edge<World>[] {
  return backsOf(world)
    .filter((one) => one.machine.due !== null)
    .flatMap(({ giveBackId }) =>
      (['timer', 'lineUp'] as const).map((kind) => ({
        label: kind,
        isFault: kind === 'lineUp',
        world: tell(world, { kind: 'giveBack', giveBackId, event: { kind } }, planted),
      })),
    );
}

function others(world: World, { restartLimit, planted = {} }: GiveBackBounds): Edge<World>[] {
  const edges: Edge<World>[] = [];
  for (const [number, entry] of Object.entries(world.ledger)) {
    if (entry !== 'processing') continue;
    for (const to of ['given', 'refused'] as const) {
      const ledger = { ...world.ledger, [number]: to };
      edges.push({ label: `the acquirer decides: ${to}`, isFault: false, world: { ...world, ledger } });
    }
  }
  if (!world.isCut) {
    edges.push({ label: 'the clearing day ends', isFault: true, world: { ...world, isCut: true } });
  }
  if (world.restarts < restartLimit) {
    const sentIds = Object.keys(world.rows).filter((id) => world.rows[id] === 'sent');
    const event = { kind: 'coreStarted', version: '1', runtime: '24', sentIds, sentDrawerIds: [] } as const;
    const later = tell({ ...world, restarts: world.restarts + 1 }, event, planted);
    edges.push({ label: 'restart', isFault: true, world: later });
  }
  return edges;
}

export const giveBackProperties = {
  once: 'given back at most once',
  doneMeansGiven: 'done means given back',
  failedMeansNever: 'failed means never given back under this number',
  oneInFlight: 'one number in flight for the same money',
} as const;

function violated(world: World): string | null {
  const given = Object.values(world.ledger).filter((entry) => entry === 'given').length;
  if (given > 1) return giveBackProperties.once;
  const open = backsOf(world).filter((one) => !isGiveBackProven(one.machine.state));
  if (open.length > 1) return giveBackProperties.oneInFlight;
  for (const { machine, requestNumber } of backsOf(world)) {
    const entries = [world.ledger[rootOf(requestNumber)], world.ledger[requestNumber]];
    const isGiven = entries.includes('given');
    if (machine.state.kind === 'done' && !isGiven) return giveBackProperties.doneMeansGiven;
    const isNever = entries.includes('refused') && !isGiven;
    if (machine.state.kind === 'failed' && !isNever) return giveBackProperties.failedMeansNever;
  }
  return null;
}

function keyOf(world: World): string {
  const backs = backsOf(world).map(
    (one) => `${one.method}:${giveBackName(one.machine.state)}:${world.rows[one.giveBackId] ?? ''}`,
  );
  const flying = world.flying
    .map(({ word, number, copied }) => `${word}${number}${copied ? '*' : ''}`)
    .sort();
  const numbers = backsOf(world).map((one) => one.requestNumber);
  return [backs, numbers, JSON.stringify(world.ledger), flying, world.isCut, world.restarts].join('|');
}

function start({ method }: GiveBackBounds): World {
  const sold = TestTill.tendering(1000);
  sold.tell(codeScan());
  sold.pay(answers.approved);
  const { saleId, lines } = sold.sale();
  // The next day nothing can be voided: it is refunded.
  if (method === 'refund') sold.now_ms = Date.parse('2026-11-30T12:00:00Z');
  sold.tell({
    kind: 'returnOpened',
    saleId,
    lines: lines.map((line) => ({ lineId: line.lineId, quantity: line.quantity })),
    operatorId: '1',
    approverId: '9',
    reason: 'faulty',
  });
  const [one] = Object.values(sold.state.giveBacks);
  if (one?.method !== method) throw new Error(`not a ${method}`);
  const rows = { [one.giveBackId]: 'pending' } as const;
  return { state: forgetful(sold.state), ledger: {}, flying: [], rows, isCut: false, restarts: 0 };
}

export function giveBackModel(bounds: GiveBackBounds): Model<World> {
  const planted = bounds.planted ?? {};
  return {
    start: start(bounds),
    keyOf,
    violated,
    isEnd: (world) => backsOf(world).every((one) => isGiveBackProven(one.machine.state)),
    edges: (world) =>
      [
        ...flights(world, planted),
        ...dispatching(world, planted),
        ...clocks(world, planted),
        ...others(world, bounds),
      ].filter((edge) => edge.world.flying.length <= bounds.flyingLimit),
  };
}
