// The evidence of a difference: what its next step asks for must stand there, in both languages.
import { expect, test } from 'vitest';
import type { BillEntry } from './bills/bill.ts';
import type { ClassName } from './classes.ts';
import type { GiveBackItem, OrderItem } from './journal/items.ts';
import { reconcile } from './reconcile.ts';
import { saidHere, saidText, saidThere } from './said.ts';
import { billOf, CHARGE, day, entryOf, eve, giveBackOf, orderOf, TERMINAL } from './testing/made.ts';

type Books = { orders?: OrderItem[]; giveBacks?: GiveBackItem[] };

/** Here and there, of the one finding of this class. */
function evidence(
  name: ClassName,
  lines: Partial<BillEntry>[],
  { orders = [], giveBacks = [] }: Books,
  rate_ppm: number | null = null,
): [string, string] {
  const books = { orders, giveBacks, terminals: new Set([TERMINAL]), epochs: new Set([3]) };
  const { findings } = reconcile(billOf(lines.map(entryOf)), books, {
    routeIds: new Set(['wechat']),
    rate_ppm,
  });
  const found = findings.filter((one) => one.class === name);
  expect(found).toHaveLength(1);
  return (
    found.map((one): [string, string] => [saidText(saidHere(one)), saidText(saidThere(one))])[0] ?? ['', '']
  );
}

const refund = (wanted: Partial<BillEntry>): Partial<BillEntry> => ({
  kind: 'refund',
  refundNumber: giveBackOf({}).requestNumber,
  amount_fen: 300,
  ...wanted,
});
const free: Partial<OrderItem> = {
  belief: 'free',
  state: 'declined',
  settlementDate: null,
  acquirerNumbers: [],
};

test('what the bill lacks has the numbers of the approval, and its time', () => {
  const order = orderOf({ acquirerNumbers: ['GW-17', CHARGE, CHARGE, ''] });
  expect(evidence('missingThere', [], { orders: [order] })).toEqual([
    `已收款 approved 10.00 2026-11-24 10:00:00 GW-17 ${CHARGE}`,
    '-',
  ]);
});

test('a refund that the bill lacks has its time', () => {
  const [here] = evidence('refundMissingThere', [], {
    orders: [orderOf({ provenAt_ms: eve.at_ms })],
    giveBacks: [giveBackOf({})],
  });
  expect(here).toBe(`退款已退 refund done 3.00 ${day.date} 10:00:00`);
});

test('a refund that was paid in cash says so', () => {
  const paid = giveBackOf({ belief: 'failed', state: 'failed', paidInCash: true });
  const [here] = evidence('refundMissingHere', [refund({})], {
    orders: [orderOf({ provenAt_ms: eve.at_ms })],
    giveBacks: [paid],
  });
  expect(here).toBe('退款失败 refund failed 3.00 2026-11-24 10:00:00; 已另付现金 paid in cash');
});

const second = { acquirerNumber: 'SECOND', time: `${day.date} 10:00:09` };
const whole = { kind: 'reversal' } as const;

test.each<[string, Partial<BillEntry>[], Books, RegExp]>([
  [
    'a charge',
    [{}, second],
    { orders: [orderOf({})] },
    /收款 payment .* SECOND; 第一笔收款 first payment .* 4200000001$/,
  ],
  ['its line stands second', [second, {}], { orders: [orderOf({})] }, / SECOND; 第一笔收款 .* 4200000001$/],
  ['not taken here', [{}, second], { orders: [orderOf(free)] }, / SECOND; 第一笔收款 .* 4200000001$/],
  [
    'of nobody',
    [{ orderNumber: 'WEB-1' }, { orderNumber: 'WEB-1', ...second }],
    {},
    / SECOND; 第一笔收款 .* 4200000001$/,
  ],
  [
    'a refund of ours',
    [{}, refund({}), refund(second)],
    { orders: [orderOf({})], giveBacks: [giveBackOf({})] },
    / SECOND; 第一笔退款 first refund .* 4200000001$/,
  ],
  [
    'somebody else’s refund',
    [{}, refund({ refundNumber: 'WEB' }), refund({ refundNumber: 'WEB', ...second })],
    { orders: [orderOf({})] },
    / SECOND; 第一笔退款 .* 4200000001$/,
  ],
  [
    'a return of what was not taken here',
    [{}, whole, { ...whole, ...second }],
    { orders: [orderOf(free)] },
    / SECOND; 第一笔撤销 first reversal .* 4200000001$/,
  ],
])('a duplicate has both numbers: %s', (_, lines, books, expected) => {
  expect(evidence('duplicate', lines, books)[1]).toMatch(expected);
});

test('a second charge on another day has the number of the first from the approval', () => {
  const order = orderOf({ openedAt_ms: eve.at_ms, provenAt_ms: eve.at_ms, settlementDate: eve.date });
  const [here, there] = evidence('duplicate', [second], { orders: [order] });
  expect(here).toContain(CHARGE);
  expect(there).toContain('SECOND');
});

test('a fee has what was taken and what was due', () => {
  const [, there] = evidence('feeDiffers', [{ fee_fen: 11 }], { orders: [orderOf({})] }, 3800);
  expect(there).toMatch(/; 手续费 fee 0\.11; 按费率应为 by the rate 0\.04$/);
});

test('a state that nobody here knows stands as it is', () => {
  const order = orderOf({ ...free, belief: 'open', state: 'toString', provenAt_ms: null });
  expect(evidence('stillPending', [], { orders: [order] })[0]).toMatch(/^toString toString 10\.00/);
});
