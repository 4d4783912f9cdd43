// Which of the till's texts a row comes to: asked of the same functions that choose what stands on the screen.
import type { CodeRow } from '../../acquirers/transport/code-row.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { assertNever } from '../../core/domain/assert.ts';
import type { GiveBack } from '../../core/domain/giveback/give-back.ts';
import type { GiveBackState } from '../../core/domain/giveback/machine.ts';
import { NEVER_SHOWN } from '../../core/domain/payment/presenting.ts';
import type { PaymentState } from '../../core/domain/payment/state.ts';
import { reasonOf } from '../../core/domain/till/reason-of.ts';
import { giveBackView } from '../../core/rpc/view-give-backs.ts';
import { codeScan, TestTill } from '../../test/sim/till-kit.ts';

const till = TestTill.tendering();
till.tell(codeScan());
const attempt = till.newest();

const giveBack: GiveBack = {
  giveBackId: 'R1',
  requestNumber: 'R1',
  method: 'refund',
  returnId: null,
  cause: 'return',
  saleId: attempt.saleId,
  attemptId: attempt.attemptId,
  orderNumber: attempt.orderNumber,
  routeId: attempt.routeId,
  scheme: attempt.scheme,
  rail: '',
  amount_fen: attempt.amount_fen,
  openedAt_ms: 0,
  zNumber: 1,
  machine: { state: { kind: 'requested', tries: 0 }, due: null },
  paidInCash: false,
  slipPrinted: false,
  acquirerCode: null,
  story: [],
};

function ofPayment(state: PaymentState, isPresented = false): ErrorCode {
  const machine = { deferred: false, state, due: null, ...(isPresented && { presented: true as const }) };
  const reason = reasonOf({ ...attempt, machine });
  if (reason === null) throw new Error(`no text for ${state.kind}`);
  return reason;
}

function ofGiveBack(state: GiveBackState): ErrorCode {
  const { reason } = giveBackView({ ...giveBack, machine: { state, due: null } }, null);
  if (reason === null) throw new Error(`no text for ${state.kind}`);
  return reason;
}

const unknown: PaymentState = { kind: 'unknown', sentAt_ms: 0, inquiries: 0 };
const reversing: PaymentState = {
  kind: 'reversing',
  sentAt_ms: 0,
  startedAt_ms: 0,
  reversals: 1,
  phase: 'waiting',
};
const disputed: PaymentState = { kind: 'disputed', sentAt_ms: 0, cause: 'X' };
const neverShown: PaymentState = { kind: 'closed', result: NEVER_SHOWN };
const closing: PaymentState = {
  kind: 'closing',
  sentAt_ms: 0,
  startedAt_ms: 0,
  closings: 1,
  phase: 'waiting',
};
const awaiting: PaymentState = { kind: 'awaitingCustomer', sentAt_ms: 0, inquiries: 0 };
const open = { sentAt_ms: 0, tries: 1, inquiries: 0 };

/** What the cashier reads after such an answer; of several states in turn the last, which stays. */
export function wordingOf({ code, operation, proves }: CodeRow): ErrorCode {
  switch (operation) {
    case 'pay':
    case 'query':
    case 'present':
      if (proves.kind === 'declined')
        return ofPayment({ kind: 'declined', code, reason: proves.reason }, operation === 'present');
      if (proves.kind === 'inDoubt' && operation === 'present')
        return ofPayment(proves.saysPaid ? closing : neverShown);
      return ofPayment(operation === 'pay' && proves.kind === 'processing' ? awaiting : unknown);
    case 'reverse':
      return ofPayment(proves.kind === 'refused' ? disputed : reversing);
    case 'close':
      return ofPayment(closing);
    case 'signIn':
      return ofPayment(
        proves.kind === 'refused'
          ? { kind: 'declined', code, reason: 'configuration' }
          : { kind: 'notSent', cause: `SIGN_IN_REFUSED ${code}` },
      );
    case 'void':
    case 'refund':
    case 'refundQuery':
      // A refused void is followed by a refund of the same money, which is shown in its place: sent, but where it may be back.
      if (proves.kind === 'refused' && operation === 'void' && proves.perhapsBack !== true)
        return ofGiveBack({ kind: 'sending', sentAt_ms: 0, tries: 1 });
      if (proves.kind === 'refused')
        return ofGiveBack({ kind: 'failed', code, ...(proves.perhapsBack && { perhapsBack: true }) });
      if (proves.kind === 'processing') return ofGiveBack({ kind: 'pending', ...open });
      return ofGiveBack({ kind: 'unknown', ...open });
    default:
      return assertNever(operation, 'wordingOf');
  }
}
