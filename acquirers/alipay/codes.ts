// What Alipay's `sub_code`s decide, read from their table: whatever has no row there, or one in doubt, proves nothing.
import { codesThat, declinesIn, refusalsIn, undecidedIn } from '../transport/code-row.ts';
import { alipayTable } from './code-rows.ts';

const { rows } = alipayTable;

/** Refusals of alipay.trade.pay that prove "not taken". */
export const alipayDeclines = declinesIn(rows, 'pay');

/** Cancels that no repetition changes. */
export const alipayReversalRefusals = codesThat(rows, 'reverse', 'refused');

/** Refusals of precreate after which this request made no code. */
export const alipayPrecreateRefusals = declinesIn(rows, 'present');

/** What an answer to a request for a code of ours comes to that made none. */
export const alipayPrecreateUndecided = undecidedIn(rows);

/** Refusals of close that asking again does not change; every `isv.*` is one, too. */
export const alipayCloseRefusals = codesThat(rows, 'close', 'refused');

/** Of alipay.trade.refund: "not given back"; null: the code is no refusal. */
export const alipayRefundRefusal = refusalsIn(rows);
