// Main scan on paper: the code that the screen shows, for a customer who can't see the screen. It changes no figure. Pure.
import { own } from '../own.ts';
import { draftFrom, refuse, type Transition } from './draft.ts';
import type { Surroundings, TillEvent } from './events.ts';
import { idOf } from './ids.ts';
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
  const codePaperId = idOf('Q', state, state.sequence + 1);
  const { orderNumber, scheme, amount_fen, presented } = attempt;
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
    expiresAt_ms: Math.min(
      presented.expiresAt_ms,
      Date.parse(surroundings.now_iso) + endsAt_ms - surroundings.now_ms,
    ),
  };
  const draft = draftFrom(state);
  draft.record({ type: 'code.printed', body: { receiptId: codePaperId, printed } });
  draft.effect({ kind: 'print', receiptId: codePaperId, copy: 0 });
  return draft.done();
}
