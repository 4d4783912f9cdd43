import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ALIVE_MISSED_limit, CHECK_EVERY_ms, LOADING_MISSED_limit, watchPage } from './watchdog.ts';

function fixture(load: () => Promise<void> = () => Promise.resolve()) {
  const log: string[] = [];
  const contents = Object.assign(new EventEmitter(), {
    isDestroyed: () => false,
    isDevToolsOpened: () => false,
    forcefullyCrashRenderer: () => {
      log.push('crash');
      contents.emit('render-process-gone', {}, { reason: 'crashed' });
    },
  });
  const watchdog = watchPage(
    contents,
    () => {
      log.push('load');
      return load();
    },
    () => undefined,
  );
  return { contents, watchdog, log };
}

describe('the page watchdog', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('loads the page again at once when its renderer is gone', () => {
    const { contents, watchdog, log } = fixture();
    watchdog.alive();
    contents.emit('render-process-gone', {}, { reason: 'oom' });
    vi.advanceTimersByTime(0);
    watchdog.stop();
    expect(log).toEqual(['load', 'load']);
  });

  it('ends and reloads a page that stopped showing life', () => {
    const { watchdog, log } = fixture();
    watchdog.alive();
    vi.advanceTimersByTime(CHECK_EVERY_ms * (ALIVE_MISSED_limit + 2));
    watchdog.stop();
    expect(log).toEqual(['load', 'crash', 'load']);
  });

  it('loads again what could not be loaded, and what loaded but never lived', async () => {
    let loads = 0;
    const { watchdog, log } = fixture(() => {
      loads += 1;
      return loads === 1 ? Promise.reject(new Error('ERR_FAILED')) : Promise.resolve();
    });
    await vi.advanceTimersByTimeAsync(0);
    expect(log).toEqual(['load', 'load']);
    await vi.advanceTimersByTimeAsync(CHECK_EVERY_ms * (LOADING_MISSED_limit + 3));
    watchdog.stop();
    expect(log).toEqual(['load', 'load', 'crash', 'load']);
  });

  it('leaves a living page alone', () => {
    const { watchdog, log } = fixture();
    for (let second = 0; second < 60; second += 1) {
      watchdog.alive();
      vi.advanceTimersByTime(CHECK_EVERY_ms);
    }
    watchdog.stop();
    expect(log).toEqual(['load']);
  });

  it('slows down when the page keeps dying, and does nothing after its stop', () => {
    const { contents, watchdog, log } = fixture();
    for (let death = 0; death < 5; death += 1) {
      contents.emit('render-process-gone', {}, { reason: 'crashed' });
      vi.advanceTimersByTime(400);
    }
    watchdog.stop();
    vi.advanceTimersByTime(CHECK_EVERY_ms * 100);
    // At 0, 0 and 400 + 500 ms: a death reported while the next load is planned changes nothing.
    expect(log).toEqual(['load', 'load', 'load']);
  });
});
