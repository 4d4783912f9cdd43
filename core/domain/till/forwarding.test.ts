// What the acquirer does not decide, and what it refuses without a look at it, may not cost the rest of the queue.
import { describe, expect, test } from 'vitest';
import { proof } from '../../../test/sim/machine-variants.ts';
import { codeScan, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';

const hour_ms = 3_600_000;

/** So many payments are queued, their goods have left, and the line is back. */
function queued(count: number): { till: TestTill; ids: string[] } {
  const till = TestTill.ready();
  till.line(false);
  for (let number = 1; number <= count; number += 1) {
    till.tell({ kind: 'goodsEntered', goods: goods(100 * number) });
    till.tell({ kind: 'tenderStarted' });
    till.tell(codeScan({ codeHmac: `hmac-${number}` }));
    till.tell({ kind: 'saleLeft' });
  }
  till.line(true);
  return { till, ids: Object.keys(till.state.attempts) };
}

const forward = (till: TestTill, window = 2) => till.tell({ kind: 'forwarded', routeId: ROUTE, window });
const kindOf = (till: TestTill, id: string) => till.state.attempts[id]?.machine.state.kind;
const kindsOf = (till: TestTill, ids: readonly string[]) => ids.map((id) => kindOf(till, id));

describe('payments that the acquirer never decides', () => {
  test('hold their lanes while they are asked about quickly, and no longer', () => {
    const { till, ids } = queued(3);
    const [first = '', second = '', third = ''] = ids;
    forward(till);
    for (const id of [first, second]) till.pay({ kind: 'awaiting' }, id);
    forward(till.later(40_000));
    expect(kindsOf(till, [third])).toEqual(['queued']);
    forward(till.later(5000));
    expect(kindsOf(till, ids)).toEqual(['unknown', 'unknown', 'authorizing']);
  });

  test('do not keep the rest of the queue until it is too old', () => {
    const { till, ids } = queued(4);
    forward(till);
    const inState = (kind: string) =>
      ids.filter((id) => till.state.attempts[id]?.machine.state.kind === kind);
    for (let minutes = 0; minutes < 24 * 60; minutes += 10) {
      for (const id of inState('authorizing')) till.pay({ kind: 'awaiting' }, id);
      till.later(600_000);
      for (const id of inState('unknown')) {
        till.pay({ kind: 'timer' }, id);
        till.pay({ kind: 'processing' }, id);
      }
      forward(till);
    }
    expect(kindsOf(till, ids)).toEqual(['unknown', 'unknown', 'unknown', 'unknown']);
    expect(till.state.exceptions).toEqual({});
  });

  test('leave the lanes to the others also when they are asked about again after a start', () => {
    const { till, ids } = queued(3);
    forward(till);
    for (const id of ids.slice(0, 2)) till.pay({ kind: 'awaiting' }, id);
    till.later(hour_ms);
    till.tell({ kind: 'coreStarted', version: '1', runtime: 'node', sentIds: [], sentDrawerIds: [] });
    forward(till);
    expect(kindsOf(till, ids)).toEqual(['inquiring', 'inquiring', 'authorizing']);
  });
});

describe('payments that draw a system error for good, and are unknown there when they are asked about', () => {
  const minute_ms = 60_000;
  const word = (till: TestTill, id: string) => {
    const { orderNumber = '' } = till.state.attempts[id] ?? {};
    const finding = { class: 'stillPending', orderNumber, effect_fen: 0 } as const;
    const said = { operatorId: '9', approverId: '9', reason: 'asked' };
    return till.tell({ kind: 'findingSettled', finding, isConfirmed: true, ...said }).refusal;
  };

  /** Whatever is due of them happens, and each is answered so. How often they were sent. */
  function live(till: TestTill, stuck: readonly string[], long_ms: number, each = () => {}): number {
    const end_ms = till.now_ms + long_ms;
    let sendings = 0;
    while (till.now_ms < end_ms) {
      for (const id of stuck.filter((one) => kindOf(till, one) === 'authorizing')) {
        sendings += 1;
        till.pay({ kind: 'undecided', code: 'SYSTEM_ERROR' }, id);
      }
      for (const id of stuck.filter((one) => kindOf(till, one) === 'inquiring'))
        till.pay({ kind: 'notFound' }, id);
      forward(till);
      each();
      till.later(1000);
      for (const id of stuck) {
        const due_ms = till.state.attempts[id]?.machine.due?.at_ms ?? Infinity;
        if (due_ms <= till.now_ms && kindOf(till, id) === 'unknown') till.pay({ kind: 'timer' }, id);
      }
    }
    return sendings;
  }

  test('do not hold up the rest of the queue, and are sent again seldom', () => {
    const { till, ids } = queued(3);
    const [first = '', second = '', third = ''] = ids;
    forward(till);
    live(till, [first, second], minute_ms);
    expect(kindOf(till, third)).toBe('authorizing');
    till.pay({ kind: 'approved', proof }, third);
    const sendings = live(till, [first, second], 24 * hour_ms);
    expect(sendings).toBeGreaterThan(150);
    expect(sendings).toBeLessThan(200);
  });

  test("are ended by the office's word, which is heard most of the time", () => {
    const { till, ids } = queued(1);
    const [one = ''] = ids;
    forward(till);
    live(till, [one], hour_ms);
    const heard: boolean[] = [];
    live(till, [one], hour_ms, () => {
      const before = till.state;
      heard.push(word(till, one) === null);
      till.state = before;
    });
    expect(heard.filter(Boolean).length / heard.length).toBeGreaterThan(0.8);
    for (let waited_ms = 0; word(till, one) !== null; waited_ms += 1000) {
      expect(waited_ms).toBeLessThan(3 * minute_ms);
      live(till, [one], 1000);
    }
    expect(till.state.attempts[one]?.machine.state).toEqual({ kind: 'reversed', result: 'CONFIRMED' });
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-08' }]);
  });

  test('whose code is gone at the second sending can be ended so, too', () => {
    const { till, ids } = queued(1);
    const [one = ''] = ids;
    forward(till);
    till.pay({ kind: 'noAnswer', cause: 'ECONNRESET' }, one);
    till.later(5000).pay({ kind: 'timer' }, one);
    till.pay({ kind: 'notFound' }, one);
    till.pay({ kind: 'codeLost' }, one);
    live(till, [one], 4 * minute_ms);
    expect(word(till, one)).toBeNull();
    expect(kindOf(till, one)).toBe('reversed');
  });
});

describe('an acquirer that does not want this terminal', () => {
  const refused = { kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' } as const;
  const start = (till: TestTill) =>
    till.tell({ kind: 'coreStarted', version: '1', runtime: 'node', sentIds: [], sentDrawerIds: [] });
  const authorizing = (till: TestTill, ids: readonly string[]) =>
    ids.filter((id) => till.state.attempts[id]?.machine.state.kind === 'authorizing');

  test('costs nothing of the queue, however often the till is started before somebody mends it', () => {
    const { till, ids } = queued(4);
    const ends_ms = ids.map((id) => till.state.attempts[id]?.machine.due?.at_ms);
    const tried: number[] = [];
    for (let starts = 0; starts < 3; starts += 1) {
      forward(till.later(hour_ms));
      tried.push(authorizing(till, ids).length);
      const effects = authorizing(till, ids).flatMap((id) => till.pay(refused, id).effects);
      expect(effects, 'the code is kept').toEqual([]);
      expect(till.state.routes[ROUTE]?.alarm).toBe('TERMINAL_INVALID');
      start(till);
    }
    expect(kindsOf(till, ids)).toEqual(['queued', 'queued', 'queued', 'queued']);
    expect(till.state.exceptions).toEqual({});
    expect(ids.map((id) => till.state.attempts[id]?.machine.due?.at_ms)).toEqual(ends_ms);
    expect(tried, 'one alone tries after a start').toEqual([2, 1, 1]);
  });

  test('mended: what tried it is approved, and the others follow as many at a time as ever', () => {
    const { till, ids } = queued(4);
    forward(till);
    for (const id of authorizing(till, ids)) till.pay(refused, id);
    start(till);
    till.line(false);
    till.line(true);
    forward(till);
    forward(till);
    expect(kindsOf(till, ids)).toEqual(['authorizing', 'queued', 'queued', 'queued']);
    till.pay({ kind: 'approved', proof }, ids[0]);
    forward(till);
    expect(kindsOf(till, ids)).toEqual(['approved', 'authorizing', 'authorizing', 'queued']);
  });

  test('what it refuses in the request itself would come back for ever: that one is an exception', () => {
    const { till, ids } = queued(1);
    forward(till);
    till.pay({ ...refused, code: 'PARAM_ERROR', ofThisOrder: true }, ids[0]);
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-08' }]);
  });

  describe('what it can not take in one order', () => {
    const odd = { ...refused, code: 'PARAM_ERROR', ofThisOrder: true } as const;

    test('does not keep the others from being sent, one at a time until something is approved', () => {
      const { till, ids } = queued(5);
      forward(till, 1);
      till.pay(odd, ids[0]);
      expect(till.state.routes[ROUTE], 'the technician is told').toMatchObject({ alarm: 'PARAM_ERROR' });
      forward(till);
      expect(kindsOf(till, ids)).toEqual(['declined', 'authorizing', 'queued', 'queued', 'queued']);
      till.pay({ kind: 'approved', proof }, ids[1]);
      expect(till.state.routes[ROUTE]).toMatchObject({ alarm: null });
      forward(till);
      expect(kindsOf(till, ids).slice(2)).toEqual(['authorizing', 'authorizing', 'queued']);
    });

    test('is believed to be of all when the next order hears it, too: the queue waits', () => {
      const { till, ids } = queued(4);
      forward(till, 1);
      till.pay(odd, ids[0]);
      forward(till);
      till.pay(odd, ids[1]);
      forward(till.later(hour_ms));
      expect(kindsOf(till, ids)).toEqual(['declined', 'declined', 'queued', 'queued']);
      start(till);
      forward(till);
      expect(kindsOf(till, ids)).toEqual(['declined', 'declined', 'authorizing', 'queued']);
      till.pay(odd, ids[2]);
      forward(till);
      expect(kindsOf(till, ids).at(-1), 'one more for each start').toBe('queued');
    });

    describe('sent again and again, for its first sending was lost with the line', () => {
      /** Not known there, sent once more, and refused in the request itself. */
      function saysAgain(till: TestTill, id: string): void {
        for (let asked = 0; kindOf(till, id) !== 'authorizing'; asked += 1) {
          expect(asked).toBeLessThan(30);
          till.now_ms = Math.max(till.now_ms, till.state.attempts[id]?.machine.due?.at_ms ?? 0);
          till.pay({ kind: 'timer' }, id);
          till.pay({ kind: 'notFound' }, id);
        }
        till.pay(odd, id);
      }

      test('stops no other by saying the same twice, also after a start', () => {
        const { till, ids } = queued(3);
        const [first = '', second = '', third = ''] = ids;
        forward(till, 1);
        till.pay({ kind: 'noAnswer', cause: 'ECONNRESET' }, first);
        till.line(false);
        for (const _ of [1, 2]) {
          saysAgain(till, first);
          expect(till.state.routes[ROUTE]).toMatchObject({ alarm: 'PARAM_ERROR', onTrial: true });
        }
        start(till);
        saysAgain(till, first);
        till.line(true);
        forward(till);
        expect(kindsOf(till, [second, third])).toEqual(['authorizing', 'queued']);
        till.pay({ kind: 'approved', proof }, second);
        expect(till.state.routes[ROUTE]).toMatchObject({ alarm: null });
        forward(till);
        expect(kindOf(till, third)).toBe('authorizing');
      });

      test('is believed when another one hears it, and nothing that it says then lets the queue go on', () => {
        const { till, ids } = queued(3);
        const [first = '', second = '', third = ''] = ids;
        forward(till, 1);
        till.pay({ kind: 'noAnswer', cause: 'ECONNRESET' }, first);
        saysAgain(till, first);
        forward(till);
        till.pay(odd, second);
        saysAgain(till, first);
        forward(till.later(hour_ms));
        expect(kindsOf(till, [second, third])).toEqual(['declined', 'queued']);
      });
    });

    test('keeps no other from leaving on trust when the line goes', () => {
      const { till, ids } = queued(1);
      forward(till, 1);
      till.pay(odd, ids[0]);
      expect(till.state.routes[ROUTE]).toMatchObject({ onTrial: true });
      till.line(false);
      till.tell({ kind: 'goodsEntered', goods: goods(500) });
      till.tell({ kind: 'tenderStarted' });
      expect(till.tell(codeScan({ codeHmac: 'hmac-9' })).refusal).toBeNull();
      expect(till.newest().machine.state.kind).toBe('queued');
    });

    test('says nothing of a terminal that is not wanted: that stops the queue at once', () => {
      const { till, ids } = queued(3);
      forward(till, 1);
      till.pay(odd, ids[0]);
      forward(till);
      till.pay(refused, ids[1]);
      forward(till.later(hour_ms));
      expect(kindsOf(till, ids)).toEqual(['declined', 'queued', 'queued']);
    });
  });

  test('too old when it is refused, it is lost for its age', () => {
    const { till, ids } = queued(1);
    forward(till.later(24 * hour_ms - 1000));
    till.later(2000).pay(refused, ids[0]);
    till.pay({ kind: 'timer' }, ids[0]);
    expect(Object.values(till.state.exceptions)).toMatchObject([{ reason: 'E-OFF-09' }]);
  });
});
