// What no bill has is refused before anything is made of it: a file that only costs memory, and numbers that only cost paper.
import { expect, it } from 'vitest';
import { BadBill } from './bill.ts';
import { readBill } from './read.ts';

const NAMES = 'type,merchantOrderId,refundRequestId,orderId,terminalCode,amount,fee,time,settlementDate';

function refusal(rail: 'gateway' | 'alipay' | 'wechatpay' | 'unionpay', bytes: Uint8Array): string {
  try {
    readBill(rail, { file: 'INN26112488ZM_1', bytes, billDate: null });
  } catch (error) {
    if (error instanceof BadBill) return error.message;
    throw error;
  }
  return 'taken';
}

it.each(['gateway', 'alipay', 'wechatpay', 'unionpay'] as const)('%s: lines without end', (rail) => {
  expect(refusal(rail, Buffer.alloc(1_000_000, '\n'))).toMatch(/has more than 200000 lines/);
  expect(refusal(rail, Buffer.alloc(17 * 1024 * 1024, 'x'))).toMatch(/has more than 16777216 bytes/);
});

it.each([
  ['too long', 'N'.repeat(65)],
  ['that turns its line around', '0000\u202e1234'],
])('a number %s', (_, number) => {
  const line = `PAY,${number},,ACQ1,20260002,450,2,2026-11-23 10:00:00,20261123`;
  const rows = ['BILL,1,898310000000001,20261123', NAMES, line, 'END,1,450,0,0,2', ''];
  expect(refusal('gateway', Buffer.from(rows.join('\n')))).toMatch(/line 3: has a number that is longer/);
});
