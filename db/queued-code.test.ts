// Whether a code stands in the offline queue already: from its scan until its payment is proven, queued or forwarded and in doubt.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';

const codes = { forwarded: '130123456789012345', queued: '130123456789012346' };

let directory = '';
let till: DrivenTill;
/** The line is gone; two customers leave with their goods; it is back, and the older payment is forwarded. */
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-queued-'));
  till = openDrivenTill(join(directory, 'state'));
  till.route(false);
  till.sell(codes.forwarded);
  till.engine.post({ kind: 'saleLeft' });
  till.sell(codes.queued);
  till.engine.post({ kind: 'saleLeft' });
  till.route(true);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const isQueued = (code: string) => till.store.isCodeQueued(till.vault.fingerprint(code));
const kinds = () => ['P001000001', 'P001000002'].map((id) => till.attempt(id).machine.state.kind);

it('is known of one that waits and of one that was forwarded, on its way and in doubt', () => {
  expect(kinds()).toEqual(['authorizing', 'queued']);
  expect([codes.forwarded, codes.queued].map(isQueued)).toEqual([true, true]);
  till.answer('P001000001', { kind: 'noAnswer', cause: 'TIMED_OUT' });
  expect(kinds()).toEqual(['unknown', 'queued']);
  expect([codes.forwarded, codes.queued].map(isQueued)).toEqual([true, true]);
});

it.each([
  ['approved', { kind: 'approved', proof }],
  ['declined', { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'other' }],
] as const)('is no more once its payment is %s', (_, answer) => {
  till.answer('P001000001', answer);
  expect([codes.forwarded, codes.queued].map(isQueued)).toEqual([false, true]);
});

it('is not said of a payment that never was in the queue, nor of another code', () => {
  till.answer('P001000001', { kind: 'approved', proof });
  const online = '130123456789012347';
  till.sell(online);
  expect(till.attempt('P001000003').machine.state.kind).toBe('authorizing');
  expect(isQueued(online)).toBe(false);
  expect(isQueued('130123456789012348')).toBe(false);
});
