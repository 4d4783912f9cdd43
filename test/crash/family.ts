// One adapter of each family of protocols, with the scripted sales that its till is killed in, and what its acquirer's own books say.
import { join } from 'node:path';
import { readLedger, type OrderTruth } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import { readRefunds, type RefundTruth } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { bookLines } from '../../fixtures/bills/books.ts';
import type { BillRail, BookLine } from '../../fixtures/bills/line.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import { railsOf, withDirectContracts } from '../../tools/lab/rails.ts';
import { openShop, type Shop } from '../../tools/lab/shop.ts';
import { openWallets } from '../../tools/lab/wallets.ts';
import { codeScenarios } from './code-scenarios.ts';
import { sellAndReturn } from './day-scenarios.ts';
import { firstBarcode, openQuickShop, quick } from './quick-shop.ts';
import { scenariosFor } from './scenarios.ts';
import { payAndPrint, type Scenario, type ShowCode } from './stage.ts';

/** What the acquirer really did. */
export type AcquirerBooks = { orders: readonly OrderTruth[]; refunds: readonly RefundTruth[] };

export type Family = {
  shop: Shop;
  scenarios: readonly Scenario[];
  books(): AcquirerBooks;
  /** No fault is set any more. */
  clear(): Promise<void>;
  stop(): Promise<void>;
};

export const directFamilies = ['wechat', 'alipay', 'unionpay'] as const;

export const familyNames = ['gateway', ...directFamilies] as const;

export type FamilyName = (typeof familyNames)[number];

async function openGateway(directory: string): Promise<Family> {
  const shop = await openQuickShop(directory);
  const { ledgerFile } = shop.gateway;
  return {
    shop,
    scenarios: scenariosFor(firstBarcode(shop.configFile), (content, pays) =>
      shop.acquirer.customer.scan(content, { pays }),
    ),
    books: () => ({ orders: readLedger(ledgerFile), refunds: readRefunds(ledgerFile) }),
    clear: () => shop.acquirer.faults.clear(),
    stop: () => shop.stop(),
  };
}

const sum_fen = (lines: readonly BookLine[]): number =>
  lines.reduce((total_fen, line) => total_fen + line.amount_fen, 0);

function orderTruth(merchantOrderId: string, own: readonly BookLine[]): OrderTruth {
  const charges = own.filter(({ kind }) => kind === 'pay');
  const back = own.filter(({ kind }) => kind !== 'pay');
  const charged_fen = sum_fen(charges);
  const givenBack_fen = sum_fen(back);
  const isReversed = back.some(({ kind }) => kind === 'reversal');
  const state = isReversed ? 'reversed' : givenBack_fen > 0 ? 'partlyRefunded' : 'charged';
  return { merchantOrderId, charged_fen, charges: charges.length, givenBack_fen, state };
}

function refundTruths(lines: readonly BookLine[]): RefundTruth[] {
  const refunds = Object.groupBy(
    lines.filter(({ kind }) => kind === 'refund'),
    ({ refundNumber }) => refundNumber,
  );
  return Object.entries(refunds).flatMap(([refundRequestId, own = []]) => {
    const [first] = own;
    if (first === undefined) return [];
    const { orderNumber: merchantOrderId, amount_fen } = first;
    return [{ refundRequestId, merchantOrderId, amount_fen, state: 'done', times: own.length } as const];
  });
}

/** From the lines of its ledger, as they would stand on its bill: what was charged and what went back. */
function booksOf(lines: readonly BookLine[]): AcquirerBooks {
  const orders = Object.groupBy(lines, ({ orderNumber }) => orderNumber);
  return {
    orders: Object.entries(orders).map(([orderNumber, own = []]) => orderTruth(orderNumber, own)),
    refunds: refundTruths(lines),
  };
}

const billed = { wechat: 'wechatpay', alipay: 'alipay', unionpay: 'unionpay' } as const satisfies Record<
  string,
  BillRail
>;

async function openDirect(name: (typeof directFamilies)[number], directory: string): Promise<Family> {
  const wallets = await openWallets(join(directory, 'wallets'));
  const configure = (lab: Parameters<typeof quick>[0]) => withDirectContracts(quick(lab), wallets);
  const shop = await openShop({ directory, configure });
  const rail = railsOf(wallets, shop.acquirer).find((one) => one.name === name);
  if (!rail) throw new Error(`no rail ${name}`);
  const barcode = firstBarcode(shop.configFile);
  const show: ShowCode = (codes: CodeMaker) => rail.code(codes);
  return {
    shop,
    scenarios: [
      { name: 'paid', act: (stage) => payAndPrint(stage, barcode, 1, show) },
      {
        name: 'answerLost',
        arrange: () => rail.loseAnswer(),
        act: (stage) => payAndPrint(stage, barcode, 1, show),
      },
      { name: 'refunded', act: (stage) => sellAndReturn(stage, barcode, { bottles: 2, back: 1 }, show) },
      ...codeScenarios({ barcode, routeId: name, ...rail.mainScan }),
    ],
    books: () => booksOf(bookLines(billed[name], wallets.ledgerFiles[name], '')),
    clear: async () => {
      await wallets.wechat.faults.clear();
      await wallets.alipay.faults.clear();
      await wallets.unionpay.faults.clear();
    },
    stop: async () => {
      await shop.stop();
      await wallets.stop();
    },
  };
}

export function openFamily(name: FamilyName, directory: string): Promise<Family> {
  return name === 'gateway' ? openGateway(directory) : openDirect(name, directory);
}
