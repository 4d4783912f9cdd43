// On paper a payment names the shop as its own acquirer knows it: on another's number nobody there would find it.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { configurationSchema, withRoutes } from '../contract/configuration.ts';
import type { ReceiptDocument } from './domain/receipt/document.ts';
import { proof } from '../test/sim/machine-variants.ts';
import { answers, codeScan, TestTill } from '../test/sim/till-kit.ts';
import { createPapers } from './papers.ts';
import type { Store } from './ports/journal.ts';

const file = join(import.meta.dirname, '..', 'docs', 'configuration.wallets.example.json');
const configuration = withRoutes(configurationSchema.parse(JSON.parse(readFileSync(file, 'utf8'))));

function tillOn(routeId: string, party?: string): TestTill {
  const till = TestTill.tendering(1500);
  if (party !== undefined) till.party = party;
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

function draw(till: TestTill, receiptId: string, own = configuration): ReceiptDocument {
  const given = till.records.findLast((one) => one.type === 'evidence.given')?.body.given;
  const store = { loadDocument: () => ({ body: given }), paperTag: () => 'K7Q2M9XA' } as unknown as Store;
  const engine = { state: till.state, head: { sequence: 1, hash: 'a1b2c3d4'.repeat(8) } };
  return createPapers(own, engine, store)(receiptId);
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
    block.kind === 'pair' && /^(商户|收单终端)/.test(block.left) && block.left !== '商户单号 Order'
      ? [`${block.left}: ${block.right}`]
      : [],
  );

const routes: [string, string[]][] = [
  ['wechat', ['商户号 Merchant: 1900000001']],
  ['unionpay', ['商户号 Merchant: 777290058110048', '收单终端 Terminal: 01080209']],
  ['alipay', ['商户号 Merchant: 2088000000000001', '收单终端 Terminal: NJ_001_2']],
  ['gateway', ['商户号 Merchant: 898420157229001', '收单终端 Terminal: 70010002']],
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

const former: [string, string, string[]][] = [
  ['gateway', 'gateway:898310154110099', ['商户号 Merchant: 898310154110099']],
  ['alipay', 'alipay:2021000000000001', ['商户应用号 AppID: 2021000000000001']],
  ['a route that is configured no more', 'wechatpay:1900000009', ['商户号 Merchant: 1900000009']],
];

it.each(former)(
  '%s, which was %s when it was paid: that number, and no other',
  (routeId, party, expected) => {
    expect(payees(receiptOf(tillOn(routeId, party)))).toEqual(expected);
    expect(payees(slipOf(tillOn(routeId, party)))).toEqual(expected);
  },
);

const without: [string, string[]][] = [
  ['unionpay', ['商户号 Merchant: 777290058110048']],
  ['alipay', ['商户应用号 AppID: 2021000118612345']],
  ['gateway', [`商户号 Merchant: ${configuration.terminal.merchantCode}`]],
];

const optional = new Set(['merchantCode', 'terminalCode', 'terminalId', 'sellerId', 'termId']);

it.each(without)(
  '%s with no number of its own: the one that stands under terminal, once',
  (routeId, expected) => {
    const plain = configuration.routes.map(
      (route) =>
        Object.fromEntries(Object.entries(route).filter(([key]) => !optional.has(key))) as typeof route,
    );
    const till = tillOn(routeId);
    till.pay(answers.approved);
    const paper = draw(till, till.sale().receiptId ?? '', { ...configuration, routes: plain });
    expect(payees(paper)).toEqual(expected);
    expect(JSON.stringify(paper)).toContain(configuration.terminal.terminalCode);
  },
);

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

it('a return names each payment by its acquirer’s number, also one that only the database holds', () => {
  const till = tillOn('wechat');
  till.pay(answers.approved);
  const { saleId, lines } = till.sale();
  const asked = lines.map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.tell({
    kind: 'returnOpened',
    saleId,
    lines: asked,
    operatorId: '1',
    approverId: '9',
    reason: 'asked',
  });
  const paper = Object.values(till.state.receipts).findLast(({ kind }) => kind === 'return');
  const body = till.records.findLast((one) => one.type === 'return.opened')?.body.return;
  const paid = till.newest();
  const store = {
    loadDocument: () => ({ body }),
    loadAttempt: () => paid,
    loadSale: () => till.sale(),
    paperTag: () => 'K7Q2M9XA',
  };
  for (const attempts of [till.state.attempts, {}]) {
    const engine = { state: { ...till.state, attempts }, head: { sequence: 1, hash: 'a1b2c3d4'.repeat(8) } };
    const drawn = createPapers(configuration, engine, store as unknown as Store)(paper?.receiptId ?? '');
    expect(JSON.stringify(drawn)).toContain(`"原付款凭证号 Voucher","right":"${proof.acquirerOrderId}"`);
  }
});
