// Commands for a customer who says "I have paid": his payment is found, shown with all that is known, and put on paper.
import { FOUND_payments } from '../../contract/evidence.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { heldText, isMeant, shownNumber } from '../domain/evidence/asked.ts';
import { terminalIn } from '../domain/scan/payment-number.ts';
import { maskDigits } from '../domain/scan/router.ts';
import type { Ask, CommandDependencies, CommandResult, Handlers } from './command-types.ts';
import { paymentsFoundView } from './view-evidence.ts';

type EvidenceCommand = 'payment.find' | 'payment.forget' | 'evidence.print';

type Finding = Pick<CommandDependencies, 'engine' | 'store' | 'terminalCode'>;

/** Shows what is found. Null, or why nothing is: the number is another till's, or nobody's here. */
export function findPayments({ engine, store, terminalCode }: Finding, text: string): ErrorCode | null {
  const meant = store.attemptsNaming(heldText(text)).filter((attempt) => isMeant(attempt, text));
  if (meant.length === 0) {
    const terminal = terminalIn(text);
    return terminal === null || terminal === terminalCode ? 'E-PAY-17' : 'E-PAY-18';
  }
  engine.updateUi({
    askedPayments: {
      asked: shownNumber(text),
      attemptIds: meant.slice(0, FOUND_payments).map(({ attemptId }) => attemptId),
      hasMore: meant.length > FOUND_payments,
    },
  });
  return null;
}

export function evidenceHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, EvidenceCommand> {
  const { engine, store } = deps;
  return {
    'payment.find': ({ text }): CommandResult => {
      const refusal = findPayments(deps, text.trim());
      if (refusal !== null) return { ok: false, code: refusal, detail: maskDigits(text.trim()) };
      return { ok: true, result: paymentsFoundView(engine, store) };
    },
    'payment.forget': () => {
      engine.updateUi({ askedPayments: null });
      return { ok: true, result: null };
    },
    'evidence.print': ({ attemptId }, { operatorId }) =>
      ask({ kind: 'evidenceAsked', attemptId, operatorId }),
  };
}
