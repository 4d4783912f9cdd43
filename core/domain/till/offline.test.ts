// The offline queue: who gets in, what it is worth, and how it ends.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, generous, goods, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { takerWhileDown } from './offline.ts';
import { exposure } from './queries.ts';

function offlineTill(price_fen = 1500): TestTill {
  const till = TestTill.tendering(price_fen);
  till.line(false);
  return till;
}

/** Sells something offline on a till that is already offline. */
function sellOffline(till: TestTill, price_fen: number, codeHmac: string) {
  till.tell({ kind: 'goodsEntered', goods: goods(price_fen) });
  till.tell({ kind: 'tenderStarted' });
  return till.tell(codeScan({ codeHmac }));
}

/** The line comes back, a payment is refused by our own settings, and the line goes again. */
function refuseConfiguration(till: TestTill): void {
  till.line(true);
  till.tell(codeScan({ codeHmac: 'hmac-0' }));
  till.pay({ kind: 'declined', code: 'MERCHANT_INVALID', reason: 'configuration' });
  till.line(false);
}

describe('the queue refuses, with its reason', () => {
  test.each<[string, string, (till: TestTill) => Partial<Parameters<typeof codeScan>[0]>]>([
    ['E-OFF-01', 'the route does not queue', (till) => ((till.limits = { ...generous, mode: 'refuse' }), {})],
    [
      'E-OFF-02',
      'over the limit of one payment',
      (till) => ((till.limits = { ...generous, perPayment_fen: 1499 }), {}),
    ],
    ['E-OFF-03', 'over the open total', (till) => ((till.limits = { ...generous, openTotal_fen: 1499 }), {})],
    ['E-OFF-04', 'over the count', (till) => ((till.limits = { ...generous, count: 0 }), {})],
    ['E-OFF-05', 'a code that was used before', () => ({ usedBefore: true })],
    ['E-OFF-06', 'a kind of code that may not wait', () => ({ deferrable: false })],
    ['E-OFF-06', 'the acquirer does not allow it', (till) => (till.line(false, false), {})],
    ['E-OFF-14', 'the acquirer refuses our configuration', (till) => (refuseConfiguration(till), {})],
    ['E-OFF-07', 'an untrusted clock', (till) => ((till.clockTrusted = false), {})],
  ])('%s: %s', (code, _, bring) => {
    const till = offlineTill();
    const options = bring(till);
    expect(till.tell(codeScan(options)).refusal).toBe(code);
    expect(till.sale().state).toBe('tendering');
  });

  test.each<[string, (till: TestTill) => void]>([
    ['while the line is up', (till) => till.line(true)],
    ['where codes are held for the line', (till) => (till.limits = { ...generous, mode: 'hold' })],
  ])('a code that waits in the queue is taken for no other sale: %s', (_, bring) => {
    const till = offlineTill();
    bring(till);
    expect(till.tell(codeScan({ queuedBefore: true, usedBefore: true })).refusal).toBe('E-OFF-05');
    expect(till.tell(codeScan({ usedBefore: true })).refusal).toBeNull();
  });

  test('at its limits it still takes', () => {
    const till = offlineTill(1500);
    till.limits = { mode: 'queue', perPayment_fen: 1500, openTotal_fen: 1500, count: 1 };
    expect(till.tell(codeScan()).refusal).toBeNull();
    expect(sellOffline(till, 1, 'hmac-2').refusal).toBe('E-OFF-03');
    till.limits = { ...till.limits, openTotal_fen: 1501 };
    expect(till.tell(codeScan({ codeHmac: 'hmac-2' })).refusal).toBe('E-OFF-04');
  });

  test('when only the sending fails the same rules hold, and the payment ends as not sent', () => {
    const refusing: [string, (till: TestTill) => void][] = [
      ['mode', (till) => (till.limits = { ...generous, mode: 'refuse' })],
      ['amount', (till) => (till.limits = { ...generous, perPayment_fen: 1499 })],
      ['clock', (till) => (till.clockTrusted = false)],
      ['acquirer', (till) => till.line(true, false)],
    ];
    for (const [name, bring] of refusing) {
      const till = TestTill.tendering(1500);
      till.tell(codeScan());
      bring(till);
      till.pay(answers.notSent);
      expect(till.newest().machine.state.kind, name).toBe('notSent');
    }
  });

  test('a code that no rule knows is not queued, whatever is asked for it', () => {
    const till = TestTill.tendering(1500);
    till.tell(codeScan({ scheme: 'UNKNOWN', deferrable: false }));
    till.pay(answers.notSent);
    expect(till.newest().machine.state.kind).toBe('notSent');
  });

  test('the same code is not queued twice by a failed sending', () => {
    const till = offlineTill();
    till.tell(codeScan());
    till.line(true);
    till.tell({ kind: 'goodsEntered', goods: goods(100) });
    till.tell({ kind: 'tenderStarted' });
    till.tell(codeScan());
    till.pay(answers.notSent);
    expect(till.newest().machine.state.kind).toBe('notSent');
  });
});

describe('a queued payment', () => {
  test('completes its sale as pending, and confirms it when approved', () => {
    const till = offlineTill();
    till.tell(codeScan());
    expect(till.sale()).toMatchObject({ state: 'completedPending', receiptNumber: '00000001' });
    expect(exposure(till.state)).toMatchObject({ count: 1, total_fen: 1500 });
    till.line(true);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.approved);
    expect(till.sale().state).toBe('completed');
    expect(exposure(till.state)).toEqual({ count: 0, total_fen: 0, oldest_ms: null });
    expect(till.state.counters.receipt).toBe(1);
  });

  test('stays at risk in every doubt, and never counts as paid', () => {
    const till = offlineTill();
    till.tell(codeScan());
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    till.pay(answers.noAnswer);
    till.later(5000).pay({ kind: 'timer' });
    till.later(3600_000).pay({ kind: 'inquiryFailed', cause: 'TIMEOUT' });
    expect(exposure(till.state)).toMatchObject({ count: 1, total_fen: 1500 });
    expect(till.sale().state).toBe('completedPending');
  });

  test.each([
    ['declined', 'E-OFF-08', (till: TestTill) => till.pay(answers.declined)],
    ['its key lost', 'E-OFF-10', (till: TestTill) => till.pay({ kind: 'codeLost' })],
    [
      'given back by the acquirer',
      'E-OFF-08',
      (till: TestTill) => {
        till.pay(answers.noAnswer);
        till.later(5000).pay({ kind: 'timer' });
        till.pay({ kind: 'hostReversed', result: 'VOIDED' });
      },
    ],
  ])('%s is an exception (%s), not at risk and not paid', (_, reason, bring) => {
    const till = offlineTill();
    till.tell(codeScan());
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    bring(till);
    expect(till.records.at(-1)).toMatchObject({ type: 'exception.raised', body: { reason } });
    expect(Object.keys(till.state.exceptions).length).toBe(1);
    expect(exposure(till.state).count).toBe(0);
    expect(till.sale().state).toBe('completedPending');
  });

  test('too old to be sent is an exception (E-OFF-09)', () => {
    const till = offlineTill();
    till.tell(codeScan());
    till.later(24 * 3600_000).pay({ kind: 'timer' });
    expect(till.records.at(-1)).toMatchObject({ type: 'exception.raised', body: { reason: 'E-OFF-09' } });
  });

  test("the manager's cancel is no exception", () => {
    const till = offlineTill();
    till.tell(codeScan());
    till.pay({ kind: 'deferredCancelled' });
    expect(Object.keys(till.state.exceptions).length).toBe(0);
    expect(exposure(till.state).count).toBe(0);
  });
});

describe('forwarding', () => {
  function queueOf(count: number): TestTill {
    const till = offlineTill(100);
    till.tell(codeScan());
    for (let number = 2; number <= count; number += 1) sellOffline(till, 100, `hmac-${number}`);
    till.line(true);
    return till;
  }

  const kinds = (till: TestTill) => till.attempts().map((attempt) => attempt.machine.state.kind);

  test('goes oldest first, as many as the window allows', () => {
    const till = queueOf(4);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    expect(kinds(till)).toEqual(['authorizing', 'authorizing', 'queued', 'queued']);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    expect(kinds(till)).toEqual(['authorizing', 'authorizing', 'queued', 'queued']);
  });

  test('a payment in doubt keeps its place in the window', () => {
    const till = queueOf(2);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    const first = till.attempts()[0]?.attemptId ?? '';
    till.pay(answers.noAnswer, first);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    expect(kinds(till)).toEqual(['unknown', 'queued']);
    till.pay(answers.declined, first);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    expect(kinds(till)).toEqual(['declined', 'authorizing']);
  });

  test('a restart puts back what had not been sent, and asks about what had', () => {
    const till = queueOf(2);
    till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    const sentIds = [till.attempts()[0]?.attemptId ?? ''];
    till.tell({ kind: 'coreStarted', version: '1', runtime: 'node', sentIds, sentDrawerIds: [] });
    expect(kinds(till)).toEqual(['inquiring', 'queued']);
  });
});

describe('a route that refuses our configuration', () => {
  test('costs the queue nothing: forwarding waits until an approval or a new start', () => {
    const till = offlineTill();
    till.tell(codeScan({ codeHmac: 'hmac-1' }));
    sellOffline(till, 300, 'hmac-2');
    till.line(true);
    const forward = () => till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    expect(forward().effects).toHaveLength(1);
    const [first] = till.attempts();
    till.pay({ kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' }, first?.attemptId ?? '');
    expect(till.state.exceptions).toEqual({});
    expect(forward().effects).toEqual([]);
    till.tell({ kind: 'coreStarted', version: '1', runtime: 'test', sentDrawerIds: [], sentIds: [] });
    expect(forward().effects).toHaveLength(1);
  });

  test('what another payment hears in the meantime does not lift the alarm', () => {
    const till = offlineTill();
    till.tell(codeScan({ codeHmac: 'hmac-1' }));
    sellOffline(till, 300, 'hmac-2');
    sellOffline(till, 300, 'hmac-3');
    till.line(true);
    const forward = () => till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
    expect(forward().effects).toHaveLength(2);
    const [first, second] = till.attempts();
    till.pay({ kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' }, first?.attemptId ?? '');
    till.pay(answers.noAnswer, second?.attemptId ?? '');
    expect(forward().effects).toEqual([]);
  });
});

describe('of the routes that know a code while none is up', () => {
  type Mode = TestTill['limits']['mode'];

  /** The one that is chosen, by its place; `modes`: of each route. */
  function chosen(modes: readonly Mode[], change: { room_fen?: number; deferrable?: boolean } = {}): number {
    const till = TestTill.ready();
    const ids = modes.map((_, index) => `R${index}`);
    const facts = { online: false, cause: 'DNS', layer: null, storeAndForward: true, alarm: null };
    const state = { ...till.state, routes: Object.fromEntries(ids.map((id) => [id, facts])) };
    const routes = Object.fromEntries(
      modes.map((mode, index) => {
        const offline = { ...generous, mode, openTotal_fen: change.room_fen ?? 100_000 };
        return [`R${index}`, { policy: till.policy, offline }];
      }),
    );
    const takers = ids.map((routeId) => ({ routeId, deferrable: change.deferrable ?? true }));
    const taker = takerWhileDown(state, takers, { routes, clockTrusted: true }, 1500);
    return takers.findIndex((one) => one === taker);
  }

  test.each<[string, number, readonly Mode[], Parameters<typeof chosen>[1]]>([
    ['the one that queues takes it', 2, ['refuse', 'hold', 'queue', 'queue'], {}],
    ['without one, who holds it', 1, ['refuse', 'hold', 'hold'], {}],
    ['one whose queue is full gives way to one that holds it', 1, ['queue', 'hold'], { room_fen: 1000 }],
    ['so does one that may not queue such a code', 1, ['queue', 'hold'], { deferrable: false }],
    ['a full queue says why', 1, ['refuse', 'queue'], { room_fen: 1000 }],
    ['where all refuse, the first', 0, ['refuse', 'refuse'], {}],
  ])('%s', (_name, place, modes, change) => {
    expect(chosen(modes, change)).toBe(place);
  });
});
