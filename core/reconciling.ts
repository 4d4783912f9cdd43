// Compares a bill in a thread of its own, one at a time, and brings what was found into the journal and onto paper.
import { Worker } from 'node:worker_threads';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { ErrorCode } from '../contract/errors.ts';
import type { BillsFound, ComparingView } from '../contract/reconciliation.ts';
import { billFiles } from './bills-folder.ts';
import type { BillAsked, Compared } from './compare-bill.ts';
import type { Engine } from './engine/engine.ts';
import type { Store } from './ports/journal.ts';
import { reconciliationRows } from './rpc/view-reconciliation.ts';

/** The built core stands in one file; the worker is built beside it. */
const workerFile = new URL(
  import.meta.url.endsWith('.ts') ? './reconcile-worker.ts' : './reconcile-worker.mjs',
  import.meta.url,
);

/** Enough for the journal of some years; a thread that wants more ends, and the till goes on. */
const MEMORY_MB = 1024;

export type Reconciling = {
  bills(): BillsFound;
  /** Null: begun; the view tells how it ends. `routeId` null: the one route that it can be of. */
  compare(file: string, routeId: string | null, operatorId: string): ErrorCode | null;
  view(): ComparingView;
  stop(): Promise<void>;
};

type Dependencies = {
  engine: Engine;
  store: Store;
  stateDirectory: string;
  folder: string;
  routes: readonly RouteConfiguration[];
  changed(): void;
};

class BillDesk implements Reconciling {
  readonly #deps: Dependencies;
  #view: ComparingView = { state: 'none' };
  #worker: Worker | null = null;

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  view(): ComparingView {
    return this.#view;
  }

  bills(): BillsFound {
    const { folder, routes, store } = this.#deps;
    return { folder, ...billFiles(folder, routes), done: reconciliationRows(store) };
  }

  compare(file: string, routeId: string | null, operatorId: string): ErrorCode | null {
    if (this.#worker !== null) return 'E-BILL-03';
    const { folder, routes, stateDirectory } = this.#deps;
    const found = billFiles(folder, routes).files.find((one) => one.file === file);
    if (!found) return 'E-BILL-02';
    const routeIds = routeId === null ? found.routeIds : found.routeIds.filter((id) => id === routeId);
    const { rail } = found;
    if (rail === null || routeIds.length !== 1) return 'E-BILL-01';
    this.#run({ stateDirectory, folder, file, rail, routeIds }, operatorId);
    return null;
  }

  #run(asked: BillAsked, operatorId: string): void {
    const { file } = asked;
    const worker = new Worker(workerFile, {
      workerData: asked,
      resourceLimits: { maxOldGenerationSizeMb: MEMORY_MB },
    });
    this.#worker = worker;
    this.#show({ state: 'running', file });
    let result: Compared | null = null;
    const failed = (detail: string): Compared => ({ ok: false, code: 'E-BILL-05', detail });
    worker.on('message', (message: Compared) => (result = message));
    worker.on(
      'error',
      (error) => (result ??= failed(error instanceof Error ? error.message : String(error))),
    );
    worker.on('exit', (code) => {
      this.#worker = null;
      this.#end(file, result ?? failed(`the comparing thread ended with ${code}`), operatorId);
    });
  }

  #end(file: string, result: Compared, operatorId: string): void {
    const { engine } = this.#deps;
    if (!result.ok) {
      this.#show({ state: 'failed', file, code: result.code, detail: result.detail });
      return;
    }
    engine.post({ kind: 'billCompared', comparison: result.comparison, operatorId });
    const reconciliationId = reconciliationRows(this.#deps.store)[0]?.reconciliationId ?? '';
    this.#show({ state: 'done', file, reconciliationId });
  }

  #show(view: ComparingView): void {
    this.#view = view;
    this.#deps.changed();
  }

  async stop(): Promise<void> {
    const worker = this.#worker;
    worker?.removeAllListeners();
    this.#worker = null;
    await worker?.terminate();
  }
}

export function createReconciling(deps: Dependencies): Reconciling {
  return new BillDesk(deps);
}
