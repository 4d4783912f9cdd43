// What the gateway's codes decide, read from their table: whatever has no row there, or one in doubt, proves nothing.
import { codesThat, declinesIn, refusalsIn, undecidedIn } from '../transport/code-row.ts';
import { gatewayTable } from './code-rows.ts';

const { rows } = gatewayTable;

/** Codes of `pay` that prove "not taken". */
export const gatewayDeclines = declinesIn(rows, 'pay');

/** Refused before anybody looked at the order (docs/gateway-protocol.md, rule 6): it says nothing of another copy of the request. */
export const unlooked: ReadonlySet<string> = new Set([
  'SIGN_ERROR',
  ...Object.keys(gatewayDeclines).filter((code) => gatewayDeclines[code] === 'configuration'),
]);

const signInRefusals = codesThat(rows, 'signIn', 'refused');

/** Of a sign-in: the acquirer does not want this terminal as it is configured. */
export const isConfigurationRefusal = (errCode: string): boolean => signInRefusals.has(errCode);

/** Codes of `voidpayment`, reason VOID, that prove "not voided". */
export const gatewayVoidRefusals = codesThat(rows, 'void', 'refused');

/** Codes of `present` after which this request made no code. */
export const gatewayPresentRefusals = declinesIn(rows, 'present');

/** What an answer to a request for a code of ours comes to that made none. */
export const gatewayPresentUndecided = undecidedIn(rows);

/** Codes of `close` that asking again does not change. */
export const gatewayCloseRefusals = codesThat(rows, 'close', 'refused');

/** Of `refund`: "not given back, and never under this request number"; null: the code is no refusal. */
export const gatewayRefundRefusal = refusalsIn(rows);
