// The recording's lines, parsed: bases, inputs, marks, and what is torn.
import {
  type BaseLine,
  type InputLine,
  type RecordedLine,
  RECORDING_FORMAT,
} from '../../core/engine/recording.ts';
import type { RecordedText } from './incident.ts';

/** `limit`: records after this one are of a journal that was given up (a restored backup): no later base knows them. */
export type Recorded = { place: string; limit: number; line: RecordedLine | null };

export const isBase = (line: RecordedLine): line is BaseLine => 'base' in line;
export const isInput = (line: RecordedLine): line is InputLine => 'events' in line;

function parse(text: string): RecordedLine | null {
  try {
    const line: unknown = JSON.parse(text);
    const isOurs =
      typeof line === 'object' && line !== null && ['base', 'events', 'sent'].some((key) => key in line);
    return isOurs ? (line as RecordedLine) : null;
  } catch (error) {
    // The end of a life may tear its last line: an outcome.
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** `line` is null where a line is torn. */
export function parseRecorded(inputs: readonly RecordedText[]): Recorded[] {
  let limit = Infinity;
  const backwards = inputs.toReversed().map(({ file, line: number, text }) => {
    const line = parse(text);
    const found = { place: `${file}:${number}`, limit, line };
    if (line !== null && isBase(line)) limit = Math.min(limit, line.head.sequence);
    return found;
  });
  return backwards.toReversed();
}

export const isKnownFormat = ({ format }: BaseLine): boolean => format === RECORDING_FORMAT;
