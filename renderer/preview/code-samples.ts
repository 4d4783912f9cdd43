// Samples of main scan: our code asked for, shown, being paid, closed; the choice of a wallet; cash beside it.
import type { PaymentView, RouteView, Snapshot } from '../../contract/snapshot.ts';
import { base, NOW_ms, paymentOf, saleOf } from './goods.ts';
import { type Sample, screen } from './sample.ts';

const route = (id: string, presents: string, schemes = [presents]): RouteView => ({
  id,
  presents,
  schemes,
  state: 'online',
  cause: null,
  latency_ms: 38,
  offlineMode: 'refuse',
  queueOpen: false,
  layer: null,
});

const aggregate = route('gateway', 'AGGREGATE', ['WECHAT', 'ALIPAY', 'UNIONPAY', 'ECNY']);
const wallets = [route('wechat', 'WECHAT'), route('alipay', 'ALIPAY'), route('union', 'UNIONPAY')];

function tender(payments: PaymentView[], change: Partial<Snapshot> = {}): Sample {
  const isOpen = payments.some((payment) => payment.unproven);
  const sale = saleOf({ state: 'tendering', payments, canCancel: !isOpen, canGoBack: !isOpen });
  return screen({ sale, routes: [aggregate], ...change });
}

const opened = { at_ms: NOW_ms - 9_300, what: 'codeAsked', count: 1 } as const;
const asked = paymentOf({
  scheme: 'AGGREGATE',
  codeMask: '',
  orderNumber: '20260002001000004R7C2F3Q91',
  state: 'presenting',
  canGiveUp: true,
  giveUpFrom_ms: NOW_ms - 1,
  story: [opened],
});

const content = 'https://qr.95516.com/00010000/01220001234567890123456789012345';
const shown = paymentOf({
  ...asked,
  code: { content, endsAt_ms: NOW_ms + 287_000, isScanned: false },
  inquiries: 2,
  nextStepAt_ms: NOW_ms + 2_000,
  story: [
    opened,
    { at_ms: NOW_ms - 8_900, what: 'codeShown' },
    { at_ms: NOW_ms - 5_900, what: 'inquired', count: 1 },
    { at_ms: NOW_ms - 5_800, what: 'stillUnknown', detail: 'NOTPAY' },
    { at_ms: NOW_ms - 2_800, what: 'inquired', count: 2 },
    { at_ms: NOW_ms - 2_700, what: 'awaitingCustomer', detail: 'USERPAYING' },
  ],
});
const scanned = paymentOf({ ...shown, code: { content, endsAt_ms: NOW_ms + 241_000, isScanned: true } });

const closing = paymentOf({
  ...asked,
  state: 'closing',
  reason: 'E-PAY-20',
  canGiveUp: false,
  giveUpFrom_ms: null,
  nextStepAt_ms: NOW_ms + 5_000,
  story: [
    ...shown.story,
    { at_ms: NOW_ms - 1_500, what: 'gaveUp' },
    { at_ms: NOW_ms - 1_400, what: 'closeSent', count: 1 },
  ],
});
const closed = paymentOf({
  ...closing,
  state: 'closed',
  unproven: false,
  reason: 'E-PAY-22',
  nextStepAt_ms: null,
  story: [...closing.story, { at_ms: NOW_ms - 900, what: 'closed' }],
});
const cash = { received_fen: 10_000, amount_fen: 9_040, rounding_fen: 1, change_fen: 960 };

export const codeSamples: Record<string, Sample> = {
  codeReady: tender([]),
  codeChoice: { ...tender([], { routes: wallets }), keys: ['F6'] },
  codeOff: tender([], { routes: [{ ...aggregate, state: 'offline', cause: 'ENOTFOUND', layer: 'dns' }] }),
  codeAsked: tender([asked]),
  codeShown: tender([shown]),
  codeScanned: tender([scanned]),
  codeAskClose: { ...tender([shown]), keys: ['F9'] },
  codeAskCash: { ...tender([shown]), keys: ['F5'] },
  codeCash: { ...tender([shown]), keys: ['F5', 'F5'] },
  codeClosing: tender([closing]),
  codeClosed: tender([closed]),
  codeNone: tender([paymentOf({ ...closed, reason: 'E-PAY-21', story: [opened] })]),
  codeTwice: tender([{ ...closed, attemptId: 'A0' }, shown]),
  codeResolving: { ...screen({ sale: null, resolving: [closing] }) },
  codePaid: screen({
    sale: saleOf({
      state: 'completed',
      due_fen: 0,
      receiptNumber: '00018342',
      receiptId: 'R1',
      canCancel: false,
      payments: [paymentOf({ ...shown, state: 'approved', unproven: false, code: null })],
    }),
    print: { ...base.print, state: 'printing', receiptId: 'R1' },
  }),
  codePaidInCash: screen({
    sale: saleOf({
      state: 'completed',
      due_fen: 0,
      receiptNumber: '00018342',
      receiptId: 'R1',
      canCancel: false,
      cash,
      payments: [closing],
    }),
  }),
};
