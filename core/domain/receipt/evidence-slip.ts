// The evidence slip for a customer who says "I have paid" (我已经付了): what is proven, what comes next by itself, and each request and
// answer. Drawn from what was known when it was given out; a later one may say more.
import type { Evidence, EvidenceGiven } from '../../../contract/evidence.ts';
import { railBeside } from '../payment/payer-app.ts';
import { yuanText } from '../money.ts';
import { shanghaiTime } from '../time.ts';
import {
  appBlocks,
  codeLine,
  heading,
  pair,
  payeeBlocks,
  railBlocks,
  type ReceiptHeader,
  rule,
  schemeName,
  slipHead,
  text,
  walletBlocks,
} from './blocks.ts';
import type { ReceiptBlock, ReceiptDocument } from './document.ts';
import { giveBackProofWords, giveBackResultWords, stepWord, verdictWords } from './evidence-words.ts';

function proofBlocks({ scheme, proof }: Evidence): ReceiptBlock[] {
  if (proof === null) return [];
  const { acquirerOrderId, retrievalRefNum, rail, payerApp = null, paidAt } = proof;
  return [
    ...railBlocks(railBeside(scheme, { rail, payerApp })),
    ...appBlocks(payerApp),
    pair('收单单号 Acquirer', acquirerOrderId),
    ...walletBlocks(proof),
    ...(retrievalRefNum === '' ? [] : [pair('参考号 Ref', retrievalRefNum)]),
    pair('支付时间 Paid at', paidAt.slice(0, 19).replace('T', ' ')),
  ];
}

function giveBackBlocks({ giveBacks }: Evidence): ReceiptBlock[] {
  if (giveBacks.length === 0) return [];
  return [
    rule,
    heading('退款 Given back'),
    ...giveBacks.flatMap((one) => [
      pair(giveBackResultWords[one.result], yuanText(one.amount_fen), { bold: true }),
      pair('退款单 Refund', one.requestNumber),
      ...(one.reference === null ? [] : [pair('收单单号 Acquirer', one.reference)]),
      ...(one.by === undefined ? [] : [pair('依据 Proof', giveBackProofWords[one.by])]),
      pair('时间 Time', shanghaiTime(one.at_ms)),
    ]),
  ];
}

/** The day stands once, and again where another begins. */
function storyBlocks({ story, isShortened }: Evidence): ReceiptBlock[] {
  let day = '';
  const steps = story.flatMap((step): ReceiptBlock[] => {
    const at = shanghaiTime(step.at_ms);
    const today = at.slice(0, 10);
    const isNewDay = today !== day;
    day = today;
    return [
      ...(isNewDay ? [text(today)] : []),
      pair(`${at.slice(11, 19)} ${stepWord(step)}`, step.detail ?? ''),
    ];
  });
  return [
    rule,
    heading('经过 What happened'),
    ...steps,
    ...(isShortened ? [text('中间若干步从略,全部在账上。'), text('Steps in the middle are left out.')] : []),
  ];
}

/** Whether anybody scanned a code of ours is known only once it is paid. */
function howBlock({ codeMask, proof }: Evidence): ReceiptBlock {
  if (codeMask === '' && proof === null) return text('商家收款码 By a code of ours');
  return codeLine(codeMask);
}

export function buildEvidenceSlip(
  header: ReceiptHeader,
  { evidenceId, at_ms, operatorId, evidence }: EvidenceGiven,
  nameOf: (operatorId: string) => string,
): ReceiptDocument {
  const words = verdictWords[evidence.verdict];
  return {
    receiptId: evidenceId,
    number: evidenceId,
    blocks: [
      ...slipHead(header, { title: '付款查询单 INQUIRY', number: evidenceId, at_ms }),
      pair('经手 Operator', nameOf(operatorId)),
      { kind: 'banner', text: words.title },
      ...words.meaning.map((line) => text(line)),
      ...words.promise.map((line) => text(line, { bold: true })),
      rule,
      pair(schemeName(evidence.scheme), `￥${yuanText(evidence.amount_fen)}`, { size: 2, bold: true }),
      pair('商户单号 Order', evidence.orderNumber),
      ...payeeBlocks(header, evidence.attemptId),
      ...(evidence.receiptNumber === null || evidence.proof === null
        ? []
        : [pair('小票号 Receipt', evidence.receiptNumber)]),
      howBlock(evidence),
      pair('收款时间 Begun at', shanghaiTime(evidence.openedAt_ms)),
      ...proofBlocks(evidence),
      ...giveBackBlocks(evidence),
      ...storyBlocks(evidence),
      rule,
      { kind: 'qr', data: evidence.orderNumber },
      text(`电话 Tel ${header.phone}`),
      text('此单只说明打印时已知的情况。'),
      text('As known when printed.'),
      text(`账 #${header.shortHash}`, { align: 'center' }),
    ],
  };
}
