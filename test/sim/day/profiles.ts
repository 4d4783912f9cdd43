// Whose timings and abilities a seed's route has: of sixteen seeds ten speak as the gateway does, two as WeChat Pay, one as Alipay, two as
// UnionPay (their profiles over the same wire: no tombstones, no queue, the schemes' own schedules), and one as a wallet that takes
// back nothing after four minutes: what an outage of a day does to the others happens there in each long one.
import { alipayPolicy } from '../../../acquirers/alipay/profile.ts';
import { unionpayPolicy } from '../../../acquirers/unionpay/profile.ts';
import { wechatPolicy } from '../../../acquirers/wechatpay/profile.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../../core/domain/payment/policy.ts';

/**
 * What the acquirer is like, by its own pages (docs/acquirers, docs/gateway-protocol.md) and not by the product's profile: a profile that
 * is wrong about it shows. `reversesFrom_ms`, `reversalWindow_ms`: after the payment's sending. `forgetsRefusals`: nothing is kept of a refund
 * that is refused, so that its number may give back another time.
 */
export type HostFacts = {
  tombstones: boolean;
  reversesFrom_ms: number;
  reversalWindow_ms: number;
  forgetsRefusals: boolean;
};

/**
 * `endsCodes`: a presented code is closed at once; else one that nobody has scanned can only run out. `answersLater`: a payment is accepted,
 * never approved or declined, by its own answer: only a query tells.
 */
export type Profile = {
  name: 'gateway' | 'wechatpay' | 'alipay' | 'unionpay' | 'hasty';
  policy: PaymentPolicy;
  facts: HostFacts;
  endsCodes: boolean;
  answersLater: boolean;
};

const HASTY_ms = 4 * 60_000;
const day_ms = 24 * 3_600_000;
const gateway: HostFacts = {
  tombstones: true,
  reversesFrom_ms: 0,
  reversalWindow_ms: 7 * day_ms,
  forgetsRefusals: false,
};
const wechat: HostFacts = {
  tombstones: false,
  reversesFrom_ms: 15_000,
  reversalWindow_ms: 7 * day_ms,
  forgetsRefusals: true,
};
const daily = { tombstones: false, reversesFrom_ms: 0, reversalWindow_ms: day_ms };
const alipay: HostFacts = { ...daily, forgetsRefusals: true };
const unionpay: HostFacts = { ...daily, forgetsRefusals: true };
const lasting = { endsCodes: false, answersLater: false };
const closing = { endsCodes: true, answersLater: false };

export function profileOf(seed: number): Profile {
  switch (seed % 16) {
    case 3:
    case 11:
      return { name: 'wechatpay', policy: wechatPolicy, facts: wechat, ...closing };
    case 7:
      return { name: 'alipay', policy: alipayPolicy, facts: alipay, ...lasting };
    case 6:
    case 14:
      return {
        name: 'unionpay',
        policy: unionpayPolicy,
        facts: unionpay,
        endsCodes: false,
        answersLater: true,
      };
    case 15: {
      const facts = { ...alipay, reversalWindow_ms: HASTY_ms };
      return { name: 'hasty', policy: { ...alipayPolicy, reversalWindow_ms: HASTY_ms }, facts, ...lasting };
    }
    default:
      return { name: 'gateway', policy: gatewayPolicy, facts: gateway, ...closing };
  }
}
