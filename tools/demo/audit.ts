// The till's journal exported, and every X and Z of it computed a second time by the program that knows nothing of the till.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '../..');

/** `spoil`: one fen of a sealed report is altered first; the second computation must then object. */
export function auditJournal(stateDirectory: string, out: string, spoil: boolean): boolean {
  const file = join(out, 'journal.jsonl');
  const yima = [join(root, 'tools/yima.ts'), 'journal', 'export', '--state', stateDirectory];
  const exported = spawnSync(process.execPath, yima, { encoding: 'utf8', maxBuffer: 1 << 30 });
  if (exported.status !== 0) throw new Error(`the journal could not be exported: ${exported.stderr}`);
  const text = spoil ? exported.stdout.replace(/"net_fen":(\d+)/, '"net_fen":1$1') : exported.stdout;
  writeFileSync(file, text);
  const audit = spawnSync(process.execPath, [join(root, 'audit/main.ts'), file], { encoding: 'utf8' });
  process.stdout.write(audit.stdout);
  process.stderr.write(audit.stderr);
  return audit.status === 0 && readFileSync(file).length > 0;
}
