// Which lines of a bill prove that a give-back has gone back.
import { expect, test } from 'vitest';
import type { BillEntry, Rail } from '../bills/bill.ts';
import type { GiveBackItem } from '../journal/items.ts';
import { reconcile } from '../reconcile.ts';
import { billOf, entryOf, giveBackOf, orderOf, TERMINAL } from '../testing/made.ts';
import { provesBack, provesReturned } from './proof.ts';

const open = { belief: 'open', state: 'pending', provenAt_ms: null } as const;
const own = giveBackOf({}).requestNumber;
const refund: Partial<BillEntry> = {
  kind: 'refund',
  refundNumber: own,
  amount_fen: 300,
  status: 'REFUND SUCCESS',
};

function proven(rail: Rail, lines: Partial<BillEntry>[], item: Partial<GiveBackItem>): (string | null)[] {
  const books = {
    orders: [orderOf({})],
    giveBacks: [giveBackOf({ ...open, ...item })],
    terminals: new Set([TERMINAL]),
    epochs: new Set([3]),
  };
  const bill = billOf([entryOf({}), ...lines.map(entryOf)], { rail });
  const { findings } = reconcile(bill, books, { routeIds: new Set(['wechat']), rate_ppm: null });
  return findings.filter((one) => provesBack(rail, one)).map((one) => one.refundNumber);
}

/** Whether its charge of 1000 and these lines prove that nothing of it was kept. */
function isReturned(rail: Rail, lines: Partial<BillEntry>[], belief: 'open' | 'free'): boolean {
  const order = orderOf({ ...open, state: 'disputed', belief, settlementDate: null });
  const books = { orders: [order], giveBacks: [], terminals: new Set([TERMINAL]), epochs: new Set([3]) };
  const bill = billOf([entryOf({}), ...lines.map(entryOf)], { rail });
  const { findings } = reconcile(bill, books, { routeIds: new Set(['wechat']), rate_ppm: null });
  return findings.some((one) => provesReturned(rail, one, findings));
}

const whole: Partial<BillEntry> = { ...refund, refundNumber: 'PLATFORM1', amount_fen: 1000 };

test.each<[string, Rail, Partial<BillEntry>[], boolean]>([
  ['done', 'wechatpay', [whole], true],
  ['accepted', 'wechatpay', [{ ...whole, status: 'REFUND PROCESSING' }], false],
  ['stuck', 'wechatpay', [{ ...whole, status: 'REFUND CHANGE' }], false],
  ['failed', 'wechatpay', [{ ...whole, status: 'REFUND FAIL' }], false],
  ['in no state that is known', 'wechatpay', [{ ...whole, status: 'REFUND' }], false],
  ['a reversal', 'wechatpay', [{ kind: 'reversal', status: 'REVOKED SUCCESS' }], true],
  [
    'a reversal of which the bill tells no more',
    'wechatpay',
    [{ kind: 'reversal', status: 'REVOKED' }],
    true,
  ],
  ['a reversal on its way', 'wechatpay', [{ kind: 'reversal', status: 'REVOKED PROCESSING' }], false],
  ['a reversal that is stuck', 'wechatpay', [{ kind: 'reversal', status: 'REVOKED CHANGE' }], false],
  ['a reversal that failed', 'wechatpay', [{ kind: 'reversal', status: 'REVOKED FAIL' }], false],
  ['a part', 'wechatpay', [{ ...whole, amount_fen: 400 }], false],
  ['charged twice, back once', 'wechatpay', [{ acquirerNumber: 'other' }, whole], false],
  ['no line', 'wechatpay', [], false],
  // They list what is done.
  ['at Alipay', 'alipay', [{ ...whole, status: '退款' }], true],
  ['at UnionPay', 'unionpay', [{ ...whole, status: '04 退货' }], true],
  ['at a gateway', 'gateway', [{ kind: 'reversal', status: 'REVERSAL' }], true],
])('a payment in dispute: %s', (_, rail, lines, expected) => {
  expect(isReturned(rail, lines, 'open')).toBe(expected);
  // Of what is proven here there is nothing to end.
  expect(isReturned(rail, lines, 'free')).toBe(false);
});

test.each<[string, string, string[]]>([
  ['reversed', 'REVOKED PROCESSING', ['matched']],
  ['reversed', 'REVOKED SUCCESS', ['matched']],
  ['declined', 'REVOKED SUCCESS', ['returnedThere']],
  ['declined', 'REVOKED CHANGE', ['chargedButFree', 'refundUndone']],
])('a payment that is %s here, on the bill %s', (state, status, expected) => {
  const order = orderOf({ belief: 'free', state, settlementDate: null });
  const books = { orders: [order], giveBacks: [], terminals: new Set([TERMINAL]), epochs: new Set([3]) };
  const bill = billOf([entryOf({}), entryOf({ kind: 'reversal', status })]);
  const { findings } = reconcile(bill, books, { routeIds: new Set(['wechat']), rate_ppm: null });
  expect(findings.map((one) => one.class)).toEqual(expected);
});

test.each<[string, Rail, Partial<BillEntry>[], Partial<GiveBackItem>, (string | null)[]]>([
  ['one that is open', 'wechatpay', [refund], {}, [own]],
  ['one that counted as failed', 'wechatpay', [refund], { belief: 'failed', state: 'failed' }, [own]],
  [
    'one that WeChat Pay has only accepted',
    'wechatpay',
    [{ ...refund, status: 'REFUND PROCESSING' }],
    {},
    [],
  ],
  ['a part of it', 'wechatpay', [{ ...refund, amount_fen: 200 }], {}, []],
  ['a part of one that failed', 'alipay', [{ ...refund, amount_fen: 200 }], { belief: 'failed' }, []],
  ['another one of the same payment', 'wechatpay', [{ ...refund, refundNumber: 'R9' }], {}, []],
  ['no line', 'wechatpay', [], {}, []],
  ['at Alipay', 'alipay', [{ ...refund, status: '退款' }], {}, [own]],
  ['at UnionPay', 'unionpay', [{ ...refund, status: '04' }], {}, [own]],
  ['at a gateway', 'gateway', [{ ...refund, status: 'REFUND' }], {}, [own]],
  [
    'a void, which the order names',
    'gateway',
    [{ kind: 'reversal', amount_fen: 1000, status: 'VOID' }],
    { method: 'void', amount_fen: 1000 },
    [own],
  ],
])('%s', (_, rail, lines, item, expected) => {
  expect(proven(rail, lines, item)).toEqual(expected);
});
