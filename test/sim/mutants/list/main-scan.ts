// Mistakes with codes of ours.
import type { Mutant } from '../mutant.ts';

const presenting = 'core/domain/payment/presenting.ts';

export const mainScanMutants: readonly Mutant[] = [
  {
    name: 'codeGivenUpIsClosed',
    mistake: 'a code that the cashier takes off the screen is closed by that',
    file: presenting,
    from: `    case 'gaveUp':
      return toClosing(context, state.sentAt_ms);`,
    to: `    case 'gaveUp':
      return closed(context, 'GAVE_UP');`,
  },
  {
    name: 'shownCodeForgotten',
    mistake: 'a restart takes a code that was shown for one that was not',
    file: presenting,
    from: `    case 'restarted':
      return ask(context, state);`,
    to: `    case 'restarted':
      return closed(context, NEVER_SHOWN);`,
  },
  {
    name: 'closeAssumed',
    mistake: 'a closing that was answered, or could not be, is a closing',
    file: presenting,
    from: `    case 'closePending':
      return state.phase === 'asking' ? waitForNext(context, state) : note(context);`,
    to: `    case 'closePending':
      return closed(context, event.cause);`,
  },
  {
    name: 'notPaidYetIsClosed',
    mistake: 'an order that is not paid, or not found, while its code is shown is ended',
    file: presenting,
    from: `    case 'processing':
    case 'notFound':
      return onOpen(context, state, false);`,
    to: `    case 'processing':
    case 'notFound':
      return closed(context, 'NOT_FOUND');`,
  },
  {
    name: 'codeRunsOutUnasked',
    mistake: 'a code whose time is over is closed without another question',
    file: presenting,
    from: '? toClosing(context, state.sentAt_ms)',
    to: "? closed(context, 'EXPIRED')",
  },
  {
    name: 'paidWhileClosingIgnored',
    mistake: 'an approval behind the one-way door is kept for the journal, and changes nothing',
    file: presenting,
    from: `    case 'approved':
      return toApproved(context, event.proof);
    case 'closed':`,
    to: `    case 'approved':
      return note(context);
    case 'closed':`,
  },
  {
    name: 'codeReversed',
    mistake: 'a code of ours is reversed like a payment with a code of the customer',
    file: 'core/engine/dispatcher.ts',
    from: 'this.#acquirerOf(attempt).closePresented(order, (event) => post(closingEventOf(event)));',
    to: 'if (closingEventOf !== undefined) this.#acquirerOf(attempt).reverse(order, post);',
  },
  {
    name: 'paidBesideCashKept',
    mistake: 'a code that was paid while it was closed is kept, also where cash has paid the sale',
    file: 'core/domain/till/payments.ts',
    from: '    returnSurplus(draft, moved, surroundings);',
    to: '    if (!moved.presented) returnSurplus(draft, moved, surroundings);',
  },
  {
    name: 'refusedCloseIsClosed',
    mistake: 'what is no order yet is an ended one, before its time is over',
    file: 'acquirers/transport/presented.ts',
    from: 'return reached_ms !== null && reached_ms >= order.expiresAt_ms + AFTER_END_ms;',
    to: 'return reached_ms !== null && reached_ms < order.expiresAt_ms + AFTER_END_ms;',
  },
  {
    name: 'customerSeesWhole',
    mistake: "the customer's screen names the whole sale beside a code for a part of it",
    file: 'core/rpc/view-display.ts',
    from: "return { kind: 'code', scheme: attempt.scheme, amount_fen: attempt.amount_fen, ...code };",
    to: "return { kind: 'code', scheme: attempt.scheme, amount_fen: saleTotal_fen(sale), ...code };",
  },
];
