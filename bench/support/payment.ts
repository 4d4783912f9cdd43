// One sale paid by one code, from goods to paper, as the running core commits it: real engine, real database, no devices.
import type { DrivenTill } from '../../fixtures/databases/till.ts';
import { proof } from '../../fixtures/databases/till.ts';
import type { OutboxRow } from '../../core/ports/journal.ts';

function openRow(till: DrivenTill, kind: OutboxRow['kind']): OutboxRow {
  const row = till.store.openRows().find((one) => one.kind === kind);
  if (!row) throw new Error(`no ${kind} in the outbox`);
  return row;
}

/** @throws Error when a step is refused or leaves no outbox row. */
export function payOnce(till: DrivenTill, code: string): void {
  const attemptId = till.sell(code);
  const authorize = openRow(till, 'authorize');
  till.store.markSent([authorize.rowId]);
  till.engine.post(
    { kind: 'payment', attemptId, event: { kind: 'approved', proof } },
    { closeRowId: authorize.rowId },
  );
  const print = openRow(till, 'print');
  till.store.markSent([print.rowId]);
  till.engine.post(
    { kind: 'printEnded', receiptId: print.reference, print: 'printed', problem: null },
    { closeRowId: print.rowId },
  );
  const refusal = till.engine.ask({ kind: 'saleLeft' });
  if (refusal !== null) throw new Error(`saleLeft: ${JSON.stringify(refusal)}`);
}
