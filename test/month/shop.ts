// The shop as somebody sees it who knows everything: goods, notes, customers, the acquirer's ledger, and the till among them.
import type { Goods } from '../../core/domain/sale/sale.ts';
import type { Attempt } from '../../core/domain/till/state.ts';
import type { Sale } from '../../core/domain/sale/sale.ts';
import { at_ms } from './calendar.ts';
import { makeCatalogue } from './catalogue.ts';
import { CommitWatch } from './commit-watch.ts';
import { createClock, type VirtualClock } from './clock.ts';
import { must } from './failure.ts';
import { createFaultCounts, type FaultCounts } from './faults.ts';
import { Ledger, type LedgerPlant } from './ledger.ts';
import { Drawer } from './notes.ts';
import { outagesFor } from './outages.ts';
import { PrinterModel } from './printer.ts';
import { type Chance, chanceFor } from './random.ts';
import { emptyTally, type Tally } from './tally.ts';
import { ZBook } from './z-book.ts';
import { Till, type TillDependencies } from './till.ts';
import { Wire } from './wire.ts';

/** A lie somewhere that the checks must find. */
export type Plant = LedgerPlant | 'noteLost' | 'wrongPrice' | 'secondComputationOff';

export type MonthOptions = {
  days: number;
  sales: number;
  seed: number;
  /** Where the till's state goes; its own. */
  directory: string;
  plant: Plant | null;
  /** Also fold the whole journal anew at the end: its cost grows with the square of the month. */
  verify: boolean;
  /** A kind of fault that never happened fails the run: for months long enough to have them all. */
  everyFault: boolean;
  say(line: string): void;
  /** Records what the core applied: see TillDependencies. */
  recorder?: TillDependencies['recorder'];
};

/** A sale as the customer and the shelf know it. */
export type KnownSale = {
  saleId: string;
  day: number;
  lines: { lineId: string; goods: Goods; quantity: number; returned: number }[];
  total_fen: number;
  /** What each attempt was asked for. */
  asked: Map<string, number>;
  /** Notes kept of it. */
  cash_fen: number;
  rounding_fen: number;
  writtenOff_fen: number;
  returned_fen: number;
  /** Notes given back: with the goods, or for a refund that failed. */
  cashBack_fen: number;
  /** The customer has left without goods. */
  isDropped: boolean;
  /** Its completion is in a Z. */
  isCounted: boolean;
};

export type Shop = {
  options: MonthOptions;
  clock: VirtualClock;
  chance: Chance;
  faults: FaultCounts;
  ledger: Ledger;
  wire: Wire;
  printer: PrinterModel;
  till: Till;
  drawer: Drawer;
  goods: Goods[];
  sales: Map<string, KnownSale>;
  parked: KnownSale[];
  /** Notes moved since the last Z. */
  tally: Tally;
  zBook: ZBook;
  /** The last code that went into the queue. */
  queuedCode: string | null;
  cashier: string;
  day: number;
};

export const MANAGER = 'chen';

export function openShop(options: MonthOptions): Shop {
  const { seed, plant } = options;
  const faults = createFaultCounts();
  const holder: { till?: Till } = {};
  const clock = createClock(at_ms(0, 7), () => holder.till?.settle());
  const stream = (name: string) => chanceFor(seed, name);
  const ledger = new Ledger({ chance: stream('issuer'), faults, clock, plant });
  const outages = outagesFor(stream('outages'), options.days);
  const wire = new Wire({ clock, chance: stream('wire'), faults, outages });
  const printer = new PrinterModel({ clock, chance: stream('printer'), faults });
  const watch = new CommitWatch(ledger, faults);
  const till = new Till({
    directory: options.directory,
    clock,
    chance: stream('till'),
    faults,
    ledger,
    wire,
    printer,
    isSecondOff: plant === 'secondComputationOff',
    recorder: options.recorder,
    afterCommit: () => {
      if (holder.till) watch.look(holder.till.state);
    },
  });
  holder.till = till;
  return {
    options,
    clock,
    chance: stream('people'),
    faults,
    ledger,
    wire,
    printer,
    till,
    drawer: new Drawer(),
    goods: makeCatalogue(stream('goods')),
    sales: new Map(),
    parked: [],
    tally: emptyTally(),
    zBook: new ZBook(),
    queuedCode: null,
    cashier: 'lin',
    day: 0,
  };
}

export function pass(shop: Shop, for_ms: number): void {
  shop.clock.runUntil(shop.clock.now_ms() + for_ms);
}

export function saleOf(shop: Shop, { saleId }: KnownSale): Sale {
  const found = shop.till.state.sales[saleId] ?? shop.till.store.loadSale(saleId);
  must(found !== null, `sale ${saleId} is gone`);
  return found;
}

export function attemptOf(shop: Shop, attemptId: string): Attempt {
  const found = shop.till.state.attempts[attemptId] ?? shop.till.store.loadAttempt(attemptId);
  must(found !== null, `attempt ${attemptId} is gone`);
  return found;
}

const provenKinds = new Set(['approved', 'declined', 'notSent', 'expiredUnsent', 'reversed']);

export function isProven({ machine }: Attempt): boolean {
  return provenKinds.has(machine.state.kind);
}

/** Unproven, goods not gone: the next tender waits for it. */
export function isInTheWay(attempt: Attempt): boolean {
  return !isProven(attempt) && !attempt.machine.deferred;
}

export function isLeaving({ machine }: Attempt): boolean {
  return machine.state.kind === 'reversing' || machine.state.kind === 'disputed';
}

export function attemptsOf(shop: Shop, sale: KnownSale): Attempt[] {
  return [...sale.asked.keys()].map((attemptId) => attemptOf(shop, attemptId));
}

/** What the customer still owes, by what was asked and what the drawer took. */
export function due_fen(shop: Shop, sale: KnownSale): number {
  const covered_fen = attemptsOf(shop, sale)
    .filter((one) => one.machine.state.kind === 'approved' || (one.machine.deferred && !isProven(one)))
    .reduce((sum, one) => sum + (sale.asked.get(one.attemptId) ?? 0), 0);
  const open_fen = sale.total_fen - covered_fen - sale.cash_fen - sale.rounding_fen;
  return open_fen > 0 ? Math.max(0, open_fen - sale.writtenOff_fen) : open_fen;
}
