// Runs as a throw-away user, from a copy of the build: the kiosk with Chromium's sandbox on sells one thing. Prints one JSON line.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import { startDisplay } from '../../tools/lab/display.ts';
import { openKiosk } from '../../tools/lab/kiosk.ts';
import { openShop } from '../../tools/lab/shop.ts';

/** Fields of the page's own process, read from /proc: the kernel's word, not Electron's. */
function statusOf(pid: number): { seccomp: string; noNewPrivileges: string; capabilities: string } {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  const field = (name: string) => new RegExp(`^${name}:\\s*(\\S+)`, 'm').exec(status)?.[1] ?? '';
  return { seccomp: field('Seccomp'), noNewPrivileges: field('NoNewPrivs'), capabilities: field('CapEff') };
}

const display = await startDisplay({ width: 1280, height: 800 });
const shop = await openShop({ directory: join(process.env['HOME'] ?? '/tmp', 'shop') });
const kiosk = await openKiosk({ ...shop, display: display.name });
await kiosk.signIn('林晓', shop.pins['lin'] ?? '');
await kiosk.openShift('500');
await shop.scanner.whenOpened();
const barcode = readFileSync('fixtures/catalogue/goods.csv', 'utf8').split('\n')[1]?.split(',')[0] ?? '';
await shop.scanner.scan(barcode);
await kiosk.page.getByText(barcode).waitFor();
await kiosk.press('收款');
await kiosk.page.getByText('请扫付款码').waitFor();
await shop.scanner.scan(codeMaker().wechat());
await kiosk.page.getByText('支付成功').first().waitFor();
const cut = await shop.paper.waitFor('paper.cut');
const pid = await kiosk.app.evaluate(({ BrowserWindow }) =>
  BrowserWindow.getAllWindows()[0]?.webContents.getOSProcessId(),
);
const renderer = statusOf(pid ?? -1);
await kiosk.close();
const ledger = await shop.acquirer.ledger();
await shop.stop();
await display.stop();
const charges = ledger.filter((fact) => fact.kind === 'charge').length;
process.stdout.write(
  `${JSON.stringify({ uid: process.getuid?.(), renderer, charges, receipt: cut['cut'] })}\n`,
);
process.exit();
