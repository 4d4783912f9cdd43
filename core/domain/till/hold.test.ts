// Offline mode `hold`: the code waits in memory for the line, as long as it lives, and is never sent late. And what a route tells.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { gatewayPolicy } from '../payment/policy.ts';

function held(): TestTill {
  const till = TestTill.tendering(1500);
  till.limits = { ...till.limits, mode: 'hold' };
  till.line(false);
  till.tell(codeScan());
  return till;
}

const kindOf = (till: TestTill) => till.newest().machine.state.kind;

describe('a held payment', () => {
  test('goes when the line is up, and pays', () => {
    const till = held();
    expect(kindOf(till)).toBe('held');
    expect(till.sale().state).toBe('tendering');
    till.later(30_000).line(true);
    expect(kindOf(till)).toBe('authorizing');
    till.pay(answers.approved);
    expect(till.sale().state).toBe('completed');
  });

  test('is in the way of another code, can be given up at once, and blocks no cash', () => {
    const till = held();
    expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe('E-SCAN-08');
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    expect(kindOf(till)).toBe('expiredUnsent');
    const other = held();
    expect(other.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false }).refusal).toBeNull();
    expect([kindOf(other), other.sale().state]).toEqual(['expiredUnsent', 'completed']);
  });

  test('ends when its code is too old: no exception, the goods are still there', () => {
    const till = held();
    till.later(gatewayPolicy.holdFor_ms).pay({ kind: 'timer' });
    till.line(true);
    expect([kindOf(till), till.state.exceptions]).toEqual(['expiredUnsent', {}]);
  });

  test('that can not connect again is held for what is left, not anew', () => {
    const till = held();
    till.later(30_000).line(true);
    till.pay({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'hold' });
    expect(till.newest().machine).toMatchObject({ state: { kind: 'held' }, due: { after_ms: 25_000 } });
  });

  test('is never one that no rule knows, neither at once nor when the line fails at the sending', () => {
    const till = TestTill.tendering(1500);
    till.limits = { ...till.limits, mode: 'hold' };
    till.line(false);
    expect(till.tell(codeScan({ scheme: 'UNKNOWN', deferrable: false })).refusal).toBe('E-OFF-06');
    till.line(true);
    till.tell(codeScan({ scheme: 'UNKNOWN', deferrable: false }));
    till.pay({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(kindOf(till)).toBe('notSent');
  });

  test('is gone with the memory: a restart ends it', () => {
    const till = held();
    till.tell({ kind: 'coreStarted', version: '1', runtime: '24', sentIds: [], sentDrawerIds: [] });
    expect(kindOf(till)).toBe('expiredUnsent');
  });
});

describe('a reversal that the line has kept from leaving', () => {
  const HOUR_ms = 3_600_000;

  /** Given up, and reversed in vain for so long. */
  function reversedInVain(for_ms: number): TestTill {
    const till = TestTill.tendering(800);
    till.tell(codeScan());
    till.later(6000).pay({ kind: 'gaveUp' });
    till.line(false);
    const end_ms = till.now_ms + for_ms;
    for (let due = till.newest().machine.due; due !== null && due.at_ms < end_ms; ) {
      till.now_ms = due.at_ms;
      till.pay({ kind: 'timer' });
      due = till.newest().machine.due;
    }
    till.now_ms = end_ms;
    return till;
  }

  const reversalsOf = ({ effects }: ReturnType<TestTill['tell']>) =>
    effects.filter(({ kind }) => kind === 'reverse');
  const up = {
    kind: 'routeObserved',
    routeId: ROUTE,
    online: true,
    cause: null,
    layer: null,
    storeAndForward: true,
  } as const;

  test('leaves as the line comes up, however long its pause has grown', () => {
    const till = reversedInVain(3 * HOUR_ms);
    const due = till.newest().machine.due;
    expect((due?.at_ms ?? 0) - till.now_ms).toBeGreaterThan(60_000);
    expect(reversalsOf(till.tell(up))).toHaveLength(1);
    // It is on its way: nothing else comes of a line that says so twice.
    expect(reversalsOf(till.tell({ ...up, cause: 'slow' }))).toEqual([]);
  });

  test('keeps the times of its schedule: none leaves before an acquirer takes it', () => {
    const till = TestTill.tendering(800);
    till.policy = { ...gatewayPolicy, reverseFrom_ms: 15_000 };
    till.tell(codeScan());
    till.later(6000).pay({ kind: 'gaveUp' });
    till.line(false);
    expect(reversalsOf(till.tell(up))).toEqual([]);
    expect(till.newest().machine.state).toMatchObject({ kind: 'reversing', phase: 'waiting', reversals: 0 });
  });
});

describe('a route', () => {
  const observed = (change: object) => ({
    kind: 'routeObserved' as const,
    routeId: ROUTE,
    online: false,
    cause: 'ENOTFOUND',
    layer: 'dns',
    storeAndForward: null,
    ...change,
  });

  test('tells its cause and layer, once', () => {
    const till = TestTill.ready();
    till.tell(observed({}));
    expect(till.state.routes[ROUTE]).toMatchObject({ online: false, cause: 'ENOTFOUND', layer: 'dns' });
    expect(till.tell(observed({})).records).toEqual([]);
    expect(till.tell(observed({ layer: 'tcp' })).records).toHaveLength(1);
  });

  test('keeps what the server said of itself while it is silent', () => {
    const till = TestTill.ready();
    till.tell(observed({}));
    expect(till.state.routes[ROUTE]?.storeAndForward).toBe(true);
    till.tell(observed({ online: true, storeAndForward: false }));
    expect(till.state.routes[ROUTE]?.storeAndForward).toBe(false);
  });

  test('recognises codes by itself while its last word says so, and until then does not', () => {
    const till = TestTill.ready();
    expect(till.state.routes[ROUTE]).not.toHaveProperty('autoDetect');
    till.tell(observed({ online: true, autoDetect: true }));
    till.tell(observed({}));
    expect(till.state.routes[ROUTE]).toMatchObject({ online: false, autoDetect: true });
    till.tell(observed({ online: true, autoDetect: false }));
    expect(till.state.routes[ROUTE]).not.toHaveProperty('autoDetect');
    expect(till.tell(observed({ online: true, autoDetect: true })).records).toHaveLength(1);
  });

  test('that stays up submits nothing twice', () => {
    const till = held();
    till.line(true);
    expect(till.tell(observed({ online: true, cause: 'slow', layer: null })).effects).toEqual([]);
  });
});
