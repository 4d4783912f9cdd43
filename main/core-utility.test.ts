import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { utilityProcess } from 'electron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CoreHost, type PagePort, READY_LIMIT_ms, restartDelay_ms, STOP_LIMIT_ms } from './core-host.ts';
import { spawnUtilityCore } from './core-utility.ts';

describe('the core as a utility process', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('gets the page port itself, and its reports reach the host', () => {
    const log: unknown[] = [];
    const child = Object.assign(new EventEmitter(), {
      pid: undefined,
      postMessage: (message: unknown, ports: unknown[]) => log.push([message, ports]),
      kill: () => log.push('kill'),
    });
    const forked: unknown[] = [];
    const fork = ((...args: unknown[]) => {
      forked.push(args);
      return child;
    }) as unknown as typeof utilityProcess.fork;
    const settings = { coreFile: '/core.mjs', args: ['--state', '/s'], env: { TZ: 'UTC' }, folder: '/app' };
    const core = spawnUtilityCore(fork, settings, {
      ready: (hasCustomerScreen) => void log.push(`ready ${hasCustomerScreen}`),
      beat: (count) => void log.push(`beat ${count}`),
      exited: (reason) => void log.push(`exited ${reason}`),
    });
    const port = {} as PagePort;
    child.emit('message', { ready: true, hasCustomerScreen: true });
    core.open(3, port, 'customer');
    core.beat(1);
    child.emit('message', { beat: 1 });
    core.kill(true);
    child.emit('exit', 0);
    expect({ forked, log }).toEqual({
      forked: [
        [
          '/core.mjs',
          ['--state', '/s', '--host', 'ipc'],
          { cwd: '/app', env: { TZ: 'UTC' }, stdio: 'inherit', serviceName: 'yima-core' },
        ],
      ],
      log: [
        'ready true',
        [{ connection: 3, open: true, screen: 'customer' }, [port]],
        [{ beat: 1 }, []],
        'beat 1',
        'kill',
        'exited code 0',
      ],
    });
  });

  /** One that runs as this process, with what the host and main's log hear of it. */
  function running(pid: number | undefined) {
    const heard: string[] = [];
    const child = Object.assign(new EventEmitter(), { pid, postMessage: () => undefined, kill: () => true });
    const fork = (() => child) as unknown as typeof utilityProcess.fork;
    const settings = { coreFile: '/core.mjs', args: [], env: {}, folder: '/app' };
    const core = spawnUtilityCore(fork, settings, {
      ready: () => void heard.push('ready'),
      beat: () => void heard.push('beat'),
      exited: (reason, isInOrder) => void heard.push(`exited ${reason} ${isInOrder}`),
    });
    return { child, core, heard };
  }

  it('that runs out of memory ends, and main with its window does not', () => {
    const { child, heard } = running(process.pid);
    child.emit('error', 'FatalError', 'Reached heap limit', '{"header":{}}');
    child.emit('exit', 134);
    expect(heard).toEqual(['exited code 134, Reached heap limit false']);
  });

  it('that is gone as it is to be ended is gone', async () => {
    const ended = spawn(process.execPath, ['--version'], { stdio: 'ignore' });
    await once(ended, 'exit');
    const { child, core, heard } = running(ended.pid);
    core.kill(false);
    child.emit('exit', 1);
    expect(heard).toEqual(['exited code 1 false']);
  });

  it('that was never spawned is gone once it is to be ended, and what it says later counts no more', () => {
    const { child, core, heard } = running(undefined);
    core.kill(true);
    expect(heard).toEqual([]);
    core.kill(false);
    core.kill(false);
    child.emit('message', { ready: true, hasCustomerScreen: true });
    child.emit('message', { beat: 1 });
    child.emit('exit', 0);
    expect(heard).toEqual(['exited never spawned false']);
  });

  it('that was given up and is spawned after all is ended at once: the next one runs', async () => {
    const { child, core, heard } = running(undefined);
    core.kill(false);
    const late = spawn('sleep', ['60'], { stdio: 'ignore' });
    await once(late, 'spawn');
    Object.assign(child, { pid: late.pid });
    const ended = once(late, 'exit');
    child.emit('spawn');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(heard).toEqual(['exited never spawned false']);
  });

  it('that is never spawned is started anew by the host again and again, and the host can stop', async () => {
    vi.useFakeTimers();
    const children: EventEmitter[] = [];
    const fork = (() => {
      const child = Object.assign(new EventEmitter(), { pid: undefined, kill: () => false });
      children.push(child);
      return child;
    }) as unknown as typeof utilityProcess.fork;
    const settings = { coreFile: '/core.mjs', args: [], env: {}, folder: '/app' };
    const host = new CoreHost({
      spawn: (events) => spawnUtilityCore(fork, settings, events),
      onUp: () => undefined,
      onDown: () => undefined,
      log: () => undefined,
    });
    host.start();
    const counts: number[] = [];
    for (const failures of [0, 1]) {
      vi.advanceTimersByTime(READY_LIMIT_ms);
      counts.push(children.length);
      vi.advanceTimersByTime(restartDelay_ms(failures));
      children[0]?.emit('exit', 1);
    }
    const stopped = host.stop();
    await vi.advanceTimersByTimeAsync(STOP_LIMIT_ms);
    await stopped;
    expect({ counts, started: children.length }).toEqual({ counts: [1, 2], started: 3 });
  });
});
