// Postings of money that goes back: by the wallet, in cash after a refusal, twice; and what becomes of each that was carried. Pure.
import type { LateRow } from '../../../contract/report.ts';
import { chainOf } from '../giveback/chain.ts';
import { type GiveBack, isOwed } from '../giveback/give-back.ts';
import type { BodyOf } from '../till/records.ts';
import type { Period } from './period.ts';
import { withWallet } from './posting-payments.ts';
import { tellsAllEnds } from './rules.ts';
import { type Around, plus, withLate, withOverride } from './tally.ts';

function rowOf(what: LateRow['what'], { giveBackId, requestNumber, amount_fen, zNumber }: GiveBack): LateRow {
  return { what, id: giveBackId, number: requestNumber, amount_fen, originalZ: zNumber };
}

/** What bill or office called done, and the acquirer refuses: taken out again, from the open period. */
function withoutDone(period: Period, was: GiveBack): Period {
  const { method, amount_fen } = was;
  const next = withWallet(period, was, method === 'void' ? 'voids' : 'refunds', 0 - amount_fen, -1);
  if (method === 'refund') return next;
  return { ...next, control: { ...next.control, voids: plus(next.control.voids, 0 - amount_fen, -1) } };
}

/** It gave its money back in this period: no report before carried that as a second time. */
function isBackHere({ late }: Period, { giveBackId }: GiveBack): boolean {
  return late.some(({ id, what }) => id === giveBackId && (what === 'refunded' || what === 'voided'));
}

/** What another one's end made of it: owed by nobody, or no second time. */
function endOf(period: Period, was: GiveBack, is: GiveBack): LateRow['what'] | null {
  if (isOwed(was) && is.isMoot === true) return 'backByAnother';
  const isCleared = was.isLoss === true && is.isLoss !== true;
  return isCleared && !isBackHere(period, is) ? 'notTwice' : null;
}

/** The others of the same money: none that was carried vanishes with this one's end. */
function withOthers(period: Period, moved: GiveBack, { before, after }: Around): Period {
  return chainOf(after.giveBacks, moved).reduce((next, is) => {
    const was = before.giveBacks[is.giveBackId];
    const what = was === undefined || is.giveBackId === moved.giveBackId ? null : endOf(period, was, is);
    return what === null ? next : withLate(next, rowOf(what, is));
  }, period);
}

function postFailed(period: Period, was: GiveBack, { after }: Around): Period {
  const rest = was.machine.state.kind === 'done' ? withoutDone(period, was) : period;
  if (was.method === 'refund') return withLate(rest, rowOf('refundFailed', was));
  return tellsAllEnds(after) ? withLate(rest, rowOf('voidRefused', was)) : rest;
}

function postDone(period: Period, was: GiveBack): Period {
  const { method, amount_fen } = was;
  const next = withWallet(period, was, method === 'void' ? 'voids' : 'refunds', amount_fen);
  if (method === 'refund') return withLate(next, rowOf('refunded', was));
  const control = { ...next.control, voids: plus(next.control.voids, amount_fen) };
  return withLate({ ...next, control }, rowOf('voided', was));
}

export function postGiveBack(period: Period, body: BodyOf<'giveBack.moved'>, around: Around): Period {
  const was = around.before.giveBacks[body.giveBackId];
  const { kind } = body.machine.state;
  if (!was || (kind !== 'done' && kind !== 'failed')) return period;
  // Its own proof after somebody's word that counted already; or in doubt now, and counted when it failed.
  if (was.machine.state.kind === kind) return period;
  const next = kind === 'failed' ? postFailed(period, was, around) : postDone(period, was);
  return tellsAllEnds(around.after) ? withOthers(next, was, around) : next;
}

/** A refund that failed is owed by the one that takes its place, under another number. */
export function postReplaced(
  period: Period,
  { giveBack }: BodyOf<'giveBack.opened'>,
  { before, after }: Around,
): Period {
  const replaced = before.giveBacks[giveBack.replaces ?? ''];
  if (replaced === undefined || !isOwed(replaced) || !tellsAllEnds(after)) return period;
  return withLate(period, rowOf('replaced', replaced));
}

/** The shop's loss has no other figure: it is told whenever it came. */
export function postLossSeen(
  period: Period,
  body: BodyOf<'giveBack.lossSeen'>,
  { before, after }: Around,
): Period {
  const next = withOverride(period, body);
  const one = before.giveBacks[body.giveBackId];
  if (one === undefined || !tellsAllEnds(after)) return next;
  return { ...next, late: [...next.late, rowOf('lossSeen', one)] };
}

export function postPaidInCash(
  period: Period,
  body: BodyOf<'giveBack.paidInCash'>,
  { before }: Around,
): Period {
  const giveBack = before.giveBacks[body.giveBackId];
  const refunds = plus(period.cash.refunds, body.amount_fen);
  const next = withOverride({ ...period, cash: { ...period.cash, refunds } }, body);
  if (!giveBack) return next;
  return withLate(next, { ...rowOf('paidInCash', giveBack), amount_fen: body.amount_fen });
}
