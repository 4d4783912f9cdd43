// Payment codes on customers' phones, of every scheme that the route knows.
import type { Chance } from '../../month/random.ts';

/** CPV01, one application of UnionPay's (A000000333010102), and ten bytes that no other code has as its cryptogram. */
function unionPayPayload(cryptogram: string): string {
  const head = '8505435056303161174F08A0000003330101029F260A';
  return Buffer.from(head + cryptogram, 'hex').toString('base64');
}

export function newCode(chance: Chance): string {
  const scheme = chance.weighted({ WECHAT: 45, ALIPAY: 35, UNIONPAY: 10, ECNY: 4, JD: 3, EMV: 3 });
  switch (scheme) {
    case 'WECHAT':
      return `13${chance.digits(16)}`;
    case 'ALIPAY':
      return `28${chance.digits(16)}`;
    case 'UNIONPAY':
      return `62${chance.digits(17)}`;
    case 'ECNY':
      return `01${chance.digits(17)}`;
    case 'JD':
      return `18${chance.digits(16)}`;
    case 'EMV':
      return unionPayPayload(chance.hex(20));
  }
}
