// A till for tests of give-backs: two pieces paid by a wallet, one of them or both on their way back, and all that may be said of it.
import type { GiveBack } from '../../core/domain/giveback/give-back.ts';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import { answers, codeScan, goods, TestTill } from './till-kit.ts';

export const DAY_ms = 24 * 3600_000;

export const signedFor = { operatorId: '1', approverId: '9', reason: '收单方确认' };

export const backAnswers = {
  done: { kind: 'done', result: 'REFUNDED', reference: 'F1' },
  refused: { kind: 'refused', code: 'NOT_ENOUGH' },
  lost: { kind: 'noAnswer', cause: 'ECONNRESET' },
  notSent: { kind: 'notSent', cause: 'ECONNREFUSED' },
} as const satisfies Record<string, GiveBackEvent>;

/** Ten yuan in two pieces. Both back is a void, one a refund. */
export function returning(pieces: 1 | 2, ...events: GiveBackEvent[]): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const back = [{ lineId: lines[0]?.lineId ?? '', quantity: pieces }];
  till.tell({ kind: 'returnOpened', saleId, lines: back, operatorId: '1', approverId: '9', reason: '坏了' });
  for (const event of events) tellBack(till, event);
  return till;
}

export const backs = (till: TestTill) => Object.values(till.state.giveBacks);

/** The newest, or the one at `index`. */
export function backAt(till: TestTill, index = -1): GiveBack {
  const one = backs(till).at(index);
  if (one === undefined) throw new Error('no give-back');
  return one;
}

export const tellBack = (till: TestTill, event: GiveBackEvent, index = -1) =>
  till.tell({ kind: 'giveBack', giveBackId: backAt(till, index).giveBackId, event });

const decide = (kind: 'giveBackRetried' | 'giveBackPaid' | 'giveBackChecked') => {
  return (till: TestTill, index = -1) =>
    till.tell({ kind, giveBackId: backAt(till, index).giveBackId, ...signedFor });
};
export const retryBack = decide('giveBackRetried');
export const payBackInCash = decide('giveBackPaid');
export const checkBack = decide('giveBackChecked');

export type SaidOfBack = { isReturnedThere?: boolean; isConfirmed?: boolean; isNotBack?: boolean };

/** A row of a bill about it, unless `named` says about what. */
export function settleBack(
  till: TestTill,
  said: SaidOfBack,
  index = -1,
  named: { orderNumber?: string; refundNumber?: string } = {},
) {
  const { orderNumber, requestNumber: refundNumber } = backAt(till, index);
  const row = { reconciliationId: 'B1', index: 0, class: 'stillPending', effect_fen: 0 };
  const finding = { ...row, orderNumber, refundNumber, ...named };
  // So long after the last sending its office has seen all that was sent.
  if (said.isNotBack === true) till.later(DAY_ms);
  return till.tell({ kind: 'findingSettled', finding, ...said, ...signedFor });
}

/** Given back of the payment, and on its way. */
export const backCounts_fen = (till: TestTill) => [till.newest().givenBack_fen, till.newest().givingBack_fen];
