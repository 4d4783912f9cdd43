// The start of a core on a state directory, as core/core.ts does it, without devices and lines: open, load, recover.
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { ConfigurationRefused } from '../../core/configuration.ts';
import { explained } from '../../core/damage.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import { createEngine } from '../../core/engine/engine.ts';
import { recover } from '../../core/recover.ts';
import type { CodeVault } from '../../core/ports/code-vault.ts';
import type { OutboxRow } from '../../core/ports/journal.ts';
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
    return { loaded, loadedRows, codes, epoch: engine.state.epoch };
  } finally {
    store.close();
  }
}

/** @throws whatever is neither a refusal with its code nor a start: a crash without a word. */
export function startTill(state: string, keys: string): Started | Refused {
  try {
    return begin(state, keys);
  } catch (error) {
    const told = explained(error, state);
    const { code, message } = told as { code?: unknown; message: string };
    if (typeof code !== 'string' || !code.startsWith('E-')) throw told;
    return { code, detail: message };
  }
}

export function isRefused(start: Started | Refused): start is Refused {
  return 'code' in start;
}
