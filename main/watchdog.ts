// Brings the page back when it is gone, stuck or did not load. The screen after it is the same: the core holds the state.
import type { WebContents } from 'electron';

/** Missed signs of life (one a second) before a page is taken for stuck. */
export const ALIVE_MISSED_limit = 5;
export const CHECK_EVERY_ms = 1_000;
const STABLE_AFTER_ms = 60_000;
const reloadDelays_ms = [0, 500, 1_000, 2_000, 5_000];

type WatchedContents = Pick<WebContents, 'isDestroyed' | 'forcefullyCrashRenderer' | 'isDevToolsOpened'> & {
  on(event: 'unresponsive' | 'did-finish-load', listener: () => void): unknown;
  on(event: 'render-process-gone', listener: (event: unknown, details: { reason: string }) => void): unknown;
  on(event: 'did-fail-load', listener: (event: unknown, code: number, text: string) => void): unknown;
};

export interface Watchdog {
  /** The page said that it lives. */
  alive(): void;
  stop(): void;
}

export function watchPage(
  contents: WatchedContents,
  load: () => void,
  log: (text: string) => void,
): Watchdog {
  let missed = 0;
  let isWatching = false;
  let failures = 0;
  let loadedAt_ms = performance.now();
  let reloadTimer: NodeJS.Timeout | undefined;

  function loadAgain(why: string): void {
    isWatching = false;
    failures = performance.now() - loadedAt_ms >= STABLE_AFTER_ms ? 0 : failures + 1;
    const delay_ms = reloadDelays_ms[Math.min(Math.max(failures - 1, 0), reloadDelays_ms.length - 1)] ?? 0;
    log(`page: ${why}, loading again in ${delay_ms} ms`);
    clearTimeout(reloadTimer);
    reloadTimer = setTimeout(() => {
      if (!contents.isDestroyed()) load();
    }, delay_ms);
  }

  function endStuck(): void {
    if (!isWatching || contents.isDevToolsOpened()) return;
    isWatching = false;
    contents.forcefullyCrashRenderer();
  }

  contents.on('did-finish-load', () => {
    loadedAt_ms = performance.now();
    missed = 0;
    isWatching = true;
  });
  contents.on('render-process-gone', (_event, details) => loadAgain(`renderer gone (${details.reason})`));
  contents.on('did-fail-load', (_event, code, text) => loadAgain(`not loaded (${code} ${text})`));
  contents.on('unresponsive', endStuck);
  // Counted in main's own ticks, so that a machine that slept, or a slow main, is not taken for a stuck page.
  const timer = setInterval(() => {
    missed += 1;
    if (missed > ALIVE_MISSED_limit) endStuck();
  }, CHECK_EVERY_ms);

  return {
    alive() {
      missed = 0;
    },
    stop() {
      clearInterval(timer);
      clearTimeout(reloadTimer);
    },
  };
}
