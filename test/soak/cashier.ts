// The endless cashier: acts dealt from a deck that is shuffled by seed, at the pace of a person, until the time is over.
import { setTimeout as pause } from 'node:timers/promises';
import { type Counter, count } from './counter.ts';
import * as others from './other-acts.ts';
import * as selling from './selling-acts.ts';

type Act = readonly [name: string, run: (counter: Counter) => Promise<void>, times: number];

const acts: readonly Act[] = [
  ['by wallet', selling.sellByWallet, 14],
  ['in cash', selling.sellForCash, 5],
  ['mixed', selling.sellMixed, 3],
  ['cash instead of doubt', selling.cashInsteadOfDoubt, 2],
  ['dropped', selling.dropGoods, 2],
  ['parked', selling.parkAndRecall, 2],
  ['offline', selling.sellOffline, 2],
  ['taken back', others.takeBack, 6],
  ['reprint', others.reprint, 1],
  ['drawer', others.useDrawer, 2],
  ['shift', others.changeShift, 1],
  ['X', others.takeX, 1],
];

/** What is dealt next; kept from life to life, so that every act has its turn. */
export type Deck = { left: Act[]; nextZ_ms: number };

export type Pace = {
  untilZ_ms: readonly [least: number, most: number];
  rest_ms: readonly [least: number, most: number];
};

export function newDeck(pace: Pace): Deck {
  return { left: [], nextZ_ms: performance.now() + pace.untilZ_ms[0] };
}

function deal(counter: Counter, deck: Deck): Act {
  if (deck.left.length === 0) {
    const cards = acts.flatMap((act) => Array.from({ length: act[2] }, () => act));
    while (cards.length > 0) deck.left.push(...cards.splice(counter.chance.whole(0, cards.length - 1), 1));
  }
  const act = deck.left.pop();
  if (act === undefined) throw new Error('an empty deck');
  return act;
}

/** Resolves when `isOver`; rejects when something does not happen that must. */
export async function work(counter: Counter, deck: Deck, pace: Pace, isOver: () => boolean): Promise<void> {
  counter.now.doing = 'taking over';
  await others.takeOver(counter);
  while (!isOver()) {
    const [name, run] = deal(counter, deck);
    counter.now.doing = name;
    await run(counter);
    counter.now.doing = `seeing to what is open after ${name}`;
    await others.seeToWhatIsOpen(counter);
    if (performance.now() >= deck.nextZ_ms) {
      counter.now.doing = 'Z';
      deck.nextZ_ms = performance.now() + counter.chance.whole(...pace.untilZ_ms);
      await others.closeDay(counter);
    }
    count(counter, 'acts');
    await pause(counter.chance.whole(...pace.rest_ms));
  }
}
