// The lines of UnionPay's statement, from the ledger file of its simulator. What the statement says of a reversed purchase is in no source:
// here it says nothing of it, neither charge nor reversal, and the till's dispute stays open beside it.
import { readFileSync } from 'node:fs';
import { type BookLine, contractFee_fen } from '../../fixtures/bills/line.ts';

type Fact = {
  kind: string;
  at: string;
  orderId: string;
  amount_fen: number;
  queryId?: string;
  origQryId?: string;
};

const kinds: Readonly<Record<string, BookLine['kind']>> = {
  purchase: 'pay',
  refund: 'refund',
  void: 'reversal',
};

function factsOf(ledgerFile: string): Fact[] {
  const texts = readFileSync(ledgerFile, 'utf8').split('\n').slice(0, -1);
  return texts.map((text) => JSON.parse(text) as Fact);
}

/** @param billDateOf the clearing day of a moment */
export function unionpayLines(
  ledgerFile: string,
  terminal: string,
  billDateOf: (at_ms: number) => string,
): BookLine[] {
  const facts = factsOf(ledgerFile);
  const opened = facts.filter(({ kind }) => kinds[kind] !== undefined);
  const reversed = new Set(facts.filter(({ kind }) => kind === 'reversed').map(({ orderId }) => orderId));
  return facts.flatMap((fact): BookLine[] => {
    const own = opened.find(({ orderId }) => orderId === fact.orderId);
    const kind = kinds[own?.kind ?? ''];
    if (fact.kind !== 'done' || own === undefined || kind === undefined || reversed.has(fact.orderId))
      return [];
    const paid = kind === 'pay' ? own : opened.find(({ queryId }) => queryId === own.origQryId);
    if (paid === undefined) throw new Error(`${own.orderId} gives back what was never paid`);
    const at_ms = Date.parse(fact.at);
    const fee_fen = contractFee_fen('unionpay', fact.amount_fen);
    return [
      {
        kind,
        orderNumber: paid.orderId,
        refundNumber: kind === 'refund' ? own.orderId : '',
        acquirerNumber: paid.queryId ?? '',
        amount_fen: fact.amount_fen,
        fee_fen: kind === 'pay' ? fee_fen : 0 - fee_fen,
        discount_fen: 0,
        at_ms,
        terminal,
        billDate: billDateOf(at_ms),
      },
    ];
  });
}
