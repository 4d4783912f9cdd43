// The printed sheet of a compared bill: what adds up to what, each kind of difference with whose turn it is, each difference. Pure.
import {
  agreeingClasses,
  type BillComparison,
  endsFinding,
  type FindingClass,
  type FindingRow,
  isFindingOver,
  othersOf,
  type ReconciliationFound,
  type Said,
} from '../../../contract/reconciliation.ts';
import { yuanText } from '../money.ts';
import { heading, money, pair, type ReceiptHeader, rule, signatures, slipHead, text } from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';

const railNames: Readonly<Record<BillComparison['rail'], string>> = {
  wechatpay: '微信支付',
  alipay: '支付宝',
  unionpay: '银联',
  gateway: '收单网关',
};

function sumBlocks({ till_fen, classes, kept_fen, payout_fen }: BillComparison): ReceiptBlock[] {
  // A chain's bill has all its tills, and outgrows what a single amount may be.
  const explained_fen = classes.reduce((sum, { effect_fen }) => sum + effect_fen, till_fen) - kept_fen;
  return [
    money('本机净额 Till, net', till_fen),
    ...classes
      .filter(({ effect_fen }) => effect_fen !== 0)
      .map(({ name, count, effect_fen }) => money(`${name.zh} ${name.en} x${count}`, effect_fen)),
    money('手续费等 Fees kept', 0 - kept_fen),
    pair('账单净额 Paid out', yuanText(payout_fen), { bold: true }),
    pair('未解释 Unexplained', yuanText(payout_fen - explained_fen), { bold: true }),
  ];
}

/** Each thing on a line of its own. */
function saidBlocks(label: string, said: readonly Said[] | string): ReceiptBlock[] {
  if (typeof said === 'string') return [text(`${label}: ${said}`)];
  const [first = '-', ...more] = said.map(({ words, facts }) => `${words.zh} ${words.en} ${facts}`.trim());
  return [text(`${label}: ${first}`), ...more.map((one) => text(`  ${one}`))];
}

/** What was said and done about it, and who answers for that, in the order in which it was said; and room for what ends it. */
function settledBlocks(
  row: FindingRow,
  index: number,
  { adjustments, proven, nameOf }: Shown,
): ReceiptBlock[] {
  const said = adjustments
    .filter((one) => one.index === index)
    .toSorted((a, b) => a.at_ms - b.at_ms)
    .flatMap((one) => [
      text(`${endsFinding(row, one, proven) ? '已处理 Settled' : '已备注 Noted'}: ${one.reason}`),
      pair('批准 Approved', nameOf(one.approverId)),
    ]);
  const since = proven.includes(index) ? [text('后来已有结果 Proven since')] : [];
  const isOver = isFindingOver(row, index, { adjustments, proven });
  return [...since, ...said, ...(isOver ? [] : [text('处理 Settled: ____________')])];
}

function findingBlocks(
  { orderNumber, refundNumber, effect_fen, here, there }: FindingRow,
  settled: ReceiptBlock[],
): ReceiptBlock[] {
  return [
    pair(orderNumber, yuanText(effect_fen), { bold: true }),
    ...(refundNumber === null ? [] : [pair('退款单 Refund', refundNumber)]),
    ...saidBlocks('本机 Here', here),
    ...saidBlocks('账单 There', there),
    ...settled,
  ];
}

/** What nobody listed has a next step all the same. */
function classBlocks(one: FindingClass, shown: Shown): ReceiptBlock[] {
  if (agreeingClasses.has(one.class)) return [];
  const { comparison } = shown;
  const own = comparison.findings
    .map((finding, index) => ({ finding, settled: settledBlocks(finding, index, shown) }))
    .filter(({ finding }) => finding.class === one.class);
  const { table } = comparison;
  const isInTable = own.length < one.count && table !== null;
  return [
    rule,
    heading(`${one.name.zh} ${one.name.en} x${one.count}`),
    text(`${one.who.zh}: ${one.next.zh}`),
    text(`${one.who.en}: ${one.next.en}`),
    ...(isInTable ? [text(`见表格 In the table: ${table}`)] : []),
    ...own.flatMap(({ finding, settled }) => findingBlocks(finding, settled)),
  ];
}

/** Lines of other tills have no rows here. */
function otherBlocks(comparison: BillComparison): ReceiptBlock[] {
  const { count, areSorted } = othersOf(comparison);
  if (count === 0) return [];
  const said = pair(areSorted ? '他机 Other tills' : '不在本机账上 Not in these books', String(count));
  if (areSorted) return [said];
  return [said, text('未分清他机与本机恢复前的单,请再核对。 Some may be of this till: compare again.')];
}

type NameOf = (operatorId: string) => string;
type Shown = Omit<ReconciliationFound, 'taken'> & { comparison: BillComparison; nameOf: NameOf };

export function buildReconciliationPaper(
  header: ReceiptHeader,
  { taken, adjustments, proven }: ReconciliationFound,
  nameOf: NameOf,
): ReceiptDocument {
  const { reconciliationId, at_ms, operatorId, comparison } = taken;
  const { rail, routeIds, billDate, file, fileHash, agreed, classes, leftOff } = comparison;
  const differences = comparison.findings.length + leftOff;
  return {
    receiptId: reconciliationId,
    number: reconciliationId,
    blocks: [
      ...slipHead(header, { title: '对账单 RECONCILED', number: reconciliationId, at_ms }),
      pair('对账人 Operator', nameOf(operatorId)),
      pair('账单 Bill', `${railNames[rail]} ${billDate}`, { bold: true }),
      pair('通道 Route', routeIds.join(' ')),
      text(file),
      text(`SHA-256 ${fileHash.slice(0, 16)}`),
      ...(differences === 0 ? [] : [{ kind: 'banner', text: `${differences} 笔差异 DIFFER` } as const]),
      rule,
      ...sumBlocks(comparison),
      pair('一致 Agree', String(agreed)),
      pair('差异 Differ', String(differences)),
      ...otherBlocks(comparison),
      ...classes.flatMap((one) => classBlocks(one, { comparison, adjustments, proven, nameOf })),
      ...(leftOff === 0
        ? []
        : [rule, text(`另有 ${leftOff} 笔在表格里。 ${leftOff} more are in the table.`)]),
      ...signatures(header),
    ],
  };
}
