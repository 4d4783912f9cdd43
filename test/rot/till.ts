// The start of a core on a state directory, as core/core.ts does it, without devices and lines: open, load, recover, and the first
// drawing of the screen. What that throws ends a core that sells (core/main.ts): it is judged by what its next start says.
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { ConfigurationRefused } from '../../core/configuration.ts';
import { assertNoDamageBehindDefect, explained, markDefect } from '../../core/damage.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import { createEngine, type Engine } from '../../core/engine/engine.ts';
import { recover } from '../../core/recover.ts';
import { snapshotOf } from '../../core/rpc/view.ts';
import type { ViewSettings } from '../../core/rpc/view-settings.ts';
import type { CodeVault } from '../../core/ports/code-vault.ts';
import type { OutboxRow, Store } from '../../core/ports/journal.ts';
import { systemClock, systemRandom } from '../../core/system.ts';
import { cash, routes } from '../../fixtures/databases/till.ts';

export type Started = {
  /** As it was loaded, before anything was written. */
  loaded: TillState;
  loadedRows: readonly OutboxRow[];
  /** Deferred payments that wait, and the code that each would send; null: it can't be had. */
  codes: Record<string, string | null>;
  epoch: number;
};

export type Refused = { code: string; detail: string };

/** Of a core that has said that it is ready. */
class EndedByDefect extends Error {}

const view: ViewSettings = {
  store: { name_zh: '', name_en: '' },
  terminalCode: '20260002',
  pxPerMm: 6,
  lockAfter_s: 0,
  wedge: { goods: false },
  denominations_fen: [],
  cash,
  operators: [],
  routes: { gateway: { ...routes.gateway, schemes: [], presents: null } },
};

function draw(engine: Engine, store: Store): void {
  try {
    snapshotOf(engine, store, view, 0);
  } catch (error) {
    throw new EndedByDefect('the first drawing of the screen', { cause: error });
  }
}

/** As core/core.ts names it. */
function openVault(keys: string): CodeVault {
  try {
    return openCodeVault(keys);
  } catch (error) {
    throw new ConfigurationRefused('E-CFG-01', String(error), { cause: error });
  }
}

function begin(state: string, keys: string): Started {
  const store = openStore(state);
  try {
    const vault = openVault(keys);
    const fatal = (error: unknown): void => {
      throw error;
    };
    const settings = { terminalCode: '20260002', routes, cash };
    const loaded = store.load();
    const loadedRows = store.openRows();
    const codes = Object.fromEntries(
      Object.values(loaded.attempts)
        .filter(({ machine }) => machine.state.kind === 'queued')
        .map((attempt) => {
          const sealed = store.sealedCode(attempt.attemptId);
          return [attempt.attemptId, sealed === null ? null : vault.unseal(attempt, sealed)];
        }),
    );
    const engine = createEngine({
      store,
      vault,
      clock: systemClock(),
      random: systemRandom,
      settings,
      fatal,
    });
    recover(engine, store, 'rot');
    engine.stop();
    draw(engine, store);
    return { loaded, loadedRows, codes, epoch: engine.state.epoch };
  } finally {
    store.close();
  }
}

/** What the next start says. @throws what ended the core, when that finds nothing: it would come again for ever. */
function afterDefect(state: string, { cause }: EndedByDefect): unknown {
  markDefect(state);
  try {
    assertNoDamageBehindDefect(state);
  } catch (error) {
    return explained(error, state);
  }
  throw cause;
}

/** @throws whatever is neither a refusal with its code nor a start: a crash without a word. */
export function startTill(state: string, keys: string): Started | Refused {
  try {
    return begin(state, keys);
  } catch (error) {
    const told = error instanceof EndedByDefect ? afterDefect(state, error) : explained(error, state);
    const { code, message } = told as { code?: unknown; message: string };
    if (typeof code !== 'string' || !code.startsWith('E-')) throw told;
    return { code, detail: message };
  }
}

export function isRefused(start: Started | Refused): start is Refused {
  return 'code' in start;
}
