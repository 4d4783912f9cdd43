// Main scan on paper: the code that the screen shows, for a customer who can't see the screen. It changes no figure. Pure.
import { own } from '../own.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import { routeOf, type Surroundings, type TillEvent } from './events.ts';
import { idOf } from './ids.ts';
import { isSlipWaiting } from './queries.ts';
import type { TillState } from './state.ts';

type CodePrintAsked = Extract<TillEvent, { kind: 'codePrintAsked' }>;

/** Only while it may be scanned: a paper that comes out later still names its end. */
export function codePrintAsked(
  state: TillState,
  { attemptId, operatorId }: CodePrintAsked,
  surroundings: Surroundings,
): Transition {
  const attempt = own(state.attempts, attemptId);
  if (attempt?.machine.state.kind !== 'presenting' || attempt.presented === undefined)
    return refuse(state, 'E-SALE-02');
  const { content, endsAt_ms } = attempt.machine.state;
  if (content === null) return refuse(state, 'E-SALE-02');
  if (isSlipWaiting(state, 'code')) return refuse(state, 'E-PRN-10');
  const codePaperId = idOf('Q', state, state.sequence + 1);
  const { orderNumber, scheme, amount_fen, presented, openedAt_ms, routeId } = attempt;
  const { codeFor_ms } = routeOf(surroundings, routeId).policy.presenting;
  const printed = {
    codePaperId,
    at_ms: surroundings.now_ms,
    operatorId,
    attemptId,
    orderNumber,
    scheme,
    amount_fen,
    content,
    // The acquirer may have given it less time than was asked for.
    expiresAt_ms: presented.expiresAt_ms - Math.max(0, openedAt_ms + codeFor_ms - endsAt_ms),
  };
  const draft = draftFrom(state);
  draft.record({ type: 'code.printed', body: { receiptId: codePaperId, printed } });
  draft.effect({ kind: 'print', receiptId: codePaperId, copy: 0 });
  return draft.done();
}
