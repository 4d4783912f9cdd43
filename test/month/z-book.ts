// All Z of the month, in order.
import type { Report } from '../../contract/report.ts';

/** Sums over all Z so far. */
export class ZBook {
  readonly reports: Report[] = [];

  sum(part: (report: Report) => number): number {
    return this.reports.reduce((total, report) => total + part(report), 0);
  }
}
