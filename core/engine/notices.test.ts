// Who listens to a relay: what is ours makes the till look, what is another's is nothing, what is wrong is counted; a relay that is away is
// asked again, later and later.
import { describe, expect, it } from 'vitest';
import type { NoticeRead, RelayEvent } from '../ports/notices.ts';
import { engineStage } from '../../test/core/engine-stage.ts';
import { createNoticesListener } from './notices.ts';

function listening(chance = '8000') {
  const stage = engineStage();
  const wanted: string[] = [];
  const asks: ((event: RelayEvent) => void)[] = [];
  const listener = createNoticesListener({
    engine: stage.engine,
    clock: stage.clock,
    random: { hex: () => chance },
    routeId: 'gateway',
    source: { ask: (post) => asks.push(post), close: async () => undefined },
    looks: { want: (attemptId) => wanted.push(attemptId), count: 0, stop: () => undefined },
  });
  const answer = (event: RelayEvent): void => asks.at(-1)?.(event);
  const hear = (...notices: NoticeRead[]): void => answer({ kind: 'heard', notices });
  listener.start();
  return { ...stage, listener, wanted, asks, answer, hear };
}

const named = (orderNumber: string, amount_fen = 450): NoticeRead => ({
  kind: 'named',
  orderNumber,
  amount_fen,
});

describe('a notice', () => {
  it('of a payment of ours is looked at', () => {
    const stage = listening();
    const attemptId = stage.sell();
    const orderNumber = stage.engine.state.attempts[attemptId]?.orderNumber ?? '';
    stage.hear(named(orderNumber));
    expect(stage.wanted).toEqual([attemptId]);
    expect(stage.listener.report()).toMatchObject({ wasReached: true, ours: 1, problem: null });
  });

  it('of another amount is none to believe, and of another till none of ours', () => {
    const stage = listening();
    const attemptId = stage.sell();
    const orderNumber = stage.engine.state.attempts[attemptId]?.orderNumber ?? '';
    stage.hear(named('somebody’s'), named(orderNumber, 451));
    expect(stage.wanted).toEqual([]);
    expect(stage.listener.report()).toMatchObject({
      ours: 0,
      others: 1,
      problems: 1,
      problem: { what: 'otherAmount' },
    });
  });

  it('that is wrong is counted until a good one comes; a trial is nothing', () => {
    const stage = listening();
    stage.hear({ kind: 'problem', problem: 'badSignature' }, { kind: 'trial' });
    expect(stage.listener.report()).toMatchObject({ problems: 1, problem: { what: 'badSignature' } });
    stage.clock.advance(250);
    stage.hear(named('somebody’s'));
    expect(stage.listener.report()).toMatchObject({ problems: 1, problem: null });
    expect(stage.engine.ui.notice).toBeNull();
  });
});

describe('the relay', () => {
  it('that answers at once is asked four times a second, not more', () => {
    const stage = listening();
    let answered = 0;
    for (let at_ms = 0; at_ms < 1000; at_ms += 50) {
      if (stage.asks.length > answered) stage.hear();
      answered = stage.asks.length;
      stage.clock.advance(50);
    }
    expect(stage.asks).toHaveLength(5);
  });

  it('that is away is asked later and later, up to a minute, and at once after it is back', () => {
    const stage = listening('0000');
    const waits: number[] = [];
    for (let failures = 0; failures < 9; failures += 1) {
      const before = stage.asks.length;
      stage.answer({ kind: 'away', cause: 'ECONNREFUSED' });
      let waited_ms = 0;
      while (stage.asks.length === before) {
        stage.clock.advance(100);
        waited_ms += 100;
      }
      waits.push(waited_ms);
    }
    expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 30_000, 30_000, 30_000]);
    expect(stage.listener.report()).toMatchObject({ cause: 'ECONNREFUSED', wasReached: false });
    stage.hear();
    expect(stage.listener.report()).toMatchObject({ cause: null, wasReached: true });
    stage.clock.advance(250);
    expect(stage.asks).toHaveLength(11);
  });

  it('is not asked any more once it is stopped, whatever it says', () => {
    const stage = listening();
    stage.listener.stop();
    stage.hear({ kind: 'problem', problem: 'badSignature' });
    stage.clock.advance(120_000);
    expect(stage.asks).toHaveLength(1);
    expect(stage.listener.report().problems).toBe(0);
  });
});
