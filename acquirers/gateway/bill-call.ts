// One call, signed both ways: the answer holds the bill.
import { BILL_LIMIT_bytes, DOWNLOAD_TIMEOUT_ms, type FetchBill } from '../transport/bill.ts';
import { BILL_path, billBody, readBillAnswer } from './bill.ts';
import { call, type CallSettings } from './call.ts';
import type { TerminalFacts } from './codec.ts';

/** The machine's clock must be right to 5 minutes. */
export function gatewayBills(terminal: TerminalFacts, settings: CallSettings): FetchBill {
  return async (date) => {
    const outcome = await call(settings, {
      path: BILL_path,
      body: billBody(terminal, date),
      timeout_ms: DOWNLOAD_TIMEOUT_ms,
      limit_bytes: BILL_LIMIT_bytes,
    });
    if (outcome.kind === 'answered') return readBillAnswer(outcome.json, terminal, date);
    return { kind: outcome.kind === 'unbelievable' ? 'damaged' : 'noAnswer', cause: outcome.cause };
  };
}
