// Outbox rows: marked before they are performed, performed once, each answer closes its own row.
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../domain/payment/event.ts';
import type { CodeUseQuery } from '../ports/journal.ts';
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
    const { orderNumber, openedAt_ms } = stage.engine.state.attempts[attemptId] ?? {};
    const order = {
      orderNumber,
      openedAt_ms,
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

  it('that never left goes on no trust while another route that knows the code is up: there it is paid at once', () => {
    const stage = engineStage({ second: true });
    stage.route(true);
    const attemptId = stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toBe('notSent');
  });

  it.each([
    ['of a kind', 'hQVDUFYwM', 'EMV_CPM'],
    ['of a form that another code of its wallet has not,', '190123456789012345', 'WECHAT'],
  ])('of a code %s that may not be queued ends unsent', (_, code, scheme) => {
    const stage = engineStage();
    stage.route(true);
    const attemptId = stage.sell(code, scheme);
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toBe('notSent');
  });
});

it('an authorization that never left, of a code that another payment has taken, ends unsent', () => {
  const stage = engineStage();
  stage.route(true);
  const attemptId = stage.sell();
  const asked: CodeUseQuery[] = [];
  stage.store.codeUse = (query) => {
    asked.push(query);
    return { queuedBefore: false, usedBefore: true };
  };
  stage.dispatcher.pump();
  stage.acquirer.asked[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
  expect(asked).toMatchObject([
    { codeHmac: stage.vault.fingerprint('130123456789012345'), besides: attemptId },
  ]);
  expect(stage.engine.state.attempts[attemptId]?.machine.state.kind).toBe('notSent');
});

describe('an order in doubt', () => {
  it('is named by number and time, and says so once a reversal of it may have worked', () => {
    const stage = engineStage();
    const attemptId = stage.sell();
    const tell = (event: PaymentEvent): void => {
      stage.engine.post({ kind: 'payment', attemptId, event });
      stage.dispatcher.pump();
    };
    stage.dispatcher.pump();
    const { orderNumber, openedAt_ms } = stage.engine.state.attempts[attemptId] ?? {};
    const order = { orderNumber, openedAt_ms, amount_fen: 450, timeout_ms: 10_000 };
    tell({ kind: 'noAnswer', cause: 'ECONNRESET' });
    tell({ kind: 'timer' });
    expect(stage.acquirer.asked.at(-1)).toMatchObject({ kind: 'inquire' });
    expect(stage.acquirer.asked.at(-1)?.order).toEqual(order);
    tell({ kind: 'gaveUp' });
    expect(stage.acquirer.asked.at(-1)).toMatchObject({ kind: 'reverse' });
    expect(stage.acquirer.asked.at(-1)?.order).toEqual({ ...order, afterReversal: true });
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

describe('a give-back', () => {
  const decided = { operatorId: 'lin', approverId: 'wang', reason: 'faulty' };

  /** One bottle of tea paid and brought back. */
  function returned() {
    const stage = engineStage();
    stage.sell();
    stage.dispatcher.pump();
    stage.acquirer.asked[0]?.post({ kind: 'approved', proof });
    const [sale] = Object.values(stage.engine.state.sales);
    stage.clock.advance(1000);
    const lines = (sale?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }));
    stage.engine.post({ kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...decided });
    stage.calls.length = 0;
    const [giveBackId = ''] = Object.keys(stage.engine.state.giveBacks);
    return { stage, giveBackId, stateOf: () => stage.engine.state.giveBacks[giveBackId]?.machine.state };
  }
  const rowsOf = (stage: ReturnType<typeof engineStage>, giveBackId: string) =>
    stage.store.rows.filter((row) => row.reference === giveBackId);

  it('is marked sent before the acquirer hears of it, asked once, and its answer closes the row', () => {
    const { stage, giveBackId, stateOf } = returned();
    expect(rowsOf(stage, giveBackId)).toMatchObject([{ deliveryClass: 'keyed', state: 'pending' }]);
    stage.dispatcher.pump();
    stage.dispatcher.pump();
    expect(stage.calls.filter((call) => call === 'giveBack')).toEqual(['giveBack']);
    expect(stage.calls.findIndex((call) => call.startsWith('markSent'))).toBeLessThan(
      stage.calls.indexOf('giveBack'),
    );
    const { requestNumber, orderNumber, attemptId, openedAt_ms } =
      stage.engine.state.giveBacks[giveBackId] ?? {};
    expect(stage.acquirer.askedBack[0]?.order).toEqual({
      method: 'void',
      requestNumber,
      giveBackOpenedAt_ms: openedAt_ms,
      orderNumber,
      openedAt_ms: stage.engine.state.attempts[attemptId ?? '']?.openedAt_ms,
      acquirerOrderId: proof.acquirerOrderId,
      amount_fen: 450,
      paid_fen: 450,
      timeout_ms: 10_000,
    });
    stage.acquirer.askedBack[0]?.post({ kind: 'done', result: 'VOIDED', reference: null });
    expect(stateOf()?.kind).toBe('done');
    expect(rowsOf(stage, giveBackId)).toEqual([]);
  });

  it('without an answer is asked about, and sent again under its number only when nothing was found', () => {
    const { stage, giveBackId, stateOf } = returned();
    stage.dispatcher.pump();
    stage.acquirer.askedBack[0]?.post({ kind: 'noAnswer', cause: 'ECONNRESET' });
    stage.engine.post({ kind: 'giveBack', giveBackId, event: { kind: 'timer' } });
    expect(rowsOf(stage, giveBackId)).toMatchObject([{ kind: 'askGiveBack', deliveryClass: 'repeatable' }]);
    stage.dispatcher.pump();
    stage.acquirer.askedBack[1]?.post({ kind: 'notFound' });
    stage.dispatcher.pump();
    expect(stage.acquirer.askedBack.map((one) => one.kind)).toEqual([
      'giveBack',
      'inquireGiveBack',
      'giveBack',
    ]);
    expect(new Set(stage.acquirer.askedBack.map((one) => one.order.requestNumber)).size).toBe(1);
    expect(stateOf()).toMatchObject({ kind: 'sending', tries: 2 });
  });

  it('that was marked sent before a restart is asked about, not sent again', () => {
    const { stage, giveBackId, stateOf } = returned();
    stage.dispatcher.pump();
    const started = { kind: 'coreStarted', version: '1', runtime: '24', sentDrawerIds: [] } as const;
    stage.engine.post({ ...started, sentIds: [giveBackId] });
    expect(stateOf()?.kind).toBe('inquiring');
    expect(rowsOf(stage, giveBackId).map((row) => row.kind)).toEqual(['askGiveBack']);
  });

  it('that never left shows the route as down and waits for it', () => {
    const { stage, giveBackId, stateOf } = returned();
    stage.dispatcher.pump();
    stage.acquirer.askedBack[0]?.post({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(stage.engine.state.routes['gateway']).toMatchObject({ online: false });
    expect(stateOf()).toEqual({ kind: 'requested', tries: 0 });
    expect(rowsOf(stage, giveBackId)).toEqual([]);
    stage.route(true);
    expect(stateOf()?.kind).toBe('sending');
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

describe('queued payments', () => {
  /** Three of them, the line up again, all of them marked sent by one commit. */
  function forwarded(lanes: number) {
    const stage = engineStage({ lanes });
    stage.route(false);
    const codes = ['130123456789012341', '130123456789012342', '130123456789012343'];
    const attemptIds = codes.map((code) => {
      const attemptId = stage.sell(code);
      stage.engine.ask({ kind: 'saleLeft' });
      return attemptId;
    });
    stage.route(true);
    stage.calls.length = 0;
    stage.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 3 });
    return { stage, attemptIds };
  }

  it('are marked sent by the commit that lets them go, and sent by so many at a time', () => {
    const { stage } = forwarded(2);
    expect(stage.calls).toEqual(['commit']);
    expect(stage.store.rows.filter(({ kind }) => kind === 'authorize').map(({ state }) => state)).toEqual([
      'sent',
      'sent',
      'sent',
    ]);
    stage.dispatcher.pump();
    expect(stage.acquirer.asked).toHaveLength(2);
    stage.acquirer.asked[1]?.post({ kind: 'approved', proof });
    expect(stage.acquirer.asked).toHaveLength(3);
  });

  it('are sent once, however often the outbox is looked at before their result is committed', () => {
    const { stage, attemptIds } = forwarded(3);
    stage.dispatcher.pump();
    const [first = ''] = attemptIds;
    stage.acquirer.asked[0]?.post({ kind: 'approved', proof });
    stage.dispatcher.pump();
    stage.dispatcher.pump();
    expect(stage.acquirer.asked).toHaveLength(3);
    expect(stage.engine.state.attempts[first]?.machine.state.kind).toBe('authorizing');
    stage.clock.advance(5);
    expect(stage.engine.state.period.offline.approved.count).toBe(1);
    stage.dispatcher.pump();
    expect(stage.acquirer.asked).toHaveLength(3);
  });

  it('that was given up while it waited for a lane is not sent', () => {
    const { stage, attemptIds } = forwarded(1);
    stage.dispatcher.pump();
    stage.engine.post({
      kind: 'payment',
      attemptId: attemptIds[1] ?? '',
      event: { kind: 'deferredCancelled' },
    });
    stage.acquirer.asked[0]?.post({ kind: 'approved', proof });
    const { asked } = stage.acquirer;
    const orderNumber = stage.engine.state.attempts[attemptIds[1] ?? '']?.orderNumber;
    expect(asked.map(({ order }) => order.orderNumber)).not.toContain(orderNumber);
    expect(asked).toHaveLength(2);
  });

  it('whose doubt had it sent anew while its first turn still waited is sent once', () => {
    const { stage, attemptIds } = forwarded(1);
    stage.dispatcher.pump();
    const [, attemptId = ''] = attemptIds;
    const tell = (event: PaymentEvent) => stage.engine.post({ kind: 'payment', attemptId, event });
    tell({ kind: 'timer' });
    tell({ kind: 'timer' });
    tell({ kind: 'notFound' });
    expect(stage.engine.state.attempts[attemptId]?.machine.state).toMatchObject({
      kind: 'authorizing',
      resend: true,
    });
    stage.dispatcher.pump();
    const orderNumber = stage.engine.state.attempts[attemptId]?.orderNumber;
    const { asked } = stage.acquirer;
    for (let at = 0; at < asked.length; at += 1)
      if (asked[at]?.kind === 'authorize') asked[at]?.post({ kind: 'approved', proof });
    const sendings = asked.filter((one) => one.kind === 'authorize' && one.order.orderNumber === orderNumber);
    expect(sendings).toHaveLength(1);
  });

  it('several results are one commit', () => {
    const { stage } = forwarded(3);
    stage.dispatcher.pump();
    stage.calls.length = 0;
    for (const { post } of stage.acquirer.asked) post({ kind: 'approved', proof });
    stage.clock.advance(5);
    expect(stage.calls.filter((call) => call === 'commit')).toHaveLength(1);
    expect(stage.engine.state.period.offline.approved.count).toBe(3);
    expect(stage.store.rows.filter(({ kind }) => kind === 'authorize')).toEqual([]);
  });
});
