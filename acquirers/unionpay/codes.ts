// What UnionPay's two-character codes decide, read from their table: whatever has no row there, or one in doubt, proves nothing.
import type { DeclineReason } from '../../core/domain/payment/state.ts';
import { backAlreadyIn, codesThat, declinesIn, refusalsIn, undecidedIn } from '../transport/code-row.ts';
import { unionpayTable } from './code-rows.ts';

const { rows } = unionpayTable;

type Decision = {
  /** Of a purchase, as its answer or as `origRespCode`: not taken, for this reason. Null: it proves nothing. */
  declines: DeclineReason | null;
};

const declines = declinesIn(rows, 'pay');

export const unionpayCodes: Readonly<Record<string, Decision>> = Object.fromEntries(
  rows
    .filter(({ operation }) => operation === 'pay')
    .map(({ code }) => [code, { declines: declines[code] ?? null }]),
);

/** Undefined for a code that nobody knows. */
export function codeRow(code: string): Decision | undefined {
  return Object.hasOwn(unionpayCodes, code) ? unionpayCodes[code] : undefined;
}

/**
 * `origRespCode` of what is done. A6 is 有缺陷的成功, a success with a flaw in its handling: UnionPay's demo calls failed what is neither
 * ("origRespCode不是A6或者00的就可以判断为失败", public code 16646453701), and merchants name it so beside 00 (9282839099, 33878265577).
 */
export const doneOrigins: ReadonlySet<string> = new Set(['00', 'A6']);

/** "Query again". */
export const stillProcessing = codesThat(rows, 'query', 'processing');

/** What an answer to a request for a code of ours comes to that made none. */
export const unionpayPresentUndecided = undecidedIn(rows);

/** Reversals that no repetition changes: other content, another clearing day, given back already by other means. */
export const reversalRefusals = codesThat(rows, 'reverse', 'refused');

/** Of a void or refund, either way; null: the code is no refusal. */
export const unionpayRefundRefusal = refusalsIn(rows);

/** `origRespCode` of a void or refund of ours that failed; null: it says no such thing. */
export const unionpayFailedGiveBack = refusalsIn(rows, 'refundQuery');

/** Of a void or refund: its money is back, and the query tells whether by this one. */
export const unionpayBackAlready = backAlreadyIn(rows);
