// A client of the control socket: the contract in newline JSON, with snapshots kept as they come.
import { EventEmitter, once } from 'node:events';
import { createConnection } from 'node:net';
import { createInterface } from 'node:readline';
import type { CommandName } from '../../contract/commands.ts';
import type { Answer, Push } from '../../contract/envelope.ts';
import type { Snapshot } from '../../contract/snapshot.ts';

export class RpcRefused extends Error {
  override readonly name = 'RpcRefused';
  readonly code: string;

  constructor(code: string, detail: string) {
    super(`${code} ${detail}`);
    this.code = code;
  }
}

/** What was waited for did not come in time. */
export class NeverCame extends Error {
  override readonly name = 'NeverCame';
}

export type RpcClient = {
  /** @throws RpcRefused with the core's error code. */
  call(command: CommandName, params?: unknown): Promise<unknown>;
  /** The newest snapshot; only after `subscribe`. */
  snapshot(): Snapshot;
  subscribe(): Promise<void>;
  /** Resolves with the first snapshot for which `is` holds. @throws NeverCame after the deadline, with the last one in its message. */
  until(what: string, is: (snapshot: Snapshot) => boolean, deadline_ms?: number): Promise<Snapshot>;
  /** Resolves when the connection has ended, by whichever side: no snapshot comes any more, and no call is answered. */
  closed: Promise<void>;
  close(): void;
};

const CLOSED = { code: 'CLOSED', detail: 'the core closed the connection' };

export const DEADLINE_ms = 60_000;

/** What of a snapshot helps to see why something did not happen. */
function digest(snapshot: Snapshot | null): string {
  if (snapshot === null) return 'no snapshot';
  const { sale, notice, print, routes, refusal } = snapshot;
  const payments = sale?.payments.map((one) => `${one.state}(${one.reason ?? ''})`).join(' ');
  return JSON.stringify({ sale: sale?.state, payments, notice: notice?.code, print, routes, refusal });
}

export async function connectRpc(path: string): Promise<RpcClient> {
  const socket = createConnection(path);
  await once(socket, 'connect');
  const events = new EventEmitter().setMaxListeners(0);
  const waiting = new Map<number, (answer: Answer) => void>();
  let latest: Snapshot | null = null;
  let nextId = 1;
  const lines = createInterface({ input: socket });
  // readline repeats the socket's errors; 'close' below tells whoever waits.
  lines.on('error', () => socket.destroy());
  lines.on('line', (line) => {
    const message = JSON.parse(line) as Answer | Push;
    if ('push' in message) {
      latest = message.snapshot as Snapshot;
      events.emit('snapshot');
    } else if (message.id !== null) {
      waiting.get(message.id)?.(message);
      waiting.delete(message.id);
    }
  });
  socket.on('error', () => socket.destroy());
  const closed = new Promise<void>((resolve) => socket.on('close', () => resolve()));
  void closed.then(() => {
    for (const answer of waiting.values()) answer({ id: null, ok: false, error: CLOSED });
  });

  const call: RpcClient['call'] = async (command, params) => {
    if (socket.destroyed) throw new RpcRefused(CLOSED.code, CLOSED.detail);
    const id = nextId++;
    const answered = new Promise<Answer>((resolve) => waiting.set(id, resolve));
    socket.write(`${JSON.stringify({ id, command, params })}\n`);
    const answer = await answered;
    if (!answer.ok) throw new RpcRefused(answer.error.code, answer.error.detail);
    return answer.result;
  };
  const current = (): Snapshot => {
    if (latest === null) throw new Error('subscribe first');
    return latest;
  };
  return {
    call,
    snapshot: current,
    subscribe: async () => {
      latest = (await call('snapshot.subscribe')) as Snapshot;
    },
    until: async (what, is, deadline_ms = DEADLINE_ms) => {
      const signal = AbortSignal.timeout(deadline_ms);
      while (latest === null || !is(latest)) {
        try {
          await once(events, 'snapshot', { signal });
        } catch (error) {
          throw new NeverCame(`never came: ${what}; last: ${digest(latest)}`, { cause: error });
        }
      }
      return latest;
    },
    closed,
    close: () => socket.destroy(),
  };
}
