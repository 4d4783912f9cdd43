// What a test runner's report comes down to.
import { stripVTControlCharacters } from 'node:util';

/** Names are "file > suite > test", as a person would look for them. */
export type Tally = {
  runner: string;
  passed: number;
  /** Tests that failed, and files that could not be loaded, each with its error's first line where there is one. */
  failed: string[];
  /** Tests that exist but did not run: skipped or todo. */
  skipped: string[];
};

/** Reads a field of an unknown JSON value; undefined where the value is no object. */
export function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

export function list(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** The end of a failed test's line: who reads only the last page of a long log still learns the cause. */
export function becauseOf(message: string): string {
  const first = stripVTControlCharacters(message).split('\n')[0] ?? '';
  return first === '' ? '' : ` (${first.slice(0, 300)})`;
}
