import { spawn } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import type { utilityProcess } from 'electron';
import { describe, expect, it } from 'vitest';
import type { PagePort } from './core-host.ts';
import { spawnUtilityCore } from './core-utility.ts';

describe('the core as a utility process', () => {
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
      ready: () => undefined,
      beat: () => undefined,
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
});
