// Commands of main scan: a code of ours is asked for, put on paper, and given up like any payment.
import type { Ask, CommandDependencies, Handlers } from './command-types.ts';

type CodeCommand = 'payment.present' | 'payment.giveUp' | 'code.print';

export function codeHandlers(deps: CommandDependencies, ask: Ask): Pick<Handlers, CodeCommand> {
  return {
    'payment.present': ({ routeId }) => {
      const refusal = deps.present(routeId);
      return refusal === null ? { ok: true, result: null } : { ok: false, code: refusal, detail: routeId };
    },
    'payment.giveUp': ({ attemptId }) => ask({ kind: 'gaveUp', attemptId }),
    'code.print': ({ attemptId }, { operatorId }) => ask({ kind: 'codePrintAsked', attemptId, operatorId }),
  };
}
