// Whose bill is this? By what each format begins with; nothing is read further than that.
import type { Rail } from './bill.ts';

const HEAD_bytes = 200;

function begins(bytes: Uint8Array, encoding: 'utf-8' | 'gbk', words: string): boolean {
  return new TextDecoder(encoding).decode(bytes.subarray(0, HEAD_bytes)).startsWith(words);
}

/** Null: none that the readers know. UnionPay's has no heading: it goes by its name. */
export function railOfBill(file: string, bytes: Uint8Array): Rail | null {
  if (/^INN\d{6}..ZM_/.test(file)) return 'unionpay';
  if (begins(bytes, 'utf-8', 'BILL,')) return 'gateway';
  if (begins(bytes, 'utf-8', '交易时间,')) return 'wechatpay';
  return begins(bytes, 'gbk', '#支付宝业务明细查询') ? 'alipay' : null;
}
