// A till whose customer brought goods back, and the second computation's opinion of each of its reports.
import { expect } from 'vitest';
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { answers, codeScan } from '../../test/sim/till-kit.ts';
import { createAudit } from '../audit.ts';
import { differences } from '../differences.ts';
import { audited, isReport } from './journal.ts';
import { RandomTill } from './random-till.ts';

export const decided = { operatorId: '1', approverId: '9', reason: 'by the office' };
const goods = { barcode: '69', name_zh: '水', name_en: 'Water', unit: '瓶', price_fen: 500, tax_bp: 1300 };

export function told(till: RandomTill, event: TillEvent): void {
  if (!till.tell(event)) throw new Error(`${event.kind} was refused`);
}

export const backs = (till: RandomTill) => Object.values(till.state.giveBacks);
export const idAt = (till: RandomTill, at: number) => backs(till)[at]?.giveBackId ?? '';

export function answer(till: RandomTill, at: number, ...events: GiveBackEvent[]): void {
  for (const event of events) {
    // So long after the last sending its office has seen all that was sent.
    if (event.kind === 'officeSaysNot') till.now_ms += 24 * 3600_000;
    told(till, { kind: 'giveBack', giveBackId: idAt(till, at), event });
  }
}

/** One of its bottles. */
export function returnOne(till: RandomTill): void {
  const [sale] = Object.values(till.state.sales);
  const lines = [{ lineId: sale?.settled[0]?.lineId ?? '', quantity: 1 }];
  told(till, { kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...decided });
}

/** Two bottles paid by a wallet, one of them brought back. */
export const returned = (...events: GiveBackEvent[]): RandomTill => returnedBy(undefined, ...events);

export function returnedBy(routeId: string | undefined, ...events: GiveBackEvent[]): RandomTill {
  const till = new RandomTill();
  told(till, { kind: 'shiftOpened', operatorId: '1', float_fen: 20_000 });
  for (let count = 0; count < 2; count += 1) told(till, { kind: 'goodsEntered', goods });
  told(till, { kind: 'tenderStarted' });
  told(till, codeScan(routeId === undefined ? {} : { routeId }));
  const [attemptId = ''] = Object.keys(till.state.attempts);
  told(till, { kind: 'payment', attemptId, event: answers.approved });
  returnOne(till);
  answer(till, 0, ...events);
  return till;
}

export const report = (till: RandomTill, kind: 'reportTaken' | 'dayClosed' = 'reportTaken') =>
  told(till, { kind, operatorId: '1', at_ms: till.now_ms });

type Figures = {
  wallets: { refunds: unknown }[];
  control: { overrides: number };
  late: { what: string }[];
};

/** The till's reports, each of which agrees with the second computation of all that was written before it. */
export function agreedReports(till: RandomTill): Figures[] {
  expect(audited(till.rows).faults).toEqual([]);
  const audit = createAudit();
  return till.rows.flatMap((row) => {
    const seen: Figures[] = [];
    if (isReport(row)) {
      const { report: own } = JSON.parse(row.body) as { report: Parameters<typeof audit.report>[0] };
      expect(differences(own, audit.report(own))).toEqual([]);
      seen.push(own as unknown as Figures);
    }
    audit.take(row);
    return seen;
  });
}
