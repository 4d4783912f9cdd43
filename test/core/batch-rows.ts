// Journal records of payments, voids and refunds of a gateway with batches, as bodies that its reader takes.
import type { BatchParty } from '../../core/batch-journal.ts';
import type { JournalRow } from '../../reconciliation/journal/fields.ts';

export const MIDNIGHT_ms = Date.UTC(2026, 10, 27, 16);

export const party: BatchParty = { routeId: 'gateway', tillCode: '20260002', terminalCode: '20260002' };

type Paid = { at_ms?: number; paidAt?: string; tillCode?: string; routeId?: string };

/** Numbers are given short; in the journal they begin with the till's own. */
export class BatchRows {
  readonly rows: JournalRow[] = [];

  add(type: string, body: object): this {
    const at = new Date(MIDNIGHT_ms).toISOString();
    this.rows.push({ sequence: this.rows.length + 1, at, type, body: JSON.stringify(body) });
    return this;
  }

  pay(name: string, amount_fen: number, { tillCode, routeId }: Paid = {}): this {
    const orderNumber = `${tillCode ?? party.tillCode}${name}`;
    const machine = { state: { kind: 'authorizing' } };
    const attempt = { attemptId: `A-${name}`, orderNumber, amount_fen, machine };
    return this.add('payment.opened', { attempt: { ...attempt, routeId: routeId ?? party.routeId } });
  }

  move(name: string, state: object, at_ms = MIDNIGHT_ms): this {
    return this.add('payment.moved', { attemptId: `A-${name}`, at_ms, machine: { state } });
  }

  paid(name: string, amount_fen: number, batchNo: string, how: Paid = {}): this {
    const proof = { batchNo, paidAt: how.paidAt };
    return this.pay(name, amount_fen, how).move(name, { kind: 'approved', proof }, how.at_ms);
  }

  back(method: 'void' | 'refund', name: string, amount_fen: number, state: object): this {
    return this.opened(method, name, amount_fen, { kind: 'sending' }).add('giveBack.moved', {
      giveBackId: `G-R${name}${amount_fen}`,
      machine: { state },
    });
  }

  /** A give-back that nothing was heard of yet. */
  opened(method: 'void' | 'refund', name: string, amount_fen: number, state: object): this {
    const requestNumber = `R${name}${amount_fen}`;
    const giveBackId = `G-${requestNumber}`;
    const about = { giveBackId, method, requestNumber, routeId: party.routeId, amount_fen };
    const giveBack = { ...about, orderNumber: `${party.tillCode}${name}`, machine: { state } };
    return this.add('giveBack.opened', { giveBack });
  }

  answer(batchNo: string, outcome: 'agreed' | 'differs', from: Partial<BatchParty> = {}): this {
    const at = { at_ms: MIDNIGHT_ms, settledAt_ms: MIDNIGHT_ms };
    const { tillCode, ...answered } = { ...party, ...from };
    const own = tillCode === answered.terminalCode ? {} : { tillCode };
    return this.add('batch.settled', { ...answered, ...own, batchNo, outcome, ...at, differenceCount: 1 });
  }
}
