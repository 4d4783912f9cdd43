// Short names of payment states, as the table and the diagram write them.
import { assertNever } from '../../core/domain/assert.ts';
import type { PaymentState } from '../../core/domain/payment/state.ts';
import type { Short } from './machine-table.ts';

const phases = {
  asking: 'R:ask',
  waiting: 'R:wait',
  horizon: 'R:hor',
  checking: 'R:chk',
  lastCheck: 'R:last',
} as const;

const presentingPhases = { making: 'P:make', remaking: 'P:wait', shown: 'P:show', asking: 'P:ask' } as const;

export function shortName(state: PaymentState): Short {
  switch (state.kind) {
    case 'presenting':
      return presentingPhases[state.phase];
    case 'closing':
      return state.phase === 'asking' ? 'C:ask' : 'C:wait';
    case 'closed':
      return 'clos';
    case 'held':
      return 'held';
    case 'queued':
      return 'queu';
    case 'authorizing':
      return state.resend ? 'auth*' : 'auth';
    case 'awaitingCustomer':
      return 'wait';
    case 'unknown':
      return 'unkn';
    case 'inquiring':
      if (state.giveBack) return 'inq:<';
      return state.from === 'awaitingCustomer' ? 'inq:w' : 'inq';
    case 'approved':
      return 'appr';
    case 'declined':
      return 'decl';
    case 'notSent':
      return 'nots';
    case 'expiredUnsent':
      return 'expi';
    case 'reversing':
      return phases[state.phase];
    case 'reversed':
      return 'revd';
    case 'disputed':
      return 'disp';
    default:
      return assertNever(state, 'shortName');
  }
}
