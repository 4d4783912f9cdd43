// npm start: with a configuration, the kiosk; without one, the lab on this machine; without a display, the demonstration.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { codeMaker } from '../fixtures/codes.ts';
import { type Lab, startLab } from './lab/bench/run.ts';
import { openElectron } from './lab/bench/windows.ts';
import { labCatalogue, type Shop } from './lab/shop.ts';

const root = resolve(import.meta.dirname, '..');
const isRoot = process.getuid?.() === 0;

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

function sayWithoutSandbox(): void {
  if (isRoot)
    say('以 root 运行,关闭沙箱,仅供试用 / running as root without the sandbox: for trying out only');
}

/** By the first sign that we shall end. A second Ctrl-C is the kernel's: it ends us at once, and what hangs on us with us. */
function onEnd(end: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, end);
}

/** The kiosk in the foreground; resolves with its exit code. */
function runKiosk(args: readonly string[]): Promise<number> {
  sayWithoutSandbox();
  const kiosk = openElectron({ args: [root, ...args], isDebugged: false });
  onEnd(() => void kiosk.close());
  return kiosk.closed;
}

/** What a new shop says in the terminal. */
function introduce(shop: Shop): void {
  const some = readFileSync(labCatalogue, 'utf8').split('\n').slice(1, 4);
  say('\n一码实验店 / Yima lab shop');
  say(`  操作员密码 / PINs: 林晓 ${shop.pins['lin']}  陈岚 ${shop.pins['chen']}  吴工 ${shop.pins['wu']}`);
  say(
    '  都能在实验台窗口里点 / everything is a click in the bench window; here too a barcode or a wallet can',
  );
  say('  be typed to scan it / 在此输入条码或钱包名也能扫码: wechat alipay unionpay ecny');
  for (const row of some) say(`  ${row.split(',').slice(0, 3).join('  ')}`);
  say(`  小票 / receipts: ${shop.printer.out}\n`);
}

/** One line of what the terminal's user typed becomes a scan, or opens the bench again. */
async function obey(lab: Lab, wanted: string): Promise<void> {
  if (wanted === 'bench') return lab.showBench();
  const codes = codeMaker();
  const code = Object.hasOwn(codes, wanted) ? codes[wanted as 'wechat']() : wanted;
  const isHeard = await lab.scan(code);
  say(isHeard ? `扫了 / scanned ${code}` : '扫码枪未连接 / the till has not opened the scanner yet');
}

async function runLab(options: {
  directory: string;
  isFresh: boolean;
  isDebugged: boolean;
}): Promise<number> {
  sayWithoutSandbox();
  const lab = startLab({ ...options, log: say, opened: introduce });
  onEnd(() => lab.end());
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line.trim() !== '') void obey(lab, line.trim());
  });
  return lab.ended;
}

function runDemonstration(): number {
  const out = resolve('out/demo');
  say('没有显示器,改为演示 / no display: running the demonstration under Xvfb');
  const demo = spawnSync(process.execPath, [resolve(root, 'tools/demo/main.ts'), '--out', out], {
    stdio: 'inherit',
  });
  say(`画面和小票在 / pictures and receipts are in ${out}`);
  return demo.status ?? 1;
}

const { values } = parseArgs({
  options: {
    config: { type: 'string' },
    state: { type: 'string' },
    kiosk: { type: 'boolean', default: false },
    /** The lab: where it lives, an empty one, and Chromium's debugging ports for tests. */
    lab: { type: 'string', default: 'out/lab' },
    fresh: { type: 'boolean', default: false },
    debug: { type: 'boolean', default: false },
  },
});

if ((values.config === undefined) !== (values.state === undefined)) {
  // the lab instead would sell with a simulated acquirer where somebody meant a till
  say('--config 和 --state 要一起给出;没有启动,钱款不受影响');
  say('--config and --state go together: not started, no money has moved');
  process.exitCode = 2;
} else if (values.config !== undefined && values.state !== undefined) {
  const kiosk = values.kiosk ? ['--kiosk'] : [];
  const [config, state] = [resolve(values.config), resolve(values.state)];
  process.exitCode = await runKiosk(['--config', config, '--state', state, ...kiosk]);
} else if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) {
  process.exitCode = await runLab({
    directory: resolve(values.lab),
    isFresh: values.fresh,
    isDebugged: values.debug,
  });
} else {
  process.exitCode = runDemonstration();
}
process.exit();
