// One page in one window: its link to the core, its channel to main, and the watchdog that brings it back.
import type { BrowserWindow, MessagePortMain } from 'electron';
import { MessageChannelMain } from 'electron';
import type { CoreHost } from './core-host.ts';
import { PAGE_CHANNEL, type Screen } from './messages.ts';
import { createPageLink, type PageLink } from './page-link.ts';
import { isTrustedSender } from './security.ts';
import { type Watchdog, watchPage } from './watchdog.ts';

export type Page = { link: PageLink; watchdog: Watchdog };

let connections = 0;

function linkPage(window: BrowserWindow, host: CoreHost, screen: Screen): PageLink {
  const { webContents } = window;
  const link = createPageLink({
    screen,
    host,
    nextConnection: () => (connections += 1),
    createChannel() {
      const { port1, port2 } = new MessageChannelMain();
      return { near: port1, far: port2 };
    },
    give(far) {
      // A window that is closing: its end is told in a moment.
      if (webContents.isDestroyed()) return;
      webContents.postMessage(PAGE_CHANNEL, null, [far as MessagePortMain]);
    },
  });
  // One that has happened, of the main frame: a navigation that only starts may be prevented, and the page stays.
  webContents.on('did-navigate', () => link.unloaded());
  webContents.on('render-process-gone', () => link.unloaded());
  return link;
}

/** Each window's own: what one page says is never heard for another. */
function serveChannel(
  window: BrowserWindow,
  link: PageLink,
  watchdog: Watchdog,
  log: (text: string) => void,
): void {
  window.webContents.ipc.on(PAGE_CHANNEL, (event, what: unknown) => {
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

type Parts = { host: CoreHost; screen: Screen; url: string; log(text: string): void };

/** Loads the page at once. */
export function startPage(window: BrowserWindow, { host, screen, url, log }: Parts): Page {
  const link = linkPage(window, host, screen);
  const watchdog = watchPage(window.webContents, () => window.loadURL(url), log);
  serveChannel(window, link, watchdog, log);
  return { link, watchdog };
}
