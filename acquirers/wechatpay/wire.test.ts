// The adapter over real TLS against the simulator: what each failure on the way proves, and that nobody is charged twice.
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, RouteObservation } from '../../core/ports/acquirer.ts';
import { readSimulatorKeys } from '../../fixtures/acquirers/wechatpay/caller.ts';
import {
  connectWechatPayControl,
  type FaultRequest,
  type WechatPayControl,
} from '../../fixtures/acquirers/wechatpay/client.ts';
import { truthOf } from '../../fixtures/acquirers/wechatpay/ledger.ts';
import { startWechatPay, type WechatPayProcess } from '../../fixtures/acquirers/wechatpay/spawn.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { createWechatPay, type WechatPaySettings } from './adapter.ts';
import { wechatDeclines } from './codes.ts';
import { wechatCodeRules } from './profile.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-wechat-'));
const codes = codeMaker(11);
let process_: WechatPayProcess;
let control: WechatPayControl;
let acquirer: Acquirer;
let orders = 0;

function settingsFor(change: Partial<WechatPaySettings['call']> = {}): WechatPaySettings {
  const { appId, merchantId, url } = process_;
  return {
    id: 'wechat',
    rules: wechatCodeRules,
    probeTimeout_ms: 20_000,
    merchant: {
      appId,
      merchantId,
      description: '一码便利店',
      deviceId: '20260002',
      deviceIp: '192.0.2.7',
      storeOutId: 'A1111',
    },
    call: {
      ...readSimulatorKeys(process_),
      baseUrl: url,
      connectTimeout_ms: 10_000,
      nonce: () => randomBytes(16).toString('hex'),
      wall_ms: () => Date.now(),
      ...change,
    },
  };
}

beforeAll(async () => {
  process_ = await startWechatPay({ directory });
  control = await connectWechatPayControl(process_.control);
  acquirer = createWechatPay(settingsFor());
});
afterEach(() => control.faults.clear());
afterAll(async () => {
  await acquirer.close();
  control.close();
  await process_.stop();
  rmSync(directory, { recursive: true });
});

const newOrder = (timeout_ms = 20_000) => ({
  orderNumber: `2611280001000200${String(++orders).padStart(9, '0')}`,
  openedAt_ms: 0,
  amount_fen: 1290,
  code: codes.wechat(),
  deferred: null,
  timeout_ms,
});
type Order = ReturnType<typeof newOrder>;
const authorize = (order: Order, by = acquirer) =>
  new Promise<PaymentEvent>((resolve) => by.authorize(order, resolve));
const inquire = (order: Order, by = acquirer) =>
  new Promise<PaymentEvent>((resolve) => by.inquire(order, resolve));
const reverse = (order: Order) => new Promise<PaymentEvent>((resolve) => acquirer.reverse(order, resolve));
const probe = (by = acquirer) => new Promise<RouteObservation>((resolve) => by.probe(resolve));
const truth = (order: Order) => truthOf(process_.ledgerFile, order.orderNumber);
const once = (fault: FaultRequest) => control.faults.set({ count: 1, ...fault });

describe('a payment', () => {
  it('is approved with the numbers that a receipt and a refund need', async () => {
    const order = newOrder();
    await once({ fault: 'discount', discount_fen: 100 });
    const event = await authorize(order);
    expect(event).toMatchObject({
      kind: 'approved',
      proof: { rail: 'WECHAT', actual_fen: 1190, acquirerOrderId: expect.stringMatching(/^42000\d+$/) },
    });
    expect(await inquire(order)).toEqual(event);
    expect(truth(order)).toEqual({ charges: 1, charged_fen: 1290, givenBack_fen: 0 });
  });

  it('waits for the password, then is found paid', async () => {
    const order = newOrder();
    await once({ fault: 'awaitCustomer' });
    expect(await authorize(order)).toEqual({ kind: 'awaiting' });
    expect(await inquire(order)).toEqual({ kind: 'awaiting' });
    await control.customer(order.orderNumber, 'charge');
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('that the customer refuses is not over: PAYERROR, then reversed', async () => {
    const order = newOrder();
    await once({ fault: 'awaitCustomer' });
    await authorize(order);
    await control.customer(order.orderNumber, 'payerror');
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause: 'PAYERROR' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVERSED' });
    expect(await inquire(order)).toEqual({ kind: 'hostReversed', result: 'REVOKED' });
    expect(truth(order)).toEqual({ charges: 0, charged_fen: 0, givenBack_fen: 0 });
  });

  it('that WeChat closed unpaid is declined', async () => {
    const order = newOrder();
    await once({ fault: 'awaitCustomer' });
    await authorize(order);
    await control.customer(order.orderNumber, 'close');
    expect(await inquire(order)).toEqual({ kind: 'declined', code: 'CLOSED', reason: 'orderClosed' });
  });

  it('approved after a system error is found by the inquiry', async () => {
    const order = newOrder();
    const mark = control.mark();
    await once({ fault: 'approveLate', ms: 20 });
    expect(await authorize(order)).toEqual({ kind: 'undecided', code: 'HTTP_500' });
    await control.waitFor('ledger.charge', { out_trade_no: order.orderNumber }, { since: mark });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('taken offline is never sent', async () => {
    const order = { ...newOrder(), deferred: { takenAt: '2026-11-28T10:00:00Z', tillSequence: 1 } };
    const event = await new Promise<PaymentEvent>((resolve) => acquirer.authorize(order, resolve));
    expect(event).toEqual({ kind: 'notSent', cause: 'NO_DEFERRED_PAYMENTS', then: 'end' });
  });
});

describe('a decline', () => {
  it.each(Object.entries(wechatDeclines))('by %s: %s, and nobody is charged', async (code, reason) => {
    const order = newOrder();
    await once({ fault: 'decline', code, status: 403 });
    expect(await authorize(order)).toEqual({ kind: 'declined', code, reason });
    expect(truth(order).charges).toBe(0);
  });

  it('by a used code, and by no WeChat code, as the scheme itself says it', async () => {
    const first = newOrder();
    await authorize(first);
    const second = { ...newOrder(), code: first.code };
    expect(await authorize(second)).toMatchObject({ kind: 'declined', code: 'AUTH_CODE_ERROR' });
    const other = { ...newOrder(), code: '990000000000000000' };
    expect(await authorize(other)).toMatchObject({ kind: 'declined', code: 'AUTH_CODE_INVALID' });
  });

  it.each(['AUTH_CODE_INVALID', 'AUTH_CODE_ERROR', 'AUTHCODEEXPIRE'])(
    'by %s that a copy of a charged request drew is no decline',
    async (code) => {
      const order = newOrder();
      await once({ fault: 'copy', call: 'codepay', code });
      expect(await authorize(order)).toMatchObject({ kind: 'approved' });
      const unsure = newOrder();
      await once({ fault: 'copy', call: 'codepay', code });
      await once({ fault: 'http5xx', call: 'query' });
      expect(await authorize(unsure)).toEqual({ kind: 'undecided', code });
      const asked = newOrder();
      await once({ fault: 'awaitCustomer' });
      await once({ fault: 'copy', call: 'codepay', code });
      expect(await authorize(asked)).toEqual({ kind: 'awaiting' });
    },
  );

  it('by an unlisted code, a wrong signature of ours, or the number again is none', async () => {
    for (const code of ['RULE_LIMIT', 'SIGN_ERROR', 'INVALID_REQUEST']) {
      await once({ fault: 'decline', code });
      expect(await authorize(newOrder())).toEqual({ kind: 'undecided', code });
    }
    const order = newOrder();
    await authorize(order);
    expect(await authorize({ ...order, code: codes.wechat() })).toEqual({
      kind: 'undecided',
      code: 'ORDERPAID',
    });
    expect(truth(order).charges).toBe(1);
  });

  it('closes only when its second call has ended', async () => {
    const leaving = createWechatPay(settingsFor());
    const events: PaymentEvent[] = [];
    await once({ fault: 'decline', code: 'AUTHCODEEXPIRE' });
    leaving.authorize(newOrder(), (event) => events.push(event));
    await leaving.close();
    expect(events).toEqual([{ kind: 'declined', code: 'AUTHCODEEXPIRE', reason: 'codeUnusable' }]);
  });
});

describe('doubt', () => {
  it('a lost answer: charged once, found by the inquiry', async () => {
    const order = newOrder();
    await once({ fault: 'dropAnswer', call: 'codepay' });
    expect((await authorize(order)).kind).toBe('noAnswer');
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    expect(truth(order).charges).toBe(1);
  });

  it('a lost request: the order is not there, and the reversal says so', async () => {
    const order = newOrder();
    await once({ fault: 'dropRequest' });
    expect((await authorize(order)).kind).toBe('noAnswer');
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'NOT_FOUND' });
  });

  it('a charge that one inquiry does not find is there at the next', async () => {
    const order = newOrder();
    await authorize(order);
    await once({ fault: 'notFound', call: 'query' });
    expect(await inquire(order)).toEqual({ kind: 'notFound' });
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
  });

  it('an answer that never comes is no answer', async () => {
    const order = newOrder(300);
    await control.faults.set({ fault: 'hold', call: 'codepay' });
    expect(await authorize(order)).toEqual({ kind: 'noAnswer', cause: 'TIMED_OUT' });
    await control.release();
    expect(truth(order).charges).toBe(1);
  });

  it('a refused connection is proof that nothing was sent', async () => {
    await control.refuse();
    expect(await authorize(newOrder())).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED', then: 'end' });
    expect(await inquire(newOrder())).toEqual({ kind: 'inquiryFailed', cause: 'ECONNREFUSED' });
    expect(await reverse(newOrder())).toEqual({ kind: 'reversalPending', cause: 'ECONNREFUSED' });
    expect(await probe()).toMatchObject({ online: false, cause: 'ECONNREFUSED' });
    await control.accept();
  });

  it.each<[FaultRequest, string]>([
    [{ fault: 'badSignature' }, 'badSignature'],
    [{ fault: 'staleSignature' }, 'staleSignature'],
    [{ fault: 'noSignature' }, 'unsigned'],
    [{ fault: 'unknownSerial' }, 'unknownSerial'],
    [{ fault: 'html' }, 'unsigned'],
    [{ fault: 'html', signed: true }, 'NOT_JSON SyntaxError'],
    [{ fault: 'html', status: 302 }, 'HTTP_302'],
    [{ fault: 'html', status: 403 }, 'HTTP_403 unsigned'],
    [{ fault: 'garbage' }, 'unsigned'],
    [{ fault: 'http5xx' }, 'HTTP_503'],
    [{ fault: 'http5xx', signed: true, status: 500 }, 'HTTP_500'],
    [{ fault: 'wrongOrder' }, 'MISMATCH'],
    [{ fault: 'wrongAmount' }, 'MISMATCH'],
    [{ fault: 'wrongCurrency' }, 'MISMATCH'],
    [{ fault: 'wrongMerchant' }, 'MISMATCH'],
    [{ fault: 'partial', field: 'success_time' }, 'INCOMPLETE_success_time'],
    [{ fault: 'partial', field: 'amount' }, 'INCOMPLETE_amount'],
    [{ fault: 'emptyAnswer' }, 'INCOMPLETE_'],
  ])('%j is believed by nobody', async (fault, cause) => {
    const order = newOrder();
    await control.faults.set(fault);
    expect(await authorize(order)).toEqual({ kind: 'undecided', code: cause });
    expect(await inquire(order)).toEqual({ kind: 'inquiryFailed', cause });
    await control.faults.clear();
    expect(await inquire(order)).toMatchObject({ kind: 'approved' });
    expect(truth(order).charges).toBe(1);
  });
});

describe('a reversal', () => {
  it.each([200, 204] as const)('answered by %i gives the money back, once', async (reverseStatus) => {
    await control.settings({ reverseStatus });
    const order = newOrder();
    await authorize(order);
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVERSED' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVERSED' });
    expect(await inquire(order)).toEqual({ kind: 'hostReversed', result: 'REVOKED' });
    expect(truth(order)).toEqual({ charges: 1, charged_fen: 1290, givenBack_fen: 1290 });
  });

  it('that is lost, refused or not believed is asked for again', async () => {
    const order = newOrder();
    await authorize(order);
    await once({ fault: 'reverseRefused', call: 'reverse', code: 'USERPAYING' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'USERPAYING' });
    await once({ fault: 'badSignature', call: 'reverse' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'badSignature' });
    await once({ fault: 'dropAnswer', call: 'reverse' });
    expect((await reverse(order)).kind).toBe('reversalPending');
    expect((await reverse(order)).kind).toBe('reversalAcknowledged');
    expect(truth(order).givenBack_fen).toBe(1290);
  });

  it('done, and refused by a code that nobody knows: the order itself tells', async () => {
    const order = newOrder();
    await authorize(order);
    await once({ fault: 'copy', call: 'reverse', code: 'NEVER_HEARD_OF' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'REVOKED' });
    await once({ fault: 'reverseRefused', call: 'reverse', code: 'ORDER_REVERSED' });
    expect(await reverse(order)).toEqual({ kind: 'reversalAcknowledged', result: 'ORDER_REVERSED' });
    expect(truth(order).givenBack_fen).toBe(1290);
  });

  it.each(['ORDER_PAID', 'ORDERPAID'])('of a paid order refused by %s is refused for good', async (code) => {
    const order = newOrder();
    await authorize(order);
    await once({ fault: 'reverseRefused', call: 'reverse', code });
    await once({ fault: 'dropAnswer', call: 'query' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: code });
    await once({ fault: 'reverseRefused', call: 'reverse', code });
    expect(await reverse(order)).toEqual({ kind: 'reversalRefused', cause: code });
    await control.faults.set({ fault: 'reverseRefused', call: 'reverse', code, count: 1 });
    await once({ fault: 'noSignature', call: 'reverse' });
    expect(await reverse(order)).toEqual({ kind: 'reversalPending', cause: 'HTTP_400 unsigned' });
    expect(truth(order).givenBack_fen).toBe(0);
  });
});

describe('the line', () => {
  it("is online by a signed answer about nobody's order", async () => {
    expect(await probe()).toMatchObject({ online: true, cause: null, storeAndForward: false });
    await control.faults.set({ fault: 'badSignature' });
    expect(await probe()).toMatchObject({ online: false, cause: 'badSignature' });
  });

  it("is offline when our key or our number is not the merchant's", async () => {
    const stranger = createWechatPay(settingsFor({ merchantSerial: '00' }));
    expect(await probe(stranger)).toMatchObject({ online: false, cause: 'SIGN_ERROR' });
    const order = newOrder();
    expect(await authorize(order, stranger)).toEqual({ kind: 'undecided', code: 'SIGN_ERROR' });
  });

  it('takes answers of both platform keys, and asks for the newer kind', async () => {
    const { publicKeyId, platformSerial } = process_.keys;
    for (const signWith of [null, platformSerial, publicKeyId]) {
      await control.settings({ signWith });
      expect(await authorize(newOrder())).toMatchObject({ kind: 'approved' });
    }
    await control.settings({ signWith: null });
    const [certificate, ...publicKeys] = settingsFor().call.platformKeys;
    const onlyNew = createWechatPay(settingsFor({ platformKeys: publicKeys }));
    expect(await authorize(newOrder(), onlyNew)).toMatchObject({ kind: 'approved' });
    const onlyOld = createWechatPay(settingsFor({ platformKeys: certificate ? [certificate] : [] }));
    expect(await authorize(newOrder(), onlyOld)).toMatchObject({ kind: 'approved' });
    await control.settings({ signWith: publicKeyId });
    expect(await authorize(newOrder(), onlyOld)).toEqual({ kind: 'undecided', code: 'unknownSerial' });
    await control.settings({ signWith: null });
  });

  it("learns the server's clock from its Date, and signs by it", async () => {
    const off_ms = 3_600_000;
    const late = createWechatPay(settingsFor({ wall_ms: () => Date.now() - off_ms }));
    const first = await probe(late);
    expect(first.online).toBe(false);
    expect(Math.abs((first.clockSkew_ms ?? 0) - off_ms)).toBeLessThan(60_000);
    expect((await probe(late)).online).toBe(true);
    expect(await authorize(newOrder(), late)).toMatchObject({ kind: 'approved' });
  });
});

it('the simulator had no defect', () => {
  expect(control.events.filter(({ event }) => event === 'defect')).toEqual([]);
});
