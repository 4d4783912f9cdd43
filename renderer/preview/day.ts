// Sample snapshots of a whole day at the counter: cash, parked sales, returns, the shift, reports.
import type { Report } from '../../contract/report.ts';
import type { ParkedView, ReportFound, ReportRow } from '../../contract/snapshot.ts';
import { NOW_ms } from './goods.ts';

export const parkedSale: ParkedView = {
  saleId: 'S001P1',
  itemCount: 6,
  total_fen: 9_241,
  covered_fen: 0,
  hasUnproven: false,
  firstName_zh: '山泉饮用水 550ml',
  firstName_en: 'Spring water 550 ml',
  openedAt_ms: NOW_ms - 780_000,
};

export const parkedSales: ParkedView[] = [
  parkedSale,
  {
    ...parkedSale,
    saleId: 'S001P2',
    itemCount: 2,
    total_fen: 3_270,
    covered_fen: 2_000,
    firstName_zh: '抽纸 3 包装',
    firstName_en: 'Tissues, pack of 3',
  },
  {
    ...parkedSale,
    saleId: 'S001P3',
    itemCount: 1,
    total_fen: 4_990,
    hasUnproven: true,
    firstName_zh: '纯牛奶 250ml × 12',
    firstName_en: 'Milk 250 ml × 12',
  },
];

const some = (count: number, amount_fen: number) => ({ count, amount_fen });

export const sampleReport: Report = {
  kind: 'z',
  zNumber: 127,
  xNumber: null,
  businessDate: '2026-11-23',
  openedAt_ms: NOW_ms - 43_200_000,
  takenAt_ms: NOW_ms,
  terminalCode: '02',
  operatorId: 'wang',
  sales: { count: 486, items: 1_932, gross_fen: 2_843_117, rounding_fen: 1_270, net_fen: 2_841_847 },
  returns: { count: 7, items: 9, gross_fen: 31_460, rounding_fen: 12, net_fen: 31_448 },
  net_fen: 2_810_399,
  tax: [
    {
      rate_bp: 1_300,
      sales: { gross_fen: 2_043_117, net_fen: 1_808_068, tax_fen: 235_049 },
      returns: { gross_fen: 31_448, net_fen: 27_830, tax_fen: 3_618 },
    },
    {
      rate_bp: 900,
      sales: { gross_fen: 798_730, net_fen: 732_780, tax_fen: 65_950 },
      returns: { gross_fen: 0, net_fen: 0, tax_fen: 0 },
    },
  ],
  wallets: [
    {
      scheme: 'WECHAT',
      rail: 'gateway',
      approved: some(271, 1_541_220),
      refunds: some(4, 18_240),
      voids: some(1, 4_990),
      net_fen: 1_517_990,
    },
    {
      scheme: 'ALIPAY',
      rail: 'gateway',
      approved: some(142, 904_130),
      refunds: some(2, 9_870),
      voids: some(0, 0),
      net_fen: 894_260,
    },
    {
      scheme: 'UNIONPAY',
      rail: 'gateway',
      approved: some(18, 97_400),
      refunds: some(0, 0),
      voids: some(0, 0),
      net_fen: 97_400,
    },
  ],
  offline: {
    taken: some(14, 61_330),
    approved: some(9, 40_110),
    declined: some(1, 4_990),
    expired: some(1, 1_610),
    cancelled: some(0, 0),
    collected: some(1, 4_990),
    writtenOff: some(0, 0),
    stillOpen: some(3, 14_620),
    oldest_ms: NOW_ms - 370_000,
    expectedLoss_fen: 1_170,
  },
  cash: {
    sales: some(69, 310_737),
    rounding_fen: 1_270,
    refunds: some(2, 3_338),
    paidIn: some(1, 20_000),
    paidOut: some(2, 85_000),
    shifts: [
      {
        number: '0231',
        operatorId: 'lin',
        openedAt_ms: NOW_ms - 43_200_000,
        closedAt_ms: NOW_ms - 21_600_000,
        float_fen: 50_000,
        expected_fen: 187_430,
        counted_fen: 187_430,
        overShort_fen: 0,
      },
      {
        number: '0232',
        operatorId: 'chen',
        openedAt_ms: NOW_ms - 21_000_000,
        closedAt_ms: NOW_ms - 600_000,
        float_fen: 50_000,
        expected_fen: 154_969,
        counted_fen: 154_769,
        overShort_fen: -200,
      },
    ],
    openShift: null,
  },
  cashiers: [
    {
      operatorId: 'lin',
      sales: some(260, 1_503_117),
      items: 1_022,
      returns: some(4, 18_240),
      cancelledSales: 3,
      removedLines: 12,
      noSaleOpens: 2,
      overrides: 4,
    },
    {
      operatorId: 'chen',
      sales: some(226, 1_338_730),
      items: 910,
      returns: some(3, 13_208),
      cancelledSales: 1,
      removedLines: 7,
      noSaleOpens: 0,
      overrides: 2,
    },
  ],
  hours: ['08:00', '09:00', '10:00', '11:00', '12:00', '17:00', '18:00'].map((hour, index) => ({
    hour,
    sales: some(40 + index * 9, 240_000 + index * 53_127),
  })),
  control: {
    cancelledSales: some(4, 23_410),
    voids: some(1, 4_990),
    removedLines: 19,
    noSaleOpens: 2,
    reprints: 5,
    overrides: 6,
    wrongPins: 2,
    locks: 11,
    restarts: 1,
    clockSteps: 0,
  },
  carried: [
    {
      kind: 'queued',
      id: 'A7',
      number: '02001K0000427F3Q',
      amount_fen: 4_990,
      since_ms: NOW_ms - 370_000,
      originalZ: 127,
    },
    {
      kind: 'giveBack',
      id: 'G1',
      number: '02001R000007A1C2',
      amount_fen: 4_990,
      since_ms: NOW_ms - 25_000,
      originalZ: 126,
    },
    {
      kind: 'failedGiveBack',
      id: 'G2',
      number: '02001R000006B7D4',
      amount_fen: 1_250,
      since_ms: NOW_ms - 95_000_000,
      originalZ: 126,
    },
    {
      kind: 'disputed',
      id: 'A3',
      number: '02001K0000117F9A',
      amount_fen: 12_800,
      since_ms: NOW_ms - 190_000_000,
      originalZ: 125,
    },
  ],
  late: [
    { what: 'approved', id: 'A5', number: '02001K0000397F2B', amount_fen: 3_270, originalZ: 126 },
    { what: 'refundFailed', id: 'G3', number: '02001R000007A1C2', amount_fen: -4_990, originalZ: 126 },
  ],
  ranges: {
    firstReceipt: '00017857',
    lastReceipt: '00018342',
    firstReturn: 'T0000211',
    lastReturn: 'T0000217',
    firstSequence: 15_911,
    lastSequence: 18_342,
    head: 'e3a91c77f2d04b18a61f',
  },
  grand: {
    salesBefore_fen: 312_884_310,
    sales_fen: 315_726_157,
    returnsBefore_fen: 2_911_030,
    returns_fen: 2_942_478,
  },
};

export const sampleFound: ReportFound = { reportId: 'Z127', kind: 'z', number: '127', report: sampleReport };

export const sampleRows: ReportRow[] = Array.from({ length: 9 }, (_, index) => ({
  reportId: `Z${127 - index}`,
  kind: index === 1 ? 'x' : 'z',
  number: index === 1 ? '0084' : String(127 - index),
  at_ms: NOW_ms - index * 86_400_000,
  net_fen: 2_810_399 - index * 71_230,
}));
