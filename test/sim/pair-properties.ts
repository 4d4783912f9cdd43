// What must hold between two payments and their give-backs, and how equal states are told apart from others.
import { isProven } from '../../core/domain/payment/state.ts';
import { isGiveBackProven } from '../../core/domain/giveback/machine.ts';
import { isOwed } from '../../core/domain/giveback/give-back.ts';
import { sum_fen } from '../../core/domain/money.ts';
import { saleTotal_fen, type Sale } from '../../core/domain/sale/sale.ts';
import { paid_fen, paidFor_fen } from '../../core/domain/sale/settled.ts';
import { exposure, isDeferredOpen } from '../../core/domain/till/queries.ts';
import type { Attempt } from '../../core/domain/till/state.ts';
import { STUCK } from './explore.ts';
import { giveBackName } from './give-back-table.ts';
import { backsOf } from './pair-backs.ts';
import type { PairWorld } from './pair-world.ts';
import { charges, isEnd, isGivingBack, keyOf, violatedBy } from './properties.ts';
import type { Flight } from './world-types.ts';

export const pairProperties = {
  notPaidTwice: 'no sale keeps more than it is worth',
  givenOfCharged: 'never more given back than was charged',
  doneMeansGiven: 'done means given back, failed means not',
  booksAgree: 'when all is proven, wallets and cash are what the goods are worth',
  exposureIsOpen: 'the exposure is what is deferred and unproven',
  endIsReachable: STUCK,
} as const;

type Paid = { attempt: Attempt; flight: Flight; given_fen: number; charged_fen: number };

function paidOf(world: PairWorld): Paid[] {
  const backs = backsOf(world);
  return Object.values(world.till.attempts).map((attempt, at) => {
    const flight = world.flights[at];
    if (flight === undefined) throw new Error(`no flight for attempt ${at}`);
    const own = backs.filter(
      (one, index) => one.attemptId === attempt.attemptId && world.backs[index]?.entry === 'given',
    );
    return {
      attempt,
      flight,
      given_fen: sum_fen(own.map((one) => one.amount_fen)),
      charged_fen: charges(flight) * attempt.amount_fen,
    };
  });
}

/**
 * What will stay with the shop of this payment: charged, and neither given back, promised back nor on its way out. Once the
 * acquirer has charged what it had declined, a second try may be under way: it is found, and goes back, when it is answered.
 */
function staying_fen({ attempt, flight, charged_fen }: Paid, late: boolean): number {
  if (charged_fen === attempt.amount_fen && isGivingBack(flight.machine)) return 0;
  if (late && !isProven(attempt.machine.state)) return 0;
  return charged_fen - attempt.givenBack_fen - attempt.givingBack_fen;
}

/** What the goods that the customer has are worth, after 抹零; all of them while they are still on the counter. */
function worth_fen(sale: Sale): number {
  if (sale.state === 'cancelled') return 0;
  if (sale.settled.length === 0) return saleTotal_fen(sale);
  return paid_fen(sale.settled) - paidFor_fen(sale.settled, sale.returned);
}

function cashKept_fen({ cash, cashReturned_fen }: Sale): number {
  return (cash?.amount_fen ?? 0) - cashReturned_fen;
}

/** Everything of the sale is proven: what the acquirer really holds, the cash, and what is openly missing or owed, fit. */
function isBalanced(world: PairWorld, sale: Sale, paid: readonly Paid[]): boolean {
  const held_fen = sum_fen(paid.map((one) => one.charged_fen - one.given_fen)) + cashKept_fen(sale);
  const owed = backsOf(world).filter((one) => one.saleId === sale.saleId && isOwed(one));
  const owed_fen = sum_fen(owed.map((one) => one.amount_fen));
  const missing = Object.values(world.till.exceptions).filter((one) => one.saleId === sale.saleId);
  const missing_fen = sum_fen(missing.map((one) => one.amount_fen));
  switch (sale.state) {
    case 'completed':
    case 'completedPending':
    case 'returned':
      return held_fen - owed_fen === worth_fen(sale) - missing_fen;
    case 'cancelling':
      // Not dropped for good before the money is back: a refund that failed waits for a person.
      return held_fen === owed_fen && owed_fen > 0;
    // What was found charged behind the one-way door goes back beside the sale; a refund that failed waits for a person.
    case 'cancelled':
    case 'open':
      return held_fen === owed_fen;
    default:
      return held_fen - owed_fen <= saleTotal_fen(sale);
  }
}

function isSettled(world: PairWorld, saleId: string, paid: readonly Paid[]): boolean {
  return (
    paid.every(({ attempt }) => isProven(attempt.machine.state)) &&
    backsOf(world).every((one) => one.saleId !== saleId || isGiveBackProven(one.machine.state))
  );
}

function saleViolated(world: PairWorld, sale: Sale, all: readonly Paid[]): string | null {
  const paid = all.filter(({ attempt }) => attempt.saleId === sale.saleId);
  const staying = sum_fen(paid.map((one) => staying_fen(one, world.late))) + cashKept_fen(sale);
  if (staying > worth_fen(sale)) return pairProperties.notPaidTwice;
  if (isSettled(world, sale.saleId, paid) && !isBalanced(world, sale, paid)) return pairProperties.booksAgree;
  return null;
}

/** The first property that does not hold. */
export function pairViolated(world: PairWorld): string | null {
  const paid = paidOf(world);
  for (const { flight, given_fen, charged_fen } of paid) {
    const property = violatedBy(flight);
    if (property !== null) return property;
    if (given_fen > charged_fen) return pairProperties.givenOfCharged;
  }
  for (const [at, { machine }] of backsOf(world).entries()) {
    const isGiven = world.backs[at]?.entry === 'given';
    const { kind } = machine.state;
    if ((kind === 'done' && !isGiven) || (kind === 'failed' && isGiven)) return pairProperties.doneMeansGiven;
  }
  const open = paid.filter(({ attempt }) => isDeferredOpen(attempt));
  if (exposure(world.till).total_fen !== sum_fen(open.map(({ attempt }) => attempt.amount_fen)))
    return pairProperties.exposureIsOpen;
  for (const sale of Object.values(world.till.sales)) {
    const property = saleViolated(world, sale, paid);
    if (property !== null) return property;
  }
  return null;
}

export function pairEnd(world: PairWorld): boolean {
  return isEnd(world) && backsOf(world).every(({ machine }) => isGiveBackProven(machine.state));
}

const shortNames = new Map<string, string>();

/** Keys are kept by the million: each part of one is told by a short name. */
function short(part: string): string {
  const known = shortNames.get(part);
  if (known !== undefined) return known;
  const name = shortNames.size.toString(36);
  shortNames.set(part, name);
  return name;
}

/** Everything that the future depends on, without the names of things. */
export function pairKey(world: PairWorld): string {
  const { till } = world;
  const route = till.routes['gateway'];
  const saleIds = Object.keys(till.sales);
  const sales = Object.values(till.sales).map((sale) => {
    const returned = Object.values(sale.returned).join();
    const money = `${sale.cash?.amount_fen ?? ''},${sale.cashReturned_fen},${sale.walletPart_fen ?? ''},${returned}`;
    return `${sale.state}:${money}`;
  });
  const attempts = Object.values(till.attempts).map((one) => {
    const money = `${one.amount_fen},${one.givenBack_fen},${one.givingBack_fen},${one.surplus_fen}`;
    const flags = `${one.wasDeferred ? 'd' : ''}${one.collects ? 'c' : ''}${till.exceptions[one.attemptId] ? 'x' : ''}`;
    return `${saleIds.indexOf(one.saleId)}:${money}${flags}`;
  });
  const attemptIds = Object.keys(till.attempts);
  const backs = backsOf(world).map((one, at) => {
    const { entry, row } = world.backs[at] ?? { entry: '', row: '' };
    const whose = `${attemptIds.indexOf(one.attemptId)}${one.method[0]}${one.cause[0]}${one.amount_fen}`;
    return `${whose}${giveBackName(one.machine.state)}${entry}${row}${one.slipPrinted ? 's' : ''}`;
  });
  const flying = world.backFlying.map(({ word, at }) => `${word}${at}`).sort();
  const counter = `${saleIds.indexOf(till.currentSaleId ?? '')}${route?.online === true ? '+' : '-'}${route?.alarm ?? ''}`;
  const money = `${counter}${world.late ? 'l' : ''};${sales.join()};${attempts.join()}`;
  const parts = [money, `${backs.join()};${flying.join()}`, ...keyOf(world).split('|')];
  return parts.map(short).join('.');
}
