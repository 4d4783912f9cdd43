// What each answer about a native order proves: every row of the tables, and what must not be believed.
import { describe, expect, it } from 'vitest';
import type { ClosingEvent } from '../../core/ports/acquirer.ts';
import { AFTER_END_ms, closingEvent, isOver } from '../transport/presented.ts';
import { type MerchantFacts, readQueryAnswer } from './codec.ts';
import { wechatNativeRefusals } from './codes.ts';
import { closeBody, nativeBody, readCloseAnswer, readNativeAnswer } from './native.ts';

const facts: MerchantFacts = {
  appId: 'wxd678efh567hg6787',
  merchantId: '1900000109',
  description: '一码便利店',
  deviceId: '20260002',
  deviceIp: '192.0.2.7',
  storeOutId: 'A1111',
  notifyUrl: 'https://pay.example.com/notify',
};
const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: Date.UTC(2026, 10, 28, 9, 55),
  amount_fen: 1290,
  expiresAt_ms: Date.UTC(2026, 10, 28, 16, 0, 1, 999),
  timeout_ms: 1000,
};
const native = (json: unknown, status = 200) => readNativeAnswer({ status, json });
const close = (json: unknown, status: number) => readCloseAnswer({ status, json });

describe('requests', () => {
  it('lock the amount, and end in Shanghai', () => {
    expect(nativeBody(facts, order)).toEqual({
      appid: 'wxd678efh567hg6787',
      mchid: '1900000109',
      description: '一码便利店',
      out_trade_no: order.orderNumber,
      time_expire: '2026-11-29T00:00:01+08:00',
      notify_url: 'https://pay.example.com/notify',
      amount: { total: 1290, currency: 'CNY' },
      scene_info: { payer_client_ip: '192.0.2.7', device_id: '20260002', store_info: { id: 'A1111' } },
    });
    expect(closeBody(facts)).toEqual({ mchid: '1900000109' });
  });

  it('say where the shop is, as far as it is known', () => {
    const storeOf = (store: NonNullable<MerchantFacts['store']>) =>
      nativeBody({ ...facts, store }, order)['scene_info'];
    expect(storeOf({ name: '江岸路便利店', areaCode: '440305', address: '江岸路 18 号' })).toMatchObject({
      store_info: { id: 'A1111', name: '江岸路便利店', area_code: '440305', address: '江岸路 18 号' },
    });
    expect(storeOf({ name: '江岸路便利店' })).toEqual({
      payer_client_ip: '192.0.2.7',
      device_id: '20260002',
      store_info: { id: 'A1111', name: '江岸路便利店' },
    });
  });
});

describe('native', () => {
  const content = 'weixin://wxpay/bizpayurl?pr=p4lpSuKzz';

  it('gives a code under 200 only', () => {
    expect(native({ code_url: content })).toEqual({ kind: 'presented', content, endsAt_ms: null });
    for (const status of [201, 202, 204])
      expect(native({ code_url: content }, status)).toEqual({ kind: 'undecided', code: `HTTP_${status}` });
  });

  it.each([
    [null],
    [{}],
    [[content]],
    [{ code_url: '' }],
    [{ code_url: 7 }],
    [{ code_url: 'https://evil.example/pay' }],
    [{ code_url: 'weixin://' }],
    [{ code_url: `${content}\n` }],
    [{ code_url: `weixin://${'a'.repeat(504)}` }],
  ])('%j is no code', (json) => {
    expect(native(json)).toEqual({ kind: 'undecided', code: 'NO_CODE_URL' });
  });

  it.each(Object.entries(wechatNativeRefusals))('with %s is refused: %s', (code, reason) => {
    for (const status of [400, 403, 404])
      expect(native({ code }, status)).toEqual({ kind: 'refused', code, reason });
    expect(native({ code }, 401)).toEqual({ kind: 'undecided', code });
    expect(native({ code }, 429)).toEqual({ kind: 'undecided', code });
  });

  it.each([
    'OUT_TRADE_NO_USED',
    'INVALID_REQUEST',
    'SIGN_ERROR',
    'TRADE_ERROR',
    'RULE_LIMIT',
    'SYSTEM_ERROR',
    'toString',
    '__proto__',
  ])('with %s is in doubt: an order of the number may be there', (code) => {
    expect(native({ code }, 403)).toEqual({ kind: 'undecided', code });
  });

  it('with ORDERPAID is in doubt, and to be asked about', () => {
    expect(native({ code: 'ORDERPAID' }, 400)).toEqual({
      kind: 'undecided',
      code: 'ORDERPAID',
      saysPaid: true,
    });
  });

  it('with a refusal that says nothing is in doubt', () => {
    expect(native({}, 400)).toEqual({ kind: 'undecided', code: 'HTTP_400' });
  });
});

describe('the question about an order that is shown', () => {
  const query = (json: unknown, status: number) =>
    readQueryAnswer({ status, json }, facts, { ...order, presented: true });

  it('never takes "no such order" and "not paid" for proof', () => {
    expect(query({ code: 'ORDER_NOT_EXIST' }, 404)).toEqual({ kind: 'processing' });
    const said = { mchid: facts.merchantId, out_trade_no: order.orderNumber, trade_state: 'NOTPAY' };
    expect(query(said, 200)).toEqual({ kind: 'processing' });
  });
});

describe('close', () => {
  it.each<[unknown, number, ClosingEvent]>([
    [null, 204, { kind: 'closePending', cause: 'HTTP_204' }],
    [{ code: 'ORDER_NOT_EXIST' }, 404, { kind: 'closePending', cause: 'ORDER_NOT_EXIST' }],
    [null, 200, { kind: 'closePending', cause: 'HTTP_200', mayBePaid: true }],
    [{ code: 'ORDERPAID' }, 400, { kind: 'closePending', cause: 'ORDERPAID', mayBePaid: true }],
    [{ code: 'ORDER_CLOSED' }, 400, { kind: 'closePending', cause: 'ORDER_CLOSED', mayBePaid: true }],
    [{ code: 'USER_PAYING' }, 202, { kind: 'closePending', cause: 'USER_PAYING', mayBePaid: true }],
    [{ code: 'SIGN_ERROR' }, 401, { kind: 'closePending', cause: 'SIGN_ERROR', mayBePaid: true }],
    [{ code: 'NO_AUTH' }, 401, { kind: 'closePending', cause: 'NO_AUTH', mayBePaid: true }],
    [{ code: 'INVALID_REQUEST' }, 400, { kind: 'closePending', cause: 'INVALID_REQUEST', mayBePaid: true }],
    [{ code: 'PARAM_ERROR' }, 400, { kind: 'closeRefused', cause: 'PARAM_ERROR' }],
    [{ code: 'NO_AUTH' }, 403, { kind: 'closeRefused', cause: 'NO_AUTH' }],
    [{ code: 'MCH_NOT_EXISTS' }, 404, { kind: 'closeRefused', cause: 'MCH_NOT_EXISTS' }],
  ])('%j under %i proves nothing by itself', (json, status, event) => {
    expect(close(json, status)).toEqual(event);
  });
});

describe('the look after a close', () => {
  const open: ClosingEvent = { kind: 'closePending', cause: 'HTTP_204' };
  const proof = { acquirerOrderId: '1' } as never;

  it('decides, whatever the close answered', () => {
    expect(closingEvent({ kind: 'approved', proof }, open, true)).toEqual({ kind: 'paidMeanwhile', proof });
    expect(closingEvent({ kind: 'declined', code: 'CLOSED', reason: 'orderClosed' }, open, false)).toEqual({
      kind: 'closed',
      result: 'CLOSED',
    });
    expect(closingEvent({ kind: 'hostReversed', result: 'REVOKED' }, open, false)).toEqual({
      kind: 'closed',
      result: 'REVOKED',
      wentBack: true,
    });
    expect(closingEvent({ kind: 'inquiryFailed', cause: 'HTTP_503' }, open, true)).toEqual({
      kind: 'closePending',
      cause: 'HTTP_503',
    });
  });

  it('takes "not paid" for proof only when the code has ended long enough ago', () => {
    expect(closingEvent({ kind: 'processing' }, open, false)).toEqual(open);
    expect(closingEvent({ kind: 'processing' }, open, true)).toEqual({ kind: 'closed', result: 'EXPIRED' });
    for (const found of [{ kind: 'awaiting' }, { kind: 'notFound' }] as const)
      expect(closingEvent(found, open, true)).toEqual(open);
  });

  it('never calls closed what the closing itself said is paid, or being paid, however late and whatever a lagging query says', () => {
    for (const [json, status] of [
      [{ code: 'ORDERPAID' }, 400],
      [{ code: 'USER_PAYING' }, 202],
      [{ code: 'NOBODY_KNOWS' }, 400],
    ] as const) {
      const answered = close(json, status);
      expect(closingEvent({ kind: 'processing' }, answered, true)).toEqual(answered);
      expect(answered.kind).toBe('closePending');
    }
  });

  it('goes by what both clocks have reached', () => {
    expect(isOver(order, null)).toBe(false);
    expect(isOver(order, order.expiresAt_ms + AFTER_END_ms - 1)).toBe(false);
    expect(isOver(order, order.expiresAt_ms + AFTER_END_ms)).toBe(true);
  });
});
