// What WeChat Pay's codes decide, read from their table: whatever has no row there, or one in doubt, proves nothing.
import { codesThat, declinesIn, refusalsIn, undecidedIn } from '../transport/code-row.ts';
import { wechatTable } from './code-rows.ts';

const { rows } = wechatTable;

/** Codes of codepay that prove "not taken", whatever HTTP status from 400 to 499 carries them. */
export const wechatDeclines = declinesIn(rows, 'pay');

/** "No such order": v3 (404, many public answers of the query) and v2. It proves nothing by itself. */
export const wechatNoSuchOrder = codesThat(rows, 'query', 'absent');

/** Of a reversal: "no such order", which two pages spell otherwise than the query. */
export const wechatReversalNoSuchOrder = codesThat(rows, 'reverse', 'absent');

/** Of a reversal: the order is closed or reversed already. */
export const wechatReversalOver = codesThat(rows, 'reverse', 'over');

const reversals = rows.filter(({ operation }) => operation === 'reverse');
const saysPaid = ({ proves }: (typeof rows)[number]) => proves.kind === 'inDoubt' && proves.saysPaid === true;

/** Of a reversal: the order is paid, and only a refund gives it back. */
export const wechatReversalPaid: ReadonlySet<string> = new Set(
  reversals.filter(saysPaid).map(({ code }) => code),
);

/** Of a reversal: not now. It is asked for again, and a look at the order would tell nothing more. */
export const wechatReversalNotNow: ReadonlySet<string> = new Set(
  reversals
    .filter((row) => row.proves.kind === 'processing' || (row.proves.kind === 'inDoubt' && !saysPaid(row)))
    .map(({ code }) => code),
);

/** Refusals of native after which no order of this number can be paid: the same bytes draw them every time, or it is closed. */
export const wechatNativeRefusals = declinesIn(rows, 'present');

/** What an answer to a request for a code of ours comes to that made none. */
export const wechatNativeUndecided = undecidedIn(rows);

/** Refusals of close that the same bytes draw every time. */
export const wechatCloseRefusals = codesThat(rows, 'close', 'refused');

/** Of the refund call: "not given back, and never by this request"; null: the code is no refusal. */
export const wechatRefundRefusal = refusalsIn(rows);
