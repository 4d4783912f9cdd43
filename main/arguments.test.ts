// A packaged till's arguments: what is not listed is refused, in whatever form Chromium would understand it.
import { describe, expect, it } from 'vitest';
import { findRefused, refusal } from './arguments.ts';

const till = { isTestBuild: false, isRoot: false };
const testBuild = { isTestBuild: true, isRoot: false };
const good = ['--config', '/a.json', '--state=/s'];

describe('the arguments of a packaged till', () => {
  it.each([
    [[]],
    [['--kiosk', '--ozone-platform=wayland']],
    [['--ozone-platform=x11']],
    // A value is no switch, whatever it looks like behind the first sign.
    [['--config=--inspect']],
  ])('may be %j', (more) => {
    expect(findRefused([...good, ...more], till)).toBeUndefined();
  });

  it.each([
    '--remote-debugging-port=9222',
    '--remote-debugging-port',
    '-remote-debugging-port=9222',
    ' --remote-debugging-port=9222',
    '\t-remote-debugging-pipe',
    '--remote-debugging-address=0.0.0.0',
    '--remote-allow-origins=*',
    '--inspect',
    '--inspect-brk=0.0.0.0:9229',
    '--js-flags=--expose-gc',
    '--load-extension=/tmp/x',
    '--disable-web-security',
    '--ignore-certificate-errors',
    '--host-resolver-rules=MAP * 127.0.0.1',
    '--user-data-dir=/tmp/x',
    '--renderer-cmd-prefix=/tmp/x',
    '--disable-site-isolation-trials',
    '--ozone-platform=headless',
    '--no-sandbox=1',
    '--kiosk=1',
    '--dev',
    '--',
    '-r',
    'file:///etc/passwd',
    '',
  ])('may not be %j', (bad) => {
    expect([findRefused([bad, ...good], till), findRefused([...good, bad], till)]).toEqual([bad, bad]);
  });

  it.each(['--inspect', '-inspect', ' --remote-debugging-port=9222'])(
    'may not hide %j where a file name is expected',
    (bad) => {
      expect(findRefused(['--state', '/s', '--config', bad], till)).toBe('--config');
    },
  );

  it('may hold a debugging port in a test build, and no other switch more', () => {
    expect(findRefused([...good, '--remote-debugging-port=9222'], testBuild)).toBeUndefined();
    for (const bad of ['--remote-debugging-pipe', '--remote-debugging-port', '--inspect', '--dev'])
      expect(findRefused([...good, bad], testBuild)).toBe(bad);
  });
});

describe('the sandbox', () => {
  it('is left out for root alone, whom Electron lets have none', () => {
    const args = [...good, '--no-sandbox'];
    expect([findRefused(args, { ...till, isRoot: true }), findRefused(args, till)]).toEqual([
      undefined,
      '--no-sandbox',
    ]);
  });
});

describe('the refusal', () => {
  it('says in both languages what was refused, that no money moved, and what to do', () => {
    const text = refusal('--remote-debugging-port=9222');
    expect(text).toMatch(/不接受参数 --remote-debugging-port。.*钱款不受影响。去掉这个参数/);
    expect(text).toMatch(/the argument --remote-debugging-port\. .* no money has moved\. Remove it/);
  });

  it('repeats neither a value nor what moves a cursor', () => {
    expect(refusal('--token=secret')).not.toContain('secret');
    expect(refusal('--\u001b[2J')).toContain('--?[2J');
    expect(refusal(`--${'x'.repeat(500)}`).length).toBeLessThan(400);
  });
});
