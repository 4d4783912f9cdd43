// The scripted sales that are crashed everywhere: each goes down another road of the payment machine.
import { type CodeTrial, codeScenarios } from './code-scenarios.ts';
import { dayScenarios } from './day-scenarios.ts';
import { tradingDayScenario } from './trading-day.ts';
import {
  isOnline,
  pay,
  payAndPrint,
  printed,
  saleIs,
  scanAndTender,
  type Scenario,
  type Stage,
} from './stage.ts';

async function queueAndForward(stage: Stage, barcode: string): Promise<void> {
  const { shop, rpc, codes } = stage;
  await rpc.until('online', isOnline);
  await shop.acquirer.refuse();
  await rpc.until('offline', (snapshot) => snapshot.routes[0]?.state === 'offline');
  await scanAndTender(stage, barcode);
  await shop.scanner.scan(codes.alipay());
  await rpc.until('queued', saleIs('completedPending'));
  await shop.acquirer.accept();
  await rpc.until('confirmed', saleIs('completed'));
  await printed(rpc);
}

/** All scenarios sell goods of this barcode. */
export function scenariosFor(barcode: string, scan: CodeTrial['scan']): Scenario[] {
  const codes = codeScenarios({ barcode, routeId: 'gateway', scan, endsScanned: true });
  return [...sellingScenarios(barcode), ...codes, ...dayScenarios(barcode), tradingDayScenario(barcode)];
}

function sellingScenarios(barcode: string): Scenario[] {
  return [
    { name: 'paid', act: (stage) => payAndPrint(stage, barcode) },
    {
      name: 'answerLost',
      arrange: (shop) => shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 }),
      act: (stage) => payAndPrint(stage, barcode),
    },
    {
      name: 'reversed',
      arrange: async (shop) => {
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 });
        await shop.acquirer.faults.set({ fault: 'http5xx', path: 'query' });
        await shop.acquirer.faults.set({ fault: 'dropAnswer', path: 'voidpayment', count: 1 });
      },
      act: async (stage) => {
        await pay(stage, barcode);
        await stage.rpc.until('reversed', (snapshot) => snapshot.sale?.payments[0]?.state === 'reversed');
        await stage.rpc.call('sale.cancel');
      },
    },
    {
      name: 'declinedThenPaid',
      arrange: (shop) => shop.acquirer.faults.set({ fault: 'decline', count: 1 }),
      act: async (stage) => {
        await pay(stage, barcode);
        await stage.rpc.until('declined', (snapshot) => snapshot.sale?.payments[0]?.state === 'declined');
        await stage.shop.scanner.scan(stage.codes.wechat());
        await stage.rpc.until('paid', saleIs('completed'));
        await printed(stage.rpc);
      },
    },
    {
      name: 'queued',
      act: (stage) => queueAndForward(stage, barcode),
      release: ({ shop }) => shop.acquirer.accept(),
    },
  ];
}
