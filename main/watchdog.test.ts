import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ALIVE_MISSED_limit, CHECK_EVERY_ms, watchPage } from './watchdog.ts';

function fixture() {
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
    () => void log.push('load'),
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
    contents.emit('did-finish-load');
    contents.emit('render-process-gone', {}, { reason: 'oom' });
    vi.advanceTimersByTime(0);
    watchdog.stop();
    expect(log).toEqual(['load']);
  });

  it('ends and reloads a page that stopped showing life', () => {
    const { contents, watchdog, log } = fixture();
    contents.emit('did-finish-load');
    vi.advanceTimersByTime(CHECK_EVERY_ms * (ALIVE_MISSED_limit + 2));
    watchdog.stop();
    expect(log).toEqual(['crash', 'load']);
  });

  it('leaves a living page alone, and one that is still loading', () => {
    const { contents, watchdog, log } = fixture();
    vi.advanceTimersByTime(CHECK_EVERY_ms * 30);
    contents.emit('did-finish-load');
    for (let second = 0; second < 30; second += 1) {
      watchdog.alive();
      vi.advanceTimersByTime(CHECK_EVERY_ms);
    }
    watchdog.stop();
    expect(log).toEqual([]);
  });

  it('slows down when the page keeps dying', () => {
    const { contents, watchdog, log } = fixture();
    for (let death = 0; death < 5; death += 1) {
      contents.emit('render-process-gone', {}, { reason: 'crashed' });
      vi.advanceTimersByTime(400);
    }
    watchdog.stop();
    expect(log).toEqual(['load']);
  });
});
