// npm start: with a configuration, the kiosk; without one, a lab shop on this machine; without a display, the demonstration.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { parseArgs } from 'node:util';
import { codeMaker } from '../fixtures/codes.ts';
import { electronRuntime } from './lab/kiosk.ts';
import { openShop, type Shop } from './lab/shop.ts';

const root = resolve(import.meta.dirname, '..');

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The kiosk in the foreground; resolves with its exit code. */
async function runKiosk(args: readonly string[]): Promise<number> {
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  if (sandbox.length > 0)
    say('以 root 运行,关闭沙箱,仅供试用 / running as root without the sandbox: for trying out only');
  const child = spawn(resolve(electronRuntime().distPath, 'electron'), [...sandbox, root, ...args], {
    stdio: 'inherit',
  });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

/** One line of what the terminal's user typed becomes a scan. */
async function scanFor(shop: Shop, wanted: string): Promise<void> {
  const codes = codeMaker();
  const code = Object.hasOwn(codes, wanted) ? codes[wanted as 'wechat']() : wanted;
  const isHeard = await shop.scanner.scan(code);
  say(isHeard ? `扫了 / scanned ${code}` : '扫码枪未连接 / the till has not opened the scanner yet');
}

async function runLab(): Promise<number> {
  const shop = await openShop({ directory: resolve('out/lab') });
  const some = readFileSync(resolve('fixtures/catalogue/goods.csv'), 'utf8').split('\n').slice(1, 6);
  say('\n一码实验店 / Yima lab shop');
  say(`  操作员密码 / PINs: 林晓 ${shop.pins['lin']}  陈岚 ${shop.pins['chen']}  吴工 ${shop.pins['wu']}`);
  say(
    '  在此输入条码或钱包名来扫码 / type a barcode or a wallet here to scan it: wechat alipay unionpay ecny',
  );
  for (const row of some) say(`  ${row.split(',').slice(0, 3).join('  ')}`);
  say(`  小票 / receipts: ${shop.printer.out}\n`);
  createInterface({ input: process.stdin }).on('line', (line) => {
    if (line.trim() !== '') void scanFor(shop, line.trim());
  });
  const code = await runKiosk(['--config', shop.configFile, '--state', shop.stateDirectory]);
  await shop.stop();
  return code;
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
  },
});

if (values.config !== undefined && values.state !== undefined) {
  const kiosk = values.kiosk ? ['--kiosk'] : [];
  process.exitCode = await runKiosk(['--config', values.config, '--state', values.state, ...kiosk]);
} else if (process.env['DISPLAY'] || process.env['WAYLAND_DISPLAY']) {
  process.exitCode = await runLab();
} else {
  process.exitCode = runDemonstration();
}
process.exit();
