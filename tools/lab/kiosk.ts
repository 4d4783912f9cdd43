// Drives the real kiosk: Electron started by Playwright, its keys pressed like a cashier does, its screen photographed.
import { resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';
import { electronRuntime } from './runtime.ts';

export type Kiosk = {
  app: ElectronApplication;
  page: Page;
  /** All that the kiosk and its core have written. */
  log(): string;
  press(name: string): Promise<void>;
  confirm(key: string, yes: string): Promise<void>;
  signIn(name: string, pin: string): Promise<void>;
  /** The float typed; resolves when goods can be scanned. */
  openShift(float_yuan: string): Promise<void>;
  close(): Promise<void>;
};

const root = resolve(import.meta.dirname, '../..');

export async function openKiosk(options: {
  configFile: string;
  stateDirectory: string;
  display: string;
  /** Behind the kiosk's own arguments. */
  more?: readonly string[];
}): Promise<Kiosk> {
  // Electron refuses to run as root with its sandbox; another user runs with it (docs/testing.md).
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  // Without `executablePath`, so that Playwright's own loader holds the app's start back until Playwright is attached:
  // attached in the middle of the first load it breaks that load, the more often the busier the machine.
  process.env['ELECTRON_OVERRIDE_DIST_PATH'] = electronRuntime().distPath;
  const own = ['--config', options.configFile, '--state', options.stateDirectory, '--kiosk'];
  const app = await _electron.launch({
    args: [...sandbox, root, ...own, ...(options.more ?? [])],
    cwd: root,
    env: { ...(process.env as Record<string, string>), DISPLAY: options.display },
    chromiumSandbox: sandbox.length === 0,
    timeout: 60_000,
  });
  const written: string[] = [];
  for (const stream of [app.process().stdout, app.process().stderr]) {
    stream?.on('data', (chunk: Buffer) => written.push(chunk.toString('utf8')));
  }
  const page = await app.firstWindow();
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name }).first().click();
  };
  return {
    app,
    page,
    log: () => written.join(''),
    press,
    confirm: async (key, yes) => {
      await press(key);
      await page
        .getByRole('alertdialog')
        .or(page.getByRole('dialog'))
        .getByRole('button', { name: yes })
        .click();
    },
    signIn: async (name, pin) => {
      await page.getByText(name).first().click();
      await page.keyboard.type(pin);
      await page.keyboard.press('Enter');
    },
    openShift: async (float_yuan) => {
      await page.getByRole('heading', { name: '开班' }).waitFor();
      await page.keyboard.type(float_yuan);
      await page.keyboard.press('Enter');
      await page.getByText('请扫商品条码').waitFor();
    },
    close: () => app.close(),
  };
}
