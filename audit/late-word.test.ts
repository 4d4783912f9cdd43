// Late words about a refund that another one replaced, or cash: X and Z of the till, and the second computation, say the same of them.
import { expect, it } from 'vitest';
import type { GiveBackEvent } from '../core/domain/giveback/machine.ts';
import type { TillEvent } from '../core/domain/till/events.ts';
import { answers, codeScan } from '../test/sim/till-kit.ts';
import { createAudit } from './audit.ts';
import { differences } from './differences.ts';
import { audited, isReport } from './testing/journal.ts';
import { RandomTill } from './testing/random-till.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'by the office' };
const goods = { barcode: '69', name_zh: '水', name_en: 'Water', unit: '瓶', price_fen: 500, tax_bp: 1300 };
const refused = { kind: 'refused', code: 'NOT_ENOUGH' } as const;
const done = { kind: 'done', result: 'REFUNDED', reference: null } as const;
const lost = { kind: 'noAnswer', cause: 'ECONNRESET' } as const;

function told(till: RandomTill, event: TillEvent): void {
  if (!till.tell(event)) throw new Error(`${event.kind} was refused`);
}

const backs = (till: RandomTill) => Object.values(till.state.giveBacks);
const idAt = (till: RandomTill, at: number) => backs(till)[at]?.giveBackId ?? '';

function answer(till: RandomTill, at: number, ...events: GiveBackEvent[]): void {
  for (const event of events) told(till, { kind: 'giveBack', giveBackId: idAt(till, at), event });
}

function returnOne(till: RandomTill): void {
  const [sale] = Object.values(till.state.sales);
  const lines = [{ lineId: sale?.settled[0]?.lineId ?? '', quantity: 1 }];
  told(till, { kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...decided });
}

/** Two bottles paid by a wallet, one of them brought back. */
function returned(...events: GiveBackEvent[]): RandomTill {
  const till = new RandomTill();
  told(till, { kind: 'shiftOpened', operatorId: '1', float_fen: 20_000 });
  for (let count = 0; count < 2; count += 1) told(till, { kind: 'goodsEntered', goods });
  told(till, { kind: 'tenderStarted' });
  told(till, codeScan());
  const [attemptId = ''] = Object.keys(till.state.attempts);
  told(till, { kind: 'payment', attemptId, event: answers.approved });
  returnOne(till);
  answer(till, 0, ...events);
  return till;
}

const retry = (till: RandomTill) =>
  told(till, { kind: 'giveBackRetried', giveBackId: idAt(till, 0), ...decided });

/** An X now: of what follows, every figure that moves is seen. */
const report = (till: RandomTill, kind: 'reportTaken' | 'dayClosed' = 'reportTaken') =>
  told(till, { kind, operatorId: '1', at_ms: till.now_ms });

type Figures = { late: { what: string }[]; open: unknown };

/** Each report against the second computation of all that was written before it; what the last one says of late outcomes. */
function lateWords(till: RandomTill): string[] {
  expect(audited(till.rows).faults).toEqual([]);
  const audit = createAudit();
  let late: string[] = [];
  for (const row of till.rows) {
    if (isReport(row)) {
      const { report: own } = JSON.parse(row.body) as { report: Parameters<typeof audit.report>[0] };
      expect(differences(own, audit.report(own))).toEqual([]);
      late = (own as unknown as Figures).late.map(({ what }) => what);
    }
    audit.take(row);
  }
  return late;
}

it('one that was stopped, and is doubted when the first is denied, counts as failed once', () => {
  const till = returned(lost, { kind: 'timer' }, { kind: 'officeSaysNot' });
  retry(till);
  answer(till, 1, lost);
  report(till, 'dayClosed');
  answer(till, 0, { kind: 'billShows' });
  report(till);
  answer(till, 1, { kind: 'timer' }, { kind: 'notFound' });
  expect(backs(till)[1]).toMatchObject({ machine: { state: { code: 'BACK_ALREADY' } }, isMoot: true });
  report(till);
  answer(till, 0, refused);
  expect(backs(till)[1]?.machine.state).toMatchObject({ kind: 'failed', perhapsBack: true });
  report(till);
  told(till, { kind: 'giveBackPaid', giveBackId: idAt(till, 1), ...decided });
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual(['refunded', 'refundFailed', 'refundFailed', 'paidInCash']);
});

it('the rest of the goods is given back beside a loss in cash', () => {
  const till = returned(refused);
  told(till, { kind: 'giveBackPaid', giveBackId: idAt(till, 0), ...decided });
  answer(till, 0, done);
  report(till);
  returnOne(till);
  answer(till, 1, done);
  report(till, 'dayClosed');
  expect(lateWords(till)).toEqual([]);
  expect(backs(till).map(({ amount_fen }) => amount_fen)).toEqual([500, 500]);
});

it('the rest of the goods is given back beside a loss by two refunds, even before the second is proven', () => {
  const till = returned(refused);
  retry(till);
  answer(till, 0, done);
  returnOne(till);
  report(till);
  answer(till, 1, done);
  answer(till, 2, done);
  report(till, 'dayClosed');
  lateWords(till);
  expect(backs(till).map(({ amount_fen }) => amount_fen)).toEqual([500, 500, 500]);
});
