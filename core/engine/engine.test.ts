// One event at a time, one commit each; nothing is told before it is on disk, and a disk that fails ends the core.
import { describe, expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof, tea } from '../../fixtures/databases/till.ts';
import { Defect } from '../domain/assert.ts';

describe('an event', () => {
  it('is one commit that holds records, state and outbox together', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    const commit = stage.store.commits.at(-1);
    expect(commit?.records.map((record) => record.type)).toEqual(['payment.opened']);
    expect(commit?.newRows).toEqual([
      { kind: 'authorize', deliveryClass: 'once', reference: attemptId, count: 0 },
    ]);
    expect(commit?.attemptIds).toEqual(new Set([attemptId]));
    expect(commit?.state.attempts[attemptId]?.machine.state.kind).toBe('authorizing');
  });

  it('that is refused, or changes nothing, commits nothing', () => {
    const stage = engineStage();
    const before = stage.store.commits.length;
    expect(stage.engine.ask({ kind: 'tenderStarted' })).toBe('E-SALE-02');
    stage.route(true);
    stage.route(true);
    expect(stage.store.commits.length).toBe(before + 1);
  });

  it('posted while another one is applied waits its turn', () => {
    const stage = engineStage();
    const seen: string[] = [];
    let isFirst = true;
    stage.engine.onCommit(() => {
      seen.push(stage.engine.state.language);
      if (!isFirst) return;
      isFirst = false;
      stage.engine.post({ kind: 'languageSet', language: 'zh' });
      expect(stage.engine.state.language).toBe('en');
    });
    stage.engine.post({ kind: 'languageSet', language: 'en' });
    expect(seen).toEqual(['en', 'zh']);
  });

  it('of a person, asked from inside another, is a defect', () => {
    const stage = engineStage();
    stage.engine.onCommit(() => stage.engine.ask({ kind: 'saleLeft' }));
    expect(() => stage.engine.post({ kind: 'languageSet', language: 'en' })).toThrow(Defect);
  });

  it('is told to listeners only once it is on disk', () => {
    const stage = engineStage();
    stage.engine.onCommit(() => stage.calls.push('told'));
    stage.calls.length = 0;
    stage.engine.ask({ kind: 'goodsEntered', goods: tea });
    expect(stage.calls).toEqual(['commit', 'told']);
  });
});

describe('a disk that fails', () => {
  it('is fatal: the state stays, nothing is told, the timers stop', () => {
    let failing = false;
    const stage = engineStage({ fail: () => failing });
    stage.sell();
    const before = stage.engine.state;
    const told: string[] = [];
    stage.engine.onCommit(() => told.push('told'));
    failing = true;
    expect(() => stage.engine.post({ kind: 'languageSet', language: 'en' })).toThrow(/SQLITE_IOERR/);
    expect(stage.faults).toHaveLength(1);
    expect(stage.engine.state).toBe(before);
    expect(told).toEqual([]);
    expect(stage.clock.armed).toBe(0);
  });
});

describe('memory', () => {
  it('holds the sale at hand and what is unproven, however many sales there were', () => {
    const stage = engineStage();
    for (let count = 0; count < 50; count += 1) {
      stage.sell();
      stage.dispatcher.pump();
      stage.acquirer.asked.at(-1)?.post({ kind: 'approved', proof });
    }
    expect(Object.keys(stage.engine.state.sales).length).toBeLessThanOrEqual(2);
    expect(Object.keys(stage.engine.state.attempts).length).toBeLessThanOrEqual(2);
    expect(stage.vault.attemptIds()).toEqual([]);
  });

  it('finds an attempt again when its answer comes after its sale was forgotten', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
    stage.engine.ask({ kind: 'saleCancelled' });
    stage.sell();
    expect(stage.engine.state.attempts[attemptId]).toBeUndefined();
    stage.engine.post({ kind: 'payment', attemptId, event: { kind: 'approved', proof } });
    expect(stage.engine.state.attempts[attemptId]?.machine.state).toMatchObject({
      kind: 'inquiring',
      giveBack: true,
    });
  });
});

describe('the clock', () => {
  it('that was set is journaled with the size of the step', () => {
    const stage = engineStage();
    stage.engine.start();
    stage.clock.stepWall(3_600_000);
    stage.clock.advance(60_000);
    const steps = stage.store.commits
      .flatMap((commit) => commit.records)
      .filter((one) => one.type === 'clock.stepped');
    expect(steps).toEqual([{ type: 'clock.stepped', body: { by_ms: 3_600_000 } }]);
    stage.engine.stop();
  });

  it('behind the last record is not trusted with a queued payment', () => {
    const stage = engineStage();
    stage.route(true);
    stage.route(false);
    stage.clock.stepWall(-3_600_000);
    stage.engine.ask({ kind: 'goodsEntered', goods: tea });
    stage.engine.ask({ kind: 'tenderStarted' });
    const code = {
      routeId: 'gateway',
      scheme: 'WECHAT',
      codeMask: '',
      codeHmac: '',
      deferrable: true,
      queuedBefore: false,
    };
    expect(stage.engine.ask({ kind: 'codeScanned', ...code }, { code: '1' })).toBe('E-OFF-07');
    stage.clock.stepWall(3_600_000);
    expect(stage.engine.ask({ kind: 'codeScanned', ...code }, { code: '1' })).toBeNull();
  });
});
