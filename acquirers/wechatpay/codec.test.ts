// What each answer of WeChat Pay proves: every row of the tables, and everything that must not be believed.
import { describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import {
  type MerchantFacts,
  payBody,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
  reversalBody,
} from './codec.ts';
import { observationOf } from './observation.ts';
import type { Answer } from './message.ts';
import { wechatDeclines } from './codes.ts';
import { wechatCodeRules } from './profile.ts';

const facts: MerchantFacts = {
  appId: 'wxd678efh567hg6787',
  merchantId: '1900000109',
  description: '一码便利店',
  deviceId: '20260002',
  deviceIp: '192.0.2.7',
  storeOutId: 'A1111',
};
const order = {
  orderNumber: '2611230001000200AB7K3M9Q1',
  openedAt_ms: 0,
  amount_fen: 1290,
  timeout_ms: 1000,
};
const NUMBER_FIELD: string = 'transaction_id';
const WECHAT_NUMBER = '4200001234202611231234567890';
const paid = {
  appid: facts.appId,
  mchid: facts.merchantId,
  out_trade_no: order.orderNumber,
  transaction_id: WECHAT_NUMBER,
  trade_type: 'MICROPAY',
  trade_state: 'SUCCESS',
  bank_type: 'CMB_DEBIT',
  success_time: '2026-11-23T23:59:59+08:00',
  payer: { openid: 'oUpF8uMuAJO_M2pxb1Q9zNjWeS6o' },
  amount: { total: 1290, payer_total: 1190, currency: 'CNY', payer_currency: 'CNY' },
};
const state = (trade_state: string) => ({
  appid: facts.appId,
  mchid: facts.merchantId,
  out_trade_no: order.orderNumber,
  trade_state,
});
const answer = (json: unknown, status = 200): Answer => ({ status, json });
const pay = (json: unknown, status = 200) => readPayAnswer(answer(json, status), facts, order);
const query = (json: unknown, status = 200) => readQueryAnswer(answer(json, status), facts, order);
const reverse = (json: unknown, status = 200) => readReversalAnswer(answer(json, status), facts, order);

describe('requests', () => {
  it('say what the scheme requires, scene and all, and nothing else', () => {
    const sent = { ...order, code: '134567890123456789', deferred: null };
    expect(payBody(facts, sent)).toEqual({
      appid: 'wxd678efh567hg6787',
      mchid: '1900000109',
      description: '一码便利店',
      out_trade_no: order.orderNumber,
      payer: { auth_code: '134567890123456789' },
      amount: { total: 1290, currency: 'CNY' },
      scene_info: { device_id: '20260002', device_ip: '192.0.2.7', store_info: { out_id: 'A1111' } },
    });
    expect(reversalBody(facts)).toEqual({ appid: 'wxd678efh567hg6787', mchid: '1900000109' });
  });

  it('cut a long description, never a character', () => {
    const sent = { ...order, code: '134567890123456789', deferred: null };
    const described = (description: string) => payBody({ ...facts, description }, sent)['description'];
    expect(described('一'.repeat(60))).toBe('一'.repeat(42));
    expect(described(`a${'😀'.repeat(40)}`)).toBe(`a${'😀'.repeat(31)}`);
    expect(described('a'.repeat(127))).toBe('a'.repeat(127));
  });

  it.each([
    ['100000000000000000', true],
    ['159999999999999999', true],
    ['160000000000000000', false],
    ['10000000000000000', false],
    ['1000000000000000000', false],
    ['10000000000000000a', false],
  ])("code %s is WeChat's: %s", (code, expected) => {
    expect(new RegExp(wechatCodeRules[0]?.pattern ?? '').test(code)).toBe(expected);
    expect(wechatCodeRules[0]?.deferrable).toBe(false);
  });
});

const proof = {
  acquirerOrderId: WECHAT_NUMBER,
  retrievalRefNum: '',
  systemTraceNum: '',
  batchNo: '',
  paidAt: '2026-11-23T23:59:59+08:00',
  settlementDate: '20261123',
  rail: 'WECHAT',
  payerApp: null,
  thirdPartyOrderId: WECHAT_NUMBER,
  actual_fen: 1190,
};

describe('a paid answer', () => {
  it.each([
    ['codepay', pay],
    ['query', query],
  ])('of %s is proof, and carries nobody', (_, read) => {
    expect(read(paid)).toEqual({ kind: 'approved', proof });
    expect(JSON.stringify(read(paid))).not.toContain('oUpF8');
  });

  it('may leave out what is optional: application, currency, what the customer paid', () => {
    const { appid: _, ...rest } = paid;
    expect(query({ ...rest, amount: { total: 1290 } })).toEqual({
      kind: 'approved',
      proof: { ...proof, actual_fen: 1290 },
    });
  });

  it('is dated in Shanghai, whatever zone it speaks', () => {
    const event = query({ ...paid, success_time: '2026-11-23T16:00:00Z' });
    expect(event).toMatchObject({ proof: { settlementDate: '20261124' } });
  });

  const wrong: [string, unknown, string][] = [
    ['another order', { ...paid, out_trade_no: `${order.orderNumber.slice(0, -1)}2` }, 'MISMATCH'],
    ['another merchant', { ...paid, mchid: '1900000110' }, 'MISMATCH'],
    ['another application', { ...paid, appid: 'wx0' }, 'MISMATCH'],
    ['one fen more', { ...paid, amount: { ...paid.amount, total: 1291 } }, 'MISMATCH'],
    ['Hong Kong dollars', { ...paid, amount: { ...paid.amount, currency: 'HKD' } }, 'MISMATCH'],
    ['more paid than asked', { ...paid, amount: { ...paid.amount, payer_total: 1291 } }, 'MISMATCH'],
    ['an amount in text', { ...paid, amount: { ...paid.amount, total: '1290' } }, 'INCOMPLETE_amount.total'],
    ['half a fen', { ...paid, amount: { ...paid.amount, total: 1290.5 } }, 'INCOMPLETE_amount.total'],
    ['no amount', { ...paid, amount: undefined }, 'INCOMPLETE_amount'],
    ['no time', { ...paid, success_time: undefined }, 'INCOMPLETE_success_time'],
    ['no day', { ...paid, success_time: '2026-02-30T00:00:00+08:00' }, 'INCOMPLETE_success_time'],
    ['no number', { ...paid, transaction_id: '' }, `INCOMPLETE_${NUMBER_FIELD}`],
    ['no order', { ...paid, out_trade_no: undefined }, 'INCOMPLETE_out_trade_no'],
    ['no merchant', { ...paid, mchid: undefined }, 'INCOMPLETE_mchid'],
    ['no state', { ...paid, trade_state: undefined }, 'INCOMPLETE_trade_state'],
    ['nothing', {}, 'INCOMPLETE_mchid'],
    ['no body', null, 'INCOMPLETE_'],
    ['a list', [paid], 'INCOMPLETE_'],
    ['text', 'SUCCESS', 'INCOMPLETE_'],
  ];
  it.each(wrong)('with %s proves nothing', (_, json, cause) => {
    expect(pay(json)).toEqual({ kind: 'undecided', code: cause });
    expect(query(json)).toEqual({ kind: 'inquiryFailed', cause });
  });

  it.each([201, 202, 204, 206])('under HTTP %i proves nothing', (status) => {
    expect(pay(paid, status)).toEqual({ kind: 'undecided', code: 'SUCCESS' });
    expect(query(paid, status)).toEqual({ kind: 'inquiryFailed', cause: `HTTP_${status}` });
  });
});

describe('codepay', () => {
  it('asks the customer: 202 or 200 with USERPAYING, or the code of that name', () => {
    expect(pay(state('USERPAYING'), 202)).toEqual({ kind: 'awaiting' });
    expect(pay(state('USERPAYING'), 200)).toEqual({ kind: 'awaiting' });
    expect(pay({ code: 'USERPAYING', message: '需要用户输入支付密码' }, 400)).toEqual({ kind: 'awaiting' });
    expect(pay({ ...state('USERPAYING'), out_trade_no: 'OTHER' }, 202)).toEqual({
      kind: 'undecided',
      code: 'MISMATCH',
    });
  });

  it.each(['NOTPAY', 'CLOSED', 'REVOKED', 'PAYERROR', 'REFUND', 'SOMETHING_NEW'])(
    'with state %s is in doubt',
    (trade_state) => {
      expect(pay(state(trade_state))).toEqual({ kind: 'undecided', code: trade_state });
    },
  );

  it.each(Object.entries(wechatDeclines))('with %s is declined: %s', (code, reason) => {
    for (const status of [400, 403, 404]) {
      expect(pay({ code, message: 'x' }, status)).toEqual({ kind: 'declined', code, reason });
    }
    const elsewhere: PaymentEvent = { kind: 'undecided', code };
    expect(pay({ code }, 401)).toEqual(elsewhere);
    expect(pay({ code }, 429)).toEqual(elsewhere);
    expect(pay({ code, out_trade_no: 'OTHER' }, 400)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(pay({ ...state('X'), code }, 200)).toEqual({ kind: 'undecided', code: 'X' });
  });

  it.each([
    'SIGN_ERROR',
    'SIGNERROR',
    'SYSTEMERROR',
    'SYSTEM_ERROR',
    'BANKERROR',
    'ORDERPAID',
    'OUT_TRADE_NO_USED',
    'INVALID_REQUEST',
    'LACK_PARAMS',
    'NOT_UTF8',
    'XML_FORMAT_ERROR',
    'REQUIRE_POST_METHOD',
    'NOT_ENOUGH',
    'RULE_LIMIT',
    'FREQUENCY_LIMITED',
    'notenough',
    'toString',
    '__proto__',
  ])('with %s is in doubt', (code) => {
    expect(pay({ code }, 400)).toEqual({ kind: 'undecided', code });
  });

  it('with a refusal that says nothing is in doubt', () => {
    expect(pay({}, 400)).toEqual({ kind: 'undecided', code: 'HTTP_400' });
    expect(pay({ code: 7 }, 400)).toEqual({ kind: 'undecided', code: 'HTTP_400' });
    expect(pay('no', 403)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
    expect(pay(null, 404)).toEqual({ kind: 'undecided', code: 'MISMATCH' });
  });
});

describe('the query', () => {
  it.each<[string, PaymentEvent]>([
    ['USERPAYING', { kind: 'awaiting' }],
    ['NOTPAY', { kind: 'processing' }],
    ['CLOSED', { kind: 'declined', code: 'CLOSED', reason: 'orderClosed' }],
    ['REVOKED', { kind: 'hostReversed', result: 'REVOKED' }],
    ['PAYERROR', { kind: 'inquiryFailed', cause: 'PAYERROR' }],
    ['REFUND', { kind: 'inquiryFailed', cause: 'REFUND' }],
    ['ACCEPTED', { kind: 'inquiryFailed', cause: 'ACCEPTED' }],
  ])('reads %s', (trade_state, event) => {
    expect(query(state(trade_state))).toEqual(event);
    const foreign = { ...state(trade_state), out_trade_no: 'OTHER' };
    expect(query(foreign)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
    expect(query({ ...state(trade_state), mchid: '1' })).toEqual({
      kind: 'inquiryFailed',
      cause: 'MISMATCH',
    });
    const dearer = { ...state(trade_state), amount: { total: 1 } };
    expect(query(dearer)).toEqual({ kind: 'inquiryFailed', cause: 'MISMATCH' });
  });

  it('knows of no such order by 404 and its code only', () => {
    expect(query({ code: 'ORDER_NOT_EXIST', message: '订单不存在' }, 404)).toEqual({ kind: 'notFound' });
    expect(query({ code: 'ORDERNOTEXIST' }, 404)).toEqual({ kind: 'notFound' });
    expect(query({ code: 'ORDER_NOT_EXIST' }, 400)).toMatchObject({ kind: 'inquiryFailed' });
    expect(query({ code: 'RESOURCE_NOT_EXISTS' }, 404)).toMatchObject({ kind: 'inquiryFailed' });
    expect(query({}, 404)).toEqual({ kind: 'inquiryFailed', cause: 'HTTP_404' });
  });

  it.each(Object.keys(wechatDeclines))('never declines by the code %s of its own refusal', (code) => {
    expect(query({ code }, 400)).toEqual({ kind: 'inquiryFailed', cause: code });
  });
});

describe('the reversal', () => {
  const echo = { appid: facts.appId, mchid: facts.merchantId, out_trade_no: order.orderNumber };

  it.each<[string, unknown, number, PaymentEvent]>([
    ['an echo', echo, 200, { kind: 'reversalAcknowledged', result: 'REVERSED' }],
    ['nothing at all', null, 204, { kind: 'reversalAcknowledged', result: 'REVERSED' }],
    [
      'no such order',
      { code: 'ORDER_NOT_EXIST' },
      404,
      { kind: 'reversalAcknowledged', result: 'NOT_FOUND' },
    ],
    [
      'reversed before',
      { code: 'ORDERREVERSED' },
      400,
      { kind: 'reversalAcknowledged', result: 'ORDERREVERSED' },
    ],
    ['closed before', { code: 'ORDERCLOSED' }, 400, { kind: 'reversalAcknowledged', result: 'ORDERCLOSED' }],
    ['not now', { code: 'USERPAYING' }, 400, { kind: 'reversalPending', cause: 'USERPAYING' }],
    [
      'a bad signature of ours',
      { code: 'SIGN_ERROR' },
      401,
      { kind: 'reversalPending', cause: 'SIGN_ERROR' },
    ],
    [
      'whatever else',
      { code: 'INVALID_REQUEST' },
      400,
      { kind: 'reversalPending', cause: 'INVALID_REQUEST' },
    ],
    ['another order', { ...echo, out_trade_no: 'X' }, 200, { kind: 'reversalPending', cause: 'MISMATCH' }],
    ['another merchant', { ...echo, mchid: 'X' }, 200, { kind: 'reversalPending', cause: 'MISMATCH' }],
    ['200 without a body', null, 200, { kind: 'reversalPending', cause: 'INCOMPLETE_' }],
    ['202', echo, 202, { kind: 'reversalPending', cause: 'HTTP_202' }],
  ])('reads %s', (_, json, status, event) => {
    expect(reverse(json, status)).toEqual(event);
  });
});

describe('the probe', () => {
  const seen = (json: unknown, status: number) =>
    observationOf({ kind: 'answered', answer: { status, json }, latency_ms: 12, serverDate_ms: null }, 3000);

  it('is online by any believed answer, and never stores and forwards', () => {
    const online = { online: true, cause: null, latency_ms: 12, storeAndForward: false, clockSkew_ms: 3000 };
    expect(seen({ code: 'ORDER_NOT_EXIST' }, 404)).toEqual(online);
    expect(seen({ code: 'FREQUENCY_LIMITED' }, 429)).toEqual(online);
    expect(seen(state('CLOSED'), 200)).toEqual(online);
  });

  it.each([
    [{ code: 'SIGN_ERROR' }, 401, 'SIGN_ERROR'],
    [{}, 401, 'HTTP_401'],
    [{ code: 'NO_AUTH' }, 403, 'NO_AUTH'],
    [{ code: 'MCH_NOT_EXISTS' }, 404, 'MCH_NOT_EXISTS'],
    [{ code: 'APPID_MCHID_NOT_MATCH' }, 400, 'APPID_MCHID_NOT_MATCH'],
  ])('is offline when our side is set up wrong: %j', (json, status, cause) => {
    expect(seen(json, status)).toMatchObject({
      online: false,
      cause,
      latency_ms: null,
      storeAndForward: null,
    });
  });

  it('is offline by anything that is not believed', () => {
    const outcome = { kind: 'unbelievable', cause: 'badSignature', serverDate_ms: null } as const;
    expect(observationOf(outcome, null)).toMatchObject({ online: false, cause: 'badSignature' });
    expect(observationOf({ kind: 'notSent', cause: 'ECONNREFUSED' }, null)).toMatchObject({ online: false });
  });
});
