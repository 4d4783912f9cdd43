// Gives each load of the page one connection to the core, and a new one whenever a new core is up.
import type { CoreHost, PagePort } from './core-host.ts';

export type PageLinkParts = {
  host: Pick<CoreHost, 'open' | 'close'>;
  createChannel(): { near: PagePort; far: unknown };
  /** Hands the far end to the page's main frame. */
  give(far: unknown): void;
};

export interface PageLink {
  /** The page has loaded its script and wants to talk. */
  wanted(): void;
  /** The page is gone or loads anew: its connection ends with it. */
  unloaded(): void;
  coreUp(): void;
  coreDown(): void;
}

export function createPageLink(parts: PageLinkParts): PageLink {
  let isWanted = false;
  let current: { connection: number; near: PagePort } | null = null;
  let lastConnection = 0;

  function disconnect(): void {
    if (current === null) return;
    parts.host.close(current.connection);
    current.near.close();
    current = null;
  }

  function connect(): void {
    disconnect();
    const { near, far } = parts.createChannel();
    const connection = ++lastConnection;
    if (!parts.host.open(connection, near)) {
      near.close();
      return;
    }
    current = { connection, near };
    parts.give(far);
  }

  return {
    wanted() {
      isWanted = true;
      connect();
    },
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
