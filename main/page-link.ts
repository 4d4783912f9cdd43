// Gives each load of the page one connection to the core, and a new one whenever a new core is up.
import type { CoreHost, PagePort } from './core-host.ts';
import type { Screen } from './messages.ts';

export type PageLinkParts = {
  screen: Screen;
  host: Pick<CoreHost, 'open' | 'close'>;
  /** Of all pages: no two connections of one core share a number. */
  nextConnection(): number;
  createChannel(): { near: PagePort; far: unknown };
  /** Hands the far end to the page's main frame. */
  give(far: unknown): void;
};

export type PageLink = ReturnType<typeof createPageLink>;

export function createPageLink(parts: PageLinkParts) {
  let isWanted = false;
  let current: { connection: number; near: PagePort } | null = null;

  function disconnect(): void {
    if (current === null) return;
    parts.host.close(current.connection);
    current.near.close();
    current = null;
  }

  function connect(): void {
    disconnect();
    const { near, far } = parts.createChannel();
    const connection = parts.nextConnection();
    if (!parts.host.open(connection, near, parts.screen)) return near.close();
    current = { connection, near };
    parts.give(far);
  }

  return {
    /** The page has loaded its script and wants to talk. */
    wanted() {
      isWanted = true;
      connect();
    },
    /** The page is gone or loads anew: its connection ends with it. */
    unloaded() {
      isWanted = false;
      disconnect();
    },
    coreUp() {
      if (isWanted) connect();
    },
    coreDown: disconnect,
  };
}
