// Changing one entity of the state. A record that names one that is not there is a defect.
import type { GiveBack } from '../../giveback/give-back.ts';
import type { Sale } from '../../sale/sale.ts';
import { assert } from '../../assert.ts';
import type { Attempt, Receipt, TillState } from '../state.ts';

export function withSale(state: TillState, saleId: string, change: (sale: Sale) => Sale): TillState {
  const sale = state.sales[saleId];
  assert(sale, `record names sale ${saleId}, which is not loaded`);
  return { ...state, sales: { ...state.sales, [saleId]: change(sale) } };
}

export function withAttempt(
  state: TillState,
  attemptId: string,
  change: (attempt: Attempt) => Attempt,
): TillState {
  const attempt = state.attempts[attemptId];
  assert(attempt, `record names attempt ${attemptId}, which is not loaded`);
  return { ...state, attempts: { ...state.attempts, [attemptId]: change(attempt) } };
}

export function withGiveBack(
  state: TillState,
  giveBackId: string,
  change: (giveBack: GiveBack) => GiveBack,
): TillState {
  const giveBack = state.giveBacks[giveBackId];
  assert(giveBack, `record names give-back ${giveBackId}, which is not loaded`);
  return { ...state, giveBacks: { ...state.giveBacks, [giveBackId]: change(giveBack) } };
}

export function withReceipt(
  state: TillState,
  receiptId: string,
  change: (receipt: Receipt) => Receipt,
): TillState {
  const receipt = state.receipts[receiptId];
  assert(receipt, `record names receipt ${receiptId}, which is not loaded`);
  return { ...state, receipts: { ...state.receipts, [receiptId]: change(receipt) } };
}

export function addReceipt(
  state: TillState,
  receipt: Pick<Receipt, 'receiptId' | 'number' | 'kind' | 'subject' | 'saleId'>,
): TillState {
  const whole: Receipt = { ...receipt, reprints: 0, print: 'pending', problem: null, proof: null };
  return { ...state, receipts: { ...state.receipts, [receipt.receiptId]: whole } };
}

export function counted(state: TillState, counter: keyof TillState['counters']): TillState {
  return { ...state, counters: { ...state.counters, [counter]: state.counters[counter] + 1 } };
}
