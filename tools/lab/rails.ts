// The rails of a shop with direct contracts: for each its payment codes, what its customer and its line do, and what its own books say.
import type { GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import type { ConfigurationInput, FileInput } from './shop.ts';
import type { Wallets } from './wallets.ts';

export type Rail = {
  name: string;
  code(codes: CodeMaker): string;
  loseAnswer(): Promise<void>;
  /** The next customer hesitates. `waitsIn`: what the till calls that. */
  askCustomer(): Promise<void>;
  waitsIn: 'awaitingCustomer' | 'unknown';
  customerPays(orderNumber: string): Promise<void>;
  /** A reversal ends the order while the customer hesitates; false: only once the customer has decided. */
  reversesUndecided: boolean;
  /** Nothing that this acquirer says of a reversed order proves it (docs/adr/0017): its day is over, it refuses, and a person decides. */
  refuseReversals: ((orderNumber: string) => Promise<void>) | null;
  /** Charged less given back, by the acquirer's own books. 0 also where there is no such order. */
  kept_fen(orderNumber: string): Promise<number>;
  mainScan: {
    /** What the screen calls its code. */
    label: string;
    /** A customer scans this and pays, or only looks; rejects with what his app shows. */
    scan(content: string, pays: boolean): Promise<unknown>;
    loseCode(): Promise<void>;
    /** An order that somebody has scanned can be ended at once. */
    endsScanned: boolean;
    /** One that nobody has scanned, too. */
    endsUnscanned: boolean;
  };
};

function wechatRail({ wechat }: Wallets): Rail {
  return {
    name: 'wechat',
    waitsIn: 'awaitingCustomer',
    reversesUndecided: true,
    refuseReversals: null,
    code: (codes) => codes.wechat(),
    loseAnswer: () => wechat.faults.set({ fault: 'dropAnswer', call: 'codepay', count: 1 }),
    askCustomer: () => wechat.faults.set({ fault: 'awaitCustomer', call: 'codepay', count: 1 }),
    customerPays: (orderNumber) => wechat.customer(orderNumber, 'charge'),
    kept_fen: async (orderNumber) =>
      (await wechat.orders()).find((one) => one.out_trade_no === orderNumber)?.kept_fen ?? 0,
    mainScan: {
      label: '微信支付',
      scan: (content, pays) => wechat.scan(content, { pays }),
      loseCode: () => wechat.faults.set({ fault: 'dropAnswer', call: 'native', count: 1 }),
      endsScanned: true,
      endsUnscanned: true,
    },
  };
}

function alipayRail({ alipay }: Wallets): Rail {
  return {
    name: 'alipay',
    waitsIn: 'awaitingCustomer',
    reversesUndecided: true,
    refuseReversals: null,
    code: (codes) => codes.alipay(),
    loseAnswer: () => alipay.faults.set({ fault: 'dropAnswer', call: 'pay', count: 1 }),
    askCustomer: () => alipay.faults.set({ fault: 'awaitCustomer', call: 'pay', count: 1 }),
    customerPays: async (orderNumber) => void (await alipay.approve(orderNumber)),
    kept_fen: async (orderNumber) => {
      const found = (await alipay.trades()).find((one) => one.out_trade_no === orderNumber);
      return found?.status === 'TRADE_SUCCESS' ? found.amount_fen - found.givenBack_fen : 0;
    },
    mainScan: {
      label: '支付宝',
      scan: (content, pays) => alipay.scan(content, { pays }),
      loseCode: () => alipay.faults.set({ fault: 'dropAnswer', call: 'precreate', count: 1 }),
      endsScanned: true,
      endsUnscanned: false,
    },
  };
}

function unionpayRail({ unionpay }: Wallets): Rail {
  return {
    name: 'unionpay',
    // A purchase is accepted, password or not: only a query tells.
    waitsIn: 'unknown',
    reversesUndecided: true,
    refuseReversals: async (orderNumber) => {
      await unionpay.waitFor('fact.reversed', { orderId: orderNumber });
      await unionpay.faults.set({ fault: 'decline', call: 'reversal', code: '39', orderId: orderNumber });
    },
    code: (codes) => codes.unionpay(),
    loseAnswer: () => unionpay.faults.set({ fault: 'dropAnswer', call: 'purchase', count: 1 }),
    askCustomer: () => unionpay.faults.set({ fault: 'wait', call: 'purchase', count: 1 }),
    customerPays: async (orderNumber) => void (await unionpay.decide(orderNumber)),
    kept_fen: async (orderNumber) => {
      const isIt = (one: { kind: string; orderId: string }) =>
        one.kind === 'purchase' && one.orderId === orderNumber;
      const found = (await unionpay.orders()).find(isIt);
      return found?.state === 'done' ? found.amount_fen - (found.givenBack_fen ?? 0) : 0;
    },
    mainScan: {
      label: '云闪付',
      scan: (content, pays) => unionpay.scan(content, { pays }),
      loseCode: () => unionpay.faults.set({ fault: 'dropRequest', call: 'present', count: 1 }),
      endsScanned: false,
      endsUnscanned: false,
    },
  };
}

function gatewayRail(gateway: GatewayControl): Rail {
  return {
    name: 'gateway',
    waitsIn: 'awaitingCustomer',
    reversesUndecided: false,
    refuseReversals: null,
    code: (codes) => codes.ecny(),
    loseAnswer: () => gateway.faults.set({ fault: 'dropAnswer', path: 'pay', count: 1 }),
    askCustomer: () => gateway.faults.set({ fault: 'awaitCustomer', path: 'pay', count: 1 }),
    customerPays: async (orderNumber) => void (await gateway.customer.approve(orderNumber)),
    kept_fen: async (orderNumber) => {
      const found = (await gateway.orders()).find((one) => one.merchantOrderId === orderNumber);
      return found?.state === 'charged' ? found.amount_fen - found.refunded_fen : 0;
    },
    mainScan: {
      label: '聚合收款码',
      scan: (content, pays) => gateway.customer.scan(content, { pays }),
      loseCode: () => gateway.faults.set({ fault: 'dropAnswer', path: 'present', count: 1 }),
      endsScanned: true,
      endsUnscanned: true,
    },
  };
}

export function railsOf(wallets: Wallets, gateway: GatewayControl): Rail[] {
  return [wechatRail(wallets), alipayRail(wallets), unionpayRail(wallets), gatewayRail(gateway)];
}

/** The lab's configuration with the three direct contracts before its gateway, which takes the other wallets. */
export function withDirectContracts(lab: ConfigurationInput, wallets: Wallets): FileInput {
  const { route, ...rest } = lab;
  const { deferredInquiryEvery_ms: _queue, ...timings } = route.timings ?? {};
  const direct = wallets.routes({
    probeEvery_ms: 500,
    offline: { mode: 'hold' },
    // Simulators take a reversal at any time.
    timings: { ...timings, reverseFrom_ms: 0 },
  });
  const routes = [...direct, { ...route, schemes: ['ECNY', 'BESTPAY', 'JD'] }];
  return { ...rest, routes: routes.map((one) => ({ ...one, mainScan: true })) };
}
