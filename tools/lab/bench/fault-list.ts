// The faults of the acquirer that the bench offers, in the words of its simulator.
import type { FaultRequest } from '../../../fixtures/acquirers/gateway/client.ts';
import type { FaultKey } from '../../../fixtures/lab/shared/view.ts';

export type LabFault = FaultKey & { request: FaultRequest };

/** Beyond the lab's answer limit of 4 s: the till asks before the answer comes. */
const SLOW_ms = 6000;
const REFUND_TAKES_ms = 10_000;

const decline = (id: string, code: string, zh: string, en: string): LabFault => ({
  id,
  zh,
  en,
  request: { fault: 'decline', path: 'pay', code },
});

export const labFaults: readonly LabFault[] = [
  { id: 'lost', zh: '应答丢失', en: 'answer lost', request: { fault: 'dropAnswer', path: 'pay' } },
  { id: 'slow', zh: '应答很慢', en: 'slow answer', request: { fault: 'delay', path: 'pay', ms: SLOW_ms } },
  {
    id: 'password',
    zh: '要输密码',
    en: 'asks customer',
    request: { fault: 'awaitCustomer', path: 'pay' },
  },
  { id: 'mute', zh: '查询也不答', en: 'inquiry mute', request: { fault: 'dropRequest', path: 'query' } },
  decline('balance', 'BALANCE_NOT_ENOUGH', '余额不足', 'no balance'),
  decline('limit', 'LIMIT_EXCEEDED', '超出限额', 'over limit'),
  decline('expired', 'AUTH_CODE_EXPIRED', '付款码过期', 'code expired'),
  decline('risk', 'RISK_REJECTED', '风控拒绝', 'risk control'),
  decline('strange', 'E9977', '未知代码', 'unlisted code'),
  { id: 'signature', zh: '签名不对', en: 'bad signature', request: { fault: 'badSignature', path: 'pay' } },
  { id: 'amount', zh: '金额不符', en: 'wrong sum', request: { fault: 'wrongAmount', path: 'pay' } },
  {
    id: 'http500',
    zh: '服务器 500',
    en: 'HTTP 500',
    request: { fault: 'http5xx', path: 'pay', status: 500 },
  },
  {
    id: 'noRefund',
    zh: '拒绝退款',
    en: 'no refunds',
    request: { fault: 'decline', path: 'refund', code: 'REFUND_EXCEEDS' },
  },
  {
    id: 'refundSlow',
    zh: '退款处理中',
    en: 'refund slow',
    request: { fault: 'processing', path: 'refund', ms: REFUND_TAKES_ms },
  },
  {
    id: 'maintenance',
    zh: '系统维护',
    en: 'maintenance',
    request: { fault: 'http5xx', path: 'all', status: 503, process: false },
  },
  {
    id: 'portal',
    zh: 'Wi-Fi 登录',
    en: 'captive portal',
    request: { fault: 'html', path: 'all', process: false },
  },
];

/** The button that armed it; null for what a trap or somebody else armed. */
export function faultOf(armed: FaultRequest): LabFault | null {
  const isSame = ({ request }: LabFault) =>
    request.fault === armed.fault && request.path === armed.path && request.code === armed.code;
  return labFaults.find(isSame) ?? null;
}
