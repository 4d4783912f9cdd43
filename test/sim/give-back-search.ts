// The search over the give-backs of one payment, through the whole till: network, acquirer, cut-off, restarts. Timers may ring at
// any moment, which is more than a clock can do: no time needs to be modelled.
import { deepStrictEqual } from 'node:assert/strict';
import { type GiveBackEvent, isGiveBackProven } from '../../core/domain/giveback/machine.ts';
import { type GiveBack, isRetryable } from '../../core/domain/giveback/give-back.ts';
import { gatewayPolicy } from '../../core/domain/payment/policy.ts';
import type { Surroundings, TillEvent } from '../../core/domain/till/events.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { Edge, Model } from './explore.ts';
import type { GiveBackBounds } from './give-back-bounds.ts';
import { giveBackName } from './give-back-table.ts';
import { answers, codeScan, ROUTE, TestTill } from './till-kit.ts';

/** What the acquirer made of one request number. */
export type Entry = 'none' | 'processing' | 'given' | 'refused';
export type Word = 'give' | 'ask' | 'done' | 'refused' | 'accepted' | 'undecided' | 'processing' | 'notFound';
/** `isOrphan`: the call that it belongs to has ended; it may arrive, and nobody hears the answer. */
type Message = { word: Word; number: string; copied: boolean; isOrphan?: true };
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
  /** How often a manager asked for a refused refund again. */
  again: number;
};

const till = new TestTill();
const BEGIN_ms = till.now_ms;
/** After it nothing that was sent can still arrive. */
const FLIGHT_ms = 10 * 60_000;

function backsOf({ state }: World): GiveBack[] {
  return Object.values(state.giveBacks);
}

function send(world: World, word: Word, number: string): World {
  const different = world.flying.filter(
    (one) => one.word !== word || one.number !== number || one.isOrphan === true,
  );
  return { ...world, flying: [...different, { word, number, copied: false }] };
}

/** Equal futures: sendings are counted up to two, all at one time, stories told are forgotten. */
export function forgetful(state: TillState): TillState {
  const giveBacks = Object.fromEntries(
    Object.entries(state.giveBacks).map(([id, one]) => {
      const inner = one.machine.state;
      const tries = 'tries' in inner ? { tries: Math.min(inner.tries, 2) } : {};
      const inquiries = 'inquiries' in inner ? { inquiries: 1 } : {};
      const sent = 'sentAt_ms' in inner ? { sentAt_ms: BEGIN_ms } : {};
      const capped = { ...inner, ...sent, ...tries, ...inquiries } as typeof inner;
      return [id, { ...one, story: [], machine: { ...one.machine, state: capped } }];
    }),
  );
  return { ...state, giveBacks };
}

/** The clock is as late as can be: while a request is on its way no more than its flight has passed. */
function surroundingsOf({ flying }: World, bounds: GiveBackBounds): Surroundings {
  const { againLimit = 0, anew, planted } = bounds;
  const isAgain = againLimit > 0;
  const isFlying = flying.some(({ word }) => word === 'give');
  const refusedIsSpent = !isAgain || planted?.spent === true;
  const policy = { ...gatewayPolicy, refundKeepsNumber: isAgain && anew !== true, refusedIsSpent };
  const { routes, ...rest } = till.surroundings();
  const settings = { policy, offline: till.limits };
  const now_ms = BEGIN_ms + (isFlying ? 0 : FLIGHT_ms);
  return { ...rest, startedAt_ms: BEGIN_ms, now_ms, routes: { ...routes, [ROUTE]: settings } };
}

const isRequest = ({ word }: Message): boolean => word === 'give' || word === 'ask';

/** The calls of these numbers end: what they have sent may still arrive. */
function endCalls(world: World, { isOrderly }: GiveBackBounds, ofNumber?: string): World {
  if (isOrderly !== true) return world;
  const flying = world.flying.flatMap((one): Message[] => {
    if (ofNumber !== undefined && one.number !== ofNumber) return [one];
    return isRequest(one) ? [{ ...one, isOrphan: true }] : [];
  });
  return { ...world, flying };
}

function tell(world: World, event: TillEvent, bounds: GiveBackBounds): World {
  const result = transition(world.state, event, surroundingsOf(world, bounds));
  deepStrictEqual(result.refusal, null);
  let next: World = { ...world, state: forgetful(result.state), rows: { ...world.rows } };
  for (const { type, body } of result.records)
    if (type === 'giveBack.moved') delete next.rows[body.giveBackId];
  for (const effect of result.effects) {
    if (effect.kind === 'giveBack') next.rows[effect.giveBackId] = 'pending';
    if (effect.kind === 'giveBack' && effect.count > 1 && bounds.planted?.renumber)
      next = renumbered(next, effect);
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
  isAgain = false,
): Outcome[] {
  const told: Record<Entry, Word> = {
    none: 'notFound',
    processing: word === 'give' ? 'accepted' : 'processing',
    given: 'done',
    // Of a request that it refused such an acquirer keeps nothing.
    refused: isAgain ? 'notFound' : 'refused',
  };
  const isOpen = entry === 'none' || (isAgain && entry === 'refused');
  if (word === 'ask' || !isOpen) return [[entry, told[entry], false]];
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
    [entry, 'undecided', true],
  ];
}

function arrivals(world: World, message: Message, bounds: GiveBackBounds): Edge<World>[] {
  const { planted = {}, againLimit = 0 } = bounds;
  const { word, number } = message;
  const isAgain = againLimit > 0;
  if (word !== 'give' && word !== 'ask') {
    const giveBackId = byNumber(world, number)?.giveBackId ?? '';
    const event = planted.misread?.(backEventOf[word]) ?? backEventOf[word];
    return [
      {
        label: `${word} arrives`,
        isFault: false,
        world: tell(world, { kind: 'giveBack', giveBackId, event }, bounds),
      },
    ];
  }
  const method = byNumber(world, number)?.method;
  const before = world.ledger[number] ?? 'none';
  return backOutcomes(before, word, method, world.isCut, isAgain).map(([entry, answer, isFault]) => {
    const reached = { ...world, ledger: { ...world.ledger, [number]: entry } };
    return {
      label: `${word} reaches the acquirer: ${entry}, answers ${answer}`,
      isFault,
      world: message.isOrphan ? reached : send(reached, answer, number),
    };
  });
}

/** How a call ends while its request is on its way. What a front says (HTML, 5xx, unsigned) is an answer, and none of the acquirer. */
const endings: Record<'give' | 'ask', [label: string, event: GiveBackEvent][]> = {
  give: [
    ['connection lost', { kind: 'noAnswer', cause: 'ECONNRESET' }],
    ['a front answers', { kind: 'undecided', code: 'HTTP_504' }],
  ],
  ask: [['connection lost', { kind: 'inquiryFailed', cause: 'ECONNRESET' }]],
};

function flights(world: World, bounds: GiveBackBounds): Edge<World>[] {
  const { planted = {} } = bounds;
  return world.flying.flatMap((message, at) => {
    const gone: World = { ...world, flying: world.flying.filter((_, other) => other !== at) };
    const kept: World = { ...world, flying: world.flying.with(at, { ...message, copied: true }) };
    const edges = arrivals(gone, message, bounds);
    if (!message.copied && bounds.isOrderly !== true)
      edges.push(...arrivals(kept, message, bounds).map((edge) => ({ ...edge, isFault: true })));
    edges.push({ label: `${message.word} is lost`, isFault: true, world: gone });
    const one = byNumber(world, message.number);
    if (one && isRequest(message) && message.isOrphan !== true)
      for (const [label, event] of endings[message.word === 'give' ? 'give' : 'ask']) {
        const ended = tell(
          endCalls(world, bounds, message.number),
          { kind: 'giveBack', giveBackId: one.giveBackId, event: planted.misread?.(event) ?? event },
          bounds,
        );
        edges.push({ label: `${message.word}: ${label}`, isFault: true, world: ended });
      }
    return edges;
  });
}

function dispatching(world: World, bounds: GiveBackBounds): Edge<World>[] {
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
        world: tell(marked, { kind: 'giveBack', giveBackId, event }, bounds),
      },
    ];
  });
}

function clocks(world: World, bounds: GiveBackBounds): Edge<World>[] {
  return backsOf(world)
    .filter((one) => one.machine.due !== null)
    .flatMap(({ giveBackId, requestNumber }) =>
      (['timer', 'lineUp'] as const).map((kind) => ({
        label: kind,
        isFault: kind === 'lineUp',
        world: tell(
          kind === 'timer' ? endCalls(world, bounds, requestNumber) : world,
          { kind: 'giveBack', giveBackId, event: { kind } },
          bounds,
        ),
      })),
    );
}

function others(world: World, bounds: GiveBackBounds): Edge<World>[] {
  const { restartLimit, againLimit = 0 } = bounds;
  const edges: Edge<World>[] = [];
  const failed = backsOf(world).find(isRetryable);
  if (failed !== undefined && world.again < againLimit) {
    const { giveBackId } = failed;
    const event = {
      kind: 'giveBackRetried',
      giveBackId,
      operatorId: '1',
      approverId: '9',
      reason: 'x',
    } as const;
    const later = tell({ ...world, again: world.again + 1 }, event, bounds);
    edges.push({ label: 'asked for again', isFault: true, world: later });
  }
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
    const later = tell(endCalls({ ...world, restarts: world.restarts + 1 }, bounds), event, bounds);
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

function violated(world: World, { againLimit = 0, isOrderly }: GiveBackBounds): string | null {
  const given = Object.values(world.ledger).filter((entry) => entry === 'given').length;
  if (given > 1) return giveBackProperties.once;
  const open = backsOf(world).filter((one) => !isGiveBackProven(one.machine.state));
  if (open.length > 1) return giveBackProperties.oneInFlight;
  for (const { machine, requestNumber } of backsOf(world)) {
    const entries = [world.ledger[rootOf(requestNumber)], world.ledger[requestNumber]];
    const isGiven = entries.includes('given');
    if (machine.state.kind === 'done' && !isGiven) return giveBackProperties.doneMeansGiven;
    // A copy of a refused request may be carried out after all: under its own number, so that another try gives nothing besides.
    if (againLimit > 0 && isOrderly !== true) continue;
    const isNever = entries.includes('refused') && !isGiven;
    if (machine.state.kind === 'failed' && !isNever) return giveBackProperties.failedMeansNever;
  }
  return null;
}

function keyOf(world: World): string {
  const backs = backsOf(world).map(
    ({ method, giveBackId, machine: { state } }) =>
      `${method}:${giveBackName(state)}${'flying' in state ? '~' : ''}:${world.rows[giveBackId] ?? ''}`,
  );
  const flying = world.flying
    .map(({ word, number, copied, isOrphan }) => `${word}${number}${copied ? '*' : ''}${isOrphan ? '!' : ''}`)
    .sort();
  const numbers = backsOf(world).map((one) => one.requestNumber);
  return [
    backs,
    numbers,
    JSON.stringify(world.ledger),
    flying,
    world.isCut,
    world.restarts,
    world.again,
  ].join('|');
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
  return { state: forgetful(sold.state), ledger: {}, flying: [], rows, isCut: false, restarts: 0, again: 0 };
}

export function giveBackModel(bounds: GiveBackBounds): Model<World> {
  return {
    start: start(bounds),
    keyOf,
    violated: (world) => violated(world, bounds),
    isEnd: (world) => backsOf(world).every((one) => isGiveBackProven(one.machine.state)),
    edges: (world) =>
      [
        ...flights(world, bounds),
        ...dispatching(world, bounds),
        ...clocks(world, bounds),
        ...others(world, bounds),
      ].filter((edge) => edge.world.flying.length <= bounds.flyingLimit),
  };
}
