// Electron main: the order of start and end. It knows windows, processes and ports, and no word of the trade.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { app, Menu, protocol, screen, session, utilityProcess, type WebPreferences } from 'electron';
import { answerRequest, CUSTOMER_URL, PAGE_URL, readFileTable } from './app-protocol.ts';
import { CoreHost } from './core-host.ts';
import { coreLaunch } from './core-launch.ts';
import { customerPlace } from './customer-place.ts';
import { createCustomerScreen, type CustomerScreen } from './customer-screen.ts';
import { type Options, readOptions } from './options.ts';
import { type Page, startPage } from './page.ts';
import { guardContents, guardSession, pagePreferences } from './security.ts';
import { createCustomerWindow, createWindow, windowTitle } from './window.ts';

/** Set by the build (tools/build/targets.ts), so that nothing at run time can change it. */
declare const YIMA_TEST_BUILD: boolean;
/** Electron goes by the program's name alone; whatever that is, what runs from an archive is a packaged till. */
const isPackaged = app.isPackaged || app.getAppPath().endsWith('.asar');

const log = (text: string) => console.error(`[main] ${text}`);

async function run(options: Options): Promise<void> {
  const appFolder = app.getAppPath();
  const places = { appFolder, resourcesFolder: process.resourcesPath, isPackaged };
  const launch = coreLaunch(options, places, utilityProcess.fork);
  const pages = new Set<Page>();
  let customer: CustomerScreen | null = null;
  let hasCustomerScreen = false;
  const host = new CoreHost({
    spawn: launch.spawn,
    onUp: (isThere) => {
      hasCustomerScreen = isThere;
      for (const { link } of pages) link.coreUp();
      customer?.wanted(isThere);
    },
    onDown: () => {
      for (const { link } of pages) link.coreDown();
    },
    log,
  });
  endTogether(host, () => {
    customer?.end();
    for (const { watchdog } of pages) watchdog.stop();
  });
  // Beside Chromium's start, where that can be; else behind it.
  if (launch.isUsableAtOnce) host.start();
  await app.whenReady();
  host.start();
  guardSession(session.defaultSession, options.dev);
  const table = readFileTable(join(appFolder, 'dist/renderer'));
  protocol.handle('app', (request) => answerRequest(table, request.method, request.url));

  const preferences = pagePreferences(join(appFolder, 'dist/main/preload.cjs'), options.dev);
  const title = windowTitle(appFolder, process.versions);
  const window = createWindow(options.kiosk, title, preferences);
  pages.add(startPage(window, { host, screen: 'counter', url: PAGE_URL, log }));
  customer = serveCustomer(options, host, { title, preferences }, pages);
  // The till has ended when its own window has: nobody could close the other one.
  window.on('closed', () => customer?.end());
  customer.wanted(hasCustomerScreen);
}

type Looks = { title: string; preferences: WebPreferences };

/** The second monitor, where there is one and the core has something for it; it comes and goes while the till runs. */
function serveCustomer(options: Options, host: CoreHost, looks: Looks, pages: Set<Page>): CustomerScreen {
  const customer = createCustomerScreen({
    place: () => customerPlace(screen.getAllDisplays(), screen.getPrimaryDisplay(), options.customerWindow),
    open(bounds, onGone) {
      const window = createCustomerWindow(bounds, looks.title, looks.preferences);
      const page = startPage(window, { host, screen: 'customer', url: CUSTOMER_URL, log });
      pages.add(page);
      window.on('closed', () => {
        page.watchdog.stop();
        page.link.unloaded();
        pages.delete(page);
        onGone();
      });
      return { move: (place) => window.setBounds(place), close: () => window.destroy() };
    },
    log,
  });
  screen.on('display-added', customer.monitorsChanged);
  screen.on('display-removed', customer.monitorsChanged);
  screen.on('display-metrics-changed', customer.monitorsChanged);
  return customer;
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
