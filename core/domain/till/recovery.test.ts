// What a crash leaves of the drawer: no pulse is ever sent a second time, however many were on their way.
import { expect, test } from 'vitest';
import { TestTill } from '../../../test/sim/till-kit.ts';

const open = {
  kind: 'drawerAsked',
  cause: 'noSale',
  reason: '换零',
  operatorId: '1',
  approverId: '2',
} as const;

function restarted(till: TestTill, sentDrawerIds: string[]) {
  const before = till.records.length;
  const result = till.tell({
    kind: 'coreStarted',
    version: '1',
    runtime: 'node',
    sentIds: [],
    sentDrawerIds,
  });
  expect(result.effects).toEqual([]);
  return till.records
    .slice(before)
    .flatMap((one) => (one.type === 'drawer.ended' ? [[one.body.openId, one.body.outcome]] : []));
}

test('a pulse marked sent is unknown, one that was not is failed; the till then shows which', () => {
  const till = TestTill.ready();
  till.tell(open);
  expect(restarted(till, [])).toEqual([['D001000002', 'failed']]);
  till.tell(open);
  expect(restarted(till, ['D001000003'])).toEqual([['D001000003', 'unknown']]);
  expect(till.state.drawer).toEqual({ openId: 'D001000003', outcome: 'unknown' });
});

test('two pulses on their way at the crash are both ended, the older one too', () => {
  const till = TestTill.ready();
  till.tell(open);
  till.tell(open);
  expect(restarted(till, ['D001000002', 'D001000003'])).toEqual([
    ['D001000002', 'unknown'],
    ['D001000003', 'unknown'],
  ]);
});
