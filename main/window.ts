// The cashier's window: the whole primary display as a kiosk, 1280 x 800 otherwise. And the customer's, on another monitor.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BrowserWindow, type BrowserWindowConstructorOptions, screen, type WebPreferences } from 'electron';
import { canHostCore } from './core-launch.ts';

const PAPER_color = '#fbfcfd';

/** Bounds are given as well as `kiosk`: without a window manager full screen is ignored (reference electron.md 1). */
export function windowOptions(
  kiosk: boolean,
  display: { x: number; y: number; width: number; height: number },
  webPreferences: WebPreferences,
): BrowserWindowConstructorOptions {
  const shared = { webPreferences, backgroundColor: PAPER_color, autoHideMenuBar: true };
  // In the corner, so that what stands beside it (the lab's bench) has the rest of the screen.
  const corner = { x: display.x, y: display.y };
  if (!kiosk) return { ...shared, ...corner, width: 1280, height: 800, useContentSize: true };
  return { ...shared, ...display, frame: false, kiosk: true, fullscreenable: true, resizable: false };
}

/** The title names a runtime that is no official Electron build: such a till is not for a shop. */
export function windowTitle(appFolder: string, versions: NodeJS.ProcessVersions): string {
  let kind: unknown = canHostCore(versions.napi) ? 'official' : 'carried along';
  try {
    kind = JSON.parse(readFileSync(join(appFolder, '.toolchain/runtime.json'), 'utf8')).kind;
  } catch (error) {
    // A packaged till has no such file: what its runtime can do tells whether it is the official one.
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
  if (kind === 'official') return 'Yima';
  return `Yima · development runtime (Electron ${versions.electron}, not for shops)`;
}

export function createWindow(kiosk: boolean, title: string, webPreferences: WebPreferences): BrowserWindow {
  const { bounds } = screen.getPrimaryDisplay();
  const window = new BrowserWindow({ ...windowOptions(kiosk, bounds, webPreferences), title });
  // On X11 Chromium opens a window as large as the screen one pixel smaller; without a window manager nobody mends it.
  if (kiosk) window.setBounds(bounds);
  window.on('page-title-updated', (event) => event.preventDefault());
  return window;
}

/** It takes no key, no touch and no focus: whoever stands before it can do nothing, and it takes nothing from the cashier. */
export function createCustomerWindow(
  bounds: { x: number; y: number; width: number; height: number },
  title: string,
  webPreferences: WebPreferences,
): BrowserWindow {
  const window = new BrowserWindow({
    ...bounds,
    title,
    webPreferences,
    backgroundColor: PAPER_color,
    frame: false,
    focusable: false,
    skipTaskbar: true,
    resizable: false,
    show: false,
  });
  window.setIgnoreMouseEvents(true);
  window.setBounds(bounds);
  window.on('page-title-updated', (event) => event.preventDefault());
  window.webContents.on('before-input-event', (event) => event.preventDefault());
  window.showInactive();
  return window;
}
