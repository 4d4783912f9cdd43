// Whose timings and abilities a seed's route has: of sixteen seeds twelve speak as the gateway does, two as WeChat Pay, one as Alipay
// (their profiles over the same wire: no tombstones, no voids, no queue, the schemes' own schedules), and one as a wallet that takes
// back nothing after four minutes: what an outage of a day does to the others happens there in each long one.
import { alipayPolicy } from '../../../acquirers/alipay/profile.ts';
import { wechatPolicy } from '../../../acquirers/wechatpay/profile.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../../core/domain/payment/policy.ts';

/** `endsCodes`: a presented code is closed at once; else one that nobody has scanned can only run out. */
export type Profile = {
  name: 'gateway' | 'wechatpay' | 'alipay' | 'hasty';
  policy: PaymentPolicy;
  endsCodes: boolean;
};

const HASTY_ms = 4 * 60_000;

export function profileOf(seed: number): Profile {
  switch (seed % 16) {
    case 3:
    case 11:
      return { name: 'wechatpay', policy: wechatPolicy, endsCodes: true };
    case 7:
      return { name: 'alipay', policy: alipayPolicy, endsCodes: false };
    case 15:
      return { name: 'hasty', policy: { ...alipayPolicy, reversalWindow_ms: HASTY_ms }, endsCodes: false };
    default:
      return { name: 'gateway', policy: gatewayPolicy, endsCodes: true };
  }
}
