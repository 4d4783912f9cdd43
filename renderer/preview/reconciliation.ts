// A sample folder of bills, and one that was compared.
import type { BillComparison, BillsFound, ReconciliationFound } from '../../contract/reconciliation.ts';
import { NOW_ms } from './goods.ts';

const HOUR_ms = 3_600_000;
const words = (zh: string, en: string) => ({ zh, en });
const said = (zh: string, en: string, facts: string) => ({ words: words(zh, en), facts });

export const sampleBills: BillsFound = {
  folder: '/var/lib/yima/state-bills',
  fault: null,
  routes: [
    { routeId: 'wechat', rail: 'wechatpay' },
    { routeId: 'gateway', rail: 'gateway' },
  ],
  files: [
    {
      file: '1900000109All2026-11-22.csv',
      size_bytes: 41_220,
      modifiedAt_ms: NOW_ms - HOUR_ms,
      rail: 'wechatpay',
      routeIds: ['wechat'],
    },
    {
      file: 'INN26112288ZM_777290058110048',
      size_bytes: 9_112,
      modifiedAt_ms: NOW_ms - HOUR_ms,
      rail: 'unionpay',
      routeIds: [],
    },
    {
      file: 'holiday-plan.csv',
      size_bytes: 812,
      modifiedAt_ms: NOW_ms - 2 * HOUR_ms,
      rail: null,
      routeIds: [],
    },
  ],
  done: [
    {
      reconciliationId: 'B001000401',
      at_ms: NOW_ms - 2 * HOUR_ms,
      rail: 'gateway',
      billDate: '2026-11-22',
      file: '20261122.csv',
      differences: 6,
      open: 6,
      others: { count: 0, areSorted: true },
    },
    {
      reconciliationId: 'B001000300',
      at_ms: NOW_ms - 26 * HOUR_ms,
      rail: 'alipay',
      billDate: '2026-11-21',
      file: '20880011-20261121.csv',
      differences: 0,
      open: 0,
      others: { count: 3, areSorted: true },
    },
  ],
};

export const sampleReconciliation: ReconciliationFound = {
  taken: {
    reconciliationId: 'B001000401',
    at_ms: NOW_ms - 2 * HOUR_ms,
    operatorId: 'wang',
    comparison: {
      rail: 'gateway',
      routeIds: ['gateway'],
      billDate: '2026-11-22',
      file: '20261122.csv',
      fileHash: 'c7f3a19b2e4410d5c7f3a19b2e4410d5c7f3a19b2e4410d5c7f3a19b2e4410d5',
      till_fen: 428_410,
      payout_fen: 428_972,
      kept_fen: 1_628,
      agreed: 87,
      classes: [
        {
          class: 'matched',
          count: 87,
          effect_fen: 0,
          name: words('一致', 'agrees'),
          who: words('无需处理', 'nobody'),
          next: words('无需处理', 'nothing to do'),
        },
        {
          class: 'duplicate',
          count: 1,
          effect_fen: 4_990,
          name: words('重复扣款', 'charged twice'),
          who: words('收单方客服', 'the acquirer, asked by the manager'),
          next: words(
            '凭两行账单请收单方退回多扣的一笔',
            'show both lines and have the second charge given back',
          ),
        },
        {
          class: 'missingThere',
          count: 1,
          effect_fen: -1_600,
          name: words('账单缺这笔', 'missing on the bill'),
          who: words('收单方客服', 'the acquirer, asked by the manager'),
          next: words(
            '凭收单单号向收单方查询，前后两日账单先看过',
            "look at the neighbouring days' bills, then ask with the acquirer's number",
          ),
        },
        {
          class: 'feeDiffers',
          count: 1,
          effect_fen: 0,
          name: words('手续费不符', 'fee differs'),
          who: words('财务', 'head office'),
          next: words('按合同费率向收单方查询', 'ask the acquirer about the fee, by the contract'),
        },
        {
          class: 'stillPending',
          count: 3,
          effect_fen: -1_200,
          name: words('尚无结果', 'still pending'),
          who: words('收银机自动', 'the till, by itself'),
          next: words('本机一直在查，次日再对', 'the till keeps asking: compare again tomorrow'),
        },
      ],
      findings: [
        {
          class: 'duplicate',
          orderNumber: '0100000200100001C7F3A19B2',
          refundNumber: null,
          lines: [15],
          here: [],
          there: [
            said('收款', 'payment', 'PAY 49.90 2026-11-22 10:41:09 261122001432'),
            said('第一笔收款', 'first payment', 'PAY 49.90 2026-11-22 10:41:07 261122001431'),
          ],
          bill_fen: 4_990,
          till_fen: 0,
          effect_fen: 4_990,
        },
        {
          class: 'missingThere',
          orderNumber: '0100000200100001D0A11C931',
          refundNumber: null,
          lines: [],
          here: [said('已收款', 'approved', '16.00 2026-11-22 12:03:55 261122001977 4200002511')],
          there: [],
          bill_fen: 0,
          till_fen: 1_600,
          effect_fen: -1_600,
        },
        {
          class: 'stillPending',
          orderNumber: '0100000200100001E55D0B7A4',
          refundNumber: null,
          lines: [],
          here: [said('有争议', 'disputed', '23.50 2026-11-22 13:20:18')],
          there: [],
          bill_fen: 0,
          till_fen: 0,
          effect_fen: 0,
        },
        {
          class: 'stillPending',
          orderNumber: '0100000200100001A81C22F07',
          refundNumber: 'R0100000200100002A81C22F07',
          isGiveBack: true,
          lines: [],
          here: [said('退款结果未知', 'refund unknown', '8.80 2026-11-22 16:02:31')],
          there: [],
          bill_fen: 0,
          till_fen: 0,
          effect_fen: 0,
        },
        {
          class: 'stillPending',
          orderNumber: '0100000200100001B44D90E12',
          refundNumber: 'R0100000200100003B44D90E12',
          isGiveBack: true,
          lines: [31],
          here: [said('退款处理中', 'refund pending', '12.00 2026-11-22 17:20:40')],
          there: [said('退款', 'refund', 'REFUND 12.00 2026-11-22 17:20:44 261122002210')],
          bill_fen: -1_200,
          till_fen: 0,
          effect_fen: -1_200,
          isBackThere: true,
        },
        {
          class: 'feeDiffers',
          orderNumber: '0100000200100001F01B22C93',
          refundNumber: null,
          lines: [44],
          here: [
            said('已收款', 'approved', '88.00 2026-11-22 18:40:12 261122002467 4200001234202611221234567890'),
          ],
          there: [
            said('收款', 'payment', 'PAY 88.00 2026-11-22 18:40:11 261122002467'),
            said('手续费', 'fee', '0.53'),
            said('按费率应为', 'by the rate', '0.33'),
          ],
          bill_fen: 8_800,
          till_fen: 8_800,
          effect_fen: 0,
        },
      ],
      leftOff: 0,
      others: 0,
      table: '20261122.csv.findings.csv',
    },
  },
  adjustments: [
    {
      adjustmentId: 'J001000410',
      reconciliationId: 'B001000401',
      index: 1,
      class: 'missingThere',
      orderNumber: '0100000200100001D0A11C931',
      effect_fen: -1_600,
      reason: '已问收单方，等回复',
      operatorId: 'wang',
      approverId: 'wang',
      at_ms: NOW_ms - HOUR_ms,
      noted: true,
    },
  ],
  proven: [],
};

const agreed = sampleReconciliation.taken.comparison.classes.filter((one) => one.class === 'matched');
const othersClass = {
  class: 'wrongTerminal',
  count: 3,
  effect_fen: 21_300,
  name: words('他机订单', "another till's"),
  who: words('财务', 'head office'),
  next: words('与该收银机的账本核对', "compare with that till's journal"),
};

function foundWith(change: Partial<BillComparison>): ReconciliationFound {
  const { taken } = sampleReconciliation;
  return { taken: { ...taken, comparison: { ...taken.comparison, ...change } }, adjustments: [], proven: [] };
}

const { others: _others, ...unmarked } = foundWith({
  payout_fen: 448_082,
  classes: [...agreed, othersClass],
  findings: [],
}).taken.comparison;

/** This till agrees; the bill has lines of the shop's other tills. */
export const sampleOthers = foundWith({ ...unmarked, others: 3 });

/** Kept before other tills' lines were told from this till's own of before a restore. */
export const sampleUnsorted: ReconciliationFound = {
  taken: { ...sampleReconciliation.taken, comparison: unmarked },
  adjustments: [],
  proven: [],
};

/** Kept before it was told of payments whether their return was done. */
const { others: _told, ...undone } = foundWith({
  payout_fen: 428_410 - 1_628,
  findings: [
    {
      class: 'stillPending',
      orderNumber: '0100000200100001E55D0B7A4',
      refundNumber: 'WEB20261122001',
      lines: [18, 19],
      here: [said('有争议', 'disputed', '23.50 2026-11-22 13:20:18')],
      there: [
        said('收款', 'payment', 'PAY 23.50 2026-11-22 13:20:11 261122001602'),
        said('退款', 'refund', 'REFUND 23.50 2026-11-22 13:41:55 WEB20261122001'),
      ],
      bill_fen: 0,
      till_fen: 0,
      effect_fen: 0,
    },
  ],
  classes: sampleReconciliation.taken.comparison.classes
    .filter((one) => one.class === 'matched' || one.class === 'stillPending')
    .map((one) => (one.class === 'matched' ? one : { ...one, count: 1, effect_fen: 0 })),
}).taken.comparison;

export const sampleCompareAgain: ReconciliationFound = {
  taken: { ...sampleReconciliation.taken, comparison: undone },
  adjustments: [],
  proven: [],
};

/** A second restore from the same backup lost a payment of this till. */
export const sampleLost = foundWith({
  payout_fen: 536_882,
  classes: [
    ...agreed,
    othersClass,
    {
      class: 'earlierLife',
      count: 1,
      effect_fen: 88_800,
      name: words('本机恢复前的单', "this till's, from before a restore"),
      who: words('店长', 'store manager'),
      next: words(
        '恢复时丢了这笔：凭小票或旧账本补记，否则退还顾客；有处理中的退款先看其结果',
        'the restore lost it: find it on receipts or in the journal of before and record it, or give it back; if a refund of it is under way, look at that first',
      ),
    },
  ],
  findings: [
    {
      class: 'earlierLife',
      orderNumber: '2026000200200001C7F3A19B2',
      refundNumber: null,
      lines: [4],
      here: [],
      there: [said('收款', 'payment', 'PAY 888.00 2026-11-22 15:02:11 261122004431')],
      bill_fen: 88_800,
      till_fen: 0,
      effect_fen: 88_800,
    },
  ],
  others: 3,
});
