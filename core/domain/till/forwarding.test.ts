// What the acquirer does not decide, and what it refuses without a look at it, may not cost the rest of the queue.
import { describe, expect, test } from 'vitest';
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
const kindsOf = (till: TestTill, ids: readonly string[]) =>
  ids.map((id) => till.state.attempts[id]?.machine.state.kind);

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
