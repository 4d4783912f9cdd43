// The work that waits, on a real engine and a real store: nothing, under way, overdue; a queue with and without a line.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { CheckLine } from '../../contract/diagnostics.ts';
import { type DrivenTill, openDrivenTill, proof, routes } from '../../fixtures/databases/till.ts';
import type { Fault } from '../ports/fault.ts';
import { tillGroup } from './check-till.ts';
import type { Parts } from './parts.ts';

let directory = '';
let till: DrivenTill;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-check-'));
  till = openDrivenTill(join(directory, 'state'));
});
afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

/** `later_ms`: the examination happens so much later than the sale. */
async function findingsOf(
  later_ms = 0,
  state = till.engine.state,
  fault: Fault | null = null,
): Promise<Record<string, string>> {
  const lines: CheckLine[] = [];
  const surroundings = () => {
    const now = till.engine.surroundings();
    return { ...now, now_ms: now.now_ms + later_ms };
  };
  const { head } = till.engine;
  const engine = { state, head, surroundings };
  const parts = {
    engine,
    recorder: { fault },
    store: till.store,
    lines: [{ acquirer: { id: 'gateway' }, settings: routes.gateway }],
    version: '0.1.0',
  };
  await tillGroup.run(parts as unknown as Parts, (line) => lines.push(line));
  return Object.fromEntries(lines.map(({ check, verdict, finding }) => [check, `${verdict} ${finding}`]));
}

it('a till with nothing but its shift opened is sound; the pulse of its drawer is under way', async () => {
  expect(await findingsOf()).toEqual({
    'till.core': 'pass coreRuns',
    'till.clock': 'pass good',
    'work.outbox': 'pass workInTime',
    'work.queue': 'pass queueEmpty',
  });
});

it("inputs that can no longer be recorded are said, with the disk's own word", async () => {
  const fault = { code: 'ENOSPC', retry: 'never', detail: 'no space left on device' } as const;
  expect(await findingsOf(0, till.engine.state, fault)).toMatchObject({ 'till.core': 'fail recordingOff' });
});

it('a payment under way is no fault, and one without proof for a quarter of an hour is', async () => {
  till.route(true);
  till.sell('130123456789012345');
  expect(await findingsOf()).toMatchObject({ 'work.outbox': 'pass workInTime' });
  expect(await findingsOf(15 * 60_000)).toMatchObject({ 'work.outbox': 'fail workOverdue' });
});

it('the age of a payment is not measured by a clock that was set meanwhile', async () => {
  till.route(true);
  const attemptId = till.sell('130123456789012345');
  const attempt = till.attempt(attemptId);
  const { state } = till.engine;
  const moved = { ...attempt, takenAt: '2040-01-01T00:00:00.000Z' };
  const ahead = { ...state, attempts: { ...state.attempts, [attemptId]: moved } };
  expect(await findingsOf(15 * 60_000, ahead)).toMatchObject({ 'work.outbox': 'fail workOverdue' });
});

it('a queue waits for its line, moves when it is up, and is stuck when it does not', async () => {
  till.route(false);
  const attemptId = till.sell('130123456789012345');
  expect(await findingsOf()).toMatchObject({ 'work.queue': 'fail queueOffline' });
  till.route(true);
  expect(await findingsOf()).toMatchObject({ 'work.queue': 'pass queueMoving' });
  expect(await findingsOf(15 * 60_000)).toMatchObject({ 'work.queue': 'fail queueStuck' });
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.answer(attemptId, { kind: 'approved', proof });
  expect(await findingsOf()).toMatchObject({ 'work.queue': 'pass queueEmpty' });
});

it('a paper that the printer refuses is named, however many sales came after it', async () => {
  till.route(true);
  const pay = (code: string) => till.answer(till.sell(code), { kind: 'approved', proof });
  pay('130123456789012345');
  expect(await findingsOf()).toMatchObject({ 'work.outbox': 'pass workInTime' });
  const receiptId = till.engine.state.lastReceiptId ?? '';
  const refused = { print: 'failed', problem: 'paperOut', proof: 'nothing' } as const;
  till.engine.post({ kind: 'printEnded', receiptId, ...refused });
  pay('130123456789012346');
  pay('130123456789012347');
  expect(await findingsOf()).toMatchObject({ 'work.outbox': 'fail printWaits' });
});
