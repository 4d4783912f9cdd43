// The replay: a journal is folded to where its recorded inputs begin, then the engine's own code applies them on a store of its
// own, and each record that it makes is compared with the journal, byte for byte.
import { applyEvents } from '../../core/engine/apply.ts';
import type { BaseLine, InputLine } from '../../core/engine/recording.ts';
import type { Surroundings } from '../../core/domain/till/events.ts';
import { emptyTill, type TillState } from '../../core/domain/till/state.ts';
import type { Commit, JournalHead } from '../../core/ports/journal.ts';
import { GENESIS, type JournalRow, verifyChain } from '../../db/chain.ts';
import { openScratch } from '../../db/scratch.ts';
import { blankVault } from './blank-vault.ts';
import type { Incident } from './incident.ts';
import { remembered, unknownIn } from './memory.ts';
import { isBase, isInput, isKnownFormat, parseRecorded, type Recorded } from './recorded.ts';

/** One input as it was done again. `commit` is null when nothing came of it. */
export type Step = {
  place: string;
  input: InputLine;
  before: TillState;
  after: TillState;
  commit: Commit | null;
  rows: readonly JournalRow[];
};

export type Difference = { place: string; input: string; what: string; journal: string; replayed: string };

export type Replayed = {
  difference: Difference | null;
  inputs: number;
  /** Records that inputs have made again. */
  records: number;
  head: JournalHead;
  /** Where inputs are missing, and what was taken from the journal instead. */
  notes: string[];
};

export type ReplayOptions = {
  /** An empty directory, for the store. */
  directory: string;
  /** The last record that is of interest. */
  to?: number;
  tell?: (
    told: Step | { place: string; base: BaseLine } | { place: string; sent: readonly number[] },
  ) => void;
};

/** Ends the replay: what differs is known. */
class Differs extends Error {
  readonly difference: Difference;

  constructor(difference: Difference) {
    super(difference.what);
    this.difference = difference;
  }
}

/** Thrown in place of a commit that the field's disk did not take. */
class NotTaken extends Error {}

type Differ = (what: string, journal: string, replayed: string) => Differs;

const textOf = (row: JournalRow | undefined): string =>
  row === undefined ? 'nothing' : `${row.sequence} ${row.at} ${row.type} ${row.body} ${row.hash.slice(0, 8)}`;

const kindsOf = ({ events }: InputLine): string => events.map(({ event }) => event.kind).join(' + ');

const spanOf = (first: number, last: number): string =>
  first === last ? `record ${first}` : `records ${first} to ${last}`;

class Replay {
  readonly #rows: readonly JournalRow[];
  readonly #options: ReplayOptions;
  readonly #scratch: ReturnType<typeof openScratch>;
  readonly #vault = blankVault();
  /** Null: the next base says from where it goes on. */
  #state: TillState | null = null;
  #base: BaseLine | null = null;
  readonly result: Replayed = {
    difference: null,
    inputs: 0,
    records: 0,
    head: { sequence: 0, hash: GENESIS },
    notes: [],
  };

  constructor(rows: readonly JournalRow[], options: ReplayOptions) {
    this.#rows = rows;
    this.#options = options;
    this.#scratch = openScratch(options.directory);
  }

  close(): void {
    this.#scratch.close();
  }

  #note(text: string): void {
    this.result.notes.push(text);
  }

  get isDone(): boolean {
    return this.result.head.sequence >= (this.#options.to ?? Infinity);
  }

  take({ place, limit, line }: Recorded): void {
    if (line === null) return this.#note(`${place}: torn`);
    if (isBase(line)) return this.#begin(place, line);
    if (!isInput(line)) return this.#options.tell?.({ place, sent: line.sent });
    if (this.#state === null) return;
    if (line.to > limit) {
      this.#state = null;
      return this.#note(
        `${place}: from here to the next start the inputs belong to a journal that was given up`,
      );
    }
    this.#input(place, line, this.#state, Math.min(limit, this.#rows.length));
  }

  /** Records without inputs are taken as they are. */
  #follow(to: number, why: string): void {
    const { sequence } = this.result.head;
    if (to <= sequence) return;
    const rows = this.#rows.slice(sequence, to);
    this.#scratch.append(rows);
    this.result.head = this.#headAt(to);
    this.#note(`${spanOf(sequence + 1, to)}: taken from the journal, ${why}`);
  }

  #headAt(sequence: number): JournalHead {
    return { sequence, hash: sequence === 0 ? GENESIS : (this.#rows[sequence - 1]?.hash ?? '') };
  }

  #begin(place: string, base: BaseLine): void {
    const { sequence, hash } = base.head;
    const begins = `${base.base === 'start' ? 'a start of the core' : 'a new file'} at record ${sequence}`;
    const differs = (what: string, journal: string, replayed: string) =>
      new Differs({ place, input: begins, what, journal, replayed });
    if (!isKnownFormat(base)) throw differs('the recording has another format', '', String(base.format));
    if (sequence > this.#rows.length)
      throw differs('the journal ends before it', `ends at ${this.#rows.length}`, `begins at ${sequence}`);
    if (this.#headAt(sequence).hash !== hash)
      throw differs('the recording belongs to another journal', this.#headAt(sequence).hash, hash);
    const isFirst = this.result.head.sequence === 0;
    this.#follow(
      sequence,
      isFirst ? 'before the first input' : 'their inputs are missing (killed, or out of the ring)',
    );
    this.#base = base;
    this.#state = sequence === 0 ? emptyTill : remembered(this.#scratch.store, base.memory);
    const unknown = unknownIn(this.#state, base.memory);
    if (unknown.length > 0)
      throw differs('memory held what the journal does not know', '', unknown.join(' '));
    this.#refill(base, this.#state);
    this.#options.tell?.({ place, base });
  }

  /** Codes of the queue are sealed on disk; those in memory end with the process. */
  #refill(base: BaseLine, { attempts }: TillState): void {
    if (base.base === 'start') this.#vault.clear();
    const kept = base.base === 'start' ? ['queued'] : ['queued', 'held', 'authorizing'];
    for (const { attemptId, machine } of Object.values(attempts))
      if (kept.includes(machine.state.kind)) this.#vault.put(attemptId, '');
  }

  #surroundings({ at, now_ms, entropy, clockTrusted }: InputLine): Surroundings {
    const settings = this.#base?.settings;
    if (settings === undefined) throw new Error('an input before any base');
    const { startedAt_ms = -Infinity } = settings;
    return {
      ...settings,
      startedAt_ms,
      now_ms,
      now_iso: at,
      entropy,
      clockTrusted,
      head: this.result.head.hash,
    };
  }

  /** `end`: where what this run of the core wrote ends, as far as is known. */
  #input(place: string, input: InputLine, known: TillState, end: number): void {
    let before = known;
    const position = this.result.head.sequence;
    if (input.from > position && input.from <= this.#rows.length) {
      this.#follow(input.from, `their inputs are missing before ${place}`);
      before = this.#scratch.store.load();
    }
    const differs = this.#differ(place, input);
    if (input.from !== this.result.head.sequence)
      throw differs(
        'the input does not follow',
        `record ${this.result.head.sequence}`,
        `after record ${input.from}`,
      );
    // A commit may have happened though it threw: then the next start found its records.
    const isLost = input.failed !== undefined && input.from === end;
    const { applied, commit } = this.#apply(place, input, before, isLost);
    this.result.inputs += 1;
    if (applied === null) return void (this.#state = null);
    const rows = this.#compare(differs, input.failed === undefined ? input.to : end);
    const refused = input.refusal ?? 'not refused';
    if (input.failed === undefined && applied.refusal !== (input.refusal ?? null))
      throw differs('refused otherwise', refused, applied.refusal ?? 'not refused');
    this.#state = applied.state;
    this.#options.tell?.({ place, input, before, after: applied.state, commit, rows });
  }

  #differ(place: string, input: InputLine): Differ {
    return (what, journal, replayed) =>
      new Differs({ place, input: kindsOf(input), what, journal, replayed });
  }

  #apply(place: string, input: InputLine, before: TillState, isLost: boolean) {
    const { store } = this.#scratch;
    let commit: Commit | null = null;
    const watched = {
      ...store,
      commit: (one: Commit) => {
        if (isLost) throw new NotTaken();
        commit = one;
        return store.commit(one);
      },
    };
    const events = input.events.map(({ event, closeRowId, code }) => ({
      event,
      options: {
        ...(closeRowId === undefined ? {} : { closeRowId }),
        ...(code === undefined ? {} : { code: 'not recorded' }),
      },
    }));
    try {
      const deps = { store: watched, vault: this.#vault };
      return { applied: applyEvents(deps, before, events, this.#surroundings(input)), commit };
    } catch (error) {
      this.#failed(place, input, error);
      return { applied: null, commit };
    }
  }

  /** The program ended there in the field, or ends here. */
  #failed(place: string, input: InputLine, error: unknown): void {
    const words = error instanceof Error ? error.message : String(error);
    if (error instanceof NotTaken)
      return this.#note(
        `${place}: ${kindsOf(input)} ended the program, and its disk alone can have: ${input.failed}`,
      );
    if (input.failed === undefined) throw this.#differ(place, input)('it ends the program', 'applied', words);
    this.#note(`${place}: ${kindsOf(input)} ended the program, and does so here: ${words}`);
  }

  /** What came of the input against what the journal has. */
  #compare(differs: Differ, to: number): JournalRow[] {
    const { sequence } = this.result.head;
    const rows = this.#scratch.store.journalAfter(sequence, Number.MAX_SAFE_INTEGER);
    for (let next = sequence; next < Math.max(sequence + rows.length, to); next += 1) {
      const [made, kept] = [rows[next - sequence], next < to ? this.#rows[next] : undefined];
      if (made?.hash !== kept?.hash || made === undefined)
        throw differs(`record ${next + 1} differs`, textOf(kept), textOf(made));
    }
    this.result.records += rows.length;
    this.result.head = this.#headAt(sequence + rows.length);
    return rows;
  }

  /** Nothing was recorded of the end: a kill in the last moment, or a till that runs. */
  finish(): void {
    if (this.#options.to === undefined) this.#follow(this.#rows.length, 'after the last input');
  }
}

/** `incident.rows` from the first record on. */
export function replay(incident: Incident, options: ReplayOptions): Replayed {
  const { fault, sequence } = verifyChain(incident.rows);
  const run = new Replay(incident.rows.slice(0, sequence), options);
  try {
    for (const one of parseRecorded(incident.inputs)) {
      if (run.isDone) break;
      run.take(one);
    }
    run.finish();
    if (fault !== null)
      run.result.difference = {
        place: 'journal',
        input: 'none',
        what: fault.detail,
        journal: fault.problem,
        replayed: '',
      };
  } catch (error) {
    if (!(error instanceof Differs)) throw error;
    run.result.difference = error.difference;
  } finally {
    run.close();
  }
  return run.result;
}
