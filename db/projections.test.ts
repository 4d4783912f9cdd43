// What a start loads is whole: a payment or a give-back that is open may never be left out of memory because a bit flipped in what
// it is found by. SQLite finds each of these files in order.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tamper } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { openStore } from './store.ts';

const decided = { operatorId: 'lin', approverId: 'wang', reason: 'faulty' };

let directory = '';
let state = '';
/** One sale whose money is on its way back, one queued, one in doubt on the counter. */
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-loaded-'));
  state = join(directory, 'state');
  const till = openDrivenTill(state);
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  till.engine.post({ kind: 'saleLeft' });
  const lines = (till.store.loadSale('S001000001')?.lines ?? []).map(({ lineId, quantity }) => ({
    lineId,
    quantity,
  }));
  till.engine.post({ kind: 'returnOpened', saleId: 'S001000001', lines, ...decided });
  till.route(false);
  till.sell('130123456789012346');
  till.engine.post({ kind: 'saleLeft' });
  till.route(true);
  till.sell('130123456789012347');
  till.close();
  // The printer has taken every paper: what waits for it would keep its sale in memory.
  tamper(state, "DELETE FROM outbox WHERE kind = 'print'");
});
afterEach(() => rmSync(directory, { recursive: true }));

function load(): { attempts: string[]; giveBacks: string[] } {
  const store = openStore(state);
  try {
    const { attempts, giveBacks } = store.load();
    return { attempts: Object.keys(attempts).toSorted(), giveBacks: Object.keys(giveBacks) };
  } finally {
    store.close();
  }
}

it('holds everything open', () => {
  expect(load()).toEqual({
    attempts: ['P001000001', 'P001000002', 'P001000003'],
    giveBacks: ['G001000001'],
  });
});

const moved = (table: string, column: string, to: string, key: string) =>
  `UPDATE ${table} SET ${column} = '${to}' WHERE ${key}`;

it.each([
  [
    'the key of a queued sale',
    moved('sale', 'sale_id', 'S001000006', "sale_id = 'S001000002'"),
    'S001000002',
  ],
  [
    'the key of the one on the counter',
    moved('sale', 'sale_id', 'S001000007', "sale_id = 'S001000003'"),
    'S001000003',
  ],
  [
    'the key of a sale that is paid back',
    moved('sale', 'sale_id', 'S001000005', "sale_id = 'S001000001'"),
    'S001000001',
  ],
  [
    'the sale that a payment names',
    moved('attempt', 'sale_id', 'R001000002', "attempt_id = 'P001000002'"),
    'R001000002',
  ],
  [
    'the same, and there is such a sale',
    moved('attempt', 'sale_id', 'S001000003', "attempt_id = 'P001000002'"),
    'P001000002',
  ],
  [
    'the key of a payment',
    moved('attempt', 'attempt_id', 'P001000005', "attempt_id = 'P001000001'"),
    'P001000001',
  ],
  ['the sale that a give-back names', moved('give_back', 'sale_id', 'S001000009', '1'), 'S001000009'],
  ['the same, and there is such a sale', moved('give_back', 'sale_id', 'S001000003', '1'), 'G001000001'],
  [
    'a sale that says it is another',
    `UPDATE sale SET body = replace(body, '"saleId":"S001000002"', '"saleId":"S001000006"')`,
    'S001000002',
  ],
  [
    'the last receipt',
    `UPDATE till SET body = replace(body, '"lastReceiptId":"R', '"lastReceiptId":"S')`,
    'receipt S',
  ],
])('a flipped bit in %s is E-DB-01', (_what, statement, named) => {
  tamper(state, statement);
  expect(load).toThrow(expect.objectContaining({ code: 'E-DB-01', message: expect.stringContaining(named) }));
});
