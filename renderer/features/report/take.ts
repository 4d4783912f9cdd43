// Takes a report and brings it whole, whatever form the core's answer has: the report itself, or only its id.
import type { ReportFound } from '../../../contract/snapshot.ts';
import type { Reply } from '../../lib/connection.ts';
import type { Send } from '../../lib/session.ts';

function idOf(result: unknown): string | null {
  if (typeof result !== 'object' || result === null || !('reportId' in result)) return null;
  return typeof result.reportId === 'string' ? result.reportId : null;
}

function isWhole(result: unknown): result is ReportFound {
  return idOf(result) !== null && typeof result === 'object' && result !== null && 'report' in result;
}

/** Null where there is none to show: it was refused, and that is said elsewhere. */
export async function reportOf(reply: Reply, send: Send): Promise<ReportFound | null> {
  if (!reply.ok) return null;
  if (isWhole(reply.result)) return reply.result;
  const reportId = idOf(reply.result);
  if (reportId === null) return null;
  const again = await send('report.get', { reportId });
  return again.ok && isWhole(again.result) ? again.result : null;
}
