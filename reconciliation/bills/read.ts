// The reader of each rail's bill.
import { readAlipayBill } from './alipay.ts';
import { BadBill, type Bill, type BillSource, type Rail } from './bill.ts';
import { readGatewayBill } from './gateway.ts';
import { readUnionpayBill } from './unionpay.ts';
import { readWechatpayBill } from './wechatpay.ts';

const readers: Readonly<Record<Rail, (source: BillSource) => Bill>> = {
  wechatpay: readWechatpayBill,
  alipay: readAlipayBill,
  unionpay: readUnionpayBill,
  gateway: readGatewayBill,
};

/** Ours have 26 characters, the acquirers' 32. They go onto paper and screens. */
const NUMBER_characters = 64;

/** @throws BadBill naming file, line and column. */
export function readBill(rail: Rail, source: BillSource): Bill {
  const bill = readers[rail](source);
  for (const { line, orderNumber, refundNumber, acquirerNumber } of bill.entries)
    for (const number of [orderNumber, refundNumber ?? '', acquirerNumber])
      if (number.length > NUMBER_characters || /\p{C}/u.test(number))
        throw new BadBill(
          { file: source.file, line },
          'has a number that is longer than any, or not to be shown',
        );
  return bill;
}
