// Early looks: one inquiry for what somebody says, never two within a second, and nothing where "ask now" could mean anything else.
import { describe, expect, it } from 'vitest';
import { gatewayPolicy } from '../domain/payment/policy.ts';
import { engineStage } from '../../test/core/engine-stage.ts';
import { proof } from '../../test/sim/machine-variants.ts';
import { createEarlyLooks, readinessOf } from './early-looks.ts';
import { createMainScan } from './main-scan.ts';

function staged() {
  const stage = engineStage();
  const looks = createEarlyLooks({
    engine: stage.engine,
    clock: stage.clock,
    policyOf: () => gatewayPolicy,
  });
  const pump = (by_ms = 0): void => {
    stage.clock.advance(by_ms);
    stage.dispatcher.pump();
  };
  const inquiries = () => stage.acquirer.asked.filter(({ kind }) => kind === 'inquire');
  const attempt = () => Object.values(stage.engine.state.attempts).at(-1);
  const want = () => looks.want(attempt()?.attemptId ?? '');
  return { ...stage, looks, pump, inquiries, attempt, want };
}

function asked() {
  const stage = staged();
  stage.tender();
  const { routes } = stage.engine.surroundings();
  const withCodes = Object.entries(routes).map(([id, one]) => [id, { ...one, presents: 'AGGREGATE' }]);
  createMainScan(
    stage.engine,
    stage.clock,
    Object.fromEntries(withCodes) as Parameters<typeof createMainScan>[2],
  )('gateway');
  stage.dispatcher.pump();
  const show = (): void => {
    const [first] = stage.acquirer.askedForCode;
    if (first?.kind !== 'present') throw new Error('no code was asked for');
    first.post({ kind: 'presented', content: 'https://pay.example/1', endsAt_ms: null });
  };
  return { ...stage, show };
}

describe('a code on the screen', () => {
  it('is asked about at once, by the ordinary inquiry', () => {
    const stage = asked();
    stage.show();
    stage.want();
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
    stage.inquiries()[0]?.post({ kind: 'processing' });
    expect(stage.attempt()?.machine.state).toMatchObject({ kind: 'presenting', phase: 'shown' });
    expect(stage.looks.count).toBe(1);
  });

  it('however often somebody says so: once each second', () => {
    const stage = asked();
    stage.show();
    for (let at_ms = 0; at_ms < 1900; at_ms += 100) {
      stage.want();
      stage.pump();
      stage.inquiries().at(-1)?.post({ kind: 'processing' });
      stage.pump(100);
    }
    expect(stage.looks.count).toBe(2);
    expect(stage.inquiries()).toHaveLength(2);
  });

  it('that is being asked about is asked about once more, after the answer', () => {
    const stage = asked();
    stage.show();
    stage.pump(3000);
    expect(stage.inquiries()).toHaveLength(1);
    stage.want();
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
    stage.inquiries()[0]?.post({ kind: 'processing' });
    stage.pump();
    expect(stage.inquiries()).toHaveLength(2);
  });

  it('is not closed by it when its time is over', () => {
    const stage = asked();
    stage.show();
    const attempt = stage.attempt();
    if (attempt?.machine.state.kind !== 'presenting') throw new Error('no code is shown');
    const { endsAt_ms } = attempt.machine.state;
    expect(readinessOf(attempt, gatewayPolicy, endsAt_ms - 1)).toBe('ready');
    expect(readinessOf(attempt, gatewayPolicy, endsAt_ms)).toBe('never');
  });

  it('that is not here yet is not asked about; as soon as it is, it is', () => {
    const stage = asked();
    stage.want();
    stage.pump();
    expect(stage.looks.count).toBe(0);
    stage.show();
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
  });

  it('that is given up meanwhile is forgotten', () => {
    const stage = asked();
    stage.show();
    const attemptId = stage.attempt()?.attemptId ?? '';
    stage.want();
    stage.engine.post({ kind: 'payment', attemptId, event: { kind: 'gaveUp' } });
    stage.pump();
    expect(stage.attempt()?.machine.state).toMatchObject({ kind: 'closing', closings: 1 });
    expect(stage.looks.count).toBe(0);
  });
});

describe('a payment code', () => {
  it('whose customer was asked is asked about at once', () => {
    const stage = staged();
    stage.sell();
    stage.pump();
    stage.acquirer.asked[0]?.post({ kind: 'awaiting' });
    stage.want();
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
    stage.inquiries()[0]?.post({ kind: 'awaiting' });
    expect(stage.attempt()?.machine.state).toMatchObject({ kind: 'awaitingCustomer' });
  });

  it('in doubt is asked about at once, and on its schedule all the same', () => {
    const stage = staged();
    stage.sell();
    stage.pump();
    stage.acquirer.asked[0]?.post({ kind: 'undecided', code: 'SYSTEM_ERROR' });
    stage.want();
    stage.pump();
    expect([stage.inquiries().length, stage.looks.count]).toEqual([1, 1]);
    stage.inquiries()[0]?.post({ kind: 'processing' });
    stage.pump(4999);
    expect(stage.inquiries()).toHaveLength(1);
    stage.pump(1);
    expect(stage.inquiries()).toHaveLength(2);
    stage.inquiries()[1]?.post({ kind: 'approved', proof });
    expect(stage.attempt()?.machine.state.kind).toBe('approved');
  });

  it('that is being asked about is asked about once more, after an answer that proved nothing', () => {
    const stage = staged();
    stage.sell();
    stage.pump();
    stage.want();
    stage.want();
    stage.pump();
    expect(stage.inquiries()).toHaveLength(0);
    stage.acquirer.asked[0]?.post({ kind: 'undecided', code: 'ACCEPTED' });
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
    stage.want();
    stage.inquiries()[0]?.post({ kind: 'processing' });
    stage.pump();
    expect(stage.inquiries()).toHaveLength(1);
    stage.pump(1000);
    stage.inquiries()[1]?.post({ kind: 'processing' });
    stage.pump(1000);
    expect([stage.inquiries().length, stage.looks.count]).toEqual([2, 2]);
  });

  it('in doubt is left to its schedule shortly before the till gives up, and once its goods have left', () => {
    const stage = staged();
    stage.sell();
    stage.pump();
    stage.acquirer.asked[0]?.post({ kind: 'undecided', code: 'SYSTEM_ERROR' });
    const attempt = stage.attempt();
    if (attempt?.machine.state.kind !== 'unknown') throw new Error('not in doubt');
    const { giveUpAt_ms, callTimeout_ms } = gatewayPolicy;
    const last_ms = attempt.machine.state.sentAt_ms + giveUpAt_ms - callTimeout_ms;
    expect(readinessOf(attempt, gatewayPolicy, last_ms - 1)).toBe('ready');
    expect(readinessOf(attempt, gatewayPolicy, last_ms)).toBe('never');
    const deferred = { ...attempt, machine: { ...attempt.machine, deferred: true } };
    expect(readinessOf(deferred, gatewayPolicy, last_ms - 1)).toBe('never');
  });

  it('that nobody knows is not looked for', () => {
    const stage = staged();
    stage.looks.want('nobody');
    stage.pump();
    expect([stage.inquiries().length, stage.looks.count]).toEqual([0, 0]);
  });
});

it('stopped, it looks at nothing', () => {
  const stage = asked();
  stage.show();
  stage.looks.stop();
  stage.want();
  stage.pump();
  expect(stage.looks.count).toBe(0);
});
