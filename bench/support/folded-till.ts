// A till without its history on disk: real transitions and the real second computation, fed with the very rows that the journal
// would hold. Only so can a million sales be made in minutes. Reports are committed to a real store, the sales are not.
import { createAudit } from '../../audit/audit.ts';
import { differences } from '../../audit/differences.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { prune } from '../../core/domain/till/living.ts';
import { emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import { isoFromMs } from '../../core/domain/time.ts';
import type { Engine } from '../../core/engine/engine.ts';
import type { Store } from '../../core/ports/journal.ts';
import { type Closing, createClosing } from '../../core/rpc/closing.ts';
import { chainHash, GENESIS, type JournalRow } from '../../db/chain.ts';
import { queueSettings } from './bench-till.ts';

export type FoldedTill = {
  readonly state: TillState;
  readonly records: number;
  now_ms: number;
  /** @throws Error when the domain refuses. */
  apply(event: TillEvent): void;
  pay(attemptId: string, event: PaymentEvent): void;
  closing: Closing;
  /** What the second computation found wrong. */
  faults(): readonly string[];
};

type Row = JournalRow;

class Folding implements FoldedTill {
  state = emptyTill;
  now_ms: number;
  readonly closing: Closing;
  readonly #store: Store;
  readonly #audit = createAudit();
  readonly #waiting: Row[] = [];
  #head = GENESIS;
  #isReporting = false;

  constructor(store: Store, started_ms: number) {
    this.#store = store;
    this.now_ms = started_ms;
    this.closing = createClosing({
      engine: this.#engine(),
      now_ms: () => this.now_ms,
      second: {
        progress: () => ({ unread: 0, percent: 100 }),
        catchUp: () => this.#catchUp(),
        report: this.#audit.report,
        faults: () => this.#audit.faults,
        differences: (ours, second) => differences(ours, second),
      },
    });
  }

  get records(): number {
    return this.state.sequence;
  }

  faults = (): readonly string[] => this.#audit.faults;

  apply(event: TillEvent): void {
    const { refusal, state, records } = transition(this.state, event, this.#surroundings());
    if (refusal !== null) throw new Error(`${event.kind}: ${refusal}`);
    const at = isoFromMs(this.now_ms);
    let { sequence } = this.state;
    for (const { type, body } of records) {
      sequence += 1;
      const row = { sequence, at, type, body: JSON.stringify(body) };
      this.#head = chainHash(this.#head, row);
      this.#waiting.push({ ...row, hash: this.#head });
    }
    if (this.#isReporting) this.#commit(state, records);
    // What happens between two reports is caught up with at once, as a till does in its idle moments.
    else this.#catchUp();
    this.state = prune(state);
  }

  pay(attemptId: string, event: PaymentEvent): void {
    this.apply({ kind: 'payment', attemptId, event });
  }

  #surroundings() {
    return {
      ...queueSettings,
      now_ms: this.now_ms,
      startedAt_ms: -Infinity,
      now_iso: isoFromMs(this.now_ms),
      entropy: '0123456789abcdef',
      clockTrusted: true,
      head: this.#head,
    };
  }

  #catchUp(): void {
    for (const row of this.#waiting.splice(0)) this.#audit.take(row);
  }

  /** One durable commit with the record, the document and both projections, as the engine makes it. */
  #commit(state: TillState, records: ReturnType<typeof transition>['records']): void {
    const none = new Set<string>();
    const empty = { saleIds: none, attemptIds: none, receiptIds: none, giveBackIds: none };
    const outbox = { closeRowIds: [], closeReferences: [], newRows: [], sealedCodes: [], eraseCodes: [] };
    this.#store.commit({ at: isoFromMs(this.now_ms), records, state, ...empty, ...outbox });
  }

  /** As much of an engine as taking a report needs. */
  #engine(): Engine {
    const getState = () => this.state;
    const post = (event: TillEvent): void => {
      this.#isReporting = true;
      this.apply(event);
      this.#isReporting = false;
    };
    const showNotice = (code: string, _tone: string, detail: string): void => {
      throw new Error(`${code}: ${detail}`);
    };
    const engine = { surroundings: () => this.#surroundings(), post, showNotice };
    return Object.defineProperty(engine, 'state', { get: getState }) as unknown as Engine;
  }
}

export function openFoldedTill(store: Store, started_ms: number): FoldedTill {
  return new Folding(store, started_ms);
}
