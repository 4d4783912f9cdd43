// A payment code is taken once: which codes are not taken on trust, and which are not taken at all, by what the journal knows of them.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeOlder } from '../fixtures/databases/older.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { codeUse } from '../core/engine/code-use.ts';
import { gatewayPolicy } from '../core/domain/payment/policy.ts';
import { usesOfCode } from './code-use.ts';

const CODE = '130123456789012345';
const OTHER = '130123456789012346';
const approved = { kind: 'approved', proof } as const;
const declined = { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' } as const;
const notSent = { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' } as const;

let directory = '';
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-code-'));
  till = openDrivenTill(join(directory, 'state'));
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const useOf = (code: string) => codeUse(till, { routeId: 'gateway', codeHmac: till.vault.fingerprint(code) });
const never = { queuedBefore: false, usedBefore: false };
const spent = { queuedBefore: false, usedBefore: true };
const waiting = { queuedBefore: true, usedBefore: true };

/** The line is gone, and its customer leaves with the goods. */
function sellOnTrust(code: string): string {
  till.route(false);
  const attemptId = till.sell(code);
  till.engine.post({ kind: 'saleLeft' });
  return attemptId;
}

/** The line is back, and the oldest of the queue is sent. */
function forward(): void {
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
}

describe('a code that is spent is not taken on trust when the line is down:', () => {
  const ways: [string, () => void][] = [
    [
      'it has paid a moment ago',
      () => {
        till.answer(till.sell(CODE), approved);
        till.engine.post({ kind: 'saleLeft' });
      },
    ],
    [
      'it was refused, and its sale dropped',
      () => {
        till.answer(till.sell(CODE), declined);
        till.engine.post({ kind: 'saleCancelled' });
      },
    ],
    [
      'it waited in the queue, and was approved',
      () => {
        const attemptId = sellOnTrust(CODE);
        forward();
        till.answer(attemptId, approved);
      },
    ],
    [
      'it waited in the queue, and was refused',
      () => {
        const attemptId = sellOnTrust(CODE);
        forward();
        till.answer(attemptId, declined);
      },
    ],
    [
      'it is in doubt for a sale that was put aside',
      () => {
        till.answer(till.sell(CODE), { kind: 'noAnswer', cause: 'TIMED_OUT' });
        till.engine.post({ kind: 'saleParked' });
      },
    ],
  ];

  it.each(ways)('%s', (_, spend) => {
    till.route(true);
    spend();
    expect(useOf(CODE)).toEqual(spent);
    till.route(false);
    expect(() => till.sell(CODE)).toThrow('E-OFF-05');
  });

  it('nor where the line drops at the second sending only', () => {
    till.route(true);
    till.answer(till.sell(CODE), approved);
    till.engine.post({ kind: 'saleLeft' });
    const second = till.sell(CODE);
    till.answer(second, notSent);
    expect(till.attempt(second).machine.state.kind).toBe('notSent');
  });
});

it('a code of which nothing has left may be shown again, and wait', () => {
  till.route(true);
  till.answer(till.sell(CODE), { ...notSent, then: 'end' });
  expect(useOf(CODE)).toEqual(never);
  till.engine.post({ kind: 'saleCancelled' });
  const second = till.sell(CODE);
  till.answer(second, notSent);
  expect(till.attempt(second).machine.state.kind).toBe('queued');
});

it('one that waits in the queue, or was forwarded and is in doubt, is known as such; another code is not', () => {
  const attemptId = sellOnTrust(CODE);
  expect([CODE, OTHER].map(useOf)).toEqual([waiting, never]);
  forward();
  expect(useOf(CODE)).toEqual(waiting);
  till.answer(attemptId, { kind: 'noAnswer', cause: 'TIMED_OUT' });
  expect(useOf(CODE)).toEqual(waiting);
  // The line is up: the acquirer would take it, and never pay what waits.
  expect(() => till.sell(CODE)).toThrow('E-OFF-05');
});

it('what was spent longer ago than a payment may wait is forgotten; what is still open is not', () => {
  const attemptId = sellOnTrust(CODE);
  const { openedAt_ms } = till.attempt(attemptId);
  const useAfter = (age_ms: number) => {
    const surroundings = () => ({ ...till.engine.surroundings(), now_ms: openedAt_ms + age_ms });
    const asked = { routeId: 'gateway', codeHmac: till.vault.fingerprint(CODE) };
    return codeUse({ engine: { surroundings }, store: till.store }, asked);
  };
  const { queueMaxAge_ms } = gatewayPolicy;
  expect([queueMaxAge_ms, queueMaxAge_ms + 1].map(useAfter)).toEqual([waiting, waiting]);
  forward();
  till.answer(attemptId, approved);
  expect([queueMaxAge_ms, queueMaxAge_ms + 1].map(useAfter)).toEqual([spent, never]);
});

it('a database of before is carried over with an index that finds all payments of a code', () => {
  till.route(true);
  till.answer(till.sell(CODE), approved);
  till.close();
  const state = join(directory, 'state');
  makeOlder(state, 4);
  till = openDrivenTill(state);
  expect(useOf(CODE)).toEqual(spent);
  const sql = new Database(join(state, 'journal.db'), { readonly: true });
  const [{ detail = '' } = {}] = sql
    .prepare(`EXPLAIN QUERY PLAN ${usesOfCode}`)
    .all({ codeHmac: '', besides: '', since_ms: 0 }) as { detail?: string }[];
  expect(detail).toContain('USING INDEX attempt_code');
  sql.close();
});
