// The recording: what the engine applied, a line each, so that what a till did can be done again elsewhere (docs/replay.md).
// The journal is the truth; a recording that breaks off costs the replay those inputs and the till nothing.
import type { Surroundings, TillEvent } from '../domain/till/events.ts';
import type { ErrorText } from '../domain/till/reasons.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Fault } from '../ports/fault.ts';
import type { InputSink } from '../ports/input-sink.ts';
import type { JournalHead, Store } from '../ports/journal.ts';
import type { Applicable } from './apply.ts';

/** `memory`: what of the till is in memory, in its order there. */
export type BaseLine = {
  base: 'start' | 'turn';
  format: typeof RECORDING_FORMAT;
  version: string;
  head: JournalHead;
  /** `startedAt_ms`: absent in recordings of before it was asked for. */
  settings: Pick<Surroundings, 'terminalCode' | 'routes' | 'cash'> & { startedAt_ms?: number };
  memory: Record<'sales' | 'attempts' | 'receipts' | 'giveBacks', string[]>;
};

/** `code`: a payment code came with it; the code itself is nowhere. */
type RecordedEvent = { event: TillEvent; closeRowId?: number; code?: true };

/** `from`, `to`: the journal's sequence before and after. `unchanged`: so many events before it had changed nothing. */
export type InputLine = {
  from: number;
  to: number;
  at: string;
  now_ms: number;
  entropy: string;
  clockTrusted: boolean;
  events: RecordedEvent[];
  refusal?: ErrorText;
  /** It was not applied: the program ended there, with these words. */
  failed?: string;
  unchanged?: number;
};

/** Rows of the outbox that were marked sent. */
export type SentLine = { sent: readonly number[] };

export type RecordedLine = BaseLine | InputLine | SentLine;

/** What came of an input. `head` is null when nothing was committed. */
type Taken = {
  events: readonly Applicable[];
  surroundings: Surroundings;
  before: { state: TillState; head: JournalHead };
  outcome: { head: JournalHead | null; refusal: ErrorText | null } | { failed: unknown };
};

export type Recorder = {
  took(input: Taken): void;
  sent(rowIds: readonly number[]): void;
  /** Why nothing is recorded any more, in this run of the core. */
  readonly fault: Fault | null;
  close(): void;
};

export const RECORDING_FORMAT = 1;
const FAILURE_characters = 300;

/** A refused reason is in no journal and no rule reads it: what a person typed there is not kept. */
function withoutWords(event: TillEvent): TillEvent {
  return 'reason' in event ? { ...event, reason: '' } : event;
}

function recordedEvent({ event, options }: Applicable, isRefused: boolean): RecordedEvent {
  const recorded: RecordedEvent = { event: isRefused ? withoutWords(event) : event };
  if (options.closeRowId !== undefined) recorded.closeRowId = options.closeRowId;
  if (options.code !== undefined) recorded.code = true;
  return recorded;
}

function baseLine(base: BaseLine['base'], version: string, { before, surroundings }: Taken): BaseLine {
  const { state, head } = before;
  const { terminalCode, routes, cash, startedAt_ms } = surroundings;
  return {
    base,
    format: RECORDING_FORMAT,
    version,
    head,
    settings: { terminalCode, routes, cash, startedAt_ms },
    memory: {
      sales: Object.keys(state.sales),
      attempts: Object.keys(state.attempts),
      receipts: Object.keys(state.receipts),
      giveBacks: Object.keys(state.giveBacks),
    },
  };
}

function inputLine({ events, surroundings, before, outcome }: Taken): InputLine {
  const from = before.head.sequence;
  const isFailed = 'failed' in outcome;
  const refusal = isFailed ? null : outcome.refusal;
  const { now_iso: at, now_ms, entropy, clockTrusted } = surroundings;
  const line: InputLine = {
    from,
    to: isFailed ? from : (outcome.head?.sequence ?? from),
    at,
    now_ms,
    entropy,
    clockTrusted,
    // Of several in one commit the last may be refused alone; the others are in the journal.
    events: events.map((one) => recordedEvent(one, refusal !== null && events.length === 1)),
  };
  if (refusal !== null) line.refusal = refusal;
  if (isFailed) {
    const { failed } = outcome;
    line.failed = (failed instanceof Error ? failed.message : String(failed)).slice(0, FAILURE_characters);
  }
  return line;
}

const isNothing = ({ outcome }: Taken): boolean =>
  !('failed' in outcome) && outcome.head === null && outcome.refusal === null;

export function createRecorder(sink: InputSink, version: string): Recorder {
  let fault: Fault | null = null;
  let due: BaseLine['base'] | null = 'start';
  let unchanged = 0;

  function attempt(write: () => void): void {
    if (fault !== null) return;
    try {
      write();
    } catch (error) {
      const { code = 'UNKNOWN', message } = error as { code?: string; message: string };
      fault = { code, retry: 'never', detail: message };
    }
  }

  function record(input: Taken): void {
    const line = inputLine(input);
    if (unchanged > 0) line.unchanged = unchanged;
    unchanged = 0;
    if (sink.isFull()) {
      sink.turn();
      due ??= 'turn';
    }
    const text = `${JSON.stringify(line)}\n`;
    // A life may begin behind a line that the end of the last one tore.
    sink.write(due === null ? text : `\n${JSON.stringify(baseLine(due, version, input))}\n${text}`);
    due = null;
  }

  return {
    took: (input) => {
      // The echo of a line that is up, some thousand times a day.
      if (isNothing(input)) unchanged += 1;
      else attempt(() => record(input));
    },
    sent: (rowIds) => {
      if (due === null) attempt(() => sink.write(`${JSON.stringify({ sent: rowIds })}\n`));
    },
    close: () => attempt(sink.close),
    get fault() {
      return fault;
    },
  };
}

/** The store, with what is marked sent recorded, too; both end together. */
export function recordingStore(store: Store, recorder: Recorder): Store {
  return {
    ...store,
    markSent: (rowIds) => {
      store.markSent(rowIds);
      recorder.sent(rowIds);
    },
    close: () => {
      store.close();
      recorder.close();
    },
  };
}
