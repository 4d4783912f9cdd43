// One finding: a few lines of the bill and a few items of the journal that belong together, in one class.
import { assert } from '../../core/domain/assert.ts';
import type { BillEntry, Rail } from '../bills/bill.ts';
import { sumOf } from '../bills/sums.ts';
import { clearingDate } from '../calendar.ts';
import { type ClassName, classes, type EffectRule } from '../classes.ts';
import type { GiveBackItem, OrderItem } from '../journal/items.ts';

/** The day and the contract that are looked at. */
export type Day = {
  rail: Rail;
  billDate: string;
  /** Of what is settled, in millionths; null: the rate that the row itself tells, if it does. */
  rate_ppm: number | null;
};

export type Finding = {
  class: ClassName;
  orderNumber: string;
  refundNumber: string | null;
  entries: readonly BillEntry[];
  order: OrderItem | null;
  giveBack: GiveBackItem | null;
  /** What bill and books of this day make of it; a give-back is below zero. */
  bill_fen: number;
  till_fen: number;
  /** bill - till: what this finding explains of the difference. */
  effect_fen: number;
  /** Fees and the shop's own discounts on these lines. */
  kept_fen: number;
  /** What the contract makes of the fee, where it differs. */
  feeExpected_fen: number | null;
  /** Of a duplicate: the line that came before it, which is in a finding of its own. */
  repeats: BillEntry | null;
};

export type Parts = {
  entries?: readonly BillEntry[];
  order?: OrderItem | undefined;
  giveBack?: GiveBackItem | undefined;
  feeExpected_fen?: number;
  repeats?: BillEntry | undefined;
};

/** What a line adds to what the shop gets, fees apart. */
export function netOf({ kind, amount_fen }: BillEntry): number {
  return kind === 'payment' ? amount_fen : 0 - amount_fen;
}

function isOn(day: Day, at_ms: number): boolean {
  return clearingDate(day.rail, at_ms) === day.billDate;
}

/** The day in whose books the till has it: when it got to know, not when it happened. */
export function bookedOn(day: Day, { belief, provenAt_ms }: OrderItem): boolean {
  return belief === 'taken' && provenAt_ms !== null && isOn(day, provenAt_ms);
}

export function orderNet_fen(day: Day, order: OrderItem | undefined): number {
  return order !== undefined && bookedOn(day, order) ? order.amount_fen : 0;
}

/** Above zero on the day on which the till took out what it had counted before. */
export function giveBackNet_fen(day: Day, giveBack: GiveBackItem | undefined): number {
  const booked = giveBack?.bookings.filter(({ at_ms }) => isOn(day, at_ms)) ?? [];
  return 0 - sumOf(booked, ({ back_fen }) => back_fen);
}

function allows(rule: EffectRule, effect_fen: number): boolean {
  switch (rule) {
    case 'zero':
      return effect_fen === 0;
    case 'plus':
      return effect_fen > 0;
    case 'minus':
      return effect_fen < 0;
    case 'notZero':
      return effect_fen !== 0;
    case 'any':
      return true;
  }
}

/** Throws a Defect when the class can't have this effect: then the wrong class was chosen. */
export function finding(day: Day, name: ClassName, parts: Parts): Finding {
  const { entries = [], order, giveBack, feeExpected_fen = null, repeats = null } = parts;
  const bill_fen = sumOf(entries, netOf);
  const till_fen = orderNet_fen(day, order) + giveBackNet_fen(day, giveBack);
  const effect_fen = bill_fen - till_fen;
  const orderNumber = order?.orderNumber ?? giveBack?.orderNumber ?? entries[0]?.orderNumber;
  assert(orderNumber !== undefined, `${name}: a finding about nothing`);
  // A charge of nothing has no effect in any class: some acquirers list coupons that pay for all of it.
  const isNothing = entries.length > 0 && entries.every((entry) => entry.amount_fen === 0) && till_fen === 0;
  assert(
    isNothing || allows(classes[name].effect, effect_fen),
    `${name} of ${orderNumber} with ${effect_fen} fen`,
  );
  return {
    class: name,
    orderNumber,
    refundNumber:
      giveBack?.requestNumber ?? entries.find((entry) => entry.refundNumber)?.refundNumber ?? null,
    entries,
    order: order ?? null,
    giveBack: giveBack ?? null,
    bill_fen,
    till_fen,
    effect_fen,
    kept_fen: sumOf(entries, (entry) => entry.fee_fen + entry.discount_fen),
    feeExpected_fen,
    repeats,
  };
}
