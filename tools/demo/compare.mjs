// Compares summary.json with the simulator's own ledger file. Plain JavaScript that imports nothing of Yima: it reads two
// files and believes neither. Usage: node tools/demo/compare.mjs SUMMARY LEDGER [ACT]  (exit 1 and one line per difference)
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const selling = {
  wechat: ['paid'],
  alipay: ['paid'],
  unionpay: ['paid'],
  awaiting: ['paid'],
  'answer-lost': ['paid'],
  'given-up': ['givenBack'],
  offline: ['exception', 'paid', 'paid'],
  'core-killed': ['paid'],
};
const day = {
  held: ['paid'],
  'cash-instead': ['paid'],
  mixed: ['paid'],
  'partial-refund': ['paid'],
  'refund-lost': ['paid'],
  void: ['paid'],
  parked: ['paid', 'paid'],
};
const acts = { selling, day, all: { ...selling, ...day } };

const [summaryFile, ledgerFile, act = 'all'] = process.argv.slice(2);
if (!summaryFile || !ledgerFile || !Object.hasOwn(acts, act)) {
  console.error('usage: compare.mjs SUMMARY LEDGER [all|selling|day]');
  process.exit(64);
}

/** Per order: how often and how much was charged, and how much was given back. */
function readBooks(file) {
  const books = new Map();
  for (const line of readFileSync(file, 'utf8').split('\n').filter(Boolean)) {
    const fact = JSON.parse(line);
    if (!fact.merchantOrderId) continue;
    const book = books.get(fact.merchantOrderId) ?? { charges: 0, charged_fen: 0, givenBack_fen: 0 };
    if (fact.kind === 'charge') {
      book.charges += 1;
      book.charged_fen += fact.amount_fen;
    }
    if (['reverse', 'void', 'refund'].includes(fact.kind)) book.givenBack_fen += fact.amount_fen;
    books.set(fact.merchantOrderId, book);
  }
  return books;
}

const problems = [];
const { sales } = JSON.parse(readFileSync(summaryFile, 'utf8'));
const books = readBooks(ledgerFile);
const known = new Set();

for (const sale of sales) {
  const where = `${sale.step || '?'} ${sale.saleId}`;
  let kept_fen = 0;
  for (const { orderNumber, kept_fen: believed_fen } of sale.attempts) {
    known.add(orderNumber);
    const book = books.get(orderNumber) ?? { charges: 0, charged_fen: 0, givenBack_fen: 0 };
    if (book.charges > 1) problems.push(`${where}: order ${orderNumber} was charged ${book.charges} times`);
    const ours_fen = book.charged_fen - book.givenBack_fen;
    if (ours_fen !== believed_fen) {
      problems.push(
        `${where}: order ${orderNumber}: the till believes ${believed_fen} fen, the ledger has ${ours_fen}`,
      );
    }
    kept_fen += ours_fen;
  }
  // Every fen of a paid sale is in the acquirer's ledger, in the drawer, rounded off, or back with the customer.
  const elsewhere_fen = sale.cash_fen + sale.rounding_fen + sale.returned_fen;
  const should_fen = sale.outcome === 'paid' ? sale.amount_fen - elsewhere_fen : 0;
  if (kept_fen !== should_fen) {
    problems.push(
      `${where}: ${sale.outcome} should leave ${should_fen} fen with the acquirer, its ledger has ${kept_fen}`,
    );
  }
  if (sale.outcome === 'givenBack') {
    const back_fen = sale.attempts.reduce(
      (sum, one) => sum + (books.get(one.orderNumber)?.givenBack_fen ?? 0),
      0,
    );
    if (back_fen !== sale.amount_fen)
      problems.push(`${where}: given back ${back_fen} fen of ${sale.amount_fen}`);
  }
  if (sale.outcome === 'queued') problems.push(`${where}: still queued at the end`);
  const hasPaper = sale.outcome === 'paid' || sale.outcome === 'exception';
  if (hasPaper !== sale.receipts.length > 0)
    problems.push(`${where}: ${sale.receipts.length} receipts for ${sale.outcome}`);
  for (const receipt of sale.receipts) {
    const file = join(dirname(summaryFile), receipt);
    for (const one of [file, file.replace(/\.bin$/, '.png')]) {
      if (!existsSync(one)) problems.push(`${where}: ${one} is missing`);
    }
  }
  if (!Number.isInteger(sale.journalSeq) || sale.journalSeq < 1)
    problems.push(`${where}: no journal sequence`);
}

for (const [orderNumber, book] of books) {
  if (!known.has(orderNumber))
    problems.push(`order ${orderNumber} (${book.charged_fen} fen) is in the ledger only`);
}
const expectedOutcomes = acts[act];
for (const step of Object.keys(expectedOutcomes)) {
  const outcomes = sales
    .filter((sale) => sale.step === step)
    .map((sale) => sale.outcome)
    .sort();
  if (outcomes.join() !== expectedOutcomes[step].join()) {
    problems.push(
      `step ${step}: ${outcomes.join() || 'no sale'} instead of ${expectedOutcomes[step].join()}`,
    );
  }
}

for (const problem of problems) console.error(`DIFFERENCE ${problem}`);
console.log(
  `${sales.length} sales, ${books.size} orders in the acquirer's ledger, ${problems.length} differences`,
);
process.exit(problems.length === 0 ? 0 : 1);
