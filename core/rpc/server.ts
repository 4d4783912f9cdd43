// All sessions of all transports, and the news that goes to each.
import type { Accept } from './host-link.ts';
import { createSession, type ServerDependencies, type Session } from './session.ts';

export type RpcServer = { accept: Accept; changed(): void };

export function createRpcServer(deps: ServerDependencies): RpcServer {
  const sessions = new Set<Session>();
  return {
    accept: (send) => {
      const session = createSession(deps, send);
      sessions.add(session);
      return {
        ...session,
        close: () => {
          session.close();
          sessions.delete(session);
        },
      };
    },
    changed: () => {
      for (const session of sessions) session.changed();
    },
  };
}
