// Two-character codes of ACP whose meaning for the money is known. Whatever is not in here is unknown, never declined.
// Sources: [J] a copy of the appendix of the platform specification, public code 18311612538 (org.jframe ResponseCode); [K] the same
// list in public code 1120263438, [L] in 8314882963, [M] in 40804175113. That any code but 00, 03, 04 and 05 says "failed", of a request
// as of `origRespCode`: UnionPay's own demo as public code 918012736 keeps it [UP3].
import type { DeclineReason } from '../../core/domain/payment/state.ts';

export type CodeRow = {
  meaning_zh: string;
  /** Of a purchase, as its answer or as `origRespCode`: not taken, for this reason. Null: it proves nothing. */
  declines: DeclineReason | null;
  /** Of a void or refund, either way: not given back, and this request never will. */
  refuses: boolean;
  sources: string;
};

const row = (
  meaning_zh: string,
  declines: DeclineReason | null,
  refuses: boolean,
  sources: string,
): CodeRow => ({ meaning_zh, declines, refuses, sources });

/**
 * Not told as failures, on purpose: 11 (wrong signature) and 12 (repeated) may answer a copy of our request whose first one was taken
 * (docs/adr/0013); 39 (out of hours) of a purchase likewise; 35 and 45 of a void or refund may mean that it is done already; 42, 74, 75 say
 * that money was taken; 02, 06, 37, 83 and 99 say nothing of it. "Of a purchase" 34 to 36 and 45 make no sense.
 */
export const unionpayCodes: Readonly<Record<string, CodeRow>> = {
  '01': row('交易失败', 'other', true, 'J K M'),
  '02': row('系统未开放或暂时关闭', null, false, 'J K L M'),
  '03': row('交易通讯超时，请发起查询交易', null, false, 'J K L M UP1'),
  '04': row('交易状态未明', null, false, 'J K L M UP1'),
  '05': row('交易已受理，请稍后查询交易结果', null, false, 'J K L M UP1'),
  '06': row('系统繁忙', null, false, 'J L'),
  '10': row('报文格式错误', 'configuration', true, 'J K L M'),
  '11': row('验证签名失败', null, false, 'J K L M'),
  '12': row('重复交易', null, false, 'J K L M'),
  '13': row('报文交易要素缺失', 'configuration', true, 'J K L M'),
  '30': row('交易未通过', 'other', true, 'J K L M'),
  '31': row('商户状态不正确', 'configuration', true, 'J K L M'),
  '32': row('无此交易权限', 'configuration', true, 'J K L M'),
  '33': row('交易金额超限', 'limit', true, 'J K L M'),
  '34': row('查无此交易', null, false, 'J K L M UP3'),
  '35': row('原交易不存在或状态不正确', null, false, 'J K L M'),
  '36': row('与原交易信息不符', null, true, 'J K L M'),
  '37': row('已超过最大查询次数或操作过于频繁', null, false, 'J K L M'),
  '38': row('银联风险受限', 'risk', true, 'J K L M'),
  '39': row('交易不在受理时间范围内', null, true, 'J K L M'),
  '42': row('扣款成功但交易超过规定支付时间', null, false, 'J K L M'),
  '43': row('无此业务权限', 'configuration', true, 'J L'),
  '44': row('输入号码错误或暂未开通此项业务', 'notSupported', false, 'J L'),
  '45': row('原交易已被成功退货或已被成功撤销', null, false, 'J K'),
  '60': row('交易失败，详情请咨询您的发卡行', 'other', true, 'J K L M'),
  '61': row('输入的卡号无效', 'notSupported', true, 'J K L M'),
  '62': row('发卡银行不支持该商户', 'notSupported', true, 'J K L M'),
  '63': row('卡状态不正确', 'notSupported', true, 'J K M'),
  '64': row('卡上的余额不足', 'balance', false, 'J K M'),
  '65': row('输入的密码、有效期或CVN2有误', 'other', false, 'J K M'),
  '66': row('持卡人身份信息或手机号输入不正确', 'other', false, 'J M'),
  '67': row('密码输入次数超限', 'limit', false, 'J M'),
  '68': row('银行卡暂不支持该业务', 'notSupported', true, 'J'),
  '69': row('输入超时，交易失败', 'other', false, 'J'),
  '73': row('支付卡已超过有效期', 'notSupported', false, 'J'),
  '74': row('扣款成功，销账未知', null, false, 'J'),
  '75': row('扣款成功，销账失败', null, false, 'J'),
  '77': row('银行卡未开通认证支付', 'notSupported', false, 'J'),
  '78': row('发卡行交易权限受限', 'notSupported', true, 'J'),
  '81': row('月累计交易笔数(金额)超限', 'limit', false, 'J'),
  '83': row('发卡行（渠道）处理中', null, false, 'J'),
  '99': row('通用错误', null, false, 'J M'),
};

/** Undefined for a code that nobody knows. */
export function codeRow(code: string): CodeRow | undefined {
  return Object.hasOwn(unionpayCodes, code) ? unionpayCodes[code] : undefined;
}

/** "Query again" [UP1][UP3]. */
export const stillProcessing: ReadonlySet<string> = new Set(['03', '04', '05']);

/** Reversals that no repetition changes: other content, another clearing day, given back already by other means. */
export const reversalRefusals: ReadonlySet<string> = new Set(['36', '39', '45']);
