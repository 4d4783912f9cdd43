// The decoders of what a scanner reads: payment codes by the rules of all acquirers, EMV payloads of both directions.
import { alipayCodeRules } from '../../acquirers/alipay/profile.ts';
import { gatewayCodeRules } from '../../acquirers/gateway/profile.ts';
import { unionpayCodeRules } from '../../acquirers/unionpay/profile.ts';
import { wechatCodeRules } from '../../acquirers/wechatpay/profile.ts';
import { cpmApplications } from '../../core/domain/scan/emv-cpm.ts';
import { readMpm, readMpmBytes } from '../../core/domain/scan/emv-mpm.ts';
import { routeScan } from '../../core/domain/scan/router.ts';
import { readTlv } from '../../core/domain/scan/tlv.ts';
import type { Chance } from '../month/random.ts';
import { harmed } from './mutate.ts';
import type { Tried } from './rail.ts';

const rules = [...gatewayCodeRules, ...wechatCodeRules, ...alipayCodeRules, ...unionpayCodeRules];

/** A wallet's code, a UnionPay consumer payload (EMV CPM), a merchant's payload (EMV MPM), a bar code, a receipt. */
const honest = [
  '134567890123456789',
  '284776044882120319',
  '6223456789012345678',
  'hQVDUFYwMWETTwigAAADMwEBAlcHYmNgAQBxNg==',
  '00020101021229300012D156000000000510A93FO3230Q31280012D15600000001030812345678520441115802CN5914BEST TRANSPORT6007BEIJING64200002ZH0104最佳运输0202北京540523.7253031565502016233030412340603***0708A60086670902ME91320016A0112233449988770708123456786304A13A',
  '6901234567892',
  'Y00000001000042',
].map((text) => Buffer.from(text, 'utf8'));

export function readScan(chance: Chance): Tried {
  const bytes = harmed(chance.pick(honest), chance);
  const text = bytes.toString('utf8');
  readMpm(text);
  cpmApplications(text);
  readTlv(bytes);
  const { kind } = routeScan(bytes, rules);
  return {
    where: 'scan',
    what: `${kind}, ${readMpmBytes(bytes).ok ? 'a merchant code' : 'no merchant code'}`,
    fault: null,
  };
}
