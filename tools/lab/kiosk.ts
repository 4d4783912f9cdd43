// Drives the real kiosk: Electron started by Playwright, its keys pressed like a cashier does, its screen photographed.
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { _electron, type ElectronApplication, type Page } from 'playwright';

export type Kiosk = {
  app: ElectronApplication;
  page: Page;
  press(name: string): Promise<void>;
  confirm(key: string, yes: string): Promise<void>;
  signIn(name: string, pin: string): Promise<void>;
  close(): Promise<void>;
};

const root = resolve(import.meta.dirname, '../..');

/** Where the prepared Electron runtime is (written by tools/setup.mjs). */
export function electronRuntime(): { distPath: string; kind: string; electron: string } {
  return JSON.parse(readFileSync(resolve(root, '.toolchain/runtime.json'), 'utf8'));
}

export async function openKiosk(options: {
  configFile: string;
  stateDirectory: string;
  display: string;
}): Promise<Kiosk> {
  // Electron refuses to run as root with its sandbox; another user runs with it (docs/testing.md).
  const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath: resolve(electronRuntime().distPath, 'electron'),
    args: [...sandbox, root, '--config', options.configFile, '--state', options.stateDirectory, '--kiosk'],
    cwd: root,
    env: { ...(process.env as Record<string, string>), DISPLAY: options.display },
    chromiumSandbox: sandbox.length === 0,
    timeout: 60_000,
  });
  const page = await app.firstWindow();
  const press = async (name: string): Promise<void> => {
    await page.getByRole('button', { name }).first().click();
  };
  return {
    app,
    page,
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
    close: () => app.close(),
  };
}
