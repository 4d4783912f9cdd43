// A report as blocks, in reading order: what the day made, what must be looked at, how it came about, what it stands on.
import type { Translate } from '../../i18n/index.ts';
import type { Report } from '../../../contract/report.ts';
import type { Block } from './block.ts';
import * as people from './blocks-people.ts';
import { restoredBlocks } from './blocks-restored.ts';
import * as sums from './blocks-money.ts';

export function blocksOf(report: Report, t: Translate, names: sums.Names): Block[] {
  const blocks = [
    // Before the figures: they lack the lost time.
    ...restoredBlocks(report, t, names),
    sums.salesBlock(report, t),
    sums.cashBlock(report, t),
    sums.walletsBlock(report, t, names),
    sums.taxBlock(report, t),
    sums.shiftsBlock(report, t, names),
    people.carriedBlock(report, t),
    sums.offlineBlock(report, t),
    ...people.lateBlocks(report, t),
    ...people.cashiersBlocks(report, t, names),
    people.hoursBlock(report, t),
    sums.controlBlock(report, t),
    people.rangesBlock(report, t, names),
    sums.grandBlock(report, t),
  ];
  return blocks.filter(({ rows }) => rows.length > 0);
}
