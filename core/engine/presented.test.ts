// Main scan through the outbox: a code is asked for and closed as often as it takes, inquired about as what it is, and never reversed.
import { describe, expect, it } from 'vitest';
import { gatewayPolicy } from '../domain/payment/policy.ts';
import { proof } from '../../fixtures/databases/till.ts';
import { engineStage } from '../../test/core/engine-stage.ts';
import { createMainScan } from './main-scan.ts';

const presents = 'AGGREGATE';

function stageWithCode() {
  const stage = engineStage();
  stage.tender();
  const routes = stage.engine.surroundings().routes;
  const withCodes = Object.fromEntries(Object.entries(routes).map(([id, one]) => [id, { ...one, presents }]));
  const ask = createMainScan(stage.engine, stage.clock, withCodes);
  expect(ask('gateway')).toBeNull();
  stage.dispatcher.pump();
  const attempt = () => Object.values(stage.engine.state.attempts).at(-1);
  return { ...stage, ask, attempt };
}

function shown() {
  const stage = stageWithCode();
  const [asked] = stage.acquirer.askedForCode;
  if (asked?.kind !== 'present') throw new Error('no code was asked for');
  asked.post({ kind: 'presented', content: 'https://pay.example/1', endsAt_ms: null });
  return stage;
}

describe('asking for a code', () => {
  it('carries number, amount, and an end by the wall clock that is the same each time', () => {
    const stage = stageWithCode();
    const { orderNumber, openedAt_ms, presented } = stage.attempt() ?? {};
    const order = {
      orderNumber,
      openedAt_ms,
      amount_fen: 450,
      expiresAt_ms: presented?.expiresAt_ms,
      timeout_ms: 10_000,
    };
    const [first] = stage.acquirer.askedForCode;
    expect(first).toMatchObject({ kind: 'present', order });
    expect(presented?.expiresAt_ms).toBe(stage.clock.wall_ms() + 300_000);
    if (first?.kind !== 'present') throw new Error('no code was asked for');
    first.post({ kind: 'noAnswer', cause: 'TIMED_OUT' });
    stage.clock.advance(1000);
    stage.dispatcher.pump();
    expect(stage.acquirer.askedForCode[1]).toMatchObject({ kind: 'present', order });
  });

  it('with the line down says so, and the route is known to be down', () => {
    const stage = stageWithCode();
    const [first] = stage.acquirer.askedForCode;
    if (first?.kind !== 'present') throw new Error('no code was asked for');
    first.post({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(stage.attempt()?.machine.state).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
    expect(stage.engine.state.routes['gateway']?.online).toBe(false);
  });

  it('a code whose end is too near says nothing of the line', () => {
    const stage = stageWithCode();
    const [first] = stage.acquirer.askedForCode;
    if (first?.kind !== 'present') throw new Error('no code was asked for');
    first.post({ kind: 'notSent', cause: 'EXPIRED' });
    expect(stage.engine.state.routes['gateway']?.online).not.toBe(false);
  });

  it('of a route that shows none, or is none, is refused', () => {
    const stage = engineStage();
    const routes = { gateway: { presents: null, policy: gatewayPolicy } };
    const ask = createMainScan(stage.engine, stage.clock, routes);
    expect([ask('gateway'), ask('nobody'), ask('constructor')]).toEqual([
      'E-SALE-02',
      'E-SALE-02',
      'E-SALE-02',
    ]);
  });
});

describe('a code that is shown', () => {
  it('is inquired about as presented', () => {
    const stage = shown();
    stage.clock.advance(3000);
    stage.dispatcher.pump();
    expect(stage.acquirer.asked.at(-1)).toMatchObject({ kind: 'inquire', order: { presented: true } });
  });

  it('is closed by a call of its own until that is proven', () => {
    const stage = shown();
    stage.engine.post({ kind: 'gaveUp', attemptId: stage.attempt()?.attemptId ?? '' });
    stage.dispatcher.pump();
    const first = stage.acquirer.askedForCode.at(-1);
    if (first?.kind !== 'closePresented') throw new Error('no closing');
    first.post({ kind: 'closeRefused', cause: 'NOT_SUPPORTED' });
    stage.clock.advance(2000);
    stage.dispatcher.pump();
    const second = stage.acquirer.askedForCode.at(-1);
    expect(second).not.toBe(first);
    if (second?.kind !== 'closePresented') throw new Error('no second closing');
    second.post({ kind: 'closed', result: 'EXPIRED' });
    expect(stage.attempt()?.machine.state).toEqual({ kind: 'closed', result: 'EXPIRED' });
    expect(stage.store.rows.filter(({ kind }) => kind !== 'openDrawer')).toEqual([]);
  });

  it('paid and given back by an office there is not called unpaid', () => {
    const stage = shown();
    stage.engine.post({ kind: 'gaveUp', attemptId: stage.attempt()?.attemptId ?? '' });
    stage.dispatcher.pump();
    const closing = stage.acquirer.askedForCode.at(-1);
    if (closing?.kind !== 'closePresented') throw new Error('no closing');
    closing.post({ kind: 'closed', result: 'REFUNDED', wentBack: true });
    expect(stage.attempt()?.machine.state).toEqual({ kind: 'closed', result: 'REFUNDED', wentBack: true });
  });

  it('paid meanwhile is paid', () => {
    const stage = shown();
    stage.engine.post({ kind: 'gaveUp', attemptId: stage.attempt()?.attemptId ?? '' });
    stage.dispatcher.pump();
    const closing = stage.acquirer.askedForCode.at(-1);
    if (closing?.kind !== 'closePresented') throw new Error('no closing');
    closing.post({ kind: 'paidMeanwhile', proof });
    expect(stage.attempt()?.machine.state.kind).toBe('approved');
    expect(Object.values(stage.engine.state.sales).at(-1)?.state).toBe('completed');
  });
});
