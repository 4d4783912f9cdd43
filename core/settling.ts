// Settles the gateways' batches of days that are over, one at a time, beside the selling; what their acquirers say goes into the journal.
import type { SettleBatch } from '../acquirers/gateway/batch-call.ts';
import type { BatchesView, BatchWaitingView } from '../contract/batches.ts';
import type { BatchesUnderWay } from './batch-aside.ts';
import type { BatchesAsked, BatchesRead } from './batch-reading.ts';
import { BatchRounds } from './batch-rounds.ts';
import { isQuarantined } from './domain/till/restoring.ts';
import type { TillState } from './domain/till/state.ts';
import type { Engine } from './engine/engine.ts';
import { causeText } from './fetch-bill.ts';
import type { Clock } from './ports/clock.ts';
import { batchesView } from './rpc/view-batches.ts';
import { settleBatches, type Waits } from './settle-batches.ts';

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
  /** Gateways whose terminals sign in daily. */
  routeIds: readonly string[];
  read(asked: BatchesAsked): BatchesUnderWay;
  /** Throws where the files of the route can't be read. */
  settlerOf(routeId: string): SettleBatch;
  changed(): void;
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

function differing({ batches = [] }: TillState, routeId: string): string[] {
  const found = batches.filter((one) => one.routeId === routeId && one.outcome === 'differs');
  return found.map(({ batchNo }) => batchNo);
}

class BatchSettler implements Settling {
  readonly #deps: SettlingDependencies;
  readonly #rounds: BatchRounds;
  #waiting: BatchWaitingView[] = [];
  /** By route: asked about again after the next Z or start. */
  readonly #refused = new Map<string, Waits>();
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

  async #round(isDay: boolean): Promise<boolean> {
    // What a restored till has lost is not in its totals yet.
    if (isQuarantined(this.#deps.engine.state)) return true;
    const waiting: BatchWaitingView[] = [];
    for (const routeId of this.#deps.routeIds) waiting.push(...(await this.#route(routeId, isDay)));
    if (this.#isStopped) return false;
    this.#waiting = waiting;
    this.#deps.changed();
    return waiting.some(({ why }) => why !== 'refused');
  }

  /** What of this route is not settled after it. */
  async #route(routeId: string, isDay: boolean): Promise<BatchWaitingView[]> {
    const unread = (cause: string): BatchWaitingView[] => [
      { state: 'waiting', routeId, batchNo: null, since_ms: null, why: 'unread', cause: causeText(cause) },
    ];
    const { engine, settlerOf } = this.#deps;
    if (isDay) this.#refused.delete(routeId);
    const again = isDay ? differing(engine.state, routeId) : [];
    const found = await this.#read(routeId, again);
    if (this.#isStopped) return [];
    if (!found.ok) return unread(found.detail);
    try {
      const { waiting, refused } = await settleBatches({
        routeId,
        batches: found.batches,
        refused: this.#refused.get(routeId) ?? new Map(),
        settle: settlerOf(routeId),
        readAgain: () => this.#read(routeId, [...again]),
        isStopped: () => this.#isStopped,
        tell: (answer) => engine.post({ kind: 'batchAnswered', answer }),
      });
      this.#refused.set(routeId, refused);
      return waiting;
    } catch (error) {
      return unread(reasonOf(error));
    }
  }

  #read(routeId: string, again: readonly string[]): Promise<BatchesRead> {
    const { read, stateDirectory } = this.#deps;
    this.#reading = read({ stateDirectory, routeId, again });
    return this.#reading.read;
  }
}

export function createSettling(deps: SettlingDependencies): Settling {
  return new BatchSettler(deps);
}
