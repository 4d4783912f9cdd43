// The envelope of contract/envelope.ts over one MessagePort: requests with their answers, and pushed snapshots.
// One connection lives as long as its port; after a core restart main hands over a new port and this one is done.
import type { CommandName, CommandParams } from '../../contract/commands.ts';
import type { Outbound } from '../../contract/envelope.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

export type Reply =
  | { ok: true; result: unknown }
  /** The core has refused, for a code and a detail. */
  | { ok: false; lost: false; code: string; detail: string }
  /** The connection ended first: the command may or may not have been carried out; the next snapshot shows which. */
  | { ok: false; lost: true };

export interface Port {
  addEventListener(type: 'message' | 'close', listener: (event: { data?: unknown }) => void): void;
  postMessage(message: string): void;
  start(): void;
  close(): void;
}

export interface Connection {
  request<Name extends CommandName>(command: Name, params: CommandParams<Name>): Promise<Reply>;
  /** Ends it from our side; `onEnd` is not called. */
  end(): void;
}

export function openConnection(
  port: Port,
  onSnapshot: (snapshot: Snapshot) => void,
  onEnd: () => void,
): Connection {
  const waiting = new Map<number, (reply: Reply) => void>();
  let lastId = 0;
  let isEnded = false;

  function finish(): void {
    isEnded = true;
    for (const answer of waiting.values()) answer({ ok: false, lost: true });
    waiting.clear();
  }

  port.addEventListener('message', ({ data }) => {
    if (isEnded || typeof data !== 'string') return;
    const message = JSON.parse(data) as Outbound;
    if ('push' in message) {
      onSnapshot(message.snapshot as Snapshot);
      return;
    }
    const answer = message.id === null ? undefined : waiting.get(message.id);
    if (answer === undefined || message.id === null) return;
    waiting.delete(message.id);
    answer(message.ok ? { ok: true, result: message.result } : { ok: false, lost: false, ...message.error });
  });
  port.addEventListener('close', () => {
    if (isEnded) return;
    finish();
    onEnd();
  });
  port.start();

  return {
    request(command, params) {
      if (isEnded) return Promise.resolve({ ok: false, lost: true });
      const id = ++lastId;
      return new Promise((resolve) => {
        waiting.set(id, resolve);
        port.postMessage(JSON.stringify({ id, command, params }));
      });
    },
    end() {
      if (isEnded) return;
      finish();
      port.close();
    },
  };
}
