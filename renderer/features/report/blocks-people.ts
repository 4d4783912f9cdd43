// Blocks of a report about people, hours, what is carried on, what came late, and the numbers it stands on.
import type { Translate } from '../../i18n/index.ts';
import { lateGroups, type LateRow, type Report } from '../../../contract/report.ts';
import { formatDay, formatYuan } from '../../lib/format.ts';
import type { Block } from './block.ts';
import type { Names } from './blocks-money.ts';

export function cashiersBlocks(report: Report, t: Translate, names: Names): Block[] {
  return report.cashiers.map((row) => ({
    title: t('report.cashier', { name: names.operator(row.operatorId) }),
    heads: [t('report.count'), t('report.amount')],
    rows: [
      { label: t('report.salesGross'), values: [String(row.sales.count), formatYuan(row.sales.amount_fen)] },
      {
        label: t('report.returns'),
        values: [String(row.returns.count), formatYuan(-row.returns.amount_fen)],
      },
      { label: t('report.items'), values: [String(row.items), ''] },
      { label: t('report.cancelledSales'), values: [String(row.cancelledSales), ''] },
      { label: t('report.control_removedLines'), values: [String(row.removedLines), ''] },
      { label: t('report.control_noSaleOpens'), values: [String(row.noSaleOpens), ''] },
      { label: t('report.control_overrides'), values: [String(row.overrides), ''] },
    ],
  }));
}

export function hoursBlock(report: Report, t: Translate): Block {
  return {
    title: t('report.hours'),
    heads: [t('report.count'), t('report.amount')],
    rows: report.hours.map(({ hour, sales }) => ({
      label: hour,
      values: [String(sales.count), formatYuan(sales.amount_fen)],
    })),
  };
}

export function carriedBlock(report: Report, t: Translate): Block {
  const { carried } = report;
  return {
    title: t('report.carried'),
    heads: [t('report.since'), t('report.originalZ'), t('report.amount')],
    isAlarming: carried.length > 0,
    rows:
      carried.length === 0
        ? [{ label: t('report.carriedNone'), values: [] }]
        : carried.map((row) => ({
            label: `${t(`report.carried_${row.kind}`)} · ${row.number}`,
            values: [formatDay(row.since_ms), `Z ${row.originalZ}`, formatYuan(row.amount_fen)],
          })),
  };
}

function outcomeBlock(title: string, rows: readonly LateRow[], t: Translate): Block {
  return {
    title,
    heads: [t('report.originalZ'), t('report.amount')],
    rows: rows.map((row) => ({
      label: `${t(`report.late_${row.what}`)} · ${row.number}`,
      values: [`Z ${row.originalZ}`, formatYuan(row.amount_fen)],
    })),
  };
}

/** Of earlier periods; and of this one, what went back twice, and where a restore in the middle of it gave it another number. */
export function lateBlocks(report: Report, t: Translate): Block[] {
  const { own, restored, earlier } = lateGroups(report);
  return [
    ...(own.length === 0 ? [] : [outcomeBlock(t('report.lateTwice'), own, t)]),
    ...(restored.length === 0 ? [] : [outcomeBlock(t('report.lateOwn'), restored, t)]),
    outcomeBlock(t('report.late'), earlier, t),
  ];
}

export function rangesBlock(report: Report, t: Translate, names: Names): Block {
  const { ranges } = report;
  const span = (first: string | number | null, last: string | number | null) =>
    first === null || last === null ? t('report.none') : `${first} – ${last}`;
  return {
    title: t('report.ranges'),
    rows: [
      { label: t('report.terminal'), values: [report.terminalCode] },
      { label: t('report.takenBy'), values: [names.operator(report.operatorId)] },
      {
        label: t('report.openedAt'),
        values: [report.openedAt_ms === null ? t('report.none') : formatDay(report.openedAt_ms)],
      },
      { label: t('report.takenAt'), values: [formatDay(report.takenAt_ms)] },
      { label: t('report.receipts'), values: [span(ranges.firstReceipt, ranges.lastReceipt)] },
      { label: t('report.returnNumbers'), values: [span(ranges.firstReturn, ranges.lastReturn)] },
      { label: t('report.records'), values: [span(ranges.firstSequence, ranges.lastSequence)] },
      { label: t('report.head'), values: [`#${ranges.head.slice(0, 16)}`] },
    ],
  };
}
