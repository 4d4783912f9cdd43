// Blocks of a report about money: sales, tax, wallets, offline, cash, grand totals.
import type { Translate } from '../../i18n/index.ts';
import type { Report } from '../../../contract/report.ts';
import { ageWords } from '../../ui/age-words.ts';
import { formatClock, formatYuan } from '../../lib/format.ts';
import { type Block, both, count, money } from './block.ts';

export type Names = { scheme: (scheme: string) => string; operator: (operatorId: string) => string };

export function salesBlock(report: Report, t: Translate): Block {
  const { sales, returns, net_fen } = report;
  const heads = [t('report.count'), t('report.amount')];
  return {
    title: t('report.sales'),
    heads,
    rows: [
      both(t('report.salesGross'), { count: sales.count, amount_fen: sales.gross_fen }),
      { label: t('report.items'), values: [String(sales.items), ''] },
      { label: t('cash.roundDown'), values: ['', formatYuan(-sales.rounding_fen)] },
      both(t('report.salesNet'), { count: sales.count, amount_fen: sales.net_fen }),
      both(t('report.returns'), { count: returns.count, amount_fen: -returns.gross_fen }),
      { label: t('report.returnsRounding'), values: ['', formatYuan(returns.rounding_fen)] },
      { label: t('report.net'), values: ['', formatYuan(net_fen)], isStrong: true },
    ],
  };
}

export function taxBlock(report: Report, t: Translate): Block {
  return {
    title: t('report.tax'),
    heads: [t('report.gross'), t('report.netOfTax'), t('report.taxPart')],
    rows: report.tax.flatMap(({ rate_bp, sales, returns }) => {
      const rate = `${rate_bp / 100}%`;
      const texts = (part: typeof sales, sign: 1 | -1) =>
        [part.gross_fen, part.net_fen, part.tax_fen].map((amount_fen) => formatYuan(sign * amount_fen));
      const sold = { label: t('report.taxSales', { rate }), values: texts(sales, 1) };
      const isReturned = returns.gross_fen !== 0;
      return isReturned
        ? [sold, { label: t('report.taxReturns', { rate }), values: texts(returns, -1) }]
        : [sold];
    }),
  };
}

export function walletsBlock(report: Report, t: Translate, names: Names): Block {
  return {
    title: t('report.wallets'),
    heads: [t('report.approved'), t('report.refunds'), t('report.voids'), t('report.netShort')],
    rows: report.wallets.map((row) => ({
      label: `${names.scheme(row.scheme)} · ${row.rail}`,
      values: [
        `${row.approved.count} · ${formatYuan(row.approved.amount_fen)}`,
        `${row.refunds.count} · ${formatYuan(-row.refunds.amount_fen)}`,
        `${row.voids.count} · ${formatYuan(-row.voids.amount_fen)}`,
        formatYuan(row.net_fen),
      ],
    })),
  };
}

export function offlineBlock(report: Report, t: Translate): Block {
  const { offline } = report;
  const kinds = [
    'taken',
    'approved',
    'declined',
    'expired',
    'cancelled',
    'collected',
    'writtenOff',
    'stillOpen',
  ] as const;
  return {
    title: t('report.offline'),
    heads: [t('report.count'), t('report.amount')],
    isAlarming: offline.stillOpen.count > 0,
    rows: [
      ...kinds.map((kind) => both(t(`report.offline_${kind}`), offline[kind], kind === 'stillOpen')),
      ...(offline.oldest_ms === null
        ? []
        : [
            {
              label: t('report.offlineOldest'),
              values: ['', ageWords(t, report.takenAt_ms - offline.oldest_ms)],
            },
          ]),
      { label: t('report.offlineLoss'), values: ['', formatYuan(offline.expectedLoss_fen)] },
    ],
  };
}

export function cashBlock(report: Report, t: Translate): Block {
  const { cash } = report;
  const open = cash.openShift;
  return {
    title: t('report.cash'),
    heads: [t('report.count'), t('report.amount')],
    rows: [
      both(t('report.cashSales'), cash.sales),
      { label: t('cash.roundDown'), values: ['', formatYuan(-cash.rounding_fen)] },
      both(t('report.cashRefunds'), { ...cash.refunds, amount_fen: -cash.refunds.amount_fen }),
      both(t('report.paidIn'), cash.paidIn),
      both(t('report.paidOut'), { ...cash.paidOut, amount_fen: -cash.paidOut.amount_fen }),
      ...(open === null
        ? []
        : [
            { label: t('report.float'), values: ['', formatYuan(open.float_fen)] },
            {
              label: t('report.openShift', { number: open.number }),
              values: ['', formatYuan(open.expected_fen)],
              isStrong: true,
            },
          ]),
    ],
  };
}

export function shiftsBlock(report: Report, t: Translate, names: Names): Block {
  const { shifts } = report.cash;
  return {
    title: t('report.shifts'),
    heads: [t('report.float'), t('report.expected'), t('report.counted'), t('report.overShort')],
    isAlarming: shifts.some(({ overShort_fen }) => overShort_fen !== 0),
    rows: shifts.map((shift) => ({
      label: `${shift.number} · ${names.operator(shift.operatorId)} · ${formatClock(shift.openedAt_ms)}–${formatClock(shift.closedAt_ms)}`,
      values: [
        formatYuan(shift.float_fen),
        formatYuan(shift.expected_fen),
        formatYuan(shift.counted_fen),
        `${shift.overShort_fen > 0 ? '+' : ''}${formatYuan(shift.overShort_fen)}`,
      ],
    })),
  };
}

export function grandBlock(report: Report, t: Translate): Block {
  const { grand } = report;
  return {
    title: t('report.grand'),
    rows: [
      money(t('report.grandSalesBefore'), grand.salesBefore_fen),
      money(t('report.grandSales'), grand.sales_fen, true),
      money(t('report.grandReturnsBefore'), grand.returnsBefore_fen),
      money(t('report.grandReturns'), grand.returns_fen, true),
    ],
  };
}

export function controlBlock(report: Report, t: Translate): Block {
  const { control } = report;
  const counts = [
    'removedLines',
    'noSaleOpens',
    'reprints',
    'overrides',
    'wrongPins',
    'locks',
    'restarts',
    'clockSteps',
  ] as const;
  return {
    title: t('report.control'),
    rows: [
      both(t('report.cancelledSales'), control.cancelledSales),
      both(t('report.voids'), control.voids),
      ...counts.map((kind) => count(t(`report.control_${kind}`), control[kind])),
    ],
  };
}
