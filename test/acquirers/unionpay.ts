// What the tests of acquirers/unionpay share: an order, a contract, and keys that openssl makes for the simulator.
import { readFileSync } from 'node:fs';
import type { AuthorizeOrder, GiveBackOrder } from '../../core/ports/acquirer.ts';
import type { UnionpayKeyFiles } from '../../fixtures/acquirers/unionpay/keys.ts';
import { type KeySettings, unionpaySigner } from '../../acquirers/unionpay/certificate.ts';
import type { MerchantFacts } from '../../acquirers/unionpay/codec.ts';
import type { Fields } from '../../acquirers/unionpay/signature.ts';

export const facts: MerchantFacts = {
  merchantId: '777290058110048',
  terminalId: '00810001',
  backUrl: 'http://www.specialUrl.com',
};

/** 2026-11-28 18:00:05 in Shanghai. */
export const OPENED_ms = Date.UTC(2026, 10, 28, 10, 0, 5);

export const order: AuthorizeOrder = {
  orderNumber: '0081000100100000A1AB12CD34',
  openedAt_ms: OPENED_ms,
  amount_fen: 8880,
  code: '6220835931895481436',
  deferred: null,
  timeout_ms: 10_000,
};

export const refund: GiveBackOrder = {
  method: 'refund',
  requestNumber: 'R0081000100100000B1AB12CD34',
  giveBackOpenedAt_ms: OPENED_ms + 60_000,
  orderNumber: order.orderNumber,
  openedAt_ms: OPENED_ms,
  acquirerOrderId: '512611281800056516528',
  amount_fen: 3000,
  paid_fen: 8880,
  timeout_ms: 10_000,
};

/** What every answer repeats. */
export const named: Fields = {
  merId: facts.merchantId,
  orderId: order.orderNumber,
  txnTime: '20261128180005',
};

/** A query of `order` that says "paid". */
export const paidAnswer: Fields = {
  ...named,
  respCode: '00',
  origRespCode: '00',
  txnType: '01',
  txnSubType: '06',
  txnAmt: '8880',
  currencyCode: '156',
  queryId: refund.acquirerOrderId,
  traceNo: '651652',
  traceTime: '1128180006',
  settleDate: '1128',
};

export function keySettings(files: UnionpayKeyFiles): KeySettings {
  const read = (file: string): string => readFileSync(file, 'utf8');
  return {
    privateKey: read(files.merchantKeyFile),
    certificate: read(files.merchantCertFile),
    roots: read(files.rootCertFile),
    intermediates: read(files.intermediateCertFile),
    signer: unionpaySigner,
  };
}
