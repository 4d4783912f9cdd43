// Brings the page back when it is gone, stuck or did not load. The screen after it is the same: the core holds the state.
import type { WebContents } from 'electron';

/** Missed signs of life (one a second) before a page is taken for stuck; more while it still loads. */
export const ALIVE_MISSED_limit = 5;
export const LOADING_MISSED_limit = 30;
export const CHECK_EVERY_ms = 1_000;
const STABLE_AFTER_ms = 60_000;
const reloadDelays_ms = [0, 500, 1_000, 2_000, 5_000];

type WatchedContents = Pick<WebContents, 'isDestroyed' | 'forcefullyCrashRenderer' | 'isDevToolsOpened'> & {
  on(event: 'unresponsive', listener: () => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
};
export type Watchdog = ReturnType<typeof watchPage>;

/** Loads the page at once and from then on whenever it must. `load` rejects when it could not. */
export function watchPage(contents: WatchedContents, load: () => Promise<void>, log: (text: string) => void) {
  let phase: 'waiting' | 'loading' | 'alive' = 'waiting';
  let missed = 0;
  let failures = 0;
  let loadedAt_ms = 0;
  let reloadTimer: NodeJS.Timeout | undefined;

  function loadNow(): void {
    if (contents.isDestroyed()) return;
    phase = 'loading';
    missed = 0;
    loadedAt_ms = performance.now();
    load().catch((error: unknown) => loadAgain(`not loaded (${String(error)})`));
  }

  function loadAgain(why: string): void {
    if (phase === 'waiting') return;
    phase = 'waiting';
    failures = performance.now() - loadedAt_ms >= STABLE_AFTER_ms ? 0 : failures + 1;
    const delay_ms = reloadDelays_ms[Math.min(Math.max(failures - 1, 0), reloadDelays_ms.length - 1)] ?? 0;
    log(`page: ${why}, loading again in ${delay_ms} ms`);
    reloadTimer = setTimeout(loadNow, delay_ms);
  }

  /** Its process is ended first: it may wait for ever (for a GPU process that died), and loading in it would too. */
  function endStuck(): void {
    if (phase === 'waiting' || contents.isDevToolsOpened()) return;
    contents.forcefullyCrashRenderer();
    loadAgain('no sign of life');
  }

  contents.on('render-process-gone', (_event, details) => loadAgain(`renderer gone (${details.reason})`));
  contents.on('unresponsive', endStuck);
  // Counted in main's own ticks, so that a machine that slept, or a slow main, is not taken for a stuck page.
  const timer = setInterval(() => {
    missed += 1;
    if (missed > (phase === 'loading' ? LOADING_MISSED_limit : ALIVE_MISSED_limit)) endStuck();
  }, CHECK_EVERY_ms);
  loadNow();

  return {
    /** The page said that it lives. */
    alive() {
      if (phase === 'loading') phase = 'alive';
      missed = 0;
    },
    stop() {
      phase = 'waiting';
      clearInterval(timer);
      clearTimeout(reloadTimer);
    },
  };
}
