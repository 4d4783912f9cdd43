import { describe, expect, it } from 'vitest';
import { coreMemory } from './core-memory.ts';
import { canHostCore, coreEnvironment } from './core-launch.ts';
import { readOptions } from './options.ts';

const checkout = { isPackaged: false, isTestBuild: false, isRoot: false };
const packaged = { isPackaged: true, isTestBuild: false, isRoot: false };

describe('the kiosk options', () => {
  it('come from the command line, else from the environment', () => {
    const fromLine = readOptions(
      ['.', '--no-sandbox', '--config', '/a.json', '--state=/s', '--kiosk'],
      {},
      checkout,
    );
    const fromEnvironment = readOptions(['.'], { YIMA_CONFIG: '/b.json', YIMA_STATE: '/t' }, checkout);
    const plain = { dev: false, customerWindow: false };
    expect([fromLine, fromEnvironment]).toEqual([
      { ok: true, options: { configFile: '/a.json', stateFolder: '/s', kiosk: true, ...plain } },
      { ok: true, options: { configFile: '/b.json', stateFolder: '/t', kiosk: false, ...plain } },
    ]);
  });

  it('are refused without a state folder', () => {
    const result = readOptions(['--config', '/a.json'], {}, checkout);
    expect(result.ok ? '' : result.problem).toMatch(/usage/);
  });

  it('hold a debugging port in a checkout and in a test build, never in a packaged till', () => {
    const args = ['--config', '/a.json', '--state', '/s', '--remote-debugging-port=0'];
    const testBuild = { ...packaged, isTestBuild: true };
    expect([checkout, testBuild, packaged].map((build) => readOptions(args, {}, build).ok)).toEqual([
      true,
      true,
      false,
    ]);
  });

  it('hold a window for the customer without a second monitor in a checkout only', () => {
    const args = ['--config', '/a', '--state', '/s', '--customer-window'];
    const inCheckout = readOptions(args, {}, checkout);
    expect(inCheckout.ok && inCheckout.options.customerWindow).toBe(true);
    expect(readOptions(args, {}, packaged).ok).toBe(false);
  });

  it('hold developer tools in a checkout only', () => {
    const args = ['--config', '/a', '--state', '/s', '--dev'];
    const inCheckout = readOptions(args, {}, checkout);
    expect(inCheckout.ok && inCheckout.options.dev).toBe(true);
    expect(readOptions(args, {}, packaged).ok).toBe(false);
  });
});

describe('the core process', () => {
  it('sees only the listed environment, and holds its memory together', () => {
    const env = {
      PATH: '/bin',
      NODE_OPTIONS: '--require /x',
      SECRET: 's',
      LD_PRELOAD: '/l',
      TZ: 'Asia/Shanghai',
    };
    expect(coreEnvironment(env)).toEqual({
      PATH: '/bin',
      TZ: 'Asia/Shanghai',
      ...coreMemory,
    });
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
