// What a return gives back when a part of its sale was never paid: all that was taken, over all returns, and no fen more.
import { expect, test } from 'vitest';
import { answers, codeScan, goods, TestTill } from '../../../test/sim/till-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';

const decided = { operatorId: '1', approverId: '2', reason: 'faulty' };

/** Two goods of 30 and 70 yuan: 60 in the offline queue, 40 in cash. The goods have left. */
function partlyQueued(): TestTill {
  const till = TestTill.ready();
  till.line(false);
  till.tell({ kind: 'goodsEntered', goods: goods(3000, '6900000000001') });
  till.tell({ kind: 'goodsEntered', goods: goods(7000, '6900000000002') });
  till.tell({ kind: 'tenderStarted' });
  till.tell({ kind: 'walletPartSet', amount_fen: 6000 });
  till.tell(codeScan());
  till.tell({ kind: 'cashTaken', received_fen: 4000, roundDown: false });
  expect(till.sale().state).toBe('completedPending');
  return till;
}

/** The line is up, the queued payment is refused: its exception is open. */
function lost(till: TestTill): TestTill {
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.pay(answers.declined);
  expect(Object.keys(till.state.exceptions)).toHaveLength(1);
  return till;
}

/** Cash that this return gives back. */
function cashBack_fen(till: TestTill, ...lines: number[]): number {
  const sale = till.sale();
  const before_fen = sale.cashReturned_fen;
  const asked = lines.map((index) => ({ lineId: sale.lines[index]?.lineId ?? '', quantity: 1 }));
  const { refusal } = till.tell({ kind: 'returnOpened', saleId: sale.saleId, lines: asked, ...decided });
  expect(refusal).toBeNull();
  return till.sale().cashReturned_fen - before_fen;
}

test('returned in parts, what nobody paid is set off once', () => {
  const till = lost(partlyQueued());
  till.tell({ kind: 'writtenOff', attemptId: till.newest().attemptId, ...decided });
  expect(cashBack_fen(till, 0)).toBe(0);
  expect(cashBack_fen(till, 1)).toBe(4000);
});

test('a part that was lost, and queued again, is missing once', () => {
  const till = lost(partlyQueued());
  till.line(false);
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  expect(till.newest().machine.state.kind).toBe('queued');
  expect(cashBack_fen(till, 0, 1)).toBe(4000);
});

test('a part that was lost twice is missing once', () => {
  const till = lost(partlyQueued());
  till.line(false);
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  lost(till);
  expect(cashBack_fen(till, 0, 1)).toBe(4000);
});

test('what was paid on a route that is not configured any more is refused, and said', () => {
  const till = TestTill.tendering(3000);
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  till.configured = ['another'];
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
  const { refusal } = till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided });
  expect(refusal).toBe('E-RET-07');
});

test('what was paid to another merchant than the route has now is refused, and said: that one has nothing of it', () => {
  const till = TestTill.tendering(3000);
  till.party = 'gateway:898420157229000';
  till.tell(codeScan());
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
  till.party = 'gateway:898420157229001';
  expect(till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal).toBe('E-RET-07');
  till.party = 'gateway:898420157229000';
  expect(till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided }).refusal).toBeNull();
});

/** Two pieces of five yuan by a wallet. The refund of one is refused, paid in cash, and then done all the same: five yuan are lost. */
function givenTwice(): TestTill {
  const till = TestTill.ready();
  for (const barcode of ['A', 'A']) till.tell({ kind: 'goodsEntered', goods: goods(500, barcode) });
  till.tell({ kind: 'tenderStarted' });
  till.tell(codeScan());
  till.pay(answers.approved);
  returnPiece(till);
  const [giveBackId = ''] = Object.keys(till.state.giveBacks);
  till.tell({ kind: 'giveBack', giveBackId, event: { kind: 'refused', code: 'NOT_ENOUGH' } });
  till.tell({ kind: 'giveBackPaid', giveBackId, ...decided });
  const event = { kind: 'done', result: 'REFUNDED', reference: null } as const;
  till.tell({ kind: 'giveBack', giveBackId, event });
  expect(till.state.giveBacks[giveBackId]?.isLoss).toBe(true);
  return till;
}

function returnPiece(till: TestTill) {
  const { saleId, lines } = till.sale();
  const asked = [{ lineId: lines[0]?.lineId ?? '', quantity: 1 }];
  return till.tell({ kind: 'returnOpened', saleId, lines: asked, ...decided });
}

test('what went back twice is a loss, and does not eat what the rest of the goods are worth', () => {
  const till = givenTwice();
  expect(returnPiece(till).refusal).toBeNull();
  expect(Object.values(till.state.giveBacks).map((one) => one.amount_fen)).toEqual([500, 500]);
  expect(till.sale().state).toBe('returned');
  expect(evidenceOf(till.state, till.newest()).verdict).toBe('goingBack');
});

test('half given back twice is not the whole', () => {
  const till = givenTwice();
  expect(evidenceOf(till.state, till.newest()).verdict).toBe('partlyGivenBack');
});

test('of goods that were paid for, a return that can give nothing is refused, not passed over', () => {
  const till = givenTwice();
  const paid = till.newest();
  // As a defect in the figures would leave it.
  till.state = { ...till.state, attempts: { [paid.attemptId]: { ...paid, givenBack_fen: 1500 } } };
  expect(returnPiece(till).refusal).toBe('E-RET-03');
});
