// Runs the demonstration as its own process, the way a person does, and reads what it left.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { text } from 'node:stream/consumers';

type Sale = {
  step: string;
  outcome: string;
  amount_fen: number;
  cash_fen: number;
  receipts: string[];
  attempts: { state: string; kept_fen: number }[];
};
export type DemoRun = { code: number | null; output: string; out: string; sales: Sale[] };

const root = resolve(import.meta.dirname, '../..');

export async function runDemo(args: readonly string[]): Promise<DemoRun> {
  const out = mkdtempSync(join(tmpdir(), 'yima-demo-'));
  const child = spawn(process.execPath, ['tools/demo/main.ts', '--out', out, ...args], { cwd: root });
  const [output, errors, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit'),
  ]);
  const file = join(out, 'summary.json');
  // A demonstration that broke down leaves no summary: its output says why.
  const summary = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as { sales: Sale[] })
    : { sales: [] };
  return { code: code as number | null, output: `${output}\n${errors}`, out, sales: summary.sales };
}
