// Settles the gateways' batches of days that are over, one at a time, beside the selling; what their acquirers say goes into the journal.
import type { SettleBatch } from '../acquirers/gateway/batch-call.ts';
import type { BatchesView, BatchWaitingView } from '../contract/batches.ts';
import type { BatchesUnderWay } from './batch-aside.ts';
import type { BatchesDue } from './batch-due.ts';
import type { BatchParty } from './batch-journal.ts';
import type { BatchesAsked, BatchesRead } from './batch-reading.ts';
import { BatchRounds, type RoundEnd } from './batch-rounds.ts';
import { isQuarantined } from './domain/till/restoring.ts';
import type { TillState } from './domain/till/state.ts';
import type { Engine } from './engine/engine.ts';
import { causeText } from './fetch-bill.ts';
import type { Clock } from './ports/clock.ts';
import { batchesView } from './rpc/view-batches.ts';
import { settleBatches, type SettledRound, type Waits } from './settle-batches.ts';

export type Settling = {
  start(): void;
  stop(): void;
  /** Nothing on a till without a gateway that has batches. */
  view(): { batches?: BatchesView };
};

export type SettlingDependencies = {
  engine: Pick<Engine, 'state' | 'post' | 'onCommit'>;
  clock: Pick<Clock, 'after' | 'steady_ms'>;
  stateDirectory: string;
  partyOf(routeId: string): BatchParty;
  /** Gateways whose terminals sign in daily. */
  routeIds: readonly string[];
  read(asked: BatchesAsked): BatchesUnderWay;
  /** Throws where the files of the route can't be read. */
  settlerOf(routeId: string): SettleBatch;
  changed(): void;
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function differing({ batches = [] }: TillState, { routeId, terminalCode }: BatchParty): string[] {
  return batches
    .filter((one) => one.routeId === routeId && one.terminalCode === terminalCode)
    .flatMap(({ batchNo, outcome }) => (outcome === 'differs' ? [batchNo] : []));
}

class BatchSettler implements Settling {
  readonly #deps: SettlingDependencies;
  readonly #rounds: BatchRounds;
  #waiting: BatchWaitingView[] = [];
  /** By route: asked about again after the next Z or start. */
  readonly #refused = new Map<string, Waits>();
  /** By route: they differed, and since the last Z or start nobody has asked about them. */
  readonly #again = new Map<string, string[]>();
  #reading: BatchesUnderWay | null = null;
  #isStopped = false;

  constructor(deps: SettlingDependencies) {
    const { clock, routeIds, engine } = deps;
    this.#deps = deps;
    this.#rounds = new BatchRounds(clock, routeIds, engine.state, (isDay) => this.#round(isDay));
  }

  start(): void {
    const { routeIds, engine } = this.#deps;
    if (routeIds.length === 0) return;
    engine.onCommit(() => this.#rounds.look(engine.state));
    this.#rounds.start();
  }

  stop(): void {
    this.#isStopped = true;
    this.#rounds.stop();
    this.#reading?.stop();
  }

  view(): { batches?: BatchesView } {
    const { engine, clock, routeIds } = this.#deps;
    if (routeIds.length === 0) return {};
    return { batches: batchesView(engine.state, this.#waiting, Math.round(clock.steady_ms())) };
  }

  async #round(isDay: boolean): Promise<RoundEnd> {
    // What a restored till has lost is not in its totals yet.
    if (isQuarantined(this.#deps.engine.state)) return { isLeft: true, isMore: false, isSilent: false };
    const ends: Omit<SettledRound, 'refused'>[] = [];
    for (const routeId of this.#deps.routeIds) ends.push(await this.#route(routeId, isDay));
    const waiting = ends.flatMap((one) => one.waiting);
    const isMore = ends.some((one) => one.isMore);
    const isLeft = isMore || waiting.some(({ why }) => why !== 'refused');
    const isSilent = waiting.some(({ why }) => why === 'noAnswer');
    if (!this.#isStopped) {
      this.#waiting = waiting;
      this.#deps.changed();
    }
    return { isLeft, isMore, isSilent };
  }

  async #route(routeId: string, isDay: boolean): Promise<Omit<SettledRound, 'refused'>> {
    const unread = (reason: string): Omit<SettledRound, 'refused'> => {
      const about = { routeId, batchNo: null, since_ms: null, cause: causeText(reason) };
      return { waiting: [{ ...about, state: 'waiting', why: 'unread' }], isMore: false };
    };
    if (this.#isStopped) return { waiting: [], isMore: false };
    try {
      const party = this.#deps.partyOf(routeId);
      if (isDay) {
        this.#refused.delete(routeId);
        this.#again.set(routeId, differing(this.#deps.engine.state, party));
      }
      const found = await this.#read(party, null);
      return found.ok ? await this.#settle(party, found) : unread(found.detail);
    } catch (error) {
      return unread(reasonOf(error));
    }
  }

  async #settle(party: BatchParty, { due, batches }: BatchesDue): Promise<SettledRound> {
    const { engine, settlerOf } = this.#deps;
    const { routeId } = party;
    const again = this.#again.get(routeId) ?? [];
    const settled = await settleBatches({
      party,
      due,
      batches,
      refused: this.#refused.get(routeId) ?? new Map(),
      settle: settlerOf(routeId),
      readAgain: (batchNo) => this.#read(party, batchNo),
      isStopped: () => this.#isStopped,
      tell: (answer) => engine.post({ kind: 'batchAnswered', answer }),
    });
    this.#refused.set(routeId, settled.refused);
    const asked = new Set(batches.map(({ batchNo }) => batchNo));
    this.#again.set(
      routeId,
      again.filter((batchNo) => !asked.has(batchNo)),
    );
    return settled;
  }

  #read(party: BatchParty, only: string | null): Promise<BatchesRead> {
    const { read, stateDirectory } = this.#deps;
    const again = this.#again.get(party.routeId) ?? [];
    const refused = [...(this.#refused.get(party.routeId)?.keys() ?? [])];
    this.#reading = read({ stateDirectory, party, again, refused, only });
    return this.#reading.read;
  }
}

export function createSettling(deps: SettlingDependencies): Settling {
  return new BatchSettler(deps);
}
