// Native orders of WeChat Pay (main scan) <-> events of the port. Pure. Sources: pay.weixin.qq.com doc/v3/merchant/4012525095 and 4012791877
// (native), 4012556398 and 4013070360 (close); what 204 is worth: docs/acquirers/wechatpay.md, "Main scan".
import { z } from 'zod';
import type { ClosingEvent, PresentEvent, PresentedOrder } from '../../core/ports/acquirer.ts';
import { CURRENCY, cut, type MerchantFacts, refusalCode, speaksOfOrder } from './codec.ts';
import { wechatCloseRefusals, wechatNativeRefusals, wechatNativeUndecided } from './codes.ts';
import type { Answer } from './message.ts';
import { SHANGHAI_OFFSET_ms } from '../transport/shanghai.ts';

/** RFC 3339 in Asia/Shanghai, whole seconds. */
function shanghaiTime(at_ms: number): string {
  return `${new Date(at_ms + SHANGHAI_OFFSET_ms).toISOString().slice(0, 19)}+08:00`;
}

export function nativeBody(facts: MerchantFacts, order: PresentedOrder): Record<string, unknown> {
  return {
    appid: facts.appId,
    mchid: facts.merchantId,
    description: cut(facts.description),
    out_trade_no: order.orderNumber,
    time_expire: shanghaiTime(order.expiresAt_ms),
    notify_url: facts.notifyUrl,
    amount: { total: order.amount_fen, currency: CURRENCY },
    // of a native order the address is the one that orders, and `store_info.id` the shop's own number
    scene_info: {
      payer_client_ip: facts.deviceIp,
      device_id: facts.deviceId,
      store_info: { id: facts.storeOutId, ...storeInfo(facts.store) },
    },
  };
}

function storeInfo({ name, areaCode, address }: MerchantFacts['store'] = {}): Record<string, string> {
  return {
    ...(name === undefined ? {} : { name }),
    ...(areaCode === undefined ? {} : { area_code: areaCode }),
    ...(address === undefined ? {} : { address }),
  };
}

export function closeBody(facts: MerchantFacts): Record<string, unknown> {
  return { mchid: facts.merchantId };
}

// at most 512 characters (official); nothing else is ever put on a screen
const presented = z.object({ code_url: z.string().regex(/^weixin:\/\/[\x21-\x7e]{1,503}$/) });

/** The answer names no order: that it belongs to ours rests on TLS, that it is paid is never read here. */
export function readNativeAnswer(answer: Answer): PresentEvent {
  if (answer.status >= 400) {
    const code = refusalCode(answer);
    const isListed = speaksOfOrder(answer) && Object.hasOwn(wechatNativeRefusals, code);
    const reason = isListed ? wechatNativeRefusals[code] : undefined;
    return reason === undefined ? wechatNativeUndecided(code) : { kind: 'refused', code, reason };
  }
  if (answer.status !== 200) return { kind: 'undecided', code: `HTTP_${answer.status}` };
  const found = presented.safeParse(answer.json);
  if (!found.success) return { kind: 'undecided', code: 'NO_CODE_URL' };
  return { kind: 'presented', content: found.data.code_url, endsAt_ms: null };
}

/**
 * What the closing comes to as long as a query finds the order open. 204 alone closes nothing for sure: a number that WeChat does not know
 * draws it too.
 */
export function readCloseAnswer(answer: Answer): ClosingEvent {
  const code = answer.status === 204 ? 'HTTP_204' : refusalCode(answer);
  const isRefused = answer.status >= 400 && speaksOfOrder(answer) && wechatCloseRefusals.has(code);
  if (isRefused) return { kind: 'closeRefused', cause: code };
  // All but "taken" and "no such order": ORDERPAID, USERPAYING, 202, or a code that nobody knows. Somebody may be paying.
  const isUnpaid = answer.status === 204 || (answer.status === 404 && code === 'ORDER_NOT_EXIST');
  return { kind: 'closePending', cause: code, ...(isUnpaid ? {} : { mayBePaid: true }) };
}
