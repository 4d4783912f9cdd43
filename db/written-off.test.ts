// A journal of the program before (git e841769) with sales whose money came after it was written off, and one that was written off whole
// after a part of it had come: fixtures/databases/written-off.ts made it. It is sound as it is, and goes on here.
import { chmodSync, copyFileSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../audit/audit.ts';
import { assertNoDamageBehindDefect, markDefect } from '../core/damage.ts';
import { due_fen, isDeferredOpen, lostBy } from '../core/domain/till/queries.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { makeBackup } from './backup.ts';
import { openReader } from './read.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

const released = join(import.meta.dirname, '../fixtures/databases/written-off-4');
let base = '';
let state = '';

beforeEach(() => {
  base = mkdtempSync(join(tmpdir(), 'yima-written-off-'));
  state = join(base, 'state');
  for (const name of [state, join(base, 'keys')]) mkdirSync(name, { mode: 0o700 });
  copyFileSync(`${released}.db`, join(state, 'journal.db'));
  copyFileSync(`${released}.key`, join(base, 'keys', 'queue.key'));
  chmodSync(join(base, 'keys', 'queue.key'), 0o600);
});
afterEach(() => rmSync(base, { recursive: true }));

/** By the second computation, of the records on the disk. */
function faults(): readonly string[] {
  const audit = createAudit();
  const reader = openReader(state);
  for (const row of reader.records(0)) audit.take(row);
  reader.close();
  return audit.faults;
}

const sound = { ok: true, fault: null, differences: [] };

it('verifies as it is and carried over, is backed up, and sells after a defect', () => {
  expect(verifyStateDirectory(state)).toMatchObject(sound);
  openStore(state).close();
  expect(verifyStateDirectory(state)).toMatchObject(sound);
  makeBackup({ state, directory: join(base, 'backups'), keep: 3, at: new Date().toISOString() });
  markDefect(state);
  assertNoDamageBehindDefect(state);
});

it('has no fault for the second computation, whose Z carried an exception with all of its payment', () => {
  expect(faults()).toEqual([]);
});

describe('it goes on', () => {
  let till: DrivenTill;
  beforeEach(() => {
    till = openDrivenTill(state);
    till.route(true);
  });

  function expectSound(): void {
    till.engine.post({ kind: 'reportTaken', operatorId: 'chen', at_ms: Date.now() });
    till.close();
    expect(verifyStateDirectory(state)).toMatchObject(sound);
    expect(faults()).toEqual([]);
  }

  /** The sales of two parts, one of which is still on its way: the first and the second payment. */
  function openSales(): { saleId: string; first: string; second: string }[] {
    return Object.values(till.engine.state.sales).flatMap(({ saleId, attemptIds }) => {
      const [first = '', second = ''] = attemptIds;
      return second !== '' && isDeferredOpen(till.attempt(second)) ? [{ saleId, first, second }] : [];
    });
  }

  function facts(saleId: string): { writtenOff_fen: number; due_fen: number; lost: readonly number[] } {
    const { state: now } = till.engine;
    const sale = now.sales[saleId];
    if (sale === undefined) throw new Error(`${saleId} is not open`);
    const own = [...lostBy(now)].filter(([id]) => now.exceptions[id]?.saleId === saleId);
    const { writtenOff_fen } = sale;
    return { writtenOff_fen, due_fen: due_fen(now, sale), lost: own.map(([, lost_fen]) => lost_fen) };
  }

  const declined = { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' } as const;

  it('what was written off of more than was missing hides nothing of the other part', () => {
    const [{ saleId, second } = { saleId: '', second: '' }] = openSales();
    expect(facts(saleId)).toMatchObject({ writtenOff_fen: 50, due_fen: 0 });
    till.answer(second, declined);
    expect(facts(saleId)).toEqual({ writtenOff_fen: 50, due_fen: 250, lost: [250] });
    expectSound();
  });

  it('a payment that it wrote off, charged after all when the other part is lost: that is owed and told', () => {
    const { saleId, first, second } = openSales()[1] ?? { saleId: '', first: '', second: '' };
    till.answer(second, declined);
    expect(facts(saleId)).toEqual({ writtenOff_fen: 200, due_fen: 250, lost: [250] });
    till.answer(first, { kind: 'approved', proof: { ...proof, actual_fen: 200 } });
    expect(facts(saleId)).toEqual({ writtenOff_fen: 0, due_fen: 250, lost: [250] });
    expectSound();
  });

  it('the other part comes: the sale is over', () => {
    const { saleId, second } = openSales()[1] ?? { saleId: '', second: '' };
    till.answer(second, { kind: 'approved', proof: { ...proof, actual_fen: 250 } });
    expect((till.engine.state.sales[saleId] ?? till.store.loadSale(saleId))?.state).toBe('completed');
    expectSound();
  });
});
