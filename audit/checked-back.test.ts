// A refund that a manager found back by other means: X and Z of the till, and the second computation, say the same of it.
import { expect, it } from 'vitest';
import type { GiveBackEvent } from '../core/domain/giveback/machine.ts';
import type { TillEvent } from '../core/domain/till/events.ts';
import { answers, codeScan } from '../test/sim/till-kit.ts';
import { createAudit } from './audit.ts';
import { differences } from './differences.ts';
import { audited, isReport } from './testing/journal.ts';
import { chained, RandomTill } from './testing/random-till.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'found on the merchant platform' };
const goods = { barcode: '69', name_zh: '水', name_en: 'Water', unit: '瓶', price_fen: 500, tax_bp: 1300 };

function told(till: RandomTill, event: TillEvent): void {
  if (!till.tell(event)) throw new Error(`${event.kind} was refused`);
}

/** Two bottles paid by a wallet, one of them brought back, its refund refused because it may be back. */
function perhapsBack(): { till: RandomTill; giveBackId: string } {
  const till = new RandomTill();
  told(till, { kind: 'shiftOpened', operatorId: '1', float_fen: 20_000 });
  for (let count = 0; count < 2; count += 1) told(till, { kind: 'goodsEntered', goods });
  told(till, { kind: 'tenderStarted' });
  told(till, codeScan());
  const [attemptId = ''] = Object.keys(till.state.attempts);
  told(till, { kind: 'payment', attemptId, event: answers.approved });
  const [sale] = Object.values(till.state.sales);
  const lines = [{ lineId: sale?.settled[0]?.lineId ?? '', quantity: 1 }];
  told(till, { kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...decided });
  const [giveBackId = ''] = Object.keys(till.state.giveBacks);
  const event: GiveBackEvent = { kind: 'refused', code: 'ORDER_NOT_PAID', perhapsBack: true };
  told(till, { kind: 'giveBack', giveBackId, event });
  return { till, giveBackId };
}

const report = (till: RandomTill, kind: 'reportTaken' | 'dayClosed') =>
  told(till, { kind, operatorId: '1', at_ms: till.now_ms });

/** Each report against the second computation of all that was written before it. */
function compared(till: RandomTill): { refunds: unknown; overrides: unknown }[] {
  const audit = createAudit();
  return till.rows.flatMap((row) => {
    const seen: { refunds: unknown; overrides: unknown }[] = [];
    if (isReport(row)) {
      const { report: own } = JSON.parse(row.body) as { report: Parameters<typeof audit.report>[0] };
      expect(differences(own, audit.report(own))).toEqual([]);
      const { wallets, control } = own as unknown as {
        wallets: { refunds: unknown }[];
        control: { overrides: unknown };
      };
      seen.push({ refunds: wallets.map(({ refunds }) => refunds), overrides: control.overrides });
    }
    audit.take(row);
    return seen;
  });
}

it('X before, X after, Z, and a check after the Z: no figure differs, and the override counts', () => {
  const { till, giveBackId } = perhapsBack();
  report(till, 'reportTaken');
  told(till, { kind: 'giveBackChecked', giveBackId, ...decided });
  report(till, 'reportTaken');
  report(till, 'dayClosed');
  expect(audited(till.rows).faults).toEqual([]);
  const one = { count: 1, amount_fen: 500 };
  expect(compared(till)).toEqual([
    { refunds: [{ count: 0, amount_fen: 0 }], overrides: 1 },
    { refunds: [one], overrides: 2 },
    { refunds: [one], overrides: 2 },
  ]);
});

it('found after the Z it counts in the next day, as a late outcome', () => {
  const { till, giveBackId } = perhapsBack();
  report(till, 'dayClosed');
  told(till, { kind: 'giveBackChecked', giveBackId, ...decided });
  report(till, 'dayClosed');
  expect(audited(till.rows).faults).toEqual([]);
  expect(compared(till).map(({ refunds }) => refunds)).toEqual([
    [{ count: 0, amount_fen: 0 }],
    [{ count: 1, amount_fen: 500 }],
  ]);
});

it('the second computation doubts the word about one that is not owed, or of another sum', () => {
  const { till, giveBackId } = perhapsBack();
  told(till, { kind: 'giveBackChecked', giveBackId, ...decided });
  const last = till.rows.at(-1);
  if (last === undefined) throw new Error('no record');
  const body = JSON.stringify({ giveBackId, amount_fen: 400, ...decided, at_ms: till.now_ms });
  const added = chained(last.hash, {
    sequence: last.sequence + 1,
    at: last.at,
    type: 'giveBack.checked',
    body,
  });
  expect(audited([...till.rows, added]).faults.join('\n')).toMatch(/failed and is owed[\s\S]*amount_fen/);
});
