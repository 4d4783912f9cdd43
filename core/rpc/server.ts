// All sessions of all transports, and the news that goes to each.
import type { Accept } from './host-link.ts';
import { createSession, type ServerDependencies, type Session } from './session.ts';

/** `acceptCounter` is for the till's own screen, `accept` for everybody else. */
export type RpcServer = { accept: Accept; acceptCounter: Accept; changed(): void };

export function createRpcServer(deps: ServerDependencies): RpcServer {
  const sessions = new Set<Session>();
  const accepting =
    (isCounter: boolean): Accept =>
    (send) => {
      const session = createSession(deps, send, isCounter);
      sessions.add(session);
      return {
        ...session,
        close: () => {
          session.close();
          sessions.delete(session);
        },
      };
    };
  return {
    accept: accepting(false),
    acceptCounter: accepting(true),
    changed: () => {
      for (const session of sessions) session.changed();
    },
  };
}
