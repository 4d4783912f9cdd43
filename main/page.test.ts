// What a window's navigations do to its page's connection, with Electron stood in for.
import { EventEmitter } from 'node:events';
import type { BrowserWindow } from 'electron';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CoreHost } from './core-host.ts';
import { PAGE_CHANNEL } from './messages.ts';
import { type Page, startPage } from './page.ts';

vi.mock('electron', () => ({
  MessageChannelMain: class {
    readonly port1 = { close: () => undefined };
    readonly port2 = {};
  },
}));

const pages: Page[] = [];
afterEach(() => {
  for (const { watchdog } of pages.splice(0)) watchdog.stop();
});

function fixture() {
  const log: string[] = [];
  const mainFrame = { url: 'app://till/index.html' };
  const contents = Object.assign(new EventEmitter(), {
    ipc: new EventEmitter(),
    mainFrame,
    isDestroyed: () => false,
    isDevToolsOpened: () => false,
    forcefullyCrashRenderer: () => undefined,
    postMessage: () => void log.push('port'),
  });
  const window = { webContents: contents, isDestroyed: () => false, loadURL: () => Promise.resolve() };
  const host = {
    open: () => log.push('open') > 0,
    close: () => void log.push('close'),
  };
  const page = startPage(window as unknown as BrowserWindow, {
    host: host as unknown as CoreHost,
    screen: 'counter',
    url: mainFrame.url,
    log: () => undefined,
  });
  pages.push(page);
  return {
    page,
    log,
    starts: (isSameDocument = false) =>
      contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument }),
    /** As Electron does, before anything that the new page says. */
    commits: () => contents.emit('did-navigate', {}, mainFrame.url, 200, 'OK'),
    asks: () => contents.ipc.emit(PAGE_CHANNEL, { senderFrame: mainFrame }, 'port'),
    dies: () => contents.emit('render-process-gone', {}, { reason: 'crashed' }),
  };
}

describe('a page in its window', () => {
  it('keeps its connection over a navigation that is prevented, and gets the next core', () => {
    const { page, log, starts, asks, commits } = fixture();
    starts();
    commits();
    asks();
    starts();
    page.link.coreDown();
    page.link.coreUp();
    expect(log).toEqual(['open', 'port', 'close', 'open', 'port']);
  });

  it('that loads anew is connected only when the new load asks', () => {
    const { page, log, starts, asks, commits } = fixture();
    for (const _load of [1, 2]) {
      starts();
      commits();
      page.link.coreUp();
      asks();
    }
    expect(log).toEqual(['open', 'port', 'close', 'open', 'port']);
  });

  it('whose process is gone has no connection until its next load asks', () => {
    const { page, log, starts, asks, commits, dies } = fixture();
    starts();
    commits();
    asks();
    dies();
    page.link.coreUp();
    starts();
    commits();
    asks();
    expect(log).toEqual(['open', 'port', 'close', 'open', 'port']);
  });
});
