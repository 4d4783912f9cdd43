// Whose timings and abilities a seed's route has: of sixteen seeds ten speak as the gateway does, two as WeChat Pay, one as Alipay, two as
// UnionPay (their profiles over the same wire: no tombstones, no queue, the schemes' own schedules), and one as a wallet that takes
// back nothing after four minutes: what an outage of a day does to the others happens there in each long one.
import { alipayPolicy } from '../../../acquirers/alipay/profile.ts';
import { unionpayPolicy } from '../../../acquirers/unionpay/profile.ts';
import { wechatPolicy } from '../../../acquirers/wechatpay/profile.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../../core/domain/payment/policy.ts';

/**
 * `endsCodes`: a presented code is closed at once; else one that nobody has scanned can only run out. `answersLater`: a payment is accepted,
 * never approved or declined, by its own answer: only a query tells.
 */
export type Profile = {
  name: 'gateway' | 'wechatpay' | 'alipay' | 'unionpay' | 'hasty';
  policy: PaymentPolicy;
  endsCodes: boolean;
  answersLater: boolean;
};

const HASTY_ms = 4 * 60_000;
const lasting = { endsCodes: false, answersLater: false };

export function profileOf(seed: number): Profile {
  switch (seed % 16) {
    case 3:
    case 11:
      return { name: 'wechatpay', policy: wechatPolicy, endsCodes: true, answersLater: false };
    case 7:
      return { name: 'alipay', policy: alipayPolicy, ...lasting };
    case 6:
    case 14:
      return { name: 'unionpay', policy: unionpayPolicy, endsCodes: false, answersLater: true };
    case 15:
      return { name: 'hasty', policy: { ...alipayPolicy, reversalWindow_ms: HASTY_ms }, ...lasting };
    default:
      return { name: 'gateway', policy: gatewayPolicy, endsCodes: true, answersLater: false };
  }
}
