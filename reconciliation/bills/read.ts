// The reader of each rail's bill.
import { readAlipayBill } from './alipay.ts';
import type { Bill, BillSource, Rail } from './bill.ts';
import { readGatewayBill } from './gateway.ts';
import { readUnionpayBill } from './unionpay.ts';
import { readWechatpayBill } from './wechatpay.ts';

const readers: Readonly<Record<Rail, (source: BillSource) => Bill>> = {
  wechatpay: readWechatpayBill,
  alipay: readAlipayBill,
  unionpay: readUnionpayBill,
  gateway: readGatewayBill,
};

/** @throws BadBill naming file, line and column. */
export function readBill(rail: Rail, source: BillSource): Bill {
  return readers[rail](source);
}
