// Samples of the customer's screen.
import type { DisplayShow, DisplayView } from '../../contract/display.ts';
import { base, NOW_ms } from './goods.ts';
import type { Sample } from './sample.ts';

export function customerView(show: DisplayShow): DisplayView {
  const { name_zh, name_en } = base.store;
  return { now_ms: NOW_ms, store: { name_zh, name_en }, show };
}

const sample = (customer: DisplayShow): Sample => ({ snapshot: null, customer });
const sums = { kind: 'sale', itemCount: 6, total_fen: 9_241, due_fen: 9_241 } as const;
const code = {
  kind: 'code',
  scheme: 'UNIONPAY',
  amount_fen: 9_241,
  content: 'https://qr.95516.com/00010000/01220001234567890123456789012345',
  endsAt_ms: NOW_ms + 287_000,
} as const;

export const customerSamples: Record<string, Sample> = {
  customerIdle: sample({ kind: 'idle' }),
  customerGoods: sample({ ...sums, isToPay: false, isWorking: false }),
  customerDue: sample({ ...sums, total_fen: 1_234_567, due_fen: 1_134_567, isToPay: true, isWorking: false }),
  customerWorking: sample({ ...sums, isToPay: true, isWorking: true }),
  customerCode: sample({ ...code, isScanned: false }),
  customerCodeOfAny: sample({ ...code, scheme: 'AGGREGATE', isScanned: false }),
  customerScanned: sample({ ...code, isScanned: true }),
  customerPaid: sample({ kind: 'paid', amount_fen: 9_241, change_fen: null, at_ms: NOW_ms }),
  customerChange: sample({ kind: 'paid', amount_fen: 9_240, change_fen: 760, at_ms: NOW_ms }),
  customerPending: sample({ kind: 'pending', amount_fen: 9_241, at_ms: NOW_ms }),
};
