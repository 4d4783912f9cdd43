// What can happen to the give-backs: their requests and inquiries in flight, the acquirer's decision, the dispatcher. Their timers may
// ring at any moment, which is more than a clock can do: of them no time is modelled.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { GiveBack } from '../../core/domain/giveback/give-back.ts';
import type { Edge } from './explore.ts';
import { backEventOf, backOutcomes } from './give-back-search.ts';
import { type BackMessage, type PairWorld, sendBack, withBack } from './pair-world.ts';

/** The give-back hears of an event. A planted bug may misread it. */
export type TellBack = (world: PairWorld, at: number, event: GiveBackEvent) => PairWorld;

export function backsOf({ till }: PairWorld): GiveBack[] {
  return Object.values(till.giveBacks);
}

function nameOf({ word, at }: BackMessage): string {
  return `${word} of give-back ${at + 1}`;
}

function arrivals(tell: TellBack, world: PairWorld, message: BackMessage): Edge<PairWorld>[] {
  const { word, at } = message;
  if (word !== 'give' && word !== 'ask')
    return [
      { label: `${nameOf(message)} arrives`, isFault: false, world: tell(world, at, backEventOf[word]) },
    ];
  const entry = world.backs[at]?.entry ?? 'none';
  const method = backsOf(world)[at]?.method;
  return backOutcomes(entry, word, method, false).map(([after, answer, isFault]) => ({
    label: `${nameOf(message)} reaches the acquirer: ${after}, answers ${answer}`,
    isFault,
    world: sendBack(withBack(world, at, { entry: after }), answer, at),
  }));
}

function deliveries(tell: TellBack, world: PairWorld): Edge<PairWorld>[] {
  return world.backFlying.flatMap((message, index) => {
    const { word, at } = message;
    const gone = { ...world, backFlying: world.backFlying.filter((_, other) => other !== index) };
    const edges = arrivals(tell, gone, message);
    edges.push({ label: `${nameOf(message)} is lost`, isFault: true, world: gone });
    const broken: GiveBackEvent | null =
      word === 'give'
        ? { kind: 'noAnswer', cause: 'ECONNRESET' }
        : word === 'ask'
          ? { kind: 'inquiryFailed', cause: 'ECONNRESET' }
          : null;
    // The connection breaks and the request is on its way all the same.
    if (broken)
      edges.push({
        label: `${nameOf(message)}: connection lost`,
        isFault: true,
        world: tell(world, at, broken),
      });
    return edges;
  });
}

function dispatching(tell: TellBack, world: PairWorld): Edge<PairWorld>[] {
  return world.backs.flatMap(({ row }, at) => {
    if (row !== 'pending') return [];
    const marked = withBack(world, at, { row: 'sent' });
    const event: GiveBackEvent = { kind: 'notSent', cause: 'ECONNREFUSED' };
    return [
      { label: `sending give-back ${at + 1}`, isFault: false, world: sendBack(marked, 'give', at) },
      { label: `no connection for give-back ${at + 1}`, isFault: true, world: tell(marked, at, event) },
    ];
  });
}

function decisions(world: PairWorld): Edge<PairWorld>[] {
  return world.backs.flatMap(({ entry }, at) =>
    entry !== 'processing'
      ? []
      : (['given', 'refused'] as const).map((to) => ({
          label: `the acquirer decides give-back ${at + 1}: ${to}`,
          isFault: false,
          world: withBack(world, at, { entry: to }),
        })),
  );
}

function clocks(tell: TellBack, world: PairWorld): Edge<PairWorld>[] {
  return backsOf(world).flatMap(({ machine }, at) =>
    machine.due === null
      ? []
      : [
          {
            label: `timer of give-back ${at + 1}`,
            isFault: false,
            world: tell(world, at, { kind: 'timer' }),
          },
        ],
  );
}

export function backEdges(tell: TellBack, world: PairWorld): Edge<PairWorld>[] {
  return [
    ...deliveries(tell, world),
    ...dispatching(tell, world),
    ...decisions(world),
    ...clocks(tell, world),
  ];
}
