// Sealing a day: only when both computations agree in every field; else both are kept and printed, and nothing is sealed.
import { expect, test } from 'vitest';
import { createAudit } from '../../audit/audit.ts';
import { differences } from '../../audit/differences.ts';
import { engineStage } from '../../test/core/engine-stage.ts';
import { createClosing, type SecondComputation } from './closing.ts';

type Second = { report(facts: Parameters<SecondComputation['report']>[0]): unknown };

const allRead = () => ({ unread: 0, percent: 100 });

function closingWith(second: Partial<SecondComputation> & Second) {
  const stage = engineStage();
  const whole = { progress: allRead, catchUp: () => undefined, faults: () => [], differences, ...second };
  const closing = createClosing({ engine: stage.engine, second: whole, now_ms: () => 1_764_000_000_000 });
  const recorded = () => stage.store.commits.flatMap((one) => one.records);
  return { stage, closing, recorded };
}

/** What the core itself computed, as the second computation would give it. */
function agreeing() {
  const made = closingWith({ report: () => null });
  const { engine } = made.stage;
  const second = {
    progress: allRead,
    catchUp: () => undefined,
    faults: () => [],
    differences: () => [],
    report: () => ({}),
  };
  return { ...made, closing: createClosing({ engine, second, now_ms: () => 1_764_000_000_000 }) };
}

test('agreeing, the day is sealed by one record, and printed', () => {
  const { closing, recorded, stage } = agreeing();
  const taken = closing.closeDay('chen', 1);
  expect(taken).toEqual({ ok: true, reportId: 'Z001000001' });
  const sealed = recorded().filter((one) => one.type === 'day.closed');
  expect(sealed).toHaveLength(1);
  expect(stage.engine.state.period.zNumber).toBe(2);
  expect(stage.store.rows.map((row) => [row.kind, row.reference])).toContainEqual(['print', 'Z001000001']);
});

test('one field apart, nothing is sealed: both results are in the journal and on paper, and the person is told', () => {
  const { closing, recorded, stage } = closingWith({
    report: () => ({ net_fen: 1 }),
    differences: () => ['net_fen: 0 != 1'],
  });
  expect(closing.closeDay('chen', 1)).toEqual({ ok: false, code: 'E-REP-01', detail: 'net_fen: 0 != 1' });
  expect(recorded().filter((one) => one.type === 'day.closed')).toEqual([]);
  expect(stage.engine.state.period.zNumber).toBe(1);
  const kept = recorded().find((one) => one.type === 'report.differed');
  expect(kept?.body).toMatchObject({ second: { net_fen: 1 }, differences: ['net_fen: 0 != 1'] });
  expect(stage.store.rows.filter((row) => row.kind === 'print')).toHaveLength(1);
});

test('a doubt about an old record is shown and does not keep the shop from closing', () => {
  const { closing, stage } = closingWith({
    report: () => ({}),
    differences: () => [],
    faults: () => ['record 7 sale.completed: total_fen: 5, but 4 follows'],
  });
  expect(closing.closeDay('chen', 1).ok).toBe(true);
  expect(stage.engine.ui.notice).toMatchObject({ code: 'E-REP-03', tone: 'attention' });
});

test('while most of the journal is unread, nothing is read in one go, and nothing is taken', () => {
  let reads = 0;
  const { closing, recorded } = closingWith({
    progress: () => ({ unread: 400_000, percent: 63 }),
    catchUp: () => void (reads += 1),
    report: () => ({}),
  });
  const refused = { ok: false, code: 'E-REP-04', detail: '63 %' };
  expect([closing.closeDay('chen', 1), closing.takeX('chen')]).toEqual([refused, refused]);
  const isOfReports = ({ type }: { type: string }) => /^(report|day)[.]/.test(type);
  expect({ reads, records: recorded().filter(isOfReports) }).toEqual({ reads: 0, records: [] });
});

test('an X is numbered by itself and closes nothing', () => {
  const { closing, stage } = agreeing();
  expect(closing.takeX('chen')).toEqual({ ok: true, reportId: 'X001000001' });
  expect(closing.takeX('chen')).toEqual({ ok: true, reportId: 'X001000002' });
  expect(stage.engine.state.period.zNumber).toBe(1);
});

test('the real second computation refuses what the journal does not bear out', () => {
  const audit = createAudit();
  const { closing } = closingWith({ report: (facts) => audit.report(facts) });
  const taken = closing.closeDay('chen', 1);
  // It was never fed: it knows of no shift, no sign-in, no record at all.
  expect(taken).toMatchObject({ ok: false, code: 'E-REP-01' });
});
