// The till's word is what its journal proves, read beside the running engine, and of one moment with the ledger.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { codeMaker } from '../../../fixtures/codes.ts';
import { openDrivenTill, proof } from '../../../fixtures/databases/till.ts';
import { readTogether } from './till-words.ts';

function till() {
  const directory = mkdtempSync(join(tmpdir(), 'words-'));
  const state = join(directory, 'state');
  const driven = openDrivenTill(state);
  onTestFinished(() => {
    driven.close();
    rmSync(directory, { recursive: true });
  });
  return { state, driven };
}

const words = (state: string) => readTogether(state, () => null)?.till;

test('no journal yet, no word', () => {
  expect(readTogether(join(tmpdir(), 'no-such-till'), () => null)).toBeNull();
});

test('a payment is in doubt with its next step, then paid without one', () => {
  const { state, driven } = till();
  const attemptId = driven.sell(codeMaker(1).wechat());
  expect(words(state)).toMatchObject([
    { state: 'authorizing', isProven: false, next: { what: 'awaitAnswer' } },
  ]);
  driven.answer(attemptId, { kind: 'noAnswer', cause: 'ECONNRESET' });
  const [doubt] = words(state) ?? [];
  expect(doubt).toMatchObject({ state: 'unknown', isProven: false, next: { what: 'inquire', count: 1 } });
  expect(doubt?.next?.at_ms).toBeGreaterThan(doubt?.openedAt_ms ?? Infinity);
  driven.answer(attemptId, { kind: 'approved', proof });
  expect(words(state)).toMatchObject([
    { state: 'approved', isProven: true, amount_fen: 450, givenBack_fen: 0, givingBack_fen: 0, next: null },
  ]);
});

test('a payment taken offline waits for the line, not for the clock', () => {
  const { state, driven } = till();
  driven.route(false);
  driven.sell(codeMaker(2).wechat());
  expect(words(state)).toMatchObject([
    { state: 'queued', isProven: false, isDeferred: true, next: { what: 'send', at_ms: null } },
  ]);
});

test('while the journal moves, both sides are read again; if it never rests, nobody speaks', () => {
  const { state, driven } = till();
  driven.route(false);
  let looks = 0;
  const once = readTogether(state, () => {
    looks += 1;
    if (looks === 1) driven.route(true);
    return looks;
  });
  expect(once?.other).toBe(2);
  let isOnline = true;
  const never = readTogether(state, () => {
    isOnline = !isOnline;
    driven.route(isOnline);
  });
  expect(never).toBeNull();
});
