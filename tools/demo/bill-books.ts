// The lines of an acquirer's bill, from the ledger file of its simulator: what was charged and what went back, and nothing of what the
// till believes.
import { readFileSync } from 'node:fs';
import { type BillRail, type BookLine, contractFee_fen, shanghaiTime } from '../../fixtures/bills/line.ts';
import { unionpayLines } from './unionpay-books.ts';

const HOUR_ms = 3_600_000;

/** What the other three ledgers have of a fact, each by its own names. */
type Fact = {
  kind: string;
  at: string;
  amount_fen: number;
  out_trade_no?: string;
  merchantOrderId?: string;
  wechatNumber?: string;
  trade_no?: string;
  orderId?: string;
  out_request_no?: string;
  out_refund_no?: string;
  refundRequestId?: string;
};

const kinds: Readonly<Record<string, BookLine['kind']>> = {
  charge: 'pay',
  refund: 'refund',
  reverse: 'reversal',
  void: 'reversal',
};

/** The day of the gateway and of UnionPay ends at 23:00, the wallets' at midnight. */
function billDateOf(rail: BillRail, at_ms: number): string {
  const endsEarly = rail === 'gateway' || rail === 'unionpay';
  return shanghaiTime(at_ms + (endsEarly ? HOUR_ms : 0)).slice(0, 10);
}

export function bookLines(rail: BillRail, ledgerFile: string, terminal: string): BookLine[] {
  if (rail === 'unionpay') return unionpayLines(ledgerFile, terminal, (at_ms) => billDateOf(rail, at_ms));
  const lines: BookLine[] = [];
  const numbers = new Map<string, string>();
  for (const text of readFileSync(ledgerFile, 'utf8').split('\n').slice(0, -1)) {
    const fact = JSON.parse(text) as Fact;
    const kind = kinds[fact.kind];
    const orderNumber = fact.out_trade_no ?? fact.merchantOrderId ?? '';
    const own = fact.wechatNumber ?? fact.trade_no ?? fact.orderId;
    if (fact.kind === 'charge' && own !== undefined) numbers.set(orderNumber, own);
    // A reversal of nothing is on no bill.
    if (kind === undefined || fact.amount_fen === 0) continue;
    const at_ms = Date.parse(fact.at);
    const fee_fen = contractFee_fen(rail, fact.amount_fen);
    lines.push({
      kind,
      orderNumber,
      refundNumber: fact.out_refund_no ?? fact.out_request_no ?? fact.refundRequestId ?? '',
      acquirerNumber: numbers.get(orderNumber) ?? '0',
      amount_fen: fact.amount_fen,
      fee_fen: kind === 'pay' ? fee_fen : 0 - fee_fen,
      discount_fen: 0,
      at_ms,
      terminal,
      billDate: billDateOf(rail, at_ms),
    });
  }
  return lines;
}
