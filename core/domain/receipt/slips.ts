// The shop's slips: goods returned, money given back, cash in and out, a shift's count. Pure; each claims what the journal holds.
import { type GiveBack, isPerhapsBack } from '../giveback/give-back.ts';
import { isGiveBackProven } from '../giveback/machine.ts';
import { yuanText } from '../money.ts';
import type { CashMove, ClosedShift, Return } from '../till/records.ts';
import type { Attempt } from '../till/state.ts';
import {
  heading,
  money,
  pair,
  payeeBlocks,
  type ReceiptHeader,
  rule,
  schemeName,
  signatures,
  slipHead,
  text,
} from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { giveBackProofWords } from './evidence-words.ts';
import { leavingBlocks } from './leaving.ts';
import { barcodeText } from './paper-code.ts';
import { moneyBlocks, type MoneyOfReturn, moneyOfReturn, type ReturnedSale, shown } from './return-money.ts';

type Names = (operatorId: string) => string;

/** The acquirer's number of a payment; null where it never had one, or the payment is not kept any more. */
export type VoucherOf = (attemptId: string) => string | null;

const stateWords: Readonly<Record<GiveBack['machine']['state']['kind'], string>> = {
  requested: '退款处理中 PENDING',
  sending: '退款处理中 PENDING',
  pending: '退款处理中 PENDING',
  unknown: '退款处理中 PENDING',
  inquiring: '退款处理中 PENDING',
  done: '已退款 REFUNDED',
  failed: '退款失败 FAILED',
};

/** Only what is proven is called refunded (DESIGN section 4). */
export function giveBackWord(one: GiveBack): string {
  const { state } = one.machine;
  if (one.paidInCash) return state.kind === 'done' ? '已退两次 BACK TWICE' : '已退现金 PAID IN CASH';
  if (state.kind === 'done' && one.method === 'void') return '已撤销 VOIDED';
  return isPerhapsBack(one) ? '退款被拒,待核对 CHECK' : stateWords[state.kind];
}

function giveBackBlocks(header: ReceiptHeader, one: GiveBack, voucherOf: VoucherOf): ReceiptBlock[] {
  const { state } = one.machine;
  const reference = state.kind === 'done' ? state.reference : null;
  const by = 'by' in state ? state.by : undefined;
  const voucher = voucherOf(one.attemptId);
  return [
    pair(schemeName(one.scheme), yuanText(one.amount_fen), { bold: true }),
    pair('状态 State', giveBackWord(one), { bold: true }),
    pair('原订单 Order', one.orderNumber),
    ...(voucher === null ? [] : [pair('原付款凭证号 Voucher', voucher)]),
    ...payeeBlocks(header, one.attemptId),
    pair('退款单 Refund', one.requestNumber),
    ...(reference === null ? [] : [pair('收单单号 Acquirer', reference)]),
    ...(by === undefined ? [] : [pair('依据 Proof', giveBackProofWords[by])]),
  ];
}

/** Whatever else of the sale's money goes back, or may: no part of what this return gives. */
function besidesBlocks(
  header: ReceiptHeader,
  { back_fen, doubt_fen, late }: MoneyOfReturn,
  attempts: readonly Attempt[],
  voucherOf: VoucherOf,
): ReceiptBlock[] {
  return [
    ...(doubt_fen > 0 || back_fen === 0 ? leavingBlocks(header, attempts) : []),
    ...(late.length === 0 ? [] : [heading('本单另有退款 Also going back')]),
    ...late.flatMap((each) => giveBackBlocks(header, each, voucherOf)),
  ];
}

export function buildReturnSlip(
  header: ReceiptHeader,
  one: Return,
  of: ReturnedSale,
  nameOf: Names,
  voucherOf: VoucherOf,
): ReceiptDocument {
  const told = moneyOfReturn(one, of);
  const own = shown(of.giveBacks.filter(({ returnId }) => returnId === one.returnId));
  const open = [...own, ...told.late].some((each) => !isGiveBackProven(each.machine.state));
  return {
    receiptId: one.returnId,
    number: one.number,
    blocks: [
      ...(open ? [{ kind: 'banner', text: '退款处理中' } as const] : []),
      ...slipHead(header, { title: '退货单 RETURN', number: one.number, at_ms: one.at_ms }),
      pair('原票号 Receipt', one.receiptNumber),
      pair('经手 Operator', nameOf(one.operatorId)),
      pair('批准 Approved', nameOf(one.approverId)),
      pair('原因 Reason', one.reason),
      rule,
      ...one.lines.map(
        (line): ReceiptBlock =>
          pair(`${line.name_zh} x${line.quantity}`, yuanText(line.rounding_fen - line.gross_fen)),
      ),
      rule,
      ...moneyBlocks(one, told),
      rule,
      ...own.flatMap((each) => giveBackBlocks(header, each, voucherOf)),
      ...(one.cash_fen === 0 ? [] : [pair('现金 Cash 已退', yuanText(one.cash_fen), { bold: true })]),
      ...besidesBlocks(header, told, of.attempts, voucherOf),
      { kind: 'barcode', data: barcodeText(one.returnId, header.tagOf(one.returnId)) },
      ...signatures(header),
    ],
  };
}

/** An outcome that came after the return's own slip. */
export function buildGiveBackSlip(
  header: ReceiptHeader,
  one: GiveBack,
  receiptId: string,
  voucherOf: VoucherOf = () => null,
): ReceiptDocument {
  const at_ms = one.story.at(-1)?.at_ms ?? one.openedAt_ms;
  return {
    receiptId,
    number: one.requestNumber,
    blocks: [
      ...slipHead(header, { title: '退款结果 REFUND', number: one.giveBackId, at_ms }),
      rule,
      ...giveBackBlocks(header, one, voucherOf),
      ...signatures(header),
    ],
  };
}

export function buildCashSlip(header: ReceiptHeader, move: CashMove, nameOf: Names): ReceiptDocument {
  const title = move.direction === 'paidIn' ? '现金存入 PAID IN' : '现金支出 PAID OUT';
  return {
    receiptId: move.moveId,
    number: move.number,
    blocks: [
      ...slipHead(header, { title, number: move.number, at_ms: move.at_ms }),
      pair('经手 Operator', nameOf(move.operatorId)),
      ...(move.approverId === null ? [] : [pair('批准 Approved', nameOf(move.approverId))]),
      pair('原因 Reason', move.reason),
      pair('金额 AMOUNT', `￥${yuanText(move.amount_fen)}`, { size: 2, bold: true }),
      ...signatures(header),
    ],
  };
}

/** 长款: more in the drawer than expected; 短款: less. */
export function overShortWord(overShort_fen: number): string {
  if (overShort_fen === 0) return '相符 EVEN';
  return overShort_fen > 0 ? '长款 OVER' : '短款 SHORT';
}

export function buildShiftSlip(header: ReceiptHeader, shift: ClosedShift, nameOf: Names): ReceiptDocument {
  return {
    receiptId: shift.shiftId,
    number: shift.number,
    blocks: [
      ...slipHead(header, { title: '交班单 SHIFT', number: shift.number, at_ms: shift.closedAt_ms }),
      pair('交班人 Operator', nameOf(shift.operatorId)),
      rule,
      money('备用金 Float', shift.float_fen),
      money('现金销售 Cash sales', shift.sales_fen),
      money('现金退款 Cash refunds', -shift.refunds_fen),
      money('存入 Paid in', shift.paidIn_fen),
      money('支出 Paid out', -shift.paidOut_fen),
      pair('应有 Expected', yuanText(shift.expected_fen), { bold: true }),
      rule,
      heading('清点 Counted'),
      ...shift.counted.map((piece) =>
        pair(`${yuanText(piece.value_fen)} x ${piece.count}`, yuanText(piece.value_fen * piece.count)),
      ),
      pair('实有 Counted', yuanText(shift.counted_fen), { bold: true }),
      pair(overShortWord(shift.overShort_fen), `￥${yuanText(shift.overShort_fen)}`, { size: 2, bold: true }),
      text(' '),
      ...signatures(header),
    ],
  };
}
