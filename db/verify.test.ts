// Verification names what is wrong with a state directory: the record, or the projection row that is not the journal's fold.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { contents, tamper } from '../fixtures/databases/tamper.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { verifyStateDirectory } from './verify.ts';

let directory = '';
let state = '';
let records = 0;

/** Of the first sale the goods come back: given back at once, then refused, then cash moved, an X, a Z and a closed shift. */
function returnAll(till: DrivenTill): void {
  const decided = { operatorId: 'lin', approverId: 'wang', reason: 'faulty' };
  const sale = till.store.loadSale('S001000001');
  const lines = (sale?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.engine.post({ kind: 'returnOpened', saleId: 'S001000001', lines, ...decided });
  const refused = { kind: 'refused', code: 'NOT_ALLOWED' } as const;
  till.engine.post({ kind: 'giveBack', giveBackId: 'G001000001', event: refused });
  till.engine.post({ kind: 'cashMoved', direction: 'paidOut', amount_fen: 500, ...decided });
  till.engine.post({ kind: 'reportTaken', operatorId: 'wang', at_ms: 1 });
  till.engine.post({ kind: 'dayClosed', operatorId: 'wang', at_ms: 2 });
  till.engine.post({ kind: 'saleLeft' });
  till.engine.post({ kind: 'shiftClosed', operatorId: 'lin', counted: [{ value_fen: 10_000, count: 2 }] });
}

/** One sale paid, one queued and declined after forwarding (an exception), one still queued. */
function sellAll(till: DrivenTill): void {
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  till.route(false);
  const declined = till.sell('130123456789012346');
  till.sell('130123456789012347');
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.answer(declined, { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-verify-'));
  state = join(directory, 'state');
  const till = openDrivenTill(state);
  sellAll(till);
  returnAll(till);
  records = till.store.head().sequence;
  till.close();
});
afterEach(() => rmSync(directory, { recursive: true }));

it('finds nothing in a sound directory, changes nothing, and counts', () => {
  const before = contents(state);
  const found = verifyStateDirectory(state);
  expect(found).toMatchObject({ ok: true, records, fault: null, differences: [] });
  expect(found.head).toBe(readFileSync(join(state, 'head'), 'latin1').slice(16, 80));
  expect(contents(state)).toEqual(before);
});

it('works beside the running till, at any moment of it', () => {
  const till = openDrivenTill(state);
  for (let index = 0; index < 20; index += 1) {
    till.engine.post({ kind: 'languageSet', language: index % 2 === 0 ? 'en' : 'zh' });
    expect(verifyStateDirectory(state)).toMatchObject({ ok: true, records: till.store.head().sequence });
  }
  till.close();
});

describe.each([
  ['first', (): number => 1],
  ['middle', (): number => Math.floor(records / 2)],
  ['last', (): number => records],
] as const)('the %s record', (_place, number) => {
  it('altered', () => {
    tamper(state, `UPDATE journal SET body = replace(body, '{', '{ ') WHERE sequence = ${number()}`);
    expect(verifyStateDirectory(state)).toMatchObject({
      ok: false,
      fault: { sequence: number(), problem: 'altered' },
    });
  });

  it('missing', () => {
    tamper(state, `DELETE FROM journal WHERE sequence = ${number()}`);
    expect(verifyStateDirectory(state)).toMatchObject({
      ok: false,
      fault: { sequence: number(), problem: 'missing' },
    });
  });

  it('exchanged with its neighbour', () => {
    const one = Math.min(number(), records - 1);
    tamper(
      state,
      `UPDATE journal SET sequence = -1 WHERE sequence = ${one};
       UPDATE journal SET sequence = ${one} WHERE sequence = ${one + 1};
       UPDATE journal SET sequence = ${one + 1} WHERE sequence = -1`,
    );
    expect(verifyStateDirectory(state)).toMatchObject({
      ok: false,
      fault: { sequence: one, problem: 'altered' },
    });
  });
});

it('an added record', () => {
  const columns = "'2026-11-23T10:00:00.000Z', 'till.languageSet', '{}', 'abc'";
  tamper(state, `INSERT INTO journal (sequence, at, type, body, hash) VALUES (${records + 1}, ${columns})`);
  expect(verifyStateDirectory(state).fault).toMatchObject({ sequence: records + 1, problem: 'altered' });
});

it('a head file that names another hash at that number', () => {
  const head = readFileSync(join(state, 'head'), 'latin1');
  writeFileSync(
    join(state, 'head'),
    head.replace(/[0-9a-f] (?=\d{16}\n$)/, (end) => (end === '0 ' ? '1 ' : '0 ')),
  );
  expect(verifyStateDirectory(state)).toMatchObject({ ok: false, fault: { sequence: records } });
});

describe('projections', () => {
  it.each([
    ['UPDATE till SET body = replace(body, \'"receipt":\', \'"receipt":1\')', 'till differs'],
    ['DELETE FROM till', 'till is missing'],
    ["UPDATE sale SET state = 'cancelled' WHERE sale_id = 'S001000001'", 'sale S001000001 differs'],
    [
      "UPDATE sale SET body = replace(body, '450', '1')  WHERE sale_id = 'S001000001'",
      'sale S001000001 differs',
    ],
    ["DELETE FROM sale WHERE sale_id = 'S001000002'", 'sale S001000002 is missing'],
    ["UPDATE attempt SET proven = 1 WHERE attempt_id = 'P001000003'", 'attempt P001000003 differs'],
    ["UPDATE attempt SET code_hmac = 'x' WHERE attempt_id = 'P001000003'", 'attempt P001000003 differs'],
    ["UPDATE attempt SET amount_fen = 1 WHERE attempt_id = 'P001000001'", 'attempt P001000001 differs'],
    ["INSERT INTO receipt VALUES ('R9', '99999999', 'sale', 'S001000001', '{}')", 'receipt R9 differs'],
    ['UPDATE period SET body = replace(body, \'"zNumber":2\', \'"zNumber":3\')', 'period differs'],
    ["UPDATE give_back SET open = 0 WHERE give_back_id = 'G001000001'", 'give_back G001000001 differs'],
    ["UPDATE give_back SET body = replace(body, '450', '45')", 'give_back G001000001 differs'],
    ["UPDATE give_back SET request_number = 'x'", 'give_back G001000001 differs'],
    ["DELETE FROM give_back WHERE give_back_id = 'G001000001'", 'give_back G001000001 is missing'],
    ["UPDATE document SET number = 'T9' WHERE kind = 'return'", 'document T001000001 differs'],
    ["UPDATE document SET sale_id = 'S9' WHERE kind = 'return'", 'document T001000001 differs'],
    ["UPDATE document SET sequence = 1 WHERE kind = 'z'", 'document Z001000001 differs'],
    [
      "UPDATE document SET body = replace(body, '450', '451') WHERE kind = 'z'",
      'document Z001000001 differs',
    ],
    [
      "UPDATE document SET body = replace(body, '20000', '2') WHERE kind = 'shift'",
      'document H001000001 differs',
    ],
    ["DELETE FROM document WHERE kind = 'cashMove'", 'document M001000001 is missing'],
    ["DELETE FROM document WHERE kind = 'x'", 'document X001000001 is missing'],
    ["DELETE FROM receipt WHERE kind = 'z'", 'receipt Z001000001 is missing'],
    ["UPDATE exception SET closed = 'writtenOff'", 'exception P001000002 differs'],
    ['DELETE FROM exception', 'exception P001000002 is missing'],
    ["UPDATE exception SET reason = 'E-OFF-09'", 'exception P001000002 differs'],
  ])('%s', (statement, difference) => {
    tamper(state, statement);
    expect(verifyStateDirectory(state)).toMatchObject({ ok: false, fault: null, differences: [difference] });
  });
});

it('says that a damaged file cannot be read', () => {
  const file = join(state, 'journal.db');
  const whole = readFileSync(file);
  whole.fill(0x5a, 4096);
  writeFileSync(file, whole);
  expect(() => verifyStateDirectory(state)).toThrow(expect.objectContaining({ code: 'E-DB-01' }));
  rmSync(file);
  expect(() => verifyStateDirectory(state)).toThrow(expect.objectContaining({ code: 'E-DB-06' }));
});
