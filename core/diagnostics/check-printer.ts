// The receipt printer asked between two jobs, and what hangs on it. No paper moves.
import type { CheckName, Finding } from '../../contract/diagnostics.ts';
import type { DeviceIdentity } from '../ports/device.ts';
import type { PrinterExamination, PrinterState } from '../ports/printer.ts';
import { fail, type Found, type Group, line, type Parts, pass, skipped } from './parts.ts';

type Examined = Extract<PrinterExamination, { kind: 'examined' }>;

const stopping: Readonly<Record<Exclude<PrinterState, 'ready' | 'paperLow'>, Finding>> = {
  paperOut: 'paperOut',
  coverOpen: 'coverOpen',
  cutter: 'cutterJammed',
  unreachable: 'printerOffline',
  connectionLost: 'printerOffline',
  garbage: 'printerGarbage',
};

function stateFound({ state, answers, detail }: Examined): Found {
  if (state === 'ready') return answers ? pass('printerReady', detail) : pass('printerMute', detail);
  if (state === 'paperLow') return pass('paperLow', detail);
  return fail(stopping[state], detail);
}

function identityFound(identity: DeviceIdentity | null): Found {
  if (identity === null) return skipped('identityUnknown');
  const { maker, model, firmware, serial } = identity;
  return pass('identityKnown', [maker, model, firmware, serial].filter((part) => part !== null).join(', '));
}

function proofFound({ processId, orderedStatus }: Examined, promisesProcessId: boolean): Found {
  if (processId === null && orderedStatus === null) return skipped('notAsked');
  if (processId === true) return pass('provesByProcessId');
  if (promisesProcessId) return fail('profileTooHigh');
  return orderedStatus === true ? pass('provesByStatus') : skipped('provesNothing');
}

const checks = ['printer.connection', 'printer.state', 'printer.identity', 'printer.proof'] as const;

export const printerGroup: Group = {
  checks: [...checks, 'drawer', 'customerDisplay'],
  run: (parts: Parts, post) =>
    new Promise((resolve) => {
      const started_ms = performance.now();
      const { printer, promisesProcessId } = parts;
      const { connection } = printer.report();
      const tell = (check: CheckName, found: Found) =>
        post(line(check, started_ms, { ...found, subject: printer.id }));
      printer.examine((found) => {
        if (found.kind === 'unreachable') {
          tell('printer.connection', fail('printerUnreachable', `${connection}: ${found.detail}`));
          for (const check of checks.slice(1)) tell(check, skipped('lowerFailed'));
        } else {
          tell('printer.connection', pass('printerReached', connection));
          tell('printer.state', stateFound(found));
          tell('printer.identity', identityFound(found.identity));
          tell('printer.proof', proofFound(found, promisesProcessId));
        }
        post(line('drawer', started_ms, skipped('drawerUntold')));
        post(line('customerDisplay', started_ms, skipped('noDisplay')));
        resolve();
      });
    }),
};
