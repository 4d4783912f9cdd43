// A shop with two tills, whose receipts have the same ids and numbers: the paper of the one, shown to the other.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import { header } from '../../test/core/paper-header.ts';
import { buildReceipt } from '../domain/receipt/build.ts';
import { findSold, showSold } from './find-sold.ts';
import { foundSaleView } from './view-found.ts';

type Papers = {
  saleId: string;
  number: string;
  qr: string;
  barcode: string;
  oldQr: string;
  oldBarcode: string;
};

let directory: string;
let tills: [DrivenTill, DrivenTill];
let papers: [Papers, Papers];

/** One bottle of tea, and what its receipt bears now and bore before. */
function sell(till: DrivenTill, code: string): Papers {
  const attemptId = till.sell(code);
  till.answer(attemptId, { kind: 'approved', proof });
  const { engine, store } = till;
  const sale = engine.state.sales[engine.state.currentSaleId ?? ''];
  const receipt = engine.state.receipts[sale?.receiptId ?? ''];
  if (!sale || !receipt) throw new Error('nothing was sold');
  const { receiptId, number } = receipt;
  const shortHash = engine.head.hash.slice(0, 8);
  const own = { ...header, shortHash, tagOf: (id: string) => store.paperTag(id) };
  const { blocks } = buildReceipt(own, receipt, sale, [till.attempt(attemptId)], []);
  const [qr = '', barcode = ''] = blocks.flatMap((block) =>
    block.kind === 'qr' || block.kind === 'barcode' ? [block.data] : [],
  );
  engine.ask({ kind: 'saleLeft' });
  const old = { oldQr: `yima:${receiptId}:${number}:${shortHash}`, oldBarcode: receiptId };
  return { saleId: sale.saleId, number, qr, barcode, ...old };
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-tills-'));
  const open = (name: string) => {
    const till = openDrivenTill(join(directory, name, 'state'));
    till.route(true);
    return till;
  };
  tills = [open('one'), open('two')];
  papers = [sell(tills[0], '130123456789012341'), sell(tills[1], '130123456789012342')];
});

afterEach(() => {
  for (const till of tills) till.close();
  rmSync(directory, { recursive: true });
});

/** Its own bar code with other last letters: those of two tills happen to be alike for one paper in 1296. */
function strangeBars({ barcode }: Papers): string {
  return `${barcode.slice(0, -2)}${barcode.endsWith('ZZ') ? 'YY' : 'ZZ'}`;
}

function restored(till: DrivenTill): void {
  const backup = { sequence: 1, hash: 'ab' };
  till.engine.post({ kind: 'restored', epoch: 2, backup, lost: null, readableTo: null, at_ms: 0 });
}

test('it is refused by its QR and by its bar code; one’s own is taken', () => {
  const [{ oldQr, qr, barcode, saleId }, other] = papers;
  for (const text of [other.qr, other.oldQr, strangeBars(papers[0])])
    expect([text, findSold(tills[0], text)]).toEqual([text, 'E-RET-08']);
  for (const text of [qr, barcode, oldQr])
    expect([text, findSold(tills[0], text)]).toMatchObject([text, { sale: { saleId }, isUnsure: false }]);
});

test('it is refused too where no sale here has its id', () => {
  const late = sell(tills[1], '130123456789012343');
  expect(findSold(tills[0], late.qr)).toBe('E-RET-08');
  expect(findSold(tills[0], late.oldBarcode)).toBe('E-RET-01');
});

test('a number or a hash that does not fit is refused, however little of it is wrong', () => {
  const { qr, oldQr, number } = papers[0];
  const wrong = [
    qr.replace(number, '99999999'),
    oldQr.replace(number, '99999999'),
    oldQr.slice(0, -1),
    qr.slice(0, -1),
  ];
  for (const text of [...wrong, `${qr}x`, oldQr.slice(0, -8)])
    expect([text, findSold(tills[0], text)]).toEqual([text, 'E-RET-08']);
});

test('what does not say its till is found, and to be compared: time, terminal and total', () => {
  const [{ number, saleId }, other] = papers;
  for (const text of [other.oldBarcode, number, String(Number(number))]) {
    expect(showSold(tills[0], text)).toBeNull();
    expect(foundSaleView(tills[0].engine, tills[0].store, '20269999')).toMatchObject({
      saleId,
      isUnsure: true,
      // The code of the till when it was sold.
      paper: { terminalCode: '20260002', total_fen: 450 },
    });
  }
  expect(showSold(tills[0], number, true)).toBeNull();
  expect(tills[0].engine.ui.foundSale).toEqual({ saleId, isUnsure: false });
});

test('after a restore one’s own papers are still known; an old one of the lost time is compared', () => {
  const { qr, barcode, oldQr, saleId } = papers[0];
  restored(tills[0]);
  for (const text of [qr, barcode, oldQr])
    expect(findSold(tills[0], text)).toMatchObject({ sale: { saleId }, isUnsure: false });
  const ofLostTime = `${oldQr.slice(0, -8)}${'0'.repeat(8)}`;
  expect(findSold(tills[0], ofLostTime)).toMatchObject({ sale: { saleId }, isUnsure: true });
});
