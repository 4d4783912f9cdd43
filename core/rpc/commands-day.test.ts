// What is asked for again, because its answer was lost, is done once: cash put in or out, the drawer, the Z.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { TillEvent } from '../domain/till/events.ts';
import { expectedCash_fen } from '../domain/till/queries.ts';
import { type DrivenTill, openDrivenTill } from '../../fixtures/databases/till.ts';
import { createClosing } from './closing.ts';
import type { CommandDependencies } from './command-types.ts';
import { dayHandlers } from './commands-day.ts';

const who = { operatorId: 'lin', approverId: 'chen' };
const agreeing = {
  progress: () => ({ unread: 0, percent: 100 }),
  catchUp: () => undefined,
  faults: () => [],
  differences: () => [],
  report: () => ({}),
};

let directory: string;
let till: DrivenTill;
let handlers: ReturnType<typeof dayHandlers>;

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-day-'));
  till = openDrivenTill(join(directory, 'state'));
  const { engine, store } = till;
  engine.post({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
  if (engine.state.shift === null) engine.post({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
  const closing = createClosing({ engine, second: agreeing, now_ms: () => 1_795_000_000_000 });
  const ask = (event: TillEvent) => {
    const refusal = engine.ask(event);
    return refusal === null
      ? ({ ok: true, result: null } as const)
      : ({ ok: false, code: refusal, detail: '' } as const);
  };
  handlers = dayHandlers({ engine, store, closing } as CommandDependencies, ask);
});

afterEach(() => {
  till.close();
  rmSync(directory, { recursive: true });
});

const expected_fen = () => {
  const { shift } = till.engine.state;
  return shift === null ? null : expectedCash_fen(shift);
};

describe('asked for again', () => {
  it('cash is put in once, and the next one has a number of its own', () => {
    const asked = { amount_fen: 5000, reason: '零钱', after: till.engine.state.counters.cashMove };
    const before_fen = expected_fen() ?? 0;
    expect(handlers['cash.paidIn'](asked, who)).toMatchObject({ ok: true });
    expect(handlers['cash.paidIn'](asked, who)).toMatchObject({ ok: false, code: 'E-CASH-07' });
    expect(expected_fen()).toBe(before_fen + 5000);
    expect(handlers['cash.paidIn']({ ...asked, after: asked.after + 1 }, who)).toMatchObject({ ok: true });
    expect(expected_fen()).toBe(before_fen + 10_000);
  });

  it('cash is paid out once', () => {
    const asked = { amount_fen: 500, reason: '买水', after: till.engine.state.counters.cashMove };
    const before_fen = expected_fen() ?? 0;
    expect(handlers['cash.paidOut'](asked, who)).toMatchObject({ ok: true });
    expect(handlers['cash.paidOut'](asked, who)).toMatchObject({ ok: false, code: 'E-CASH-07' });
    expect(expected_fen()).toBe(before_fen - 500);
  });

  it('the drawer opens once', () => {
    const asked = { reason: '换零', after: till.engine.state.counters.drawer };
    expect(handlers['drawer.open'](asked, who)).toMatchObject({ ok: true });
    expect(handlers['drawer.open'](asked, who)).toMatchObject({ ok: false, code: 'E-CASH-08' });
    expect(till.engine.state.counters.drawer).toBe(asked.after + 1);
  });

  it('the day is closed once, and both answers are its Z', () => {
    const { zNumber } = till.engine.state.period;
    const first = handlers['day.close']({ zNumber }, who);
    expect(first).toMatchObject({ ok: true, result: { kind: 'z', report: { zNumber } } });
    expect(handlers['day.close']({ zNumber }, who)).toEqual(first);
    expect(till.engine.state.period.zNumber).toBe(zNumber + 1);
  });

  it('a Z that is not the next one, nor the last, is refused', () => {
    const { zNumber } = till.engine.state.period;
    handlers['day.close']({ zNumber }, who);
    handlers['day.close']({ zNumber: zNumber + 1 }, who);
    for (const other of [zNumber, zNumber + 3])
      expect(handlers['day.close']({ zNumber: other }, who)).toMatchObject({ ok: false, code: 'E-REP-05' });
    expect(till.engine.state.period.zNumber).toBe(zNumber + 2);
  });
});
