// What WeChat Pay's codes decide, read from their table: whatever has no row there, or one in doubt, proves nothing.
import { codesThat, declinesIn, refusalsIn, undecidedIn } from '../transport/code-row.ts';
import { wechatTable } from './code-rows.ts';

const { rows } = wechatTable;

/** Codes of codepay that prove "not taken", whatever HTTP status from 400 to 499 carries them. */
export const wechatDeclines = declinesIn(rows, 'pay');

/** "No such order": v3 (404, many public answers of the query) and v2. It proves nothing by itself. */
export const wechatNoSuchOrder = codesThat(rows, 'query', 'absent');

/** Refusals of native after which no order of this number can be paid: the same bytes draw them every time, or it is closed. */
export const wechatNativeRefusals = declinesIn(rows, 'present');

/** What an answer to a request for a code of ours comes to that made none. */
export const wechatNativeUndecided = undecidedIn(rows);

/** Refusals of close that the same bytes draw every time. */
export const wechatCloseRefusals = codesThat(rows, 'close', 'refused');

/** Of the refund call: "not given back, and never by this request"; null: the code is no refusal. */
export const wechatRefundRefusal = refusalsIn(rows);
