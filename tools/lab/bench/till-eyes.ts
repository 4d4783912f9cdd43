// What the till says of itself: the technician's view over the control socket, taken up again whenever a core comes back.
import { createConnection, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { Answer, Push } from '../../../contract/envelope.ts';
import type { Snapshot } from '../../../contract/snapshot.ts';
import type { TillView } from '../../../fixtures/lab/shared/view.ts';
import type { Side } from './side.ts';

export type TillEyes = Side<TillView | null> & {
  /** The journal's newest record that the till told of. */
  sequence(): number;
  close(): void;
};

const RETRY_ms = 300;

function tillView(snapshot: Snapshot): TillView {
  const [route] = snapshot.routes;
  return {
    operator: snapshot.operator?.name ?? null,
    isShiftOpen: snapshot.shift !== null,
    route: route?.state ?? 'starting',
    layer: route?.layer ?? null,
    latency_ms: route?.latency_ms ?? null,
    exceptions: snapshot.exceptionCount,
  };
}

export function openTillEyes(options: { path: string; operatorId: string; pin: string }): TillEyes {
  let snapshot: Snapshot | null = null;
  let isNew = true;
  let isClosed = false;
  let socket: Socket | null = null;
  let timer: NodeJS.Timeout | undefined;

  const hear = (line: string): void => {
    const message = JSON.parse(line) as Answer | Push;
    if ('push' in message) snapshot = message.snapshot as Snapshot;
    else if (message.id === 2 && message.ok) snapshot = message.result as Snapshot;
    isNew = true;
  };
  const connect = (): void => {
    const now = createConnection(options.path);
    socket = now;
    now.on('connect', () => {
      const { operatorId, pin } = options;
      now.write(`${JSON.stringify({ id: 1, command: 'operator.signIn', params: { operatorId, pin } })}\n`);
      now.write(`${JSON.stringify({ id: 2, command: 'snapshot.subscribe' })}\n`);
    });
    const lines = createInterface({ input: now });
    lines.on('line', hear);
    // No core yet, or no more: 'close' follows and tries again.
    lines.on('error', () => now.destroy());
    now.on('error', () => now.destroy());
    now.on('close', () => {
      isNew = true;
      snapshot = null;
      if (!isClosed) timer = setTimeout(connect, RETRY_ms);
    });
  };
  connect();
  return {
    view: () => (snapshot === null ? null : tillView(snapshot)),
    sequence: () => snapshot?.journal.sequence ?? 0,
    handlers: {},
    look: () => {
      const was = isNew;
      isNew = false;
      return was;
    },
    close: () => {
      isClosed = true;
      clearTimeout(timer);
      socket?.destroy();
    },
  };
}
