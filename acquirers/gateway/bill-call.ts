// One call, signed both ways: the answer holds the bill.
import { BILL_LIMIT_bytes, DOWNLOAD_TIMEOUT_ms, type FetchBill } from '../transport/bill.ts';
import { asking } from '../transport/ask.ts';
import { BILL_path, billBody, readBillAnswer } from './bill.ts';
import { call, type CallSettings } from './call.ts';
import type { TerminalFacts } from './codec.ts';

export function gatewayBills(terminal: TerminalFacts, settings: CallSettings): FetchBill {
  const { wall_ms, ask } = asking(settings);
  return async (date) => {
    const question = {
      path: BILL_path,
      body: billBody(terminal, date),
      timeout_ms: DOWNLOAD_TIMEOUT_ms,
      limit_bytes: BILL_LIMIT_bytes,
    };
    const outcome = await ask(() => call({ ...settings, wall_ms }, question));
    if (outcome.kind === 'answered') return readBillAnswer(outcome.json, terminal, date);
    return { kind: outcome.kind === 'unbelievable' ? 'damaged' : 'noAnswer', cause: outcome.cause };
  };
}
