// The test page: every size, both scripts, a ruler, the symbols; and what the last examination found wrong, so that it can
// leave the shop on paper or in the camera of a telephone.
import type { CheckLine } from '../../contract/diagnostics.ts';
import { checkTitles, findingTexts } from '../../contract/diagnosis-texts.ts';
import type { ReceiptBlock, ReceiptDocument } from '../domain/receipt/document.ts';

export type TestPageFacts = {
  storeName: string;
  terminalCode: string;
  version: string;
  /** `2026-11-28T04:10:00.000Z`. */
  at: string;
  journal: { sequence: number; shortHash: string };
  lines: readonly CheckLine[];
};

/** A QR code of version 10 or less is read from a faded 58 mm paper too. */
const QR_bytes = 200;
const SHOWN_failures = 8;

const text = (
  content: string,
  more: Partial<Extract<ReceiptBlock, { kind: 'text' }>> = {},
): ReceiptBlock => ({
  kind: 'text',
  text: content,
  align: 'left',
  size: 1,
  bold: false,
  ...more,
});

/** Failing checks in the fewest letters: `YIMA1|20260002|2026-11-28T04:10|0.1.0|1234#ab12cd34|scanner=scannerMissing`. */
export function compactReport({ terminalCode, at, version, journal, lines }: TestPageFacts): string {
  const head = ['YIMA1', terminalCode, at.slice(0, 16), version, `${journal.sequence}#${journal.shortHash}`];
  const failures = lines
    .filter(({ verdict }) => verdict === 'fail')
    .map(({ check, subject, finding }) => `${check}${subject === '' ? '' : `(${subject})`}=${finding}`);
  let whole = head.join('|');
  for (const [index, failure] of failures.entries()) {
    const more = `|${failure}`;
    const rest = `|+${failures.length - index}`;
    if (Buffer.byteLength(whole + more) > QR_bytes - 4) return whole + rest;
    whole += more;
  }
  return whole;
}

function failureBlocks(lines: readonly CheckLine[]): ReceiptBlock[] {
  const failures = lines.filter(({ verdict }) => verdict === 'fail');
  if (lines.length === 0) return [];
  if (failures.length === 0) return [text('全部检查通过 / all checks passed', { align: 'center' })];
  return [
    text('发现的问题 / found wrong', { bold: true }),
    ...failures
      .slice(0, SHOWN_failures)
      .flatMap(({ check, subject, finding, detail }) => [
        text(`${checkTitles.zh[check]} ${subject}: ${findingTexts.zh[finding].what}`),
        text(`${findingTexts.en[finding].what}. ${detail}`),
      ]),
  ];
}

export function buildTestPage(facts: TestPageFacts): ReceiptDocument {
  const { storeName, terminalCode, at, version, journal, lines } = facts;
  return {
    receiptId: 'TEST',
    number: 'TEST',
    blocks: [
      { kind: 'banner', text: '测试页 TEST PAGE' },
      text(storeName, { align: 'center', size: 2, bold: true }),
      { kind: 'pair', left: '终端号 terminal', right: terminalCode, size: 1, bold: false },
      { kind: 'pair', left: '时间 UTC', right: at.slice(0, 19).replace('T', ' '), size: 1, bold: false },
      { kind: 'pair', left: '程序 version', right: version, size: 1, bold: false },
      {
        kind: 'pair',
        left: '账本 journal',
        right: `${journal.sequence} #${journal.shortHash}`,
        size: 1,
        bold: false,
      },
      { kind: 'rule' },
      text('12345678901234567890123456789012'),
      text('大号字 ABC ¥123.45', { size: 2 }),
      text('加粗 Bold ¥123.45', { bold: true }),
      text('鑫龘犇 微信 支付宝 云闪付 数字人民币', { align: 'right' }),
      { kind: 'item', name: '测试商品 Test goods', quantity: '2', unitPrice: '3.50', amount: '7.00' },
      { kind: 'rule' },
      ...failureBlocks(lines),
      { kind: 'qr', data: compactReport(facts) },
      { kind: 'barcode', data: `TEST-${terminalCode}` },
      text('非小票,不作凭证 / not a receipt', { align: 'center' }),
    ],
  };
}
