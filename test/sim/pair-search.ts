// The search over two payments and a give-back that meet, through the whole till: on one sale or on two, each scene with its own
// beginning. Built on the world of the searches before it (world.ts), with the give-backs' network and acquirer beside.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { emptyTill } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { Bounds } from './attempt-search.ts';
import type { Edge, Model } from './explore.ts';
import { backEdges, type TellBack } from './pair-backs.ts';
import { type Act, peopleEdges } from './pair-people.ts';
import { pairEnd, pairKey, pairViolated } from './pair-properties.ts';
import { type PairWorld, surroundingsOf, tell } from './pair-world.ts';
import type { Transition } from './sale-search.ts';
import { edges, withFlight } from './world.ts';
import type { Rules, World } from './world-types.ts';

export type Scene = {
  name: string;
  acts: ReadonlySet<Act>;
  /** Whole payments go back by a void, which may be refused and is then a refund; or by refunds only: the clearing day is over. */
  method: 'void' | 'refund';
  /** In one scene of its own: a dispute that is asked about for ever meets everything that there is. */
  refusesReversals?: true;
  /** Events that lead to the scene's first state, told by whoever drives the till. */
  begin(director: Director): void;
};

/** Plays the beginning. `pay`: the attempt, counted from 0, is answered; its order becomes what the acquirer made of it. */
export type Director = {
  say(event: TillEvent): void;
  pay(at: number, event: PaymentEvent, order: 'paid' | 'failed'): void;
  world(): PairWorld;
};

export type Planted = { run?: Transition; misread?: (event: GiveBackEvent) => GiveBackEvent };

/** A clearing day that is over: the proof names an earlier one (the searches live on 1 January 1970). */
const PAST_DAY = '19691231';

const empty: PairWorld = {
  till: emptyTill,
  flights: [],
  flying: [],
  restarts: 0,
  payAge: 0,
  runAge: Infinity,
  backs: [],
  backFlying: [],
  late: false,
};

function throughTill(scene: Scene, bounds: Bounds, run: Transition) {
  const surroundings = surroundingsOf(bounds.policy);
  return (world: PairWorld, event: TillEvent): PairWorld | null => {
    if (event.kind !== 'payment' || event.event.kind !== 'approved' || scene.method === 'void')
      return tell(run, surroundings, world, event);
    const proof = { ...event.event.proof, settlementDate: PAST_DAY };
    return tell(run, surroundings, world, { ...event, event: { ...event.event, proof } });
  };
}

function startOf(scene: Scene, onTill: ReturnType<typeof throughTill>): PairWorld {
  let world = empty;
  const say: Director['say'] = (event) => {
    const told = onTill(world, event);
    if (told === null) throw new Error(`${scene.name}: the till refused ${event.kind}`);
    world = told;
  };
  scene.begin({
    say,
    pay: (at, event, order) => {
      say({ kind: 'payment', attemptId: Object.keys(world.till.attempts)[at] ?? '', event });
      world = { ...world, ...withFlight(world, at, { orders: [order] }) };
    },
    world: () => world,
  });
  return { ...world, flying: [] };
}

/** `planted`: the till's transition with a mistake, or answers about give-backs that are misread. */
export function pairModel(scene: Scene, bounds: Bounds, planted: Planted = {}): Model<PairWorld> {
  const onTill = throughTill(scene, bounds, planted.run ?? transition);
  const sure = (world: PairWorld, event: TillEvent): PairWorld => {
    const told = onTill(world, event);
    if (told === null) throw new Error(`the till refused ${event.kind}`);
    return told;
  };
  const idAt = (world: World, at: number) => Object.keys((world as PairWorld).till.attempts)[at] ?? '';
  const tellBack: TellBack = (world, at, event) => {
    const giveBackId = Object.keys(world.till.giveBacks)[at] ?? '';
    return sure(world, { kind: 'giveBack', giveBackId, event: planted.misread?.(event) ?? event });
  };
  const rules: Rules = {
    ...bounds,
    refusesReversals: scene.refusesReversals ?? false,
    notSentThen: ['end', 'queue'],
    happen: (world, at, event) =>
      sure(world as PairWorld, { kind: 'payment', attemptId: idAt(world, at), event }),
    restart: (world) => {
      const { backs, till } = world as PairWorld;
      const giveBackIds = Object.keys(till.giveBacks);
      const sentIds = [
        ...world.flights.flatMap(({ row }, at) => (row === 'sent' ? [idAt(world, at)] : [])),
        ...backs.flatMap(({ row }, at) => (row === 'sent' ? [giveBackIds[at] ?? ''] : [])),
      ];
      const event = {
        kind: 'coreStarted',
        version: '1',
        runtime: 'node',
        sentIds,
        sentDrawerIds: [],
      } as const;
      return sure(world as PairWorld, event);
    },
    act: (world) => {
      const pair = world as PairWorld;
      return [...peopleEdges((event) => onTill(pair, event), pair, scene.acts), ...backEdges(tellBack, pair)];
    },
  };
  return {
    start: startOf(scene, onTill),
    keyOf: pairKey,
    violated: pairViolated,
    isEnd: pairEnd,
    edges: (world) =>
      (edges(rules, world) as Edge<PairWorld>[]).filter(
        ({ world: next }) => next.flying.length + next.backFlying.length <= bounds.flyingLimit,
      ),
  };
}
