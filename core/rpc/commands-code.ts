// Commands of main scan: a code of ours is asked for, put on paper, and given up like any payment.
import type { Ask, CommandDependencies, Handlers } from './command-types.ts';
import { isSlipWaiting } from './commands-evidence.ts';

type CodeCommand = 'payment.present' | 'payment.giveUp' | 'code.print';

export function codeHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, CodeCommand> {
  return {
    'payment.present': ({ routeId }) => {
      const refusal = deps.present(routeId);
      return refusal === null ? { ok: true, result: null } : { ok: false, code: refusal, detail: routeId };
    },
    'payment.giveUp': ({ attemptId }) => ask({ kind: 'gaveUp', attemptId }),
    'code.print': ({ attemptId }, { operatorId }) => {
      if (isSlipWaiting(deps, 'code')) return { ok: false, code: 'E-PRN-10', detail: '' };
      return ask({ kind: 'codePrintAsked', attemptId, operatorId });
    },
  };
}
