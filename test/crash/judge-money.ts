// Every fen: what the till believes of each payment, give-back and sale against the acquirer's own ledger.
import type { OrderTruth } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import type { RefundTruth } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import type { AttemptRow, Books, GiveBackRow } from './books.ts';

function net_fen(truth: OrderTruth | undefined): number {
  return truth === undefined ? 0 : truth.charged_fen - truth.givenBack_fen;
}

/** What the till believes to have kept of a payment. */
function kept_fen(attempt: AttemptRow, giveBacks: readonly GiveBackRow[]): number {
  if (attempt.state !== 'approved') return 0;
  const done = giveBacks.filter((one) => one.orderNumber === attempt.orderNumber && one.state === 'done');
  return done.reduce((left_fen, one) => left_fen - one.amount_fen, attempt.amount_fen);
}

function judgeAttempts({ attempts, giveBacks }: Books, ledger: ReadonlyMap<string, OrderTruth>): string[] {
  const problems: string[] = [];
  for (const attempt of attempts) {
    const truth = ledger.get(attempt.orderNumber);
    const label = `${attempt.orderNumber} (${attempt.state}, ledger ${truth?.state ?? 'nothing'})`;
    if (!attempt.proven) problems.push(`${label} is not proven`);
    if ((truth?.charges ?? 0) > 1) problems.push(`${label} was charged ${truth?.charges} times`);
    const expected_fen = kept_fen(attempt, giveBacks);
    if (net_fen(truth) !== expected_fen)
      problems.push(`${label}: ${net_fen(truth)} fen kept, ${expected_fen} expected`);
  }
  for (const order of ledger.keys()) {
    if (!attempts.some((attempt) => attempt.orderNumber === order))
      problems.push(`${order} is in no journal`);
  }
  return problems;
}

function judgeRefund(one: GiveBackRow, truth: RefundTruth | undefined): string[] {
  const label = `refund ${one.requestNumber} (${one.state}, ledger ${truth?.state ?? 'nothing'})`;
  const times = truth?.times ?? 0;
  if (times > 1) return [`${label} was given back ${times} times`];
  if ((one.state === 'done') !== (times === 1)) return [`${label}: given back ${times} times`];
  if (times === 1 && truth?.amount_fen !== one.amount_fen)
    return [`${label}: ${truth?.amount_fen} fen given back, ${one.amount_fen} promised`];
  return [];
}

function judgeGiveBacks(
  { giveBacks }: Books,
  ledger: ReadonlyMap<string, OrderTruth>,
  refunds: readonly RefundTruth[],
): string[] {
  const truths = new Map(refunds.map((truth) => [truth.refundRequestId, truth]));
  const own = giveBacks.flatMap((one) => {
    const open = one.open ? [`give-back ${one.requestNumber} (${one.state}) is open`] : [];
    if (one.method === 'refund') return [...open, ...judgeRefund(one, truths.get(one.requestNumber))];
    const isVoided = ledger.get(one.orderNumber)?.state === 'voided';
    if (isVoided === (one.state === 'done')) return open;
    return [...open, `void ${one.requestNumber} is ${one.state}, the ledger says ${String(isVoided)}`];
  });
  const known = new Set(giveBacks.map(({ requestNumber }) => requestNumber));
  const strangers = refunds.filter(({ refundRequestId }) => !known.has(refundRequestId));
  return [...own, ...strangers.map(({ refundRequestId }) => `refund ${refundRequestId} is in no journal`)];
}

function judgeSales({ sales, attempts, receipts }: Books): string[] {
  const problems: string[] = [];
  for (const { saleId, state, hasCash } of sales) {
    const kept = attempts.filter((one) => one.saleId === saleId && one.state === 'approved').length;
    const isSold = state === 'completed' || state === 'returned';
    if (kept > 1) problems.push(`sale ${saleId} keeps ${kept} charges`);
    if (isSold !== (kept === 1 || hasCash === 1))
      problems.push(`sale ${saleId} is ${state} with ${kept} charges kept`);
  }
  const sold = sales.filter(({ state }) => state === 'completed' || state === 'returned').length;
  const papers = receipts.filter(({ kind }) => kind === 'sale').length;
  return papers === sold ? problems : [...problems, `${papers} receipts for ${sold} sold sales`];
}

export function judgeMoney(
  books: Books,
  ledger: readonly OrderTruth[],
  refunds: readonly RefundTruth[],
): string[] {
  const orders = new Map(ledger.map((truth) => [truth.merchantOrderId, truth]));
  return [...judgeAttempts(books, orders), ...judgeGiveBacks(books, orders, refunds), ...judgeSales(books)];
}
