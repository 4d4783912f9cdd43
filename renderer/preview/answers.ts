// What the pretended core answers to commands in the preview.
import type { GoodsFound } from '../../contract/commands.ts';
import type { ExceptionView } from '../../contract/snapshot.ts';
import { sampleFound, sampleRows } from './day.ts';
import { threeWrong } from './diagnosis.ts';
import { previewOf, returnMoneyOf, soldSales } from './found.ts';
import { NOW_ms } from './goods.ts';
import { sampleBills, sampleReconciliation } from './reconciliation.ts';
import { sampleWallets } from './wallets.ts';

const found: GoodsFound[] = [
  {
    barcode: '6909900000014',
    name_zh: '山泉饮用水 550ml',
    name_en: 'Spring water 550 ml',
    unit: '瓶',
    price_fen: 200,
  },
  {
    barcode: '6909900000021',
    name_zh: '全麦吐司 400g',
    name_en: 'Whole wheat toast 400 g',
    unit: '袋',
    price_fen: 1280,
  },
  {
    barcode: '6909900000045',
    name_zh: '纯牛奶 250ml × 12',
    name_en: 'Milk 250 ml × 12',
    unit: '箱',
    price_fen: 4990,
  },
  {
    barcode: '6909900000052',
    name_zh: '抽纸 3 包装',
    name_en: 'Tissues, pack of 3',
    unit: '提',
    price_fen: 1590,
  },
];

const exceptions: ExceptionView[] = (['E-OFF-08', 'E-OFF-09', 'E-OFF-08'] as const).map((reason, index) => ({
  attemptId: `A${index}`,
  orderNumber: `02001K00000${31 + index}7F3Q`,
  saleId: `S${index}`,
  receiptNumber: `0001830${index}`,
  amount_fen: 4990 + index * 1210,
  reason,
  acquirerCode: reason === 'E-OFF-08' ? '51' : null,
  at_ms: NOW_ms - index * 5_400_000,
}));

export const answers: Record<string, unknown> = {
  'goods.search': found,
  'exceptions.list': exceptions,
  'undecided.list': [],
  'sales.browse': soldSales,
  'return.preview': previewOf(8_160),
  'return.open': returnMoneyOf(8_160),
  'shift.close': { receiptId: 'C1', counted_fen: 120_000, expected_fen: 120_350, overShort_fen: -350 },
  'day.close': sampleFound,
  'report.x': sampleFound,
  'report.get': sampleFound,
  'reports.list': sampleRows,
  'bills.list': sampleBills,
  'reconciliation.get': sampleReconciliation,
  'diagnostics.wallets': sampleWallets,
  'diagnostics.report': {
    path: '/var/lib/yima/state/diagnoses/yima-02-20261123T024331.json',
    report: { lines: threeWrong.lines },
  },
};
