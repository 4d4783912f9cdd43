// The technician's commands.
import type { DiagnosisStarted } from '../../contract/diagnostics.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { CommandDependencies, CommandResult, Handlers } from './command-types.ts';

type DiagnosticsCommand =
  | 'diagnostics.start'
  | 'diagnostics.scanTest'
  | 'diagnostics.printTest'
  | 'diagnostics.drawerTest'
  | 'diagnostics.report'
  | 'diagnostics.wallets'
  | 'diagnostics.measures';

const answer = (refusal: string | null): CommandResult =>
  refusal === null ? { ok: true, result: null } : { ok: false, code: refusal as ErrorCode, detail: '' };

export function diagnosticsHandlers({
  diagnostics,
}: CommandDependencies): Pick<Handlers, DiagnosticsCommand> {
  return {
    'diagnostics.start': () => {
      const result: DiagnosisStarted = { runId: diagnostics.start() };
      return { ok: true, result };
    },
    'diagnostics.scanTest': ({ on }) => answer(diagnostics.scanTest(on)),
    'diagnostics.printTest': () => answer(diagnostics.printTest()),
    'diagnostics.drawerTest': (_params, { operatorId }) => answer(diagnostics.drawerTest(operatorId)),
    'diagnostics.report': () => {
      const written = diagnostics.writeReport();
      return written.ok
        ? { ok: true, result: written.written }
        : { ok: false, code: 'E-DIAG-01', detail: written.detail };
    },
    'diagnostics.wallets': () => ({ ok: true, result: diagnostics.wallets() }),
    'diagnostics.measures': () => ({ ok: true, result: diagnostics.measures() }),
  };
}
