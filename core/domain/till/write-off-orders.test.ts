// Every order of what may become of a sale of two payments on trust: lost, written off, paid anew at once or on trust, charged after all, its
// goods brought back. A write-off ends by the money of its own payment, or of the try in its place, and hides no other loss. Judged by the
// simulation's ledger and by the second computation, from the records alone.
import { expect, test } from 'vitest';
import { audited } from '../../../audit/testing/journal.ts';
import { chained } from '../../../audit/testing/random-till.ts';
import type { JournalRow } from '../../../audit/chain.ts';
import { checkBooks } from '../../../test/sim/day/books.ts';
import { Ledger } from '../../../test/sim/ledger.ts';
import { aLine } from '../../../test/sim/pair-people.ts';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { twoParts } from '../../../test/sim/two-parts.ts';
import { isProven } from '../payment/state.ts';
import {
  due_fen,
  isBlocking,
  isDeferredOpen,
  lost_fen,
  lostBy,
  missing_fen,
  walletDue_fen,
} from './queries.ts';
import type { TillEvent } from './events.ts';
import type { Attempt } from './state.ts';

const decided = { operatorId: '1', approverId: '9', reason: 'asked' };

function copyOf(till: TestTill): TestTill {
  return Object.assign(new TestTill(), { ...till, records: [...till.records] });
}

function saleOf(till: TestTill) {
  const [sale] = Object.values(till.state.sales);
  if (sale === undefined) throw new Error('the sale is gone');
  return sale;
}

type Node = { till: TestTill; path: readonly string[] };

/** `tries`: second payments of the sale, at most. Goods come back among the first steps, `returnedWithin`. */
type Limits = { tries: number; steps: number; returnedWithin: number };

type Step = { name: string; events: readonly TillEvent[] };

function answersTo({ attemptId, machine, wasDeferred }: Attempt): Step[] {
  const step = (name: keyof typeof answers): Step => ({
    name: `${attemptId.slice(-1)} ${name}`,
    events: [{ kind: 'payment', attemptId, event: answers[name] }],
  });
  if (machine.state.kind === 'declined' && wasDeferred) return [step('approved')];
  if (isProven(machine.state) || machine.state.kind === 'queued') return [];
  return [
    step('approved'),
    step('declined'),
    ...(machine.state.kind === 'unknown' ? [] : [step('noAnswer')]),
  ];
}

function payments(till: TestTill, most: number): Step[] {
  const sale = saleOf(till);
  const attempts = Object.values(till.state.attempts);
  const tries = attempts.filter(({ collects }) => collects);
  const due = sale.state === 'completedPending' ? due_fen(till.state, sale) : 0;
  if (due <= 0 || till.state.currentSaleId === null || attempts.some(isBlocking)) return [];
  const cash: Step = { name: 'cash', events: [{ kind: 'cashTaken', received_fen: due, roundDown: false }] };
  if (tries.length >= most) return [cash];
  const code = codeScan({ codeHmac: `hmac-${tries.length + 3}` });
  const onTrust = [
    aLine(false),
    code,
    aLine(true),
    { kind: 'forwarded', routeId: ROUTE, window: 9 } as const,
  ];
  const part: TillEvent = { kind: 'walletPartSet', amount_fen: Math.min(500, due) };
  return [
    cash,
    { name: `wallet ${due}`, events: [code] },
    { name: `trust ${due}`, events: onTrust },
    ...(due > 500
      ? [
          { name: 'wallet 500', events: [part, code] },
          { name: 'trust 500', events: [part, ...onTrust] },
        ]
      : []),
  ];
}

/** All goods at once, or one piece of them before. */
function returns(till: TestTill): Step[] {
  const { saleId, state, settled, returned } = saleOf(till);
  const [line] = settled;
  if (state === 'returned' || line === undefined) return [];
  const { lineId } = line;
  const before = returned[lineId] ?? 0;
  const step = (name: string, quantity: number): Step => ({
    name,
    events: [{ kind: 'returnOpened', saleId, lines: [{ lineId, quantity }], ...decided }],
  });
  return [step('all back', line.quantity - before), ...(before === 0 ? [step('one back', 1)] : [])];
}

function stepsFrom({ till, path }: Node, { tries, returnedWithin }: Limits): Step[] {
  const writeOffs = Object.keys(till.state.exceptions).map((attemptId) => ({
    name: `${attemptId.slice(-1)} written off`,
    events: [{ kind: 'writtenOff', attemptId, ...decided } as const],
  }));
  return [
    ...Object.values(till.state.attempts).flatMap(answersTo),
    ...writeOffs,
    ...payments(till, tries),
    ...(path.length < returnedWithin ? returns(till) : []),
  ];
}

/** What the future depends on. */
function keyOf(till: TestTill): string {
  const { state, writtenOff_fen, cash, returned } = saleOf(till);
  const attempts = Object.values(till.state.attempts).map((one) => {
    const places = one.inPlaceOf?.map((part) => `${part.attemptId}=${part.amount_fen}`).join('+') ?? '';
    const isOpen = till.state.exceptions[one.attemptId] === undefined ? '' : 'x';
    return `${one.machine.state.kind}${one.machine.deferred}${one.amount_fen}/${one.surplus_fen}/${one.writtenOff_fen ?? ''}${isOpen}${places}`;
  });
  return `${state} ${writtenOff_fen} ${cash?.amount_fen ?? ''} ${till.state.currentSaleId ?? ''} ${Object.values(returned).join()} ${attempts.join()}`;
}

function rowsOf(till: TestTill): JournalRow[] {
  let head = '0'.repeat(64);
  return till.records.map(({ type, body }, at) => {
    const row = { sequence: at + 1, at: '2026-11-23T00:00:00.000Z', type, body: JSON.stringify(body) };
    const kept = chained(head, row);
    head = kept.hash;
    return kept;
  });
}

function judge(till: TestTill, ledger: Ledger): void {
  checkBooks(ledger);
  const sale = saleOf(till);
  expect(sale.writtenOff_fen, 'is written off').toBe(ledger.writtenOff_fen(sale.saleId));
  if (sale.state === 'returned') {
    expect(Object.keys(till.state.exceptions)).toEqual([]);
    return;
  }
  const missing = missing_fen(till.state, sale);
  const lost = lost_fen(till.state, sale);
  const told_fen = [...lostBy(till.state).values()].reduce((sum, one) => sum + one, 0);
  expect(told_fen, 'is told').toBe(lost);
  const attempts = Object.values(till.state.attempts);
  const promised_fen = attempts.reduce(
    (sum, one) => sum + (one.collects && isDeferredOpen(one) ? one.amount_fen : 0),
    0,
  );
  const due_now = Math.max(0, due_fen(till.state, sale));
  expect(due_now, 'is asked for').toBe(Math.max(0, missing - promised_fen - ledger.forgone_fen(sale.saleId)));
  if (sale.state === 'completed') expect([due_now, Object.keys(till.state.exceptions)]).toEqual([0, []]);
  expect(due_now === 0 || walletDue_fen(till.state, sale) > 0).toBe(true);
}

function after(node: Node, step: Step): Node | null {
  const till = copyOf(node.till);
  for (const event of step.events) if (till.tell(event).refusal !== null) return null;
  return { till, path: [...node.path, step.name] };
}

function look({ till, path }: Node): void {
  const ledger = new Ledger();
  try {
    for (const record of till.records) ledger.take(record);
    judge(till, ledger);
    expect(audited(rowsOf(till)).faults).toEqual([]);
  } catch (error) {
    throw new Error(path.join(', '), { cause: error });
  }
}

/** The number of states. */
function search(limits: Limits): number {
  const seen = new Set<string>();
  let nodes: Node[] = [{ till: twoParts().till, path: [] }];
  for (let depth = 0; nodes.length > 0 && depth < limits.steps; depth += 1) {
    const next: Node[] = [];
    for (const node of nodes) {
      for (const step of stepsFrom(node, limits)) {
        const found = after(node, step);
        const key = found === null ? '' : keyOf(found.till);
        if (found === null || seen.has(key)) continue;
        seen.add(key);
        look(found);
        next.push(found);
      }
    }
    nodes = next;
  }
  return seen.size;
}

/** More by hand: with nine, 90 000 states and three minutes. */
const steps = Number(process.env['WRITE_OFF_STEPS'] ?? 5);

test.each([
  { tries: 1, steps: Infinity, returnedWithin: 7 },
  { tries: 2, steps, returnedWithin: steps },
])('every order with $tries second payments, $steps steps', { timeout: 600_000 }, (limits) => {
  expect(search(limits)).toBeGreaterThan(1000);
});

/** The same steps, by their names. */
function follow(...names: string[]): TestTill {
  let node: Node = { till: twoParts().till, path: [] };
  for (const name of names) {
    const step = stepsFrom(node, { tries: 2, steps: Infinity, returnedWithin: Infinity }).find(
      (one) => one.name === name,
    );
    const next = step === undefined ? null : after(node, step);
    if (next === null) throw new Error(`${name} after ${node.path.join(', ')}`);
    look(next);
    node = next;
  }
  return node.till;
}

test('all goods back while one of two lost parts is tried anew on trust: each ends for what it stood for then', () => {
  const till = follow('1 declined', 'trust 800', '2 declined', 'cash', 'all back');
  const ended = till.records.flatMap(({ type, body }) =>
    type === 'exception.closed' ? [[body.attemptId.slice(-1), body.how, body.amount_fen]] : [],
  );
  expect(ended).toEqual([
    ['1', 'returned', 100],
    ['2', 'returned', 700],
  ]);
});

test('after a part of the goods came back, a late approval still ends what is written off beyond what is missing', () => {
  const collected = ['1 declined', '1 written off', '2 declined', 'wallet 700', '3 approved'];
  const till = follow(...collected, 'one back', '2 approved');
  expect(missing_fen(till.state, saleOf(till))).toBe(500);
  expect(saleOf(till).writtenOff_fen).toBe(500);
});
