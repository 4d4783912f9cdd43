// One sample snapshot for each screen and state that a cashier can meet.
import type { PaymentView, RouteView, SaleView, Snapshot } from '../../contract/snapshot.ts';
import { codeSamples } from './code-samples.ts';
import { customerSamples } from './customer-samples.ts';
import { attentionSamples } from './attention-samples.ts';
import { closingSamples } from './closing-samples.ts';
import { daySamples } from './day-samples.ts';
import { firstLine, lines, NOW_ms, paymentOf, saleOf } from './goods.ts';
import { officeSamples } from './office-samples.ts';
import { type Sample, screen } from './sample.ts';
import { technicianSamples } from './technician-samples.ts';

function tender(
  payments: PaymentView[],
  change: Partial<Snapshot> = {},
  sale: Partial<SaleView> = {},
): Sample {
  const isOpen = payments.some((payment) => payment.unproven);
  // As the core: what can only go back keeps nobody from dropping the sale.
  const isUndecided = payments.some(
    ({ unproven, state }) => unproven && !['reversing', 'closing', 'disputed'].includes(state),
  );
  const rest = { state: 'tendering', payments, canCancel: !isUndecided, canGoBack: !isOpen } as const;
  return screen({ sale: saleOf({ ...rest, ...sale }), ...change });
}

const offlineRoute: RouteView = {
  id: 'gateway',
  presents: null,
  schemes: ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY', 'BESTPAY', 'JD'],
  state: 'offline',
  cause: 'ECONNREFUSED',
  latency_ms: null,
  offlineMode: 'queue',
  queueOpen: true,
  layer: 'tcp',
};

/** All down; the first refuses, the next keeps codes for a moment, the last queues. */
export const differingRoutes: RouteView[] = [
  { ...offlineRoute, id: 'wechat', schemes: ['WECHAT'], offlineMode: 'refuse', queueOpen: false },
  { ...offlineRoute, id: 'alipay', schemes: ['ALIPAY', 'JD'], offlineMode: 'hold', queueOpen: false },
  { ...offlineRoute, schemes: ['ALIPAY', 'UNIONPAY', 'ECNY'] },
];

const everyWallet: RouteView[] = [
  {
    ...offlineRoute,
    id: 'direct',
    schemes: ['WECHAT', 'ALIPAY', 'UNIONPAY'],
    state: 'online',
    cause: null,
  },
  { ...offlineRoute, schemes: ['EMV_CPM', 'ECNY', 'BESTPAY', 'JD', 'HEBAO', 'WO', 'SHOP_CARD'] },
];

const offline: Partial<Snapshot> = {
  routes: [offlineRoute],
  exposure: {
    count: 3,
    total_fen: 14_620,
    oldest_ms: NOW_ms - 370_000,
    room_fen: 123_800,
    expectedLoss_fen: 1_170,
  },
};

const unknown = paymentOf({
  state: 'unknown',
  inquiries: 3,
  reason: 'E-PAY-07',
  nextStepAt_ms: NOW_ms + 4_000,
  giveUpFrom_ms: NOW_ms - 1_000,
  canGiveUp: true,
  story: [
    { at_ms: NOW_ms - 29_500, what: 'opened' },
    { at_ms: NOW_ms - 29_300, what: 'sent' },
    { at_ms: NOW_ms - 19_300, what: 'noAnswer', detail: 'socket hang up' },
    { at_ms: NOW_ms - 14_300, what: 'inquired', count: 1 },
    { at_ms: NOW_ms - 14_000, what: 'stillUnknown', detail: 'PROCESSING' },
    { at_ms: NOW_ms - 9_000, what: 'inquired', count: 2 },
    { at_ms: NOW_ms - 8_800, what: 'notFound' },
    { at_ms: NOW_ms - 3_800, what: 'inquired', count: 3 },
  ],
});

const declined = paymentOf({
  state: 'declined',
  unproven: false,
  reason: 'E-PAY-01',
  acquirerCode: '54',
  story: [
    { at_ms: NOW_ms - 2_000, what: 'opened' },
    { at_ms: NOW_ms - 1_900, what: 'sent' },
    { at_ms: NOW_ms - 900, what: 'declined', detail: '54' },
  ],
});

const approved = paymentOf({
  state: 'approved',
  unproven: false,
  story: [
    { at_ms: NOW_ms - 2_000, what: 'opened' },
    { at_ms: NOW_ms - 1_900, what: 'sent' },
    { at_ms: NOW_ms - 700, what: 'approved', detail: '00' },
  ],
});

const queued = paymentOf({
  state: 'queued',
  deferred: true,
  scheme: 'ALIPAY',
  codeMask: '288812…9921',
  story: [
    { at_ms: NOW_ms - 2_000, what: 'opened' },
    { at_ms: NOW_ms - 1_900, what: 'queued' },
  ],
});

const reversing = paymentOf({
  ...unknown,
  state: 'reversing',
  reason: 'E-PAY-11',
  reversals: 2,
  nextStepAt_ms: NOW_ms + 7_000,
  giveUpFrom_ms: null,
  canGiveUp: false,
  story: [
    ...unknown.story,
    { at_ms: NOW_ms - 1_500, what: 'gaveUp' },
    { at_ms: NOW_ms - 1_400, what: 'reversalSent', count: 1 },
  ],
});

const done = { state: 'completed', due_fen: 0, receiptNumber: '00018342', receiptId: 'R1' } as const;
const longSale = saleOf({
  lines: Array.from({ length: 23 }, (_, index) => {
    const source = lines[index % lines.length] ?? firstLine;
    return {
      ...source,
      lineId: `M${index}`,
      quantity: (index % 3) + 1,
      amount_fen: source.unitPrice_fen * ((index % 3) + 1),
    };
  }),
});

export const samples: Record<string, Sample> = {
  ...codeSamples,
  ...customerSamples,
  ...daySamples,
  ...closingSamples,
  ...attentionSamples,
  ...officeSamples,
  ...technicianSamples,
  starting: { snapshot: null, link: 'connecting' },
  signIn: screen({ operator: null, sale: null }),
  signInWrong: {
    ...screen({ operator: null, sale: null }),
    refusal: { code: 'E-AUTH-01', detail: '' },
  },
  empty: screen({ sale: null }),
  sell: screen({}),
  sellLong: screen({ sale: longSale }),
  sellLarge: screen({
    sale: saleOf({ due_fen: 1_234_567, total_fen: 1_234_567 }),
  }),
  sellNotice: screen({
    notice: { noticeId: 'N1', code: 'E-SCAN-03', tone: 'bad', detail: '130812…0584', at_ms: NOW_ms },
  }),
  sellOffline: screen({ ...offline, exceptionCount: 2 }),
  sellDevices: screen({
    printers: [{ id: 'receipt', state: 'attention', reason: 'E-PRN-01', detail: '' }],
    scanners: [{ id: 'hand', state: 'down', reason: 'E-SCAN-09', detail: '' }],
    resolving: [reversing],
  }),
  ready: tender([]),
  readyEvery: tender([], { routes: everyWallet }),
  soldWallets: { ...screen({ sale: null, routes: everyWallet }), keys: ['F6', '1', 'F4', 'F4'] },
  readyOffline: tender([], offline),
  readyDiffering: tender([], { ...offline, routes: differingRoutes }),
  readyRefused: tender([], {
    routes: [{ ...offlineRoute, offlineMode: 'refuse', queueOpen: false, cause: 'ENOTFOUND', layer: 'dns' }],
  }),
  sent: tender([paymentOf({ giveUpFrom_ms: NOW_ms + 2_000 })]),
  awaiting: tender([
    paymentOf({
      state: 'awaitingCustomer',
      inquiries: 1,
      reason: 'E-PAY-10',
      nextStepAt_ms: NOW_ms + 5_000,
      canGiveUp: true,
      giveUpFrom_ms: NOW_ms - 1,
      story: [
        { at_ms: NOW_ms - 6_000, what: 'opened' },
        { at_ms: NOW_ms - 5_900, what: 'sent' },
        { at_ms: NOW_ms - 5_000, what: 'awaitingCustomer', detail: 'USERPAYING' },
        { at_ms: NOW_ms - 100, what: 'inquired', count: 1 },
      ],
    }),
  ]),
  unknown: tender([unknown], offline),
  reversing: tender([reversing]),
  reversingDrop: { ...tender([reversing]), keys: ['F9'] },
  reversed: tender([{ ...reversing, state: 'reversed', unproven: false, nextStepAt_ms: null, reason: null }]),
  declined: tender([declined]),
  declinedTwice: tender([{ ...declined, attemptId: 'A0', reason: 'E-PAY-02', scheme: 'ALIPAY' }, declined]),
  notSent: tender([paymentOf({ state: 'notSent', unproven: false, reason: 'E-PAY-09' })], offline),
  held: tender([paymentOf({ state: 'held', nextStepAt_ms: NOW_ms + 41_000, canGiveUp: true })], {
    routes: [{ ...offlineRoute, offlineMode: 'hold', queueOpen: false, cause: null, layer: 'link' }],
  }),
  disputed: tender([paymentOf({ state: 'disputed', reason: 'E-PAY-13', nextStepAt_ms: null })]),
  earlierInDoubt: tender([
    { ...unknown, attemptId: 'A0' },
    { ...declined, scheme: 'ALIPAY' },
  ]),
  askCashEarlierInDoubt: {
    ...tender([
      { ...unknown, attemptId: 'A0' },
      { ...declined, scheme: 'ALIPAY' },
    ]),
    keys: ['F5'],
  },
  cashBesideDisputed: {
    ...tender([{ ...unknown, attemptId: 'A0', state: 'disputed', reason: 'E-PAY-13' }, declined]),
    keys: ['F5'],
  },
  paid: screen({
    sale: saleOf({ ...done, payments: [approved], canCancel: false }),
    print: { state: 'printing', reason: null, cause: null, proof: null, receiptId: 'R1' },
  }),
  paidNoPaper: screen({
    sale: saleOf({ ...done, payments: [declined, { ...approved, attemptId: 'A2' }], canCancel: false }),
    print: { state: 'failed', reason: 'E-PRN-01', cause: 'E-PRN-01', proof: 'nothing', receiptId: 'R1' },
    printers: [{ id: 'receipt', state: 'attention', reason: 'E-PRN-01', detail: '' }],
  }),
  queued: screen({
    ...offline,
    sale: saleOf({ ...done, state: 'completedPending', payments: [queued], canCancel: false }),
    print: { state: 'printed', reason: null, cause: null, proof: 'processId', receiptId: 'R1' },
  }),
  givenBack: screen({
    sale: saleOf({
      state: 'cancelled',
      payments: [{ ...reversing, state: 'reversed', unproven: false, nextStepAt_ms: null }],
    }),
  }),
  find: { ...screen({}), keys: ['6', '9', '0'] },
  askCancel: { ...screen({}), keys: ['F9'] },
  askGiveUp: { ...tender([unknown]), keys: ['F9'] },
  refusal: screen({ refusal: { code: 'E-DB-03', detail: 'head file at 18342, journal ends at 18339' } }),
  reconnecting: { ...tender([unknown]), link: 'connecting' },
};
