// What a printer's problem is called among the findings: a test page that failed has the same remedy as the check.
import type { Finding } from '../../../contract/diagnostics.ts';

/** Names of core/ports/printer.ts. */
const findings: Readonly<Record<string, Finding>> = {
  paperOut: 'paperOut',
  coverOpen: 'coverOpen',
  cutter: 'cutterJammed',
  unreachable: 'printerUnreachable',
  connectionLost: 'printerOffline',
  garbage: 'printerGarbage',
};

/** `detail`: `coverOpen: ...`, as the core says it. Null: a problem that has no finding. */
export function problemFinding(detail: string): Finding | null {
  return findings[detail.split(':')[0] ?? ''] ?? null;
}
