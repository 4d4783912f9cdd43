// The last look, when the till is at rest: its books against the acquirer's, its disk against itself, its papers against the printer.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { createAudit } from '../../../audit/audit.ts';
import { withoutEnd } from '../../../audit/testing/carried-ends.ts';
import type { Report } from '../../../contract/report.ts';
import { openReader } from '../../../db/read.ts';
import { JOURNAL_FILE } from '../../../db/store.ts';
import { verifyStateDirectory } from '../../../db/verify.ts';
import { checkGapless } from './books.ts';
import { holds } from './failure.ts';
import type { World } from './world.ts';

/** What the till believes that this payment has brought in the end. */
function believedOf_fen({ watch }: World, attemptId: string): number {
  const believed = watch.ledger.payments.get(attemptId);
  if (believed?.kind !== 'approved') return 0;
  const backs = [...watch.ledger.backs.values()].filter(
    (one) => one.attemptId === attemptId && one.kind === 'done',
  );
  return believed.amount_fen - backs.reduce((sum, one) => sum + one.amount_fen, 0);
}

/** What each order brought in the end, as the till's records have it, against what the acquirer has of it. */
function checkLedgers(world: World): void {
  const { watch, host, lost } = world;
  const byNumber = new Map([...watch.payments.values()].map((one) => [one.orderNumber, one]));
  for (const order of host.ledger.orders()) {
    const { orderNumber, charged_fen, reversed_fen, refunded_fen, state } = order;
    holds('oneChargeEach', order.charges <= 1, () => `${orderNumber} is charged ${order.charges} times`);
    // On the acquirer's bill alone: a comparison names it (docs/backup.md).
    if (lost?.orders.has(orderNumber) === true) continue;
    const net_fen = charged_fen - reversed_fen - refunded_fen;
    const { attemptId = '' } = byNumber.get(orderNumber) ?? {};
    const believed_fen = believedOf_fen(world, attemptId);
    const more_fen = believed_fen - net_fen;
    // Given back in the lost time, and the till that goes on knows nothing of it; or in cash, and it calls the refund done by a person's word.
    const lost_fen = lost?.givenBack_fen(orderNumber, host.ledger.entries()) ?? 0;
    const cash_fen = lost?.paidOut_fen(attemptId) ?? 0;
    holds(
      'ledgersAgree',
      more_fen === 0 || (more_fen >= -cash_fen && more_fen <= lost_fen),
      () => `${orderNumber}: the till has ${believed_fen}, the acquirer ${net_fen} (${state})`,
    );
  }
  const known = new Set(host.ledger.orders().map((one) => one.orderNumber));
  for (const { attemptId, orderNumber, kind } of watch.payments.values())
    holds(
      'ledgersAgree',
      kind !== 'approved' || known.has(orderNumber),
      () => `${attemptId} is approved and the acquirer does not know it`,
    );
}

/** For each sale: no customer has paid more than once in the end. */
function checkSales({ watch, host, lost }: World): void {
  const net = new Map<string, number>();
  for (const [attemptId, { saleId }] of watch.ledger.payments) {
    const order = host.ledger.order(watch.payments.get(attemptId)?.orderNumber ?? '');
    const net_fen = order === undefined ? 0 : order.charged_fen - order.reversed_fen - order.refunded_fen;
    net.set(saleId, (net.get(saleId) ?? 0) + net_fen);
  }
  for (const [saleId, wallets_fen] of net) {
    // Its customer, its cash and its goods were met in both times: what may happen to its money is said in after-restore.ts.
    if (lost?.touched.has(saleId) === true) continue;
    const sold = watch.ledger.sold.get(saleId);
    const worth_fen = sold === undefined ? 0 : sold.paid_fen - sold.returned_fen;
    // What a wallet refused to take back was paid out of the drawer.
    const inCash_fen = [...watch.ledger.backs.values()]
      .filter((one) => one.saleId === saleId && one.paidInCash)
      .reduce((sum, one) => sum + one.amount_fen, 0);
    const kept_fen = wallets_fen - inCash_fen + (watch.ledger.cash.get(saleId) ?? 0);
    holds(
      'paidOnce',
      kept_fen <= worth_fen,
      () => `${saleId} is worth ${worth_fen} and ${kept_fen} were kept for it`,
    );
    const lost_fen = watch.ledger.writtenOff_fen(saleId);
    holds(
      'givenBackOnce',
      kept_fen >= worth_fen - lost_fen,
      () => `${saleId} is worth ${worth_fen}, ${kept_fen} were kept for it and ${lost_fen} written off`,
    );
    holds('paidOnce', wallets_fen >= 0, () => `${saleId}: ${wallets_fen} in wallets`);
  }
}

function checkPapers({ watch, printer, life }: World): void {
  for (const receiptId of watch.receipts) {
    const receipt = life?.engine.state.receipts[receiptId] ?? life?.store.loadReceipt(receiptId);
    holds('paperKnown', Boolean(receipt), () => `receipt ${receiptId} is gone`);
    const own = printer.papers.filter((paper) => paper.receiptId === receiptId && paper.isWhole);
    const isClaimed = receipt?.print === 'printed' || receipt?.print === 'sentUnconfirmed';
    holds(
      'paperIsOut',
      own.length > 0 || !isClaimed,
      () => `${receiptId} is called ${receipt?.print} and no whole paper is out`,
    );
    const isListed = receipt?.print === 'failed';
    holds(
      'paperOrListed',
      own.length > 0 || isListed,
      () => `${receiptId} has neither paper nor a word of its absence`,
    );
  }
  // Also of those that no journal knows any more.
  const originals = printer.papers
    .filter(({ isWhole, copy }) => isWhole && copy === 0)
    .map((one) => one.receiptId);
  const two = originals.find((receiptId, at) => originals.indexOf(receiptId) !== at);
  holds('oneOriginal', two === undefined, () => `${two} has two originals`);
  const twice = printer.pulses.filter((jobId, at) => printer.pulses.indexOf(jobId) !== at);
  const { length: pulses } = printer.pulses;
  holds(
    'drawerOnce',
    pulses <= watch.sums.drawersAsked,
    () => `${pulses} pulses, and ${watch.sums.drawersAsked} openings were asked for`,
  );
  holds('drawerOnce', twice.length === 0, () => `the drawer was opened twice by ${twice.join()}`);
}

/** All that the till has written, with what a restore moved aside; and its backups. */
function filesOf(directory: string): string[] {
  const places = [directory, join(directory, '..', 'backups')].filter(existsSync);
  return places.flatMap((place) =>
    readdirSync(place, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => join(parentPath, name)),
  );
}

function checkDisk(directory: string, codes: readonly string[]): void {
  const { ok, fault, differences } = verifyStateDirectory(directory);
  holds('journalVerifies', ok, () => `${fault?.detail ?? ''} ${differences.join('; ')}`);
  const sql = new Database(join(directory, JOURNAL_FILE), { readonly: true });
  const { sealed } = sql.prepare('SELECT count(*) AS sealed FROM sealed_code').get() as { sealed: number };
  sql.close();
  holds('codesErased', sealed === 0, () => `${sealed} sealed codes of nobody`);
  for (const name of filesOf(directory)) {
    const text = readFileSync(name, 'latin1');
    const runs = text.match(/\d{16,}|hQVDUFYwM[\w+/=]+/g) ?? [];
    const leaked = runs.find((run) => codes.some((code) => run.includes(code)));
    holds('noCodeOnDisk', leaked === undefined, () => `${leaked} stands in ${name}`);
  }
}

function checkReports(directory: string): void {
  const audit = createAudit();
  const reader = openReader(directory);
  const closed: Report[] = [];
  for (const row of reader.records(0)) {
    audit.take(row);
    if (row.type === 'day.closed') closed.push((JSON.parse(row.body) as { report: Report }).report);
  }
  reader.close();
  const missing = withoutEnd(closed);
  holds('carriedEnds', missing.length === 0, () => missing.join('; '));
  const differing = audit.reports.flatMap((one) => one.differences);
  holds('secondComputationAgrees', audit.faults.length === 0 && differing.length === 0, () =>
    [...audit.faults, ...differing].join('; '),
  );
}

/** @throws Violation. The world is closed by it. */
export function checkEnd(world: World, directory: string): void {
  checkLedgers(world);
  checkSales(world);
  const { watch, lost } = world;
  watch.presented.checkEnd((attemptId) => watch.ledger.given_fen(attemptId));
  checkGapless(watch.ledger, lost?.books ?? null);
  lost?.checkRefunds(watch.ledger);
  checkPapers(world);
  world.close();
  checkDisk(directory, world.codes);
  checkReports(directory);
}
