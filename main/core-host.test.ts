import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import {
  BEAT_EVERY_ms,
  BEATS_MISSED_limit,
  type CoreEvents,
  CoreHost,
  type PagePort,
  READY_LIMIT_ms,
  STABLE_AFTER_ms,
  STOP_LIMIT_ms,
} from './core-host.ts';

type FakeCore = { events: CoreEvents; calls: string[] };

function fixture() {
  const cores: FakeCore[] = [];
  const seen: string[] = [];
  const host = new CoreHost({
    spawn(events) {
      const core: FakeCore = { events, calls: [] };
      cores.push(core);
      return {
        open: (connection) => void core.calls.push(`open ${connection}`),
        close: (connection) => void core.calls.push(`close ${connection}`),
        beat: (count) => void core.calls.push(`beat ${count}`),
        kill: (gently) => void core.calls.push(gently ? 'TERM' : 'KILL'),
      };
    },
    onUp: () => void seen.push('up'),
    onDown: () => void seen.push('down'),
    log: () => undefined,
  });
  const core = (index: number): FakeCore => {
    const found = cores[index];
    if (!found) throw new Error(`no core ${index} was started`);
    return found;
  };
  return { host, cores, core, seen };
}

const port = {} as PagePort;

describe('the core host', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('connects a page only while a core is ready', () => {
    const { host, core, seen } = fixture();
    host.start();
    const before = host.open(1, port, 'counter');
    core(0).events.ready(true);
    const after = host.open(2, port, 'counter');
    expect({ before, after, calls: core(0).calls, seen }).toEqual({
      before: false,
      after: true,
      calls: ['open 2'],
      seen: ['up'],
    });
  });

  it('starts the next core only after the exit of the old one, never beside it', () => {
    const { host, cores, core, seen } = fixture();
    host.start();
    core(0).events.ready(true);
    host.start();
    vi.advanceTimersByTime(BEAT_EVERY_ms * (BEATS_MISSED_limit + 1));
    expect(core(0).calls.at(-1)).toBe('KILL');
    vi.advanceTimersByTime(BEAT_EVERY_ms * 10);
    expect(cores.length).toBe(1);
    core(0).events.exited('SIGKILL', false);
    vi.advanceTimersByTime(0);
    expect({ count: cores.length, seen }).toEqual({ count: 2, seen: ['up', 'down'] });
  });

  it('leaves a core alone that answers its heartbeat', () => {
    const { host, core } = fixture();
    host.start();
    core(0).events.ready(true);
    for (let count = 1; count <= BEATS_MISSED_limit * 4; count += 1) {
      vi.advanceTimersByTime(BEAT_EVERY_ms);
      core(0).events.beat(count);
    }
    expect(core(0).calls).not.toContain('KILL');
  });

  it('ends a core that never becomes ready', () => {
    const { host, core } = fixture();
    host.start();
    vi.advanceTimersByTime(READY_LIMIT_ms);
    expect(core(0).calls).toEqual(['KILL']);
  });

  it('waits longer after each failure, up to a bound, and forgets failures after a stable run', () => {
    const { host, cores, core } = fixture();
    host.start();
    const waits_ms: number[] = [];
    const failAndWait = () => {
      const count = cores.length;
      core(count - 1).events.exited('code 1', false);
      let wait_ms = 0;
      vi.advanceTimersByTime(0);
      for (; cores.length === count && wait_ms < 60_000; wait_ms += 250) vi.advanceTimersByTime(250);
      waits_ms.push(wait_ms);
    };
    for (let failure = 0; failure < 8; failure += 1) failAndWait();
    core(cores.length - 1).events.ready(true);
    for (let count = 1; count * BEAT_EVERY_ms <= STABLE_AFTER_ms; count += 1) {
      vi.advanceTimersByTime(BEAT_EVERY_ms);
      core(cores.length - 1).events.beat(count);
    }
    failAndWait();
    expect(waits_ms).toEqual([0, 250, 500, 1_000, 2_000, 5_000, 10_000, 10_000, 0]);
  });

  it('starts the next core at once after one that ended in order (a lock, a clock), and counts no failure', () => {
    const { host, cores, core } = fixture();
    host.start();
    for (const index of [0, 1, 2]) {
      core(index).events.ready(true);
      core(index).events.exited('code 0', true);
      vi.advanceTimersByTime(0);
    }
    core(3).events.exited('code 70', false);
    vi.advanceTimersByTime(0);
    expect(cores.length).toBe(5);
  });

  it('stops after the exit of its core, by force when asking did not help, and starts no other', async () => {
    const { host, cores, core } = fixture();
    host.start();
    core(0).events.ready(true);
    let isStopped = false;
    const stopped = host.stop().then(() => {
      isStopped = true;
    });
    await vi.advanceTimersByTimeAsync(STOP_LIMIT_ms);
    expect({ isStopped, kills: core(0).calls.filter((call) => !call.startsWith('beat')) }).toEqual({
      isStopped: false,
      kills: ['TERM', 'KILL'],
    });
    core(0).events.exited('SIGKILL', false);
    await stopped;
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cores.length).toBe(1);
  });
});
