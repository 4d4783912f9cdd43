// Which sale does a typed number name? In a real database, on a till restored so often that its printed numbers have nine digits.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { findSold } from './find-sold.ts';

const EPOCH = 11;
let directory: string;
let till: DrivenTill;

/** A sale that is paid, under this number of the acquirer's. */
function sold(acquirerOrderId: string): string {
  const attemptId = till.sell('130123456789012222');
  till.answer(attemptId, { kind: 'approved', proof: { ...proof, acquirerOrderId } });
  till.engine.ask({ kind: 'saleLeft' });
  return till.attempt(attemptId).saleId;
}

function restore(): void {
  const { engine } = till;
  const backup = { sequence: 1, hash: 'ab' };
  engine.post({ kind: 'restored', epoch: EPOCH, backup, lost: null, readableTo: null, at_ms: 0 });
  engine.post({ kind: 'restoreConfirmed', operatorId: 'lin', reason: 'x' });
  engine.post({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  if (engine.state.shift === null) engine.post({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 0 });
}

function saleIdOf(text: string): string | null {
  const found = findSold(till, text);
  return typeof found === 'string' ? null : found.sale.saleId;
}

const numberOf = (saleId: string) => till.store.loadSale(saleId)?.receiptNumber ?? '';

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-return-'));
  till = openDrivenTill(join(directory, 'state'));
  till.route(true);
});

afterAll(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

test('a printed number of nine digits names its receipt, though the acquirer’s number of another sale ends with it', () => {
  const early = sold('4200002601202611280000000001');
  restore();
  const late = sold('4200002601202611280000000002');
  const printed = numberOf(late);
  expect(printed).toMatch(/^1\d{8}$/);
  expect(saleIdOf(printed)).toBe(late);
  sold(`4200002601202611281${printed}`);
  expect(saleIdOf(printed)).toBe(late);
  expect(saleIdOf(numberOf(early))).toBe(early);
  expect(saleIdOf('1')).toBe(early);
});

test('nine digits that no receipt has are the end of the acquirer’s number; eight are a receipt’s alone', () => {
  const saleId = sold('4200002601202611289876543217');
  expect(saleIdOf('876543217')).toBe(saleId);
  // A receipt number mistyped must not open another customer's sale.
  expect(saleIdOf('76543217')).toBeNull();
  expect(saleIdOf('2222')).toBeNull();
});
