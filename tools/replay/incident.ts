// An incident: a till's journal and what was recorded of its inputs, in one file (gzip of JSON lines; docs/replay.md).
import type { JournalRow } from '../../db/chain.ts';

/** A line of the recording as it stands in its file: the last one of a life may be torn. */
export type RecordedText = { file: string; line: number; text: string };

export type Incident = {
  rows: readonly JournalRow[];
  inputs: readonly RecordedText[];
  /** What could not be read where the file was made. */
  problems: readonly string[];
};

export type IncidentLine =
  | { kind: 'incident'; format: number; exportedAt: string }
  | ({ kind: 'record' } & JournalRow)
  | ({ kind: 'input' } & RecordedText)
  | { kind: 'problem'; problem: string }
  /** The last line: what comes before it is whole. */
  | { kind: 'end'; records: number; inputs: number };

export const INCIDENT_FORMAT = 1;
