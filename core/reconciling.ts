// Fetches bills and compares them in a thread of its own, one at a time, and brings what was found into the journal and onto paper.
import { Worker } from 'node:worker_threads';
import type { BillAnswer, FetchBill } from '../acquirers/transport/bill.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { BillError, BillsFound, ComparingView } from '../contract/reconciliation.ts';
import type { BillContract } from './bill-contracts.ts';
import { billFiles, railOfRoute } from './bills-folder.ts';
import type { BillAsked, Compared } from './compare-bill.ts';
import { causeText, keepBill } from './fetch-bill.ts';
import type { Engine } from './engine/engine.ts';
import type { Clock } from './ports/clock.ts';
import type { Store } from './ports/journal.ts';
import { reconciliationRows } from './rpc/view-reconciliation.ts';

/** The built core stands in one file; the worker is built beside it. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './reconcile-worker.ts' : './reconcile-worker.mjs',
  import.meta.url,
);

/** Enough for the journal of some years; a thread that wants more ends, and the till goes on. */
const MEMORY_MB = 1024;
/** The journal of a year takes some ten seconds; a disk that hangs takes for ever. */
const LONGEST_ms = 600_000;

export type Reconciling = {
  bills(): BillsFound;
  /** Null: begun; the view tells how it ends. `routeId` null: the one route that it can be of. */
  compare(file: string, routeId: string | null, operatorId: string): ErrorCode | null;
  /** The bill of that day (`YYYY-MM-DD`) into the folder. Null: asked; the view tells what came. */
  fetch(routeId: string, date: string): ErrorCode | null;
  view(): ComparingView;
  stop(): void;
};

type Dependencies = {
  engine: Engine;
  store: Store;
  stateDirectory: string;
  folder: string;
  clock: Pick<Clock, 'after'>;
  routes: readonly RouteConfiguration[];
  /** Those that stand together on one bill. */
  contracts: readonly BillContract[];
  /** The number that this till's own orders begin with. */
  terminalCode: string;
  /** Asks the acquirer of a route; throws where its files can't be read. */
  fetcherOf(route: RouteConfiguration): FetchBill;
  changed(): void;
};

/** What the screen says of an answer that is no bill. */
export const fetchErrors: Readonly<Record<Exclude<BillAnswer['kind'], 'fetched'>, BillError>> = {
  notReady: 'E-BILL-06',
  none: 'E-BILL-07',
  damaged: 'E-BILL-01',
  refused: 'E-BILL-08',
  noAnswer: 'E-BILL-08',
};

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

type Fetched = { state: 'fetched'; what: string } | { state: 'failed'; code: BillError; detail: string };

class BillDesk implements Reconciling {
  readonly #deps: Dependencies;
  #view: ComparingView = { state: 'none' };
  #worker: Worker | null = null;
  /** Neither a comparison nor a question to an acquirer begins while another runs. */
  #isBusy = false;
  #isStopped = false;
  /** Takes back the deadline of the comparison. */
  #giveUp: (() => void) | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  view(): ComparingView {
    return this.#view;
  }

  bills(): BillsFound {
    const { folder, routes, contracts, store, engine } = this.#deps;
    const asked = routes.map((route) => ({ routeId: route.id, rail: railOfRoute(route) }));
    return {
      folder,
      routes: asked,
      ...billFiles(folder, contracts),
      done: reconciliationRows(store, engine.state),
    };
  }

  compare(file: string, routeId: string | null, operatorId: string): ErrorCode | null {
    if (this.#isBusy) return 'E-BILL-03';
    const { folder, contracts, stateDirectory, terminalCode } = this.#deps;
    const found = billFiles(folder, contracts).files.find((one) => one.file === file);
    if (!found) return 'E-BILL-02';
    const [contract, ...more] = contracts.filter(({ rail, routes }) => {
      return rail === found.rail && (routeId === null || routes.some((one) => one.routeId === routeId));
    });
    if (contract === undefined || more.length > 0) return 'E-BILL-01';
    const others = contracts.filter((one) => one !== contract);
    this.#run({ stateDirectory, folder, file, contract, others, terminalCode }, operatorId);
    return null;
  }

  #run(asked: BillAsked, operatorId: string): void {
    const { file } = asked;
    const worker = new Worker(workerFile, {
      workerData: asked,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.#worker = worker;
    this.#begin({ state: 'running', what: file });
    let result: Compared | null = null;
    const failed = (detail: string): Compared => ({ ok: false, code: 'E-BILL-05', detail });
    const end = (found: Compared): void => {
      worker.removeAllListeners();
      this.#giveUp?.();
      this.#worker = null;
      this.#isBusy = false;
      this.#end(file, found, operatorId);
    };
    this.#giveUp = this.#deps.clock.after(LONGEST_ms, () => {
      end(failed(`no result after ${LONGEST_ms / 1000} s`));
      void worker.terminate();
    });
    worker.on('message', (message: Compared) => (result = message));
    worker.on('error', (error) => (result ??= failed(reasonOf(error))));
    worker.on('exit', (code) => end(result ?? failed(`the comparing thread ended with ${code}`)));
  }

  #end(file: string, result: Compared, operatorId: string): void {
    const { engine } = this.#deps;
    if (!result.ok) {
      this.#show({ state: 'failed', what: file, code: result.code, detail: causeText(result.detail) });
      return;
    }
    engine.post({ kind: 'billCompared', comparison: result.comparison, operatorId });
    const [newest] = this.#deps.store.documents(['reconciliation'], 1);
    const reconciliationId = newest?.documentId ?? '';
    this.#show({ state: 'done', what: file, reconciliationId });
  }

  fetch(routeId: string, date: string): ErrorCode | null {
    if (this.#isBusy) return 'E-BILL-03';
    const route = this.#deps.routes.find(({ id }) => id === routeId);
    if (!route) return 'E-BILL-08';
    const what = `${routeId} ${date}`;
    this.#begin({ state: 'fetching', what });
    void this.#fetched(route, date)
      .catch((error: unknown) => ({ state: 'failed', code: 'E-BILL-08', detail: reasonOf(error) }) as const)
      .then((view) => {
        this.#isBusy = false;
        if (!this.#isStopped) this.#show({ what, ...view });
      });
    return null;
  }

  async #fetched(route: RouteConfiguration, date: string): Promise<Fetched> {
    const answer = await this.#deps.fetcherOf(route)(date);
    if (answer.kind !== 'fetched')
      return { state: 'failed', code: fetchErrors[answer.kind], detail: causeText(answer.cause) };
    const kept = keepBill(this.#deps.folder, route, answer.file, date);
    if (kept.kind === 'damaged') return { state: 'failed', code: 'E-BILL-01', detail: causeText(kept.fault) };
    if (kept.kind === 'taken') return { state: 'failed', code: 'E-BILL-09', detail: kept.name };
    if (kept.fault !== null)
      return { state: 'failed', code: 'E-BILL-10', detail: `${kept.name}: ${causeText(kept.fault)}` };
    return { state: 'fetched', what: kept.name };
  }

  #begin(view: ComparingView): void {
    this.#isBusy = true;
    this.#show(view);
  }

  #show(view: ComparingView): void {
    this.#view = view;
    this.#deps.changed();
  }

  stop(): void {
    this.#isStopped = true;
    this.#giveUp?.();
    const worker = this.#worker;
    worker?.removeAllListeners();
    this.#worker = null;
    // Not waited for: a thread that hangs in a read of a dead disk can't be ended, and must not hold the till.
    void worker?.terminate();
  }
}

export function createReconciling(deps: Dependencies): Reconciling {
  return new BillDesk(deps);
}
