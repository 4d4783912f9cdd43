// What a return gives back: before it is done by the very transition that will do it, and afterwards by what was recorded. Nothing is split
// here a second time.
import type { ErrorCode } from '../../contract/errors.ts';
import type { ReturnMoney, ReturnPreview } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import type { GiveBack } from '../domain/giveback/give-back.ts';
import { sum_fen } from '../domain/money.ts';
import { wasUndone } from '../domain/receipt/return-money.ts';
import type { TillEvent } from '../domain/till/events.ts';
import { idOf } from '../domain/till/ids.ts';
import { attemptsOf, inDoubt_fen } from '../domain/till/queries.ts';
import type { Return } from '../domain/till/records.ts';
import type { Attempt, TillState } from '../domain/till/state.ts';
import { transition } from '../domain/till/transition.ts';
import type { Engine } from '../engine/engine.ts';
import { hydrate, withSaleLoaded } from '../engine/living.ts';
import type { Store } from '../ports/journal.ts';

type Asked = Pick<
  Extract<TillEvent, { kind: 'returnOpened' }>,
  'saleId' | 'lines' | 'operatorId' | 'approverId'
>;

/** `attempts`: of the sale, as the return leaves them. */
function moneyOf(
  { amount_fen, cash_fen }: Return,
  giveBacks: readonly GiveBack[],
  attempts: readonly Attempt[],
  isRecorded: boolean,
) {
  const wallets = giveBacks.map((one) => ({
    attemptId: one.attemptId,
    scheme: one.scheme,
    amount_fen: one.amount_fen,
    giveBackId: isRecorded ? one.giveBackId : null,
  }));
  const unpaid_fen = amount_fen - cash_fen - sum_fen(wallets.map((one) => one.amount_fen));
  const doubt_fen = Math.min(Math.max(0, unpaid_fen), inDoubt_fen(attempts));
  return {
    worth_fen: amount_fen,
    unpaid_fen,
    doubt_fen,
    wasReversed: unpaid_fen > doubt_fen && attempts.some(wasUndone),
    cash_fen,
    wallets,
  } satisfies ReturnMoney;
}

function paymentsOf(state: TillState, saleId: string): Attempt[] {
  const sale = state.sales[saleId];
  assert(sale, `sale ${saleId} is not loaded`);
  return attemptsOf(state, sale);
}

/** Its records are read and thrown away: nothing is committed. */
export function returnPreview(
  engine: Pick<Engine, 'state' | 'surroundings'>,
  store: Store,
  asked: Asked,
): ReturnPreview {
  const event: TillEvent = { kind: 'returnOpened', ...asked, reason: '' };
  const state = hydrate(store, engine.state, event);
  const { refusal, records, state: after } = transition(state, event, engine.surroundings());
  if (refusal !== null) return { refusal: refusal satisfies ErrorCode };
  const opened = records.find((record) => record.type === 'return.opened');
  assert(opened, 'a return that is not refused is opened');
  const giveBacks = records.flatMap((one) => (one.type === 'giveBack.opened' ? [one.body.giveBack] : []));
  return {
    refusal: null,
    money: moneyOf(opened.body.return, giveBacks, paymentsOf(after, asked.saleId), false),
  };
}

/** Of the return that was opened just now. */
export function lastReturnMoney({ state }: Pick<Engine, 'state'>, store: Store): ReturnMoney {
  const returnId = idOf('T', state, state.counters.return);
  const body = store.loadDocument(returnId)?.body as Return | undefined;
  assert(body, `return ${returnId} has no document`);
  const giveBacks = store.giveBacksOf(body.saleId).filter((one) => one.returnId === returnId);
  const attempts = paymentsOf(withSaleLoaded(store, state, body.saleId), body.saleId);
  return moneyOf(body, giveBacks, attempts, true);
}
