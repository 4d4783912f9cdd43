// The dispatcher and the drawer: a pulse goes at most once, whatever ends in the middle of it.
import { describe, expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';

describe('a drawer pulse', () => {
  const asked = {
    kind: 'drawerAsked',
    cause: 'noSale',
    operatorId: 'lin',
    approverId: 'lin',
    reason: '',
  } as const;
  const pulses = (calls: readonly string[]) => calls.filter((call) => call.startsWith('pulse'));

  it('is marked sent, sent once, and closed by what the printer says', () => {
    const stage = engineStage();
    stage.engine.post(asked);
    stage.dispatcher.pump();
    stage.dispatcher.pump();
    expect(pulses(stage.calls)).toEqual(['pulse 2']);
    expect(stage.store.rows).toMatchObject([{ deliveryClass: 'at-most-once', state: 'sent' }]);
    stage.printer.say({ kind: 'drawer', printerId: 'receipt', jobId: '2', outcome: { kind: 'sent' } });
    expect([stage.engine.state.drawer?.outcome, stage.store.rows]).toEqual(['opened', []]);
  });

  it('of a run before this one is never sent, whichever it was, and ends', () => {
    const before = engineStage();
    before.engine.post(asked);
    before.dispatcher.pump();
    before.engine.post(asked);
    const rows = before.store.rows.map((row) => ({ ...row }));
    expect(rows.map((row) => row.state)).toEqual(['sent', 'pending']);
    const after = engineStage({ rows });
    after.dispatcher.pump();
    after.dispatcher.pump();
    expect(pulses(after.calls)).toEqual([]);
    expect(after.store.rows).toEqual([]);
    const ended = after.store.commits.flatMap((commit) => commit.records).slice(-2);
    expect(ended.map((one) => one.body)).toMatchObject([{ outcome: 'unknown' }, { outcome: 'failed' }]);
  });
});
