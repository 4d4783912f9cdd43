// The rows of the examination: every check stands in its place from the start, so that nothing moves while lines come in.
import type { CheckLine, CheckName, DiagnosisView, Verdict } from '../../../contract/diagnostics.ts';

export type RowState = Verdict | 'running' | 'idle';
export type Row = { check: CheckName; subject: string; state: RowState; line: CheckLine | null };

export type GroupName = 'till' | 'scanner' | 'printer' | 'network' | 'lists';

export const checksOfGroup: Record<GroupName, readonly CheckName[]> = {
  till: [
    'till.core',
    'till.clock',
    'disk.space',
    'disk.write',
    'disk.backup',
    'disk.database',
    'disk.journal',
    'work.outbox',
    'work.queue',
  ],
  scanner: ['scanner'],
  printer: [
    'printer.connection',
    'printer.state',
    'printer.identity',
    'printer.proof',
    'drawer',
    'customerDisplay',
  ],
  network: [
    'network.link',
    'network.gateway',
    'network.dns',
    'network.tcp',
    'network.tls',
    'network.echo',
    'network.clock',
    'network.certificates',
    'network.notices',
  ],
  lists: ['lists.serial', 'lists.hid', 'lists.usbPrinters'],
};

/** Two columns of about the same height: neither grows at the other's cost while lines come in. */
export const columns: readonly (readonly GroupName[])[] = [
  ['till', 'scanner', 'lists'],
  ['printer', 'network'],
];

type Examined = Pick<DiagnosisView, 'state' | 'running' | 'lines'>;

export function rowsOf(diagnosis: Examined, group: GroupName): Row[] {
  return checksOfGroup[group].flatMap((check): Row[] => {
    const lines = diagnosis.lines.filter((line) => line.check === check);
    if (lines.length > 0) {
      return lines.map((line) => ({ check, subject: line.subject, state: line.verdict, line }));
    }
    const state = diagnosis.running.includes(check) ? 'running' : 'idle';
    return [{ check, subject: '', state, line: null }];
  });
}

export function failures(diagnosis: Examined): CheckLine[] {
  return diagnosis.lines.filter(({ verdict }) => verdict === 'fail');
}

export function countOf(diagnosis: Examined, verdict: Verdict): number {
  return diagnosis.lines.filter((line) => line.verdict === verdict).length;
}
