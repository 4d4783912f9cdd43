// A customer says that he has paid: found in a real database among others, shown live, put on paper once.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { evidenceHandlers, findPayments } from './commands-evidence.ts';
import type { CommandDependencies } from './command-types.ts';
import { findSold } from './find-sold.ts';
import { paymentsFoundView } from './view-evidence.ts';

const terminalCode = '20260002';
let directory: string;
let till: DrivenTill;
let waiting: string;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-evidence-'));
  till = openDrivenTill(join(directory, 'state'));
  till.route(true);
  for (let count = 0; count < 3; count += 1) {
    const paid = till.sell(`13012345678901${1000 + count}`);
    till.answer(paid, {
      kind: 'approved',
      proof: { ...proof, acquirerOrderId: `42000026012026112864198${count}0123` },
    });
    till.engine.ask({ kind: 'saleLeft' });
  }
  waiting = till.sell('130123456789012222');
});

afterAll(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const ask = (event: Parameters<DrivenTill['engine']['ask']>[0]) => {
  const code = till.engine.ask(event);
  return code === null ? ({ ok: true, result: null } as const) : ({ ok: false, code, detail: '' } as const);
};
const find = (text: string) => findPayments({ ...till, terminalCode }, text);
const found = () =>
  paymentsFoundView(till.engine, till.store)?.payments.map(({ attemptId }) => attemptId) ?? [];

test('by the last digits of its code, of the acquirer’s number, or by its own number', () => {
  expect(find('1001')).toBeNull();
  expect(found()).toEqual(['P001000002']);
  expect(find('20123')).toBe('E-PAY-17');
  expect(find('820123')).toBeNull();
  expect(found()).toEqual(['P001000003']);
  expect(find(till.attempt(waiting).orderNumber)).toBeNull();
  expect(found()).toEqual([waiting]);
});

test('digits that several have find them all, the newest first', () => {
  expect(find('0123')).toBe('E-PAY-17');
  expect(find(proof.retrievalRefNum)).toBeNull();
  expect(found()).toEqual(['P001000003', 'P001000002', 'P001000001']);
});

test('the goods of a payment are found for a return by its number, ours or the acquirer’s, and only once sold', () => {
  const saleIdOf = (text: string) => {
    const sold = findSold(till, text);
    return typeof sold === 'string' ? null : sold.sale.saleId;
  };
  const paid = till.attempt('P001000003');
  expect(saleIdOf(paid.orderNumber)).toBe(paid.saleId);
  expect(saleIdOf(' 4200002601202611286419820123 ')).toBe(paid.saleId);
  // Of several sales none is guessed, and one that is still being paid is not sold.
  expect(saleIdOf(proof.retrievalRefNum)).toBeNull();
  expect(saleIdOf(till.attempt(waiting).orderNumber)).toBeNull();
  expect(saleIdOf('4200002601202611286419899999')).toBeNull();
});

test('an answer that comes while it is shown is seen', () => {
  find(till.attempt(waiting).orderNumber);
  const verdict = () => paymentsFoundView(till.engine, till.store)?.payments[0]?.verdict;
  expect(verdict()).toBe('undecided');
  till.answer(waiting, { kind: 'approved', proof });
  expect(verdict()).toBe('paid');
});

test('another till’s number is told apart from one that nobody knows', () => {
  expect(find('20260003001000001A1B2C3D4')).toBe('E-PAY-18');
  expect(find('20260002001000099A1B2C3D4')).toBe('E-PAY-17');
  expect(find('4200002601202611280000000000')).toBe('E-PAY-17');
});

test('one slip waits for the printer at a time, and the journal keeps what it says', () => {
  const handlers = evidenceHandlers({ ...till, terminalCode } as unknown as CommandDependencies, ask);
  const who = { operatorId: 'lin', approverId: 'lin' };
  expect(handlers['evidence.print']({ attemptId: 'P001000001' }, who)).toMatchObject({ ok: true });
  expect(handlers['evidence.print']({ attemptId: 'P001000002' }, who)).toMatchObject({ code: 'E-PRN-10' });
  expect(till.store.documents(['evidence'], 9).map(({ body }) => body)).toMatchObject([
    { operatorId: 'lin', evidence: { verdict: 'paid', receiptNumber: '00000001' } },
  ]);
  expect(handlers['evidence.print']({ attemptId: 'P00100ZZZZ' }, who)).toMatchObject({ ok: false });
});
