// Whose payments a bill has: an order number is given once, whatever its route is called today and whichever of the merchant's routes took it.
import { expect, it } from 'vitest';
import type { BillEntry } from './bills/bill.ts';
import type { GiveBackItem, OrderItem } from './journal/items.ts';
import { type Contract, reconcile } from './reconcile.ts';
import { billOf, entryOf, giveBackOf, orderOf, TERMINAL } from './testing/made.ts';

const OLD = 'wechatpay:1900000109';
const NEW = 'wechatpay:1900000209';
const OTHER = `${TERMINAL}003000002AABBCCDD`;

type Here = { orders?: OrderItem[]; giveBacks?: GiveBackItem[] };

function compared(entries: readonly BillEntry[], here: Here, contract: Omit<Contract, 'rate_ppm'>) {
  const { orders = [], giveBacks = [] } = here;
  const books = { orders, giveBacks, terminals: new Set([TERMINAL]), epochs: new Set([3]) };
  const { findings, till_fen } = reconcile(billOf(entries), books, { rate_ppm: null, ...contract });
  return { classes: findings.map((one) => one.class), till_fen };
}

const refund = entryOf({
  kind: 'refund',
  refundNumber: giveBackOf({}).requestNumber,
  amount_fen: 300,
  status: 'REFUND SUCCESS',
});
const renewed = { routeIds: new Set(['wechat-2027']) };

it('a day of a route that has another name now agrees: none of its sales is "not known here"', () => {
  const here = { orders: [orderOf({})], giveBacks: [giveBackOf({})] };
  const expected = { classes: ['matched', 'matched'], till_fen: 700 };
  expect(compared([entryOf({}), refund], here, renewed)).toEqual(expected);
});

it('and what that bill lacks of it is missing there', () => {
  const orders = [orderOf({}), orderOf({ orderNumber: OTHER })];
  const expected = { classes: ['matched', 'missingThere'], till_fen: 2000 };
  expect(compared([entryOf({})], { orders }, renewed)).toEqual(expected);
  // Also where none of it is there, once it is known whose books it stands in.
  const own = [orderOf({ party: OLD })];
  expect(compared([], { orders: own }, { ...renewed, parties: new Set([OLD]) })).toEqual({
    classes: ['missingThere'],
    till_fen: 1000,
  });
});

it("of two routes of one merchant neither's payment is unknown, whichever of them the bill is said to be of", () => {
  const orders = [orderOf({ routeId: 'app-1' }), orderOf({ routeId: 'app-2', orderNumber: OTHER })];
  const entries = [entryOf({}), entryOf({ orderNumber: OTHER })];
  for (const routeIds of [['app-1'], ['app-2'], ['app-1', 'app-2']])
    expect(compared(entries, { orders }, { routeIds: new Set(routeIds) })).toEqual({
      classes: ['matched', 'matched'],
      till_fen: 2000,
    });
});

it('a new merchant under an old id: the new bill lacks none of what the old one took, nor the old bill what the new one took', () => {
  const orders = [orderOf({ party: OLD }), orderOf({ orderNumber: OTHER, party: NEW })];
  const giveBacks = [giveBackOf({ party: OLD })];
  const routeIds = new Set(['wechat']);
  const ofNew = compared(
    [entryOf({ orderNumber: OTHER })],
    { orders, giveBacks },
    { routeIds, parties: new Set([NEW]) },
  );
  expect(ofNew).toEqual({ classes: ['matched'], till_fen: 1000 });
  const ofOld = compared([entryOf({}), refund], { orders, giveBacks }, { routeIds, parties: new Set([OLD]) });
  expect(ofOld).toEqual({ classes: ['matched', 'matched'], till_fen: 700 });
});

it('each fee is checked by the rate of the route that took it; of another contract nobody has told one', () => {
  const rates_ppm = new Map([
    ['app-1', 6000],
    ['app-2', 3800],
  ]);
  const classOf = (routeId: string, fee_fen: number) =>
    compared(
      [entryOf({ fee_fen })],
      { orders: [orderOf({ routeId })] },
      { routeIds: new Set(rates_ppm.keys()), rates_ppm },
    ).classes;
  expect(classOf('app-1', 6)).toEqual(['matched']);
  expect(classOf('app-2', 4)).toEqual(['matched']);
  expect(classOf('app-2', 6)).toEqual(['feeDiffers']);
  expect(classOf('app-of-last-year', 9)).toEqual(['matched']);
});
