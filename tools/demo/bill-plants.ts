// Sixteen ways in which a bill can differ from the till: planted into the lines of the day's bills, each with what must be found.
import { type BillRail, type BookLine, contractFee_fen } from '../../fixtures/bills/line.ts';

/** By the demo's own names of what was sold: paid, awaited, found, reversed, refunded. */
export type Orders = Readonly<Record<string, string>>;
/** `effect_fen`: what the bill has more of it than the till. */
export type Found = { class: string; orderNumber: string; effect_fen: number };

export type Plant = {
  rail: BillRail;
  what: string;
  class: string;
  /** Of the order that it is planted on: a name of `Orders`, or one that nobody here sold. */
  order: string;
  /** `amount_fen`: what the order was for; 0 where nobody here sold it. */
  plant(lines: BookLine[], orderNumber: string, amount_fen: number): BookLine[];
};

const isPay = (orderNumber: string) => (line: BookLine) =>
  line.kind === 'pay' && line.orderNumber === orderNumber;
const isRefund = (orderNumber: string) => (line: BookLine) =>
  line.kind === 'refund' && line.orderNumber === orderNumber;

type Is = (line: BookLine) => boolean;

const without = (lines: readonly BookLine[], is: Is): BookLine[] => lines.filter((line) => !is(line));
const twice = (lines: readonly BookLine[], is: Is, change: Partial<BookLine>): BookLine[] =>
  lines.flatMap((line) => (is(line) ? [line, { ...line, ...change }] : [line]));
const changed = (
  lines: readonly BookLine[],
  is: Is,
  change: (line: BookLine) => Partial<BookLine>,
): BookLine[] => lines.map((line) => (is(line) ? { ...line, ...change(line) } : line));

/** One more line, like the first of the bill's payments. */
function added(lines: readonly BookLine[], change: Partial<BookLine>): BookLine[] {
  const like = lines.find(({ kind }) => kind === 'pay');
  if (like === undefined) throw new Error('the bill has no payment');
  return [...lines, { ...like, acquirerNumber: `9${like.acquirerNumber.slice(1)}`, ...change }];
}

/** A number of this very till that it never gave out: another counter. */
export function unknownNumber(orderNumber: string): string {
  return `${orderNumber.slice(0, 11)}ZZZZZZ${orderNumber.slice(17)}`;
}

export function otherTerminal(orderNumber: string): string {
  return `99999999${orderNumber.slice(8)}`;
}

const ofWechat: Plant[] = [
  {
    rail: 'wechatpay',
    what: 'a payment is not on the bill',
    class: 'missingThere',
    order: 'paid',
    plant: (lines, orderNumber) => without(lines, isPay(orderNumber)),
  },
  {
    rail: 'wechatpay',
    what: 'one yuan more was charged',
    class: 'amountDiffers',
    order: 'awaited',
    plant: (lines, orderNumber) =>
      changed(lines, isPay(orderNumber), ({ amount_fen }) => ({
        amount_fen: amount_fen + 100,
        fee_fen: contractFee_fen('wechatpay', amount_fen + 100),
      })),
  },
  {
    rail: 'wechatpay',
    what: 'charged twice',
    class: 'duplicate',
    order: 'found',
    plant: (lines, orderNumber) =>
      twice(lines, isPay(orderNumber), { acquirerNumber: '4200000000000000000000000000' }),
  },
  {
    rail: 'wechatpay',
    what: 'charged, though it was reversed here',
    class: 'chargedButFree',
    order: 'reversed',
    plant: (lines, orderNumber) => added(lines, { orderNumber }),
  },
  {
    rail: 'wechatpay',
    what: 'refunded twice',
    class: 'duplicate',
    order: 'refunded',
    plant: (lines, orderNumber) => twice(lines, isRefund(orderNumber), {}),
  },
];

const ofAlipay: Plant[] = [
  {
    rail: 'alipay',
    what: 'a refund is not on the bill',
    class: 'refundMissingThere',
    order: 'refunded',
    plant: (lines, orderNumber) => without(lines, isRefund(orderNumber)),
  },
  {
    rail: 'alipay',
    what: 'the fee is another than the contract’s',
    class: 'feeDiffers',
    order: 'paid',
    plant: (lines, orderNumber) =>
      changed(lines, isPay(orderNumber), ({ fee_fen }) => ({ fee_fen: fee_fen + 7 })),
  },
  {
    rail: 'alipay',
    what: 'a payment that this till does not know',
    class: 'missingHere',
    order: 'unknown',
    plant: (lines, orderNumber) => added(lines, { orderNumber }),
  },
  {
    rail: 'alipay',
    what: 'a payment of another till',
    class: 'wrongTerminal',
    order: 'other',
    plant: (lines, orderNumber) => added(lines, { orderNumber }),
  },
];

const ofUnionpay: Plant[] = [
  {
    rail: 'unionpay',
    what: 'a payment is not on the bill',
    class: 'missingThere',
    order: 'found',
    plant: (lines, orderNumber) => without(lines, isPay(orderNumber)),
  },
  {
    rail: 'unionpay',
    what: 'one fen more was refunded',
    class: 'refundAmountDiffers',
    order: 'refunded',
    plant: (lines, orderNumber) =>
      changed(lines, isRefund(orderNumber), ({ amount_fen }) => ({ amount_fen: amount_fen + 1 })),
  },
  {
    rail: 'unionpay',
    what: 'voided, and nobody here asked for it',
    class: 'refundMissingHere',
    order: 'paid',
    plant: (lines, orderNumber) =>
      lines.flatMap((line) =>
        isPay(orderNumber)(line) ? [line, { ...line, kind: 'reversal', fee_fen: 0 - line.fee_fen }] : [line],
      ),
  },
];

/** In dispute here: that the bill has it charged is what a manager needs to know. */
const ofDispute: Plant = {
  rail: 'unionpay',
  what: 'what is in dispute here was charged',
  class: 'stillPending',
  order: 'reversed',
  plant: (lines, orderNumber, amount_fen) =>
    added(lines, { orderNumber, amount_fen, fee_fen: contractFee_fen('unionpay', amount_fen) }),
};

const ofGateway: Plant[] = [
  {
    rail: 'gateway',
    what: 'one fen less was refunded',
    class: 'refundAmountDiffers',
    order: 'refunded',
    plant: (lines, orderNumber) =>
      changed(lines, isRefund(orderNumber), ({ amount_fen }) => ({ amount_fen: amount_fen - 1 })),
  },
  {
    rail: 'gateway',
    what: 'a refund that nobody here asked for',
    class: 'refundMissingHere',
    order: 'paid',
    plant: (lines, orderNumber) =>
      added(lines, {
        kind: 'refund',
        orderNumber,
        refundNumber: `R${orderNumber}`,
        amount_fen: 100,
        fee_fen: 0,
      }),
  },
  {
    rail: 'gateway',
    what: 'reversed on this bill, charged on another day’s',
    class: 'reversedAfterCutOff',
    order: 'reversed',
    plant: (lines, orderNumber) => without(lines, isPay(orderNumber)),
  },
];

export const plants: readonly Plant[] = [...ofWechat, ...ofAlipay, ...ofUnionpay, ofDispute, ...ofGateway];
