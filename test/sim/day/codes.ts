// Payment codes on customers' phones, of every scheme that the route knows.
import type { Chance } from '../../month/random.ts';

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
      return `hQVDUFYwM${chance.hex(20)}`;
  }
}
