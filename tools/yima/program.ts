// What all commands share: exit codes, how a failure is told, writing to a pipe that may close.
import { once } from 'node:events';
import { Command, CommanderError } from 'commander';
import { errorTexts } from '../../contract/error-texts.ts';
import { type ErrorCode, errorCodes } from '../../contract/errors.ts';

/** 0 done; 1 no (a check failed, or the till refused); 64 wrong usage (sysexits). */
export const EXIT_NO = 1;
const EXIT_USAGE = 64;

/** A clear no: its message goes to stderr, the exit code is 1 where a command has no finer ones. */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly exitCode: number;

  constructor(message: string, options: { cause?: unknown; exitCode?: number } = {}) {
    super(message, 'cause' in options ? { cause: options.cause } : {});
    this.exitCode = options.exitCode ?? EXIT_NO;
  }
}

export function createProgram(): Command {
  return new Command('yima')
    .description('Yima till: journal, queue, requests to the core, checks')
    .exitOverride()
    .showHelpAfterError('(yima --help lists the commands)');
}

/** Commander's own exit codes: 0 for help and version, 1 for wrong usage. */
export async function runProgram(program: Command, argv: readonly string[]): Promise<number> {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    // `yima ... | head`: whoever read has had enough.
    if (error.code === 'EPIPE') process.exit(0);
    throw error;
  });
  try {
    await program.parseAsync([...argv]);
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : EXIT_USAGE;
    process.stderr.write(`${failureText(error)}\n`);
    return error instanceof Refused ? error.exitCode : EXIT_NO;
  }
}

export function isErrorCode(code: unknown): code is ErrorCode {
  return (errorCodes as readonly unknown[]).includes(code);
}

/** The code with what it means and what to do, in English, and the detail. */
export function explain(code: string, detail: string): string {
  if (!isErrorCode(code)) return `${code} ${detail}`.trim();
  const { what, todo } = errorTexts.en[code];
  return [`${code} ${what}. ${todo}`, detail].filter(Boolean).join('\n');
}

/** A refusal of ours reads like a sentence; anything else is a defect and shows where it happened. */
function failureText(error: unknown): string {
  if (error instanceof Refused) return error.message;
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return isErrorCode(code) ? explain(code, error.message) : (error.stack ?? error.message);
}

/** Waits while the reader is slower than we are. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(`${text}\n`)) await once(process.stdout, 'drain');
}
