// Electron main: the order of start and end. It knows windows, processes and ports, and no word of the trade.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserWindow, MessagePortMain } from 'electron';
import { app, ipcMain, Menu, MessageChannelMain, protocol, session, utilityProcess } from 'electron';
import { answerRequest, PAGE_URL, readFileTable } from './app-protocol.ts';
import { CoreHost } from './core-host.ts';
import { coreLaunch } from './core-launch.ts';
import { PAGE_CHANNEL } from './messages.ts';
import { type Options, readOptions } from './options.ts';
import { createPageLink, type PageLink } from './page-link.ts';
import { guardContents, guardSession, isTrustedSender, pagePreferences } from './security.ts';
import { type Watchdog, watchPage } from './watchdog.ts';
import { createWindow, windowTitle } from './window.ts';

/** Set by the build (tools/build/targets.ts), so that nothing at run time can change it. */
declare const YIMA_TEST_BUILD: boolean;
/** Electron goes by the program's name alone; whatever that is, what runs from an archive is a packaged till. */
const isPackaged = app.isPackaged || app.getAppPath().endsWith('.asar');

const log = (text: string) => console.error(`[main] ${text}`);

function linkPage(window: BrowserWindow, host: CoreHost): PageLink {
  const { webContents } = window;
  const link = createPageLink({
    host,
    createChannel() {
      const { port1, port2 } = new MessageChannelMain();
      return { near: port1, far: port2 };
    },
    give(far) {
      webContents.postMessage(PAGE_CHANNEL, null, [far as MessagePortMain]);
    },
  });
  webContents.on('did-start-navigation', ({ isMainFrame, isSameDocument }) => {
    if (isMainFrame && !isSameDocument) link.unloaded();
  });
  webContents.on('render-process-gone', () => link.unloaded());
  return link;
}

function serveChannel(window: BrowserWindow, link: PageLink, watchdog: Watchdog): void {
  ipcMain.on(PAGE_CHANNEL, (event, what: unknown) => {
    if (window.isDestroyed()) return;
    if (!isTrustedSender(event.senderFrame, window.webContents.mainFrame)) {
      log(`a message from ${event.senderFrame?.url ?? 'a frame that is gone'} was not heard`);
      return;
    }
    if (what !== 'port' && what !== 'alive') return;
    watchdog.alive();
    if (what === 'port') link.wanted();
  });
}

async function run(options: Options): Promise<void> {
  const appFolder = app.getAppPath();
  const places = { appFolder, resourcesFolder: process.resourcesPath, isPackaged };
  const launch = coreLaunch(options, places, utilityProcess.fork);
  let link: PageLink | null = null;
  let watchdog: Watchdog | null = null;
  const host = new CoreHost({
    spawn: launch.spawn,
    onUp: () => link?.coreUp(),
    onDown: () => link?.coreDown(),
    log,
  });
  endTogether(host, () => watchdog?.stop());
  // Beside Chromium's start, where that can be; else behind it.
  if (launch.isUsableAtOnce) host.start();
  await app.whenReady();
  host.start();
  guardSession(session.defaultSession, options.dev);
  const table = readFileTable(join(appFolder, 'dist/renderer'));
  protocol.handle('app', (request) => answerRequest(table, request.method, request.url));

  const preferences = pagePreferences(join(appFolder, 'dist/main/preload.cjs'), options.dev);
  const window = createWindow(options.kiosk, windowTitle(appFolder, process.versions), preferences);
  link = linkPage(window, host);
  watchdog = watchPage(window.webContents, () => window.loadURL(PAGE_URL), log);
  serveChannel(window, link, watchdog);
}

/** The program ends after its core has: the next start must find the state folder free. */
function endTogether(host: CoreHost, stopWatching: () => void): void {
  let isEnded = false;
  app.on('before-quit', (event) => {
    if (isEnded) return;
    event.preventDefault();
    stopWatching();
    void host.stop().then(() => {
      isEnded = true;
      app.quit();
    });
  });
}

/** Chromium takes these over when its loop runs; the core is up and has its lock before that. */
const endings = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

function begin(): void {
  for (const signal of endings) process.on(signal, () => app.quit());
  const result = readOptions(process.argv.slice(1), process.env, {
    isPackaged,
    isTestBuild: YIMA_TEST_BUILD,
    isRoot: process.getuid?.() === 0,
  });
  if (!result.ok) {
    log(result.problem);
    app.exit(2);
    return;
  }
  const browserFolder = join(result.options.stateFolder, 'browser');
  mkdirSync(browserFolder, { recursive: true, mode: 0o700 });
  // Chromium's own files and its single-instance lock belong to this till's state, not to the user's home.
  app.setPath('userData', browserFolder);
  if (!app.requestSingleInstanceLock()) {
    log(`another Yima runs on ${result.options.stateFolder}`);
    app.exit(3);
    return;
  }
  Menu.setApplicationMenu(null);
  // Without a graphics device Chromium's GPU process only imitates one, and its start fails now and then on a busy machine.
  if (!existsSync('/dev/dri')) app.disableHardwareAcceleration();
  // Electron's call undoes --no-sandbox, without which root can't run at all: only for trying out and tests.
  if (!app.commandLine.hasSwitch('no-sandbox')) app.enableSandbox();
  protocol.registerSchemesAsPrivileged([
    { scheme: 'app', privileges: { standard: true, secure: true, codeCache: true } },
  ]);
  app.on('web-contents-created', (_event, contents) => guardContents(contents));
  app.on('window-all-closed', () => app.quit());
  void run(result.options);
}

begin();
