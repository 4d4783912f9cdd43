// Calls in a session over real HTTPS sockets against the simulator: what is charged when the session is lost, refused, late or spoiled.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type {
  AuthorizeOrder,
  ClosingEvent,
  PresentEvent,
  RouteObservation,
} from '../../core/ports/acquirer.ts';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { createGateway } from './adapter.ts';
import { type Send, sendByHttps } from './call.ts';
import { accessTo, wireTerminal } from '../../test/acquirers/gateway.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-session-'));
const codes = codeMaker(11);
let process_: GatewayProcess;
let control: GatewayControl;
let gateway: ReturnType<typeof createGateway>;
let signInsBefore = 0;
let orders = 0;

const adapter = (appKey?: string, send?: Send) =>
  createGateway(
    {
      id: 'gateway',
      terminal: wireTerminal,
      rules: [],
      probeTimeout_ms: 20_000,
      session: 'daily',
      call: accessTo(process_, appKey),
    },
    send,
  );

beforeAll(async () => {
  process_ = await startGateway({ directory });
  control = await connectGatewayControl(process_.control);
});
beforeEach(async () => {
  gateway = adapter();
  signInsBefore = await control.sessions.count();
});
afterEach(async () => {
  await control.faults.clear();
  await control.settings({ session_s: 86_400 });
  await control.release();
  await gateway.close();
});
afterAll(async () => {
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

const newOrder = (timeout_ms = 20_000): AuthorizeOrder => ({
  orderNumber: `SESSION${(orders += 1)}`,
  openedAt_ms: Date.now(),
  amount_fen: 1290,
  code: codes.wechat(),
  deferred: null,
  timeout_ms,
});
const pay = (order: AuthorizeOrder, by = gateway) =>
  new Promise<PaymentEvent>((post) => by.authorize(order, post));
const probe = (by = gateway) => new Promise<RouteObservation>((post) => by.probe(post));
const signIns = async () => (await control.sessions.count()) - signInsBefore;
const truth = ({ orderNumber }: AuthorizeOrder) =>
  readLedger(process_.ledgerFile).find(({ merchantOrderId }) => merchantOrderId === orderNumber);
const charges = (order: AuthorizeOrder) => truth(order)?.charges ?? 0;

describe('a session', () => {
  it('stands before the first payment, and serves all that follow', async () => {
    await control.settings({ batchNo: '000417' });
    const [first, second] = [newOrder(), newOrder()];
    expect(await pay(first)).toMatchObject({ kind: 'approved', proof: { batchNo: '000417' } });
    expect(await pay(second)).toMatchObject({ kind: 'approved' });
    expect(await probe()).toMatchObject({ online: true, cause: null });
    expect(await signIns()).toBe(1);
    const signed = control.events.filter(({ event, path }) => event === 'request' && path === 'pay');
    expect(signed.every(({ session }) => String(session).startsWith('S-'))).toBe(true);
  });

  it('is signed in for once by twenty calls at the same time', async () => {
    const all = Array.from({ length: 20 }, () => newOrder());
    const events = await Promise.all(all.map((order) => pay(order)));
    expect(events.map(({ kind }) => kind)).toEqual(all.map(() => 'approved'));
    expect(await signIns()).toBe(1);
    expect(all.map(charges)).toEqual(all.map(() => 1));
  });

  it('that is about to end is replaced before a call is signed with it; a short one is not for each call', async () => {
    await control.settings({ session_s: 50 });
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    expect(await signIns()).toBe(1);
    let ahead_ms = 0;
    const early = adapter(undefined, (settings, request, finish) => {
      sendByHttps(settings, request, (outcome) => {
        // The server's clock, as its Date tells it: most of the session's life is over.
        finish('serverDate_ms' in outcome ? { ...outcome, serverDate_ms: Date.now() + ahead_ms } : outcome);
      });
    });
    expect(await pay(newOrder(), early)).toMatchObject({ kind: 'approved' });
    ahead_ms = 40_000;
    expect(await pay(newOrder(), early)).toMatchObject({ kind: 'approved' });
    expect(await signIns()).toBe(2);
    expect(await pay(newOrder(), early)).toMatchObject({ kind: 'approved' });
    expect(await signIns()).toBe(3);
    await early.close();
  });

  it('a payment that waits for the sign-in is not sent when its order is reversed', async () => {
    await control.faults.set({ fault: 'hold', path: 'sign-in', count: 1 });
    const order = newOrder();
    const mark = control.mark();
    const paid = pay(order);
    await control.waitFor('held', {}, { since: mark });
    const reversed = new Promise<PaymentEvent>((post) => gateway.reverse(order, post));
    expect(await paid).toEqual({ kind: 'notSent', cause: 'WITHDRAWN', then: 'end' });
    await control.release();
    expect(await reversed).toEqual({ kind: 'reversalAcknowledged', result: 'NOT_CHARGED' });
    const pays = control.events.filter(
      ({ event, path, merchantOrderId }) =>
        event === 'request' && path === 'pay' && merchantOrderId === order.orderNumber,
    );
    expect(pays).toEqual([]);
  });

  it('a code that waits for the sign-in is not asked for when its order is closed', async () => {
    await control.faults.set({ fault: 'hold', path: 'sign-in', count: 1 });
    const order = { ...newOrder(), expiresAt_ms: Date.now() + 300_000 };
    const mark = control.mark();
    const shown = new Promise<PresentEvent>((post) => gateway.present(order, post));
    await control.waitFor('held', {}, { since: mark });
    const closed = new Promise<ClosingEvent>((post) => gateway.closePresented(order, post));
    expect(await shown).toEqual({ kind: 'notSent', cause: 'WITHDRAWN' });
    await control.release();
    expect(await closed).toEqual({ kind: 'closed', result: 'CLOSED' });
  });

  it('that the server has forgotten is opened anew, by many calls at once too: each is charged once', async () => {
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    await control.sessions.forget();
    const all = Array.from({ length: 8 }, () => newOrder());
    const events = await Promise.all(all.map((order) => pay(order)));
    expect(events.map(({ kind }) => kind)).toEqual(all.map(() => 'approved'));
    expect(all.map(charges)).toEqual(all.map(() => 1));
    expect(await signIns()).toBe(2);
  });

  it('forgotten while the answer of a payment is on its way: that answer is good, the next call signs in', async () => {
    const order = newOrder();
    await control.faults.set({ fault: 'hold', path: 'pay', count: 1 });
    const mark = control.mark();
    const paid = pay(order);
    await control.waitFor('held', {}, { since: mark });
    await control.sessions.forget();
    await control.release();
    expect(await paid).toMatchObject({ kind: 'approved' });
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    expect([charges(order), await signIns()]).toEqual([1, 2]);
  });

  it('said to be lost by a server that has charged all the same: paid once, under the same number', async () => {
    await control.faults.set({ fault: 'forgetSession', process: true, path: 'pay', count: 1 });
    const order = newOrder();
    expect(await pay(order)).toMatchObject({ kind: 'approved' });
    expect([charges(order), await signIns()]).toEqual([1, 2]);
  });

  it('serves the questions, the give-backs and the codes of a main scan alike when it was lost', async () => {
    const order = newOrder();
    expect(await pay(order)).toMatchObject({ kind: 'approved' });
    const shown = { ...newOrder(), expiresAt_ms: Date.now() + 300_000 };
    const back = {
      method: 'refund' as const,
      requestNumber: 'RSESSION1',
      giveBackOpenedAt_ms: Date.now(),
      orderNumber: order.orderNumber,
      openedAt_ms: order.openedAt_ms,
      acquirerOrderId: 'A',
      amount_fen: 290,
      paid_fen: 1290,
      timeout_ms: 20_000,
    };
    const asked = [
      () => new Promise<PaymentEvent>((post) => gateway.inquire(order, post)),
      () => new Promise<GiveBackEvent>((post) => gateway.giveBack(back, post)),
      () => new Promise<GiveBackEvent>((post) => gateway.inquireGiveBack(back, post)),
      () => new Promise<PresentEvent>((post) => gateway.present(shown, post)),
      () => new Promise<ClosingEvent>((post) => gateway.closePresented(shown, post)),
      () => new Promise<PaymentEvent>((post) => gateway.reverse(newOrder(), post)),
      () => probe(),
    ];
    const seen: unknown[] = [];
    for (const ask of asked) {
      await control.sessions.forget();
      seen.push(await ask());
    }
    expect(seen).toEqual([
      expect.objectContaining({ kind: 'approved' }),
      expect.objectContaining({ kind: 'done' }),
      expect.objectContaining({ kind: 'done' }),
      expect.objectContaining({ kind: 'presented' }),
      { kind: 'closed', result: 'CLOSED' },
      { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' },
      expect.objectContaining({ online: true }),
    ]);
    expect(await signIns()).toBe(1 + asked.length);
  });
});

describe('a sign-in that fails sends nothing of the call', () => {
  const failed = async (cause: unknown, by = gateway) => {
    const order = newOrder(5000);
    expect(await pay(order, by)).toEqual({ kind: 'notSent', cause, then: 'end' });
    expect(truth(order)).toBeUndefined();
    expect(await new Promise<PaymentEvent>((post) => by.inquire(order, post))).toEqual({
      kind: 'inquiryFailed',
      cause,
    });
    expect(await probe(by)).toMatchObject({ online: false, cause });
    const asked = control.events.filter(({ merchantOrderId }) => merchantOrderId === order.orderNumber);
    expect(asked).toEqual([]);
  };

  it('refused for now', async () => {
    await control.faults.set({ fault: 'decline', path: 'sign-in', code: 'SYSTEM_ERROR' });
    await failed('SIGN_IN_REFUSED SYSTEM_ERROR');
    expect(await probe()).toMatchObject({ storeAndForward: null });
  });

  it('refused by name: not charged, and no goods on trust; what was taken on trust before waits', async () => {
    await control.faults.set({ fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' });
    const cause = 'SIGN_IN_REFUSED TERMINAL_INVALID';
    const [order, queued] = [newOrder(), newOrder()];
    expect(await pay(order)).toEqual({ kind: 'declined', code: cause, reason: 'configuration' });
    const deferred = { takenAt: new Date().toISOString(), tillSequence: 7 };
    expect(await pay({ ...queued, deferred })).toEqual({ kind: 'notSent', cause, then: 'end' });
    const shown = { ...newOrder(), expiresAt_ms: Date.now() + 300_000 };
    expect(await new Promise<PresentEvent>((post) => gateway.present(shown, post))).toEqual({
      kind: 'notSent',
      cause,
    });
    expect(await probe()).toMatchObject({ online: false, cause, storeAndForward: false });
    expect([truth(order), truth(queued), truth(shown)]).toEqual([undefined, undefined, undefined]);
  });

  it('the line is down', async () => {
    await control.refuse();
    await failed('ECONNREFUSED');
  });

  it('no answer came', async () => {
    await control.faults.set({ fault: 'dropAnswer', path: 'sign-in' });
    await failed('UND_ERR_SOCKET');
  });

  it('the answer comes later than the call can wait; the sign-in serves the next', async () => {
    await control.faults.set({ fault: 'hold', path: 'sign-in' });
    const late = newOrder(150);
    expect(await pay(late)).toEqual({ kind: 'notSent', cause: 'SIGN_IN_TIMED_OUT', then: 'end' });
    const patient = newOrder();
    const waiting = pay(patient);
    await control.release();
    expect(await waiting).toMatchObject({ kind: 'approved' });
    expect([truth(late), charges(patient), await signIns()]).toEqual([undefined, 1, 1]);
  });

  it('the key was wrapped for another request', async () => {
    await control.faults.set({ fault: 'wrongWrapping', path: 'sign-in' });
    await failed('SIGN_IN_KEY_WRAPPED_WRONGLY');
  });

  it('signed by another key, not JSON, a captive portal', async () => {
    await control.faults.set({ fault: 'badSignature', path: 'sign-in' });
    await failed('SIGN_IN_UNREADABLE badSignature');
    await control.faults.clear();
    await control.faults.set({ fault: 'html', path: 'sign-in' });
    await failed('SIGN_IN_UNREADABLE unsigned');
  });

  it('our own key is wrong', async () => {
    const stranger = adapter('another key of 32 characters .....');
    await failed('SIGN_IN_UNREADABLE badSignature', stranger);
    await stranger.close();
  });
});

describe('bytes have left', () => {
  it('a session lost each time leaves doubt: never declined, never not sent', async () => {
    await control.faults.set({ fault: 'forgetSession', path: 'pay' });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'undecided', code: 'SESSION_EXPIRED' });
    expect(truth(order)).toBeUndefined();
    // Not a third time: the inquiry asks what became of it.
    expect(await signIns()).toBe(2);
  });

  it('a second sending refused before anybody looked at it leaves the doubt of the first, which was charged', async () => {
    await control.faults.set({ fault: 'forgetSession', process: true, path: 'pay', count: 1 });
    await control.faults.set({ fault: 'decline', code: 'TERMINAL_INVALID', path: 'pay', skip: 1, count: 1 });
    const order = newOrder();
    expect(await pay(order)).toEqual({ kind: 'undecided', code: 'SESSION_EXPIRED TERMINAL_INVALID' });
    expect(charges(order)).toBe(1);
  });

  it('and so does the second request for a code', async () => {
    await control.faults.set({ fault: 'forgetSession', process: true, path: 'present', count: 1 });
    await control.faults.set({ fault: 'decline', code: 'PARAM_ERROR', path: 'present', skip: 1, count: 1 });
    const order = { ...newOrder(), expiresAt_ms: Date.now() + 300_000 };
    expect(await new Promise<PresentEvent>((post) => gateway.present(order, post))).toEqual({
      kind: 'undecided',
      code: 'SESSION_EXPIRED PARAM_ERROR',
    });
  });

  it('a session that has ended already leaves doubt', async () => {
    await control.faults.set({ fault: 'expiredSession', path: 'sign-in' });
    expect(await pay(newOrder())).toEqual({ kind: 'undecided', code: 'SESSION_EXPIRED' });
  });

  it('a second sign-in that is refused leaves doubt, and the probe says why', async () => {
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    await control.faults.set({ fault: 'decline', path: 'sign-in', code: 'TERMINAL_INVALID' });
    await control.sessions.forget();
    expect(await pay(newOrder())).toEqual({
      kind: 'undecided',
      code: 'SESSION_EXPIRED SIGN_IN_REFUSED TERMINAL_INVALID',
    });
    expect(await probe()).toMatchObject({ online: false, cause: 'SIGN_IN_REFUSED TERMINAL_INVALID' });
  });

  it('a second sending on a line that went down leaves doubt', async () => {
    let pays = 0;
    const failing = adapter(undefined, (settings, request, finish) => {
      const isSecond = request.path.endsWith('/pay') && (pays += 1) === 2;
      if (isSecond) finish({ kind: 'notSent', cause: 'ECONNREFUSED' });
      else sendByHttps(settings, request, finish);
    });
    await control.faults.set({ fault: 'forgetSession', path: 'pay', count: 1 });
    const order = newOrder();
    expect(await pay(order, failing)).toEqual({ kind: 'undecided', code: 'SESSION_EXPIRED ECONNREFUSED' });
    expect([pays, truth(order)]).toEqual([2, undefined]);
    await failing.close();
  });

  it('a second sign-in that comes later than the payment can wait leaves doubt', async () => {
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    await control.faults.set({ fault: 'forgetSession', path: 'pay', count: 1 });
    await control.faults.set({ fault: 'hold', path: 'sign-in', count: 1 });
    const mark = control.mark();
    const paid = pay(newOrder(1000));
    await control.waitFor('held', {}, { since: mark });
    expect(await paid).toEqual({ kind: 'undecided', code: 'SESSION_EXPIRED SIGN_IN_TIMED_OUT' });
  });

  it('an answer that neither key has signed is doubt, and the next call signs in anew', async () => {
    const order = newOrder();
    expect(await pay(newOrder())).toMatchObject({ kind: 'approved' });
    await control.faults.set({ fault: 'badSignature', path: 'pay', count: 1 });
    expect(await pay(order)).toEqual({ kind: 'undecided', code: 'badSignature' });
    expect(await new Promise<PaymentEvent>((post) => gateway.inquire(order, post))).toMatchObject({
      kind: 'approved',
    });
    expect([charges(order), await signIns()]).toEqual([1, 2]);
  });
});
