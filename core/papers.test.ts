// On paper a payment names the shop as its own acquirer knows it: on another's number nobody there would find it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationSchema, withRoutes } from '../contract/configuration.ts';
import type { ReceiptDocument } from './domain/receipt/document.ts';
import { answers, codeScan, TestTill } from '../test/sim/till-kit.ts';
import { createPapers } from './papers.ts';
import type { Store } from './ports/journal.ts';

const file = join(import.meta.dirname, '..', 'docs', 'configuration.wallets.example.json');
const configuration = withRoutes(configurationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));

function tillOn(routeId: string): TestTill {
  const till = TestTill.tendering(1500);
  till.configured = [routeId];
  till.tell({
    kind: 'routeObserved',
    routeId,
    online: true,
    cause: null,
    layer: null,
    storeAndForward: false,
  });
  till.tell(codeScan({ routeId }));
  return till;
}

function draw(till: TestTill, receiptId: string): ReceiptDocument {
  const given = till.records.findLast((one) => one.type === 'evidence.given')?.body.given;
  const store = { loadDocument: () => ({ body: given }) } as unknown as Store;
  const engine = { state: till.state, head: { sequence: 1, hash: 'a1b2c3d4'.repeat(8) } };
  return createPapers(configuration, engine, store)(receiptId);
}

function receiptOf(till: TestTill): ReceiptDocument {
  till.pay(answers.approved);
  return draw(till, till.sale().receiptId ?? '');
}

function slipOf(till: TestTill): ReceiptDocument {
  till.tell({ kind: 'evidenceAsked', attemptId: till.newest().attemptId, operatorId: '1' });
  return draw(
    till,
    Object.values(till.state.receipts).findLast(({ kind }) => kind === 'evidence')?.receiptId ?? '',
  );
}

const payees = ({ blocks }: ReceiptDocument) =>
  blocks.flatMap((block) =>
    block.kind === 'pair' && block.left.startsWith('商户') && block.left !== '商户单号 Order'
      ? [`${block.left}: ${block.right}`]
      : [],
  );

const routes: [string, string[]][] = [
  ['wechat', ['商户号 Merchant: 1900000001']],
  ['unionpay', ['商户号 Merchant: 777290058110048']],
  ['alipay', ['商户应用号 AppID: 2021000118612345']],
  ['gateway', [`商户号 Merchant: ${configuration.terminal.merchantCode}`]],
  ['a route that is configured no more', []],
];

describe.each(routes)('%s', (routeId, expected) => {
  it('its number of the shop, on the receipt', () => {
    expect(payees(receiptOf(tillOn(routeId)))).toEqual(expected);
  });

  it('and on the slip of a payment that is not decided', () => {
    expect(payees(slipOf(tillOn(routeId)))).toEqual(expected);
  });
});

it('nor does a payment that goes back lose it, on the receipt of the sale that cash paid', () => {
  const till = tillOn('wechat');
  till.later(10_000).tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
  till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
  const drawn = () => draw(till, till.sale().receiptId ?? '');
  expect(JSON.stringify(drawn())).toContain('撤销中');
  expect(payees(drawn())).toEqual(['商户号 Merchant: 1900000001']);
  till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
  till.later(600_000).pay({ kind: 'timer' });
  till.pay(answers.approved);
  till.later(600_000).pay({ kind: 'timer' });
  till.pay(answers.approved);
  expect(JSON.stringify(drawn())).toContain('未用于本单');
  expect(payees(drawn())).toEqual(['商户号 Merchant: 1900000001']);
});

it('none where nothing but cash was taken', () => {
  const till = TestTill.tendering(1500);
  till.tell({ kind: 'cashTaken', received_fen: 1500, roundDown: false });
  expect(payees(draw(till, till.sale().receiptId ?? ''))).toEqual([]);
});
