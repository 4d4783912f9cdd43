// Whose timings and abilities a seed's route has: of eight seeds six speak as the gateway does, one as WeChat Pay, one as Alipay (their
// profiles over the same wire: no tombstones, no voids, no queue, the schemes' own schedules).
import { alipayPolicy } from '../../../acquirers/alipay/profile.ts';
import { wechatPolicy } from '../../../acquirers/wechatpay/profile.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../../core/domain/payment/policy.ts';

export type Profile = { name: 'gateway' | 'wechatpay' | 'alipay'; policy: PaymentPolicy };

export function profileOf(seed: number): Profile {
  switch (seed % 8) {
    case 3:
      return { name: 'wechatpay', policy: wechatPolicy };
    case 7:
      return { name: 'alipay', policy: alipayPolicy };
    default:
      return { name: 'gateway', policy: gatewayPolicy };
  }
}
