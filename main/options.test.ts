import { describe, expect, it } from 'vitest';
import { canHostCore, coreEnvironment } from './core-launch.ts';
import { readOptions } from './options.ts';

describe('the kiosk options', () => {
  it('come from the command line, else from the environment', () => {
    const fromLine = readOptions(
      ['.', '--no-sandbox', '--config', '/a.json', '--state=/s', '--kiosk'],
      {},
      false,
    );
    const fromEnvironment = readOptions(['.'], { YIMA_CONFIG: '/b.json', YIMA_STATE: '/t' }, false);
    expect([fromLine, fromEnvironment]).toEqual([
      { ok: true, options: { configFile: '/a.json', stateFolder: '/s', kiosk: true, dev: false } },
      { ok: true, options: { configFile: '/b.json', stateFolder: '/t', kiosk: false, dev: false } },
    ]);
  });

  it('are refused without a state folder, and with a debugging port in a packaged till', () => {
    const good = ['--config', '/a.json', '--state', '/s'];
    expect([
      readOptions(['--config', '/a.json'], {}, false).ok,
      readOptions([...good, '--remote-debugging-port=0'], {}, false).ok,
      readOptions([...good, '--remote-debugging-port=0'], {}, true).ok,
    ]).toEqual([false, true, false]);
  });

  it('never allow developer tools in a packaged till', () => {
    const result = readOptions(['--config', '/a', '--state', '/s', '--dev'], {}, true);
    expect(result.ok && result.options.dev).toBe(false);
  });
});

describe('the core process', () => {
  it('sees only the listed environment', () => {
    const env = {
      PATH: '/bin',
      NODE_OPTIONS: '--require /x',
      SECRET: 's',
      LD_PRELOAD: '/l',
      TZ: 'Asia/Shanghai',
    };
    expect(coreEnvironment(env)).toEqual({ PATH: '/bin', TZ: 'Asia/Shanghai' });
  });

  it('runs inside Electron only where its SQLite can be loaded', () => {
    expect([canHostCore('9'), canHostCore('10'), canHostCore('11'), canHostCore(undefined)]).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});
