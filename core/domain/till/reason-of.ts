// Why a payment is not simply paid, as an error code for the person at the till. Pure.
import { assertNever } from '../assert.ts';
import { NEVER_SHOWN } from '../payment/presenting.ts';
import type { DeclineReason } from '../payment/state.ts';
import type { ErrorText } from './reasons.ts';
import type { Attempt } from './state.ts';

const declineTexts: Readonly<Record<DeclineReason, ErrorText>> = {
  codeUnusable: 'E-PAY-01',
  balance: 'E-PAY-02',
  limit: 'E-PAY-03',
  risk: 'E-PAY-04',
  notSupported: 'E-PAY-05',
  orderClosed: 'E-PAY-06',
  configuration: 'E-PAY-08',
  offlineRefused: 'E-OFF-08',
  other: 'E-PAY-16',
};

/** Of a code of ours that was refused before it was made: nobody was there to scan, and what holds of a customer's code says nothing. */
function refusedText(reason: DeclineReason): ErrorText {
  if (reason === 'configuration') return 'E-PAY-08';
  // The next try has an order number of its own.
  return reason === 'orderClosed' ? 'E-PAY-21' : 'E-PAY-24';
}

function declinedText({ machine, wasDeferred }: Attempt, reason: DeclineReason): ErrorText {
  if (wasDeferred) return 'E-OFF-08';
  return machine.presented ? refusedText(reason) : declineTexts[reason];
}

/** Held codes were only waited with; queued ones had their goods gone. */
const expiryTexts = { age: 'E-OFF-09', codeLost: 'E-OFF-10', holdEnded: 'E-OFF-11' } as const;

/** The line was up, and this till was not let in: its key or its clock is wrong (acquirers/gateway/sign-in.ts). */
const wrongKey = /^(SESSION_EXPIRED )?SIGN_IN_REFUSED SIGN_ERROR$/;

export function reasonOf(attempt: Attempt): ErrorText | null {
  const { state } = attempt.machine;
  switch (state.kind) {
    case 'presenting':
    case 'held':
    case 'queued':
    case 'authorizing':
    case 'approved':
      return null;
    case 'closing':
      return 'E-PAY-20';
    case 'closed':
      if (state.wentBack) return 'E-PAY-12';
      if (state.result !== NEVER_SHOWN) return 'E-PAY-22';
      return attempt.acquirerCode === 'CLOCKS_DIFFER' ? 'E-PAY-23' : 'E-PAY-21';
    case 'awaitingCustomer':
      return 'E-PAY-10';
    case 'unknown':
    case 'inquiring':
      return attempt.acquirerCode === 'MISMATCH' ? 'E-PAY-15' : 'E-PAY-07';
    case 'declined':
      return declinedText(attempt, state.reason);
    case 'notSent':
      return wrongKey.test(state.cause) ? 'E-PAY-08' : 'E-PAY-09';
    case 'expiredUnsent':
      return expiryTexts[state.cause];
    case 'reversing':
      return 'E-PAY-11';
    case 'reversed':
      return 'E-PAY-12';
    case 'disputed':
      return 'E-PAY-13';
    default:
      return assertNever(state, 'reasonOf');
  }
}
