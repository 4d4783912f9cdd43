// `yima pin`: reads a PIN (typed without echo, or one line of a pipe) and prints the hash for the configuration.
import { createInterface } from 'node:readline';
import { Writable } from 'node:stream';
import type { Command } from 'commander';
import { hashPin } from '../../core/rpc/operators.ts';
import { print, Refused } from './program.ts';

const silence = new Writable({ write: (_chunk, _encoding, done) => done() });

/** The first line of stdin; null when there is none. */
async function readLine(question: string): Promise<string | null> {
  const isTyped = process.stdin.isTTY;
  if (isTyped) process.stderr.write(question);
  const lines = createInterface({ input: process.stdin, output: silence, terminal: isTyped });
  for await (const line of lines) {
    lines.close();
    if (isTyped) process.stderr.write('\n');
    return line;
  }
  return null;
}

async function pin(): Promise<void> {
  const typed = (await readLine('PIN (4 to 12 digits, not shown): '))?.trim() ?? '';
  if (!/^\d{4,12}$/.test(typed)) throw new Refused('a PIN has 4 to 12 digits');
  await print(hashPin(typed));
}

export function addPinCommand(program: Command): void {
  program
    .command('pin')
    .description('read a PIN from the keyboard or a pipe and print its hash for `operators[].pin`')
    .action(pin);
}
