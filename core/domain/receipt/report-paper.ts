// The X and Z report on paper: every field of the report, in the order a manager reads it. Pure.
import {
  type CarriedRow,
  type CountAndAmount,
  lateGroups,
  type LateRow,
  type Report,
} from '../../../contract/report.ts';
import { yuanText } from '../money.ts';
import { shanghaiTime } from '../time.ts';
import {
  counted,
  heading,
  money,
  otherRailBlocks,
  pair,
  percent,
  type ReceiptHeader,
  rule,
  schemeName,
  signatures,
  slipHead,
  text,
} from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { overShortWord } from './slips.ts';

type Names = (operatorId: string) => string;

/** Money that goes out, with its sign: as on the screen and on a shift's slip. */
function countedOut(
  label: string,
  { count, amount_fen }: { count: number; amount_fen: number },
): ReceiptBlock {
  return counted(label, { count, amount_fen: -amount_fen });
}

function salesBlocks({ sales, returns, net_fen }: Report): ReceiptBlock[] {
  return [
    heading('销售 Sales'),
    pair(`销售 Sales x${sales.count} (${sales.items} 件)`, yuanText(sales.gross_fen)),
    money('抹零 Rounded off', -sales.rounding_fen),
    money('净销售 Net sales', sales.net_fen),
    pair(`退货 Returns x${returns.count} (${returns.items} 件)`, yuanText(-returns.net_fen)),
    pair('净额 NET', `￥${yuanText(net_fen)}`, { size: 2, bold: true }),
  ];
}

function taxBlocks({ tax }: Report): ReceiptBlock[] {
  return [
    heading('增值税(含税价) VAT, included'),
    ...tax.flatMap(({ rate_bp, sales, returns }) => [
      pair(`${percent(rate_bp)} 销售 Sales`, yuanText(sales.gross_fen)),
      pair('  不含税 Net / 税 Tax', `${yuanText(sales.net_fen)} / ${yuanText(sales.tax_fen)}`),
      ...(returns.gross_fen === 0
        ? []
        : [
            pair(`${percent(rate_bp)} 退货 Returns`, yuanText(-returns.gross_fen)),
            pair('  不含税 Net / 税 Tax', `${yuanText(-returns.net_fen)} / ${yuanText(-returns.tax_fen)}`),
          ]),
    ]),
  ];
}

/** One that is undone after its day counts as one less: two of them may leave a sum and no count. */
function countedIfAny(label: string, sum: CountAndAmount): ReceiptBlock[] {
  return sum.count === 0 && sum.amount_fen === 0 ? [] : [countedOut(label, sum)];
}

function walletBlocks({ wallets }: Report): ReceiptBlock[] {
  return [
    heading('扫码支付 Wallets'),
    ...wallets.flatMap((row) => [
      pair(schemeName(row.scheme), yuanText(row.net_fen), { bold: true }),
      ...otherRailBlocks(row.scheme, row.rail),
      counted('  收款 Approved', row.approved),
      ...countedIfAny('  退款 Refunds', row.refunds),
      ...countedIfAny('  撤销 Voids', row.voids),
    ]),
  ];
}

function cashBlocks({ cash }: Report, nameOf: Names): ReceiptBlock[] {
  return [
    heading('现金 Cash'),
    counted('现金销售 Cash sales', cash.sales),
    countedOut('现金退款 Cash refunds', cash.refunds),
    counted('存入 Paid in', cash.paidIn),
    countedOut('支出 Paid out', cash.paidOut),
    ...cash.shifts.flatMap((shift) => [
      pair(`班 Shift ${shift.number}`, nameOf(shift.operatorId)),
      pair('  备用金 Float', yuanText(shift.float_fen)),
      pair('  应有 / 实有', `${yuanText(shift.expected_fen)} / ${yuanText(shift.counted_fen)}`),
      pair(`  ${overShortWord(shift.overShort_fen)}`, yuanText(shift.overShort_fen), { bold: true }),
    ]),
    ...(cash.openShift === null
      ? []
      : [pair(`班 Shift ${cash.openShift.number} 未交班`, `应有 ${yuanText(cash.openShift.expected_fen)}`)]),
  ];
}

function offlineBlocks({ offline }: Report): ReceiptBlock[] {
  return [
    heading('离线收款 Offline'),
    counted('收下 Taken', offline.taken),
    counted('补交成功 Approved', offline.approved),
    counted('被拒 Declined', offline.declined),
    counted('过期 Expired', offline.expired),
    counted('取消 Cancelled', offline.cancelled),
    counted('重新收款 Collected', offline.collected),
    counted('核销 Written off', offline.writtenOff),
    counted('仍未提交 Still open', offline.stillOpen),
    ...(offline.oldest_ms === null ? [] : [pair('最早 Oldest', shanghaiTime(offline.oldest_ms))]),
    money('预计损失 Expected loss', offline.expectedLoss_fen),
  ];
}

function peopleBlocks({ cashiers, hours }: Report, nameOf: Names): ReceiptBlock[] {
  return [
    heading('收银员 Cashiers'),
    ...cashiers.flatMap((row) => [
      counted(nameOf(row.operatorId), row.sales),
      ...(row.returns.count === 0 ? [] : [countedOut('  退货 Returns', row.returns)]),
      pair(
        '  件/取消/删行/开箱/授权',
        `${row.items}/${row.cancelledSales}/${row.removedLines}/${row.noSaleOpens}/${row.overrides}`,
      ),
    ]),
    heading('时段 Hours'),
    ...hours.map((row) => counted(`${row.hour}:00`, row.sales)),
  ];
}

function controlBlocks({ control }: Report): ReceiptBlock[] {
  return [
    heading('管控 Control'),
    counted('取消单 Cancelled sales', control.cancelledSales),
    counted('撤销 Voids', control.voids),
    pair('删行 Removed lines', String(control.removedLines)),
    pair('无销售开箱 No-sale opens', String(control.noSaleOpens)),
    pair('重印 Reprints', String(control.reprints)),
    pair('授权 Overrides', String(control.overrides)),
    pair('密码错误 Wrong PINs', String(control.wrongPins)),
    pair('自动锁定 Locks', String(control.locks)),
    pair('程序启动 Restarts', String(control.restarts)),
    pair('时钟跳变 Clock steps', String(control.clockSteps)),
  ];
}

const carriedWords: Readonly<Record<CarriedRow['kind'], string>> = {
  queued: '离线待确认 Queued',
  inDoubt: '结果未知 In doubt',
  reversing: '撤销中 Reversing',
  disputed: '有争议 Disputed',
  giveBack: '退款处理中 Refund open',
  // Refused: of some of them the money may be back by other means.
  failedGiveBack: '退款失败或待核对 Failed/to check',
  twiceBack: '重复退款待查 Back twice',
  exception: '待处理 Exception',
  parkedSale: '挂单 Parked',
  openSale: '未完成单 Open sale',
};

function carriedBlocks({ carried }: Report): ReceiptBlock[] {
  if (carried.length === 0) return [heading('结转 Carried'), text('无 None')];
  return [
    heading('结转 Carried (列明并转入下期)'),
    ...carried.flatMap((row) => [
      pair(carriedWords[row.kind], yuanText(row.amount_fen), { bold: true }),
      pair(`  ${row.number}`, `Z${row.originalZ} ${shanghaiTime(row.since_ms).slice(5, 16)}`),
    ]),
  ];
}

const lateWords: Readonly<Record<LateRow['what'], string>> = {
  approved: '补交成功 Approved',
  declined: '被拒 Declined',
  expired: '过期 Expired',
  cancelled: '取消 Cancelled',
  reversed: '已撤销 Reversed',
  refunded: '已退款 Refunded',
  voided: '已作废 Voided',
  refundFailed: '退款失败或待核对 Failed/to check',
  writtenOff: '核销 Written off',
  collected: '重新收款 Collected',
  paidInCash: '改付现金 Paid in cash',
  returned: '货已退回 Goods back',
  voidRefused: '作废被拒 Void refused',
  replaced: '已另发退款 Tried again',
  backByAnother: '已由前笔退回 Back already',
  lossSeen: '重复退款已查 Back twice, seen',
  notTwice: '未重复退款 Not back twice',
};

function outcomeBlocks(title: string, rows: readonly LateRow[]): ReceiptBlock[] {
  if (rows.length === 0) return [];
  return [
    heading(title),
    ...rows.flatMap((row) => [
      pair(lateWords[row.what], yuanText(row.amount_fen), { bold: true }),
      pair(`  ${row.number}`, `原 Z${row.originalZ}`),
    ]),
  ];
}

/** What was sold in this very period, before a restore in the middle of it, stands in the sums above and is not to be taken off them. */
function lateBlocks(report: Report): ReceiptBlock[] {
  const { own, restored, earlier } = lateGroups(report);
  return [
    ...outcomeBlocks('本期重复退款 Back twice in this period', own),
    ...outcomeBlocks('本期恢复前款项结果 Of this period, before the restore', restored),
    ...outcomeBlocks('前期款项结果 Outcomes of earlier periods', earlier),
  ];
}

/** A till that was restored says so on each report until it is confirmed, and on the first Z after that. */
function restoredBlocks({ restored }: Report, nameOf: Names): ReceiptBlock[] {
  if (restored === undefined) return [];
  const { sequence, lostSequence, at_ms, confirmed } = restored;
  return [
    heading('由备份恢复 RESTORED FROM A BACKUP'),
    pair('恢复时间 At', shanghaiTime(at_ms)),
    pair('备份止于 / 曾写到', `${sequence} / ${lostSequence ?? '?'}`),
    ...(confirmed === null
      ? [text('隔离中: 请与收单机构账单核对 IN QUARANTINE: compare with the acquirer')]
      : [pair('核对人 Confirmed by', nameOf(confirmed.operatorId)), text(confirmed.reason)]),
  ];
}

function footBlocks({ ranges, grand }: Report): ReceiptBlock[] {
  const range = (first: string | null, last: string | null) => `${first ?? '-'} – ${last ?? '-'}`;
  return [
    heading('范围 Ranges'),
    pair('票号 Receipts', range(ranges.firstReceipt, ranges.lastReceipt)),
    pair('退货 Returns', range(ranges.firstReturn, ranges.lastReturn)),
    pair('账本 Journal', `${ranges.firstSequence} – ${ranges.lastSequence}`),
    pair('账头 Head', `#${ranges.head.slice(0, 16)}`),
    heading('累计 Grand totals'),
    pair('销售 前/后', `${grandText(grand.salesBefore_fen)} / ${grandText(grand.sales_fen)}`),
    pair('退货 前/后', `${grandText(grand.returnsBefore_fen)} / ${grandText(grand.returns_fen)}`),
  ];
}

/** Grand totals outgrow what a single amount may be. */
function grandText(amount_fen: number): string {
  const digits = String(amount_fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

export function buildReportPaper(
  header: ReceiptHeader,
  paper: { receiptId: string; number: string; banner?: string },
  report: Report,
  nameOf: Names,
): ReceiptDocument {
  const title = report.kind === 'z' ? '日结 Z REPORT' : '查账 X REPORT';
  const opened = report.openedAt_ms === null ? '-' : shanghaiTime(report.openedAt_ms);
  const blocks = [
    salesBlocks(report),
    taxBlocks(report),
    walletBlocks(report),
    cashBlocks(report, nameOf),
    offlineBlocks(report),
    peopleBlocks(report, nameOf),
    controlBlocks(report),
    carriedBlocks(report),
    lateBlocks(report),
    restoredBlocks(report, nameOf),
    footBlocks(report),
  ].filter((group) => group.length > 0);
  return {
    receiptId: paper.receiptId,
    number: paper.number,
    blocks: [
      ...(paper.banner === undefined ? [] : [{ kind: 'banner', text: paper.banner } as const]),
      ...slipHead(header, { title, number: paper.number, at_ms: report.takenAt_ms }),
      pair('营业日 Business date', report.businessDate ?? '-'),
      pair('开始 From', opened),
      pair('操作 Taken by', nameOf(report.operatorId)),
      pair('Z', String(report.zNumber)),
      ...blocks.flatMap((group) => [rule, ...group]),
      { kind: 'qr', data: `yima:${paper.receiptId}:${paper.number}:${report.ranges.head.slice(0, 16)}` },
      ...signatures(header),
    ],
  };
}
