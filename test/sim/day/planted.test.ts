// Lies told to those who look at a simulated day: each must be called by its name. What no planted mistake of the product breaks (npm run
// sim:mutants) is broken here, at the place where it is looked at.
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { Ledger } from '../ledger.ts';
import { checkGapless } from './books.ts';
import { checkEnd } from './end.ts';
import { Violation } from './failure.ts';
import { Limits } from './limits.ts';
import { People } from './people.ts';
import { ScreenWatch } from './screen.ts';
import { comeToRest } from './settling.ts';
import { World } from './world.ts';

const DAY_limit_ms = 7 * 3_600_000;
/** A day of the gateway's with cash, wallets, papers and pulses in it. */
const SEED = 20;
const directories: string[] = [];

function begun(): { world: World; people: People; directory: string } {
  const directory = mkdtempSync(join(tmpdir(), 'yima-planted-'));
  directories.push(directory);
  const world = new World({ seed: SEED, directory, say: null });
  return { world, people: new People(world), directory };
}

/** At rest, before the last look. */
function rested(): { world: World; directory: string } {
  const { world, people, directory } = begun();
  people.begin();
  world.time.run(DAY_limit_ms, () => people.isOver);
  people.isOver = true;
  comeToRest(world);
  return { world, directory: join(directory, 'state') };
}

/** The name of the promise that it breaks; null: none. */
function brokenBy(look: () => void): string | null {
  try {
    look();
    return null;
  } catch (error) {
    if (error instanceof Violation) return error.invariant;
    throw error;
  }
}

/** In the middle of the day, its till alive. */
function inTheDay(): World {
  const { world, people } = begun();
  people.begin();
  world.time.run(
    20 * 60_000,
    () => world.life !== null && !world.life.isDead && world.watch.head.sequence > 60,
  );
  return world;
}

afterAll(() => {
  for (const directory of directories) rmSync(directory, { recursive: true, force: true });
});

/** What it is sold for, of which the sale has all; in cash alone. */
function cashSaleOf({ watch }: World): string {
  const found = [...watch.ledger.sold.keys()].find((saleId) => watch.ledger.paymentsOf(saleId).length > 0);
  if (found === undefined) throw new Error('no sold sale with a payment on this day');
  return found;
}

describe('the last look', () => {
  const lies: [what: string, tell: (world: World) => void, name: string][] = [
    ['nothing', () => undefined, ''],
    [
      'a number that is charged twice',
      ({ host }) => firstPaid(host).forEach((one) => (one.charges = 2)),
      'oneChargeEach',
    ],
    [
      'an order from which less came',
      ({ host }) => firstPaid(host).forEach((one) => (one.refunded_fen += 1)),
      'ledgersAgree',
    ],
    ['cash beside a whole payment', (world) => addCash(world, 500), 'paidOnce'],
    ['cash that was handed back without a return', (world) => addCash(world, -500), 'givenBackOnce'],
    ['papers that never came out', ({ printer }) => void printer.papers.splice(0), 'paperIsOut'],
    ['a receipt that nobody keeps', ({ watch }) => void watch.receipts.add('R001999999'), 'paperKnown'],
    ['an original that came out again', ({ printer }) => again(printer.papers), 'oneOriginal'],
    ['a pulse that was sent again', ({ printer }) => again(printer.pulses), 'drawerOnce'],
    ['a pulse that nobody asked for', ({ watch }) => void (watch.sums.drawersAsked = 0), 'drawerOnce'],
    [
      'a receipt number that is left out',
      ({ watch }) => void watch.ledger.numbers['receipt']?.shift(),
      'numbersGapless',
    ],
    ['a code that stands in a file', ({ codes }) => void codes.push('1'), 'noCodeOnDisk'],
  ];

  it.each(lies)('finds %s', (_what, tell, name) => {
    const { world, directory } = rested();
    tell(world);
    try {
      expect(brokenBy(() => checkEnd(world, directory)) ?? '').toBe(name);
    } finally {
      world.close();
    }
  });
});

describe('what is looked at on the way', () => {
  let world: World;
  beforeAll(() => {
    world = inTheDay();
  });
  afterAll(() => {
    world.close();
  });
  const life = () => {
    if (world.life === null) throw new Error('the till is down at this moment');
    return world.life;
  };

  it('finds a commit that leaves a number out', () => {
    const { watch } = world;
    const head = { ...watch.head, sequence: watch.head.sequence + 2 };
    const state = life().engine.state;
    expect(brokenBy(() => watch.written(head, { records: [], state }))).toBe('sequenceGapless');
  });

  it('finds a disk that has forgotten, or another state than the one that was written', () => {
    const { watch } = world;
    const { store } = life();
    expect(brokenBy(() => watch.reopened(store))).toBeNull();
    const { head } = watch;
    watch.head = { ...head, sequence: head.sequence + 1 };
    expect(brokenBy(() => watch.reopened(store))).toBe('nothingLost');
    watch.head = head;
    const other = Object.assign(Object.create(store) as typeof store, {
      load: () => ({ ...store.load(), operatorId: 'somebody else' }),
    });
    expect(brokenBy(() => watch.reopened(other))).toBe('restartKeepsState');
  });

  it('finds a screen that is ahead of the disk, or goes back', () => {
    const { watch } = world;
    const now_ms = world.time.now_ms();
    const look = (screen: ScreenWatch) => () => screen.look(life(), watch, now_ms);
    const screen = new ScreenWatch(world.plan);
    expect(brokenBy(look(screen))).toBeNull();
    const { head } = watch;
    watch.head = { ...head, sequence: head.sequence - 1 };
    expect(brokenBy(look(new ScreenWatch(world.plan)))).toBe('screenNotAhead');
    watch.head = head;
    const { engine } = life();
    // Its private fields are its own: a picture of it, one record old.
    const before = {
      state: engine.state,
      ui: engine.ui,
      head: { ...engine.head, sequence: 1 },
    } as typeof engine;
    expect(brokenBy(() => screen.look({ ...life(), engine: before }, watch, now_ms))).toBe('screenNeverBack');
  });
});

describe('limits', () => {
  const facts = { queueAge_ms: 1, openTotal_fen: 1000, roundDownTo_fen: 10, reversesFrom_ms: 15_000 };
  const cash = (rounding_fen: number) =>
    ({
      type: 'sale.cashTaken',
      body: {
        saleId: 'S1',
        cash: { received_fen: 100, amount_fen: 100 - rounding_fen, rounding_fen, change_fen: rounding_fen },
        operatorId: '1',
        at_ms: 0,
      },
    }) satisfies TillRecord;

  it('find 抹零 that goes up, or too far down', () => {
    expect(brokenBy(() => new Limits(facts, null).take(cash(9)))).toBeNull();
    expect(brokenBy(() => new Limits(facts, null).take(cash(-1)))).toBe('roundsDownOnly');
    expect(brokenBy(() => new Limits(facts, null).take(cash(10)))).toBe('roundsDownOnly');
  });

  it('find a reversal that leaves too early, also of a till that was lost', () => {
    const limits = new Limits(facts, null);
    limits.payLeaves('O1', 0);
    expect(brokenBy(() => limits.reversalLeaves('O1', 15_000))).toBeNull();
    expect(brokenBy(() => limits.reversalLeaves('O1', 5000))).toBe('reversedInTime');
    expect(brokenBy(() => new Limits(facts, limits).reversalLeaves('O1', 5000))).toBe('reversedInTime');
  });

  it('find a payment that leaves again and again, in one run of the core', () => {
    const started = { type: 'core.started', body: { version: '1', runtime: 'node' } } as const;
    const limits = new Limits(facts, null);
    const leaves = (at_min: number) => brokenBy(() => limits.payLeaves('O1', at_min * 60_000));
    expect([leaves(0), leaves(1), leaves(15)]).toEqual([null, null, null]);
    limits.take(started);
    expect([leaves(16), leaves(17), leaves(18)]).toEqual([null, null, 'sentSeldom']);
  });

  it('find an order that is asked about without a pause, in one run of the core', () => {
    const limits = new Limits(facts, null);
    const request = { path: '/query', body: { merchantOrderId: 'O1' } } as unknown as CallRequest;
    const asked = (pause_ms: number, count: number, from_ms: number) =>
      Array.from({ length: count }, (_, index) =>
        brokenBy(() => limits.leaves(request, from_ms + index * pause_ms)),
      ).filter((broken) => broken !== null);
    expect(asked(4000, 400, 0)).toEqual([]);
    expect(asked(100, 201, 10_000_000)).toEqual(['askedAtAPace']);
    limits.take({ type: 'core.started', body: { version: '1', runtime: 'node' } });
    expect(asked(100, 200, 20_000_000)).toEqual([]);
  });

  it('find more at risk than is allowed', () => {
    expect(brokenBy(() => new Limits(facts, null).atRisk(1000))).toBeNull();
    expect(brokenBy(() => new Limits(facts, null).atRisk(1001))).toBe('riskBounded');
  });
});

it('a series that begins with another number than the first has a gap', () => {
  const ledger = new Ledger();
  ledger.numbers['receipt'] = ['R001000002'];
  expect(brokenBy(() => checkGapless(ledger, null))).toBe('numbersGapless');
});

function firstPaid(host: World['host']) {
  const paid = host.ledger.orders().filter(({ state, charges }) => state === 'paid' && charges === 1);
  expect(paid.length).toBeGreaterThan(0);
  return paid.slice(0, 1);
}

function addCash(world: World, by_fen: number): void {
  const saleId = cashSaleOf(world);
  const { cash } = world.watch.ledger;
  cash.set(saleId, (cash.get(saleId) ?? 0) + by_fen);
}

function again<One>(list: One[]): void {
  const [first] = list;
  if (first === undefined) throw new Error('there is none on this day');
  list.push(first);
}
