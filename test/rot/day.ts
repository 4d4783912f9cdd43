// A trading day on a real store, left in two ways: closed in good order, and as a power cut leaves it, with everything still in
// the WAL and a payment under way. Beside it what a till has besides: key, configuration, goods list.
import { copyFileSync, cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hash } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { ApprovalProof } from '../../core/domain/payment/state.ts';
import { makeBackup } from '../../db/backup.ts';
import { type DrivenTill, openDrivenTill, proof } from '../../fixtures/databases/till.ts';

export type Template = {
  name: 'closed' | 'live';
  directory: string;
};

/** Inside a template's directory. `keys` is where openDrivenTill puts it. */
export const places = {
  state: 'state',
  keys: 'keys',
  backups: 'backups',
  config: 'config.json',
  goods: 'goods.csv',
} as const;

const SALES = 24;

const codeOf = (index: number): string => `1301234567890${String(index).padStart(5, '0')}`;
const approved = (): { kind: 'approved'; proof: ApprovalProof } => ({ kind: 'approved', proof });
const decided = { operatorId: 'lin', approverId: 'wang', reason: 'faulty' };

function sellPaid(till: DrivenTill, index: number): void {
  till.answer(till.sell(codeOf(index)), approved());
  till.engine.post({ kind: 'saleLeft' });
}

function sellQueued(till: DrivenTill, index: number): string {
  till.route(false);
  const attemptId = till.sell(codeOf(index));
  till.engine.post({ kind: 'saleLeft' });
  till.route(true);
  return attemptId;
}

/** Goods come back, cash moves, an X and a Z are taken. */
function closeDay(till: DrivenTill): void {
  const sale = till.store.loadSale('S001000001');
  const lines = (sale?.lines ?? []).map(({ lineId, quantity }) => ({ lineId, quantity }));
  till.engine.post({ kind: 'returnOpened', saleId: 'S001000001', lines, ...decided });
  till.engine.post({ kind: 'cashMoved', direction: 'paidOut', amount_fen: 500, ...decided });
  till.engine.post({ kind: 'reportTaken', operatorId: 'wang', at_ms: 1 });
  till.engine.post({ kind: 'dayClosed', operatorId: 'wang', at_ms: 2 });
}

/** What is open at the end: two queued payments, an exception, one marked sent and not answered, papers that wait. */
function leaveOpen(till: DrivenTill): void {
  const declined = sellQueued(till, 100);
  sellQueued(till, 101);
  sellQueued(till, 102);
  till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  till.answer(declined, { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' });
  const doubtful = till.sell(codeOf(103));
  const rows = till.store.openRows().filter(({ reference }) => reference === doubtful);
  till.store.markSent(rows.map(({ rowId }) => rowId));
}

function seal(file: string): void {
  const digest = hash('sha256', readFileSync(file));
  writeFileSync(`${file}.sha256`, `${digest}  ${file.split('/').at(-1)}\n`);
}

function writeFiles(directory: string): void {
  copyFileSync(resolve('docs/configuration.example.json'), join(directory, places.config));
  const goods = readFileSync(resolve('fixtures/catalogue/goods.csv'), 'utf8').split('\n').slice(0, 60);
  writeFileSync(join(directory, places.goods), `${goods.join('\n')}\n`);
  seal(join(directory, places.config));
  seal(join(directory, places.goods));
}

function backUp(directory: string): void {
  const made = makeBackup({
    state: join(directory, places.state),
    directory: join(directory, places.backups),
    keep: 3,
    at: '2026-11-28T04:00:00.000Z',
  });
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
}

/** Two templates below `root`: the same day, left in two ways. */
export function makeDay(root: string): Template[] {
  const closed = join(root, 'closed');
  const live = join(root, 'live');
  mkdirSync(closed, { recursive: true });
  writeFiles(closed);
  const till = openDrivenTill(join(closed, places.state));
  till.route(true);
  for (let index = 0; index < SALES; index += 1) {
    sellPaid(till, index);
    if (index === SALES / 2) backUp(closed);
  }
  closeDay(till);
  leaveOpen(till);
  // As the disk is while the core runs: copied before it ends.
  cpSync(closed, live, { recursive: true });
  rmSync(join(live, places.state, 'journal.db-shm'), { force: true });
  till.close();
  return [
    { name: 'closed', directory: closed },
    { name: 'live', directory: live },
  ];
}
