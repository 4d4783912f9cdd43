// Outbox rows: marked before they are performed, performed once, each answer closes its own row.
import { describe, expect, it } from 'vitest';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof } from '../../fixtures/databases/till.ts';

describe('an authorization', () => {
  it('is marked sent by a commit of its own before the acquirer hears of it', () => {
    const stage = engineStage();
    stage.sell();
    stage.calls.length = 0;
    stage.dispatcher.pump();
    expect(stage.calls).toEqual(['markSent 2', 'authorize']);
    expect(stage.store.rows).toMatchObject([
      { rowId: 2, kind: 'authorize', deliveryClass: 'once', state: 'sent' },
    ]);
  });

  it('is not begun again by later pumps, and its answer closes it', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.dispatcher.pump();
    expect(stage.acquirer.asked).toHaveLength(1);
    stage.acquirer.asked[0]?.post({ kind: 'approved', proof });
    expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toBe('approved');
    expect(stage.store.rows.filter((row) => row.kind === 'authorize')).toEqual([]);
  });

  it('carries number, amount, code and the time that an answer may take, and nothing deferred', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    const { orderNumber } = stage.engine.state.attempts[attemptId] ?? {};
    const order = {
      orderNumber,
      amount_fen: 450,
      code: '130123456789012345',
      deferred: null,
      timeout_ms: 10_000,
    };
    expect(stage.acquirer.asked[0]?.order).toEqual(order);
  });

  it('holds no code on the disk: not in its row, not in a record', () => {
    const stage = engineStage();
    stage.sell();
    expect(JSON.stringify([stage.store.rows, stage.store.commits])).not.toContain('130123456789012345');
  });

  it('whose code is gone says so and sends nothing', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.vault.wipe(attemptId);
    stage.dispatcher.pump();
    expect(stage.acquirer.asked).toEqual([]);
    expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toMatch(/^(unknown|expiredUnsent)$/);
  });

  it('that never left shows the route as down and goes into the queue, when code and route allow it', () => {
    const stage = engineStage();
    stage.route(true);
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(stage.engine.state.routes['gateway']).toMatchObject({ online: false, cause: 'ECONNREFUSED' });
    expect(stage.engine.state.attempts[attemptId]?.machine).toMatchObject({
      deferred: true,
      state: { kind: 'queued' },
    });
    expect(stage.store.sealedCode(attemptId)).not.toBeNull();
    expect(stage.vault.get(attemptId)).toBeNull();
  });

  it('of a code that may not be queued ends unsent', () => {
    const stage = engineStage();
    stage.route(true);
    const attemptId = stage.sell('hQVDUFYwM', 'EMV_CPM');
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toBe('notSent');
  });
});

describe('a forwarded payment', () => {
  it('is sent from its sealed code with the time it was taken', () => {
    const stage = engineStage();
    stage.route(true);
    stage.route(false);
    const attemptId = stage.sell();
    expect(stage.acquirer.asked).toEqual([]);
    stage.route(true);
    stage.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    stage.calls.length = 0;
    stage.dispatcher.pump();
    expect(stage.calls).toEqual([expect.stringMatching(/^markSent /), 'print 0', 'authorize']);
    const { takenAt, tillSequence } = stage.engine.state.attempts[attemptId] ?? {};
    const forwarded = { code: '130123456789012345', deferred: { takenAt, tillSequence } };
    expect(stage.acquirer.asked[0]?.order).toMatchObject(forwarded);
  });
});

describe('an inquiry and a reversal', () => {
  it('may be repeated, so no mark is written; each is asked once per run', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'noAnswer', cause: 'ECONNRESET' });
    stage.engine.post({ kind: 'payment', attemptId, event: { kind: 'timer' } });
    stage.calls.length = 0;
    stage.dispatcher.pump();
    stage.dispatcher.pump();
    expect(stage.calls).toEqual(['inquire']);
    stage.clock.advance(6000);
    expect(stage.engine.ask({ kind: 'gaveUp', attemptId })).toBeNull();
    stage.dispatcher.pump();
    expect(stage.acquirer.asked.map((one) => one.kind)).toEqual(['authorize', 'inquire', 'reverse']);
    expect(stage.acquirer.asked[2]?.order).not.toHaveProperty('code');
  });

  it('that answers late, after its row was closed, changes nothing but the record', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
    const before = stage.engine.state.attempts[attemptId]?.machine;
    stage.acquirer.asked[0]?.post({ kind: 'noAnswer', cause: 'late' });
    expect(stage.engine.state.attempts[attemptId]?.machine).toEqual(before);
    expect(stage.store.commits.at(-1)?.records).toMatchObject([{ type: 'payment.noted' }]);
  });
});
