// The customer's screen's connections: they may ask for their view, and for nothing else. Nobody signs in there, nothing is changed from there.
import { DISPLAY_command, type DisplayOutbound, type DisplayView } from '../../contract/display.ts';
import { type Answer, MESSAGE_LIMIT_bytes, requestSchema } from '../../contract/envelope.ts';
import type { Accept } from './host-link.ts';

export type DisplayServer = { accept: Accept; changed(): void };

type Request = { id: number; command: string };

/** Or what is wrong with it. */
function readRequest(frame: string): Request | string {
  if (Buffer.byteLength(frame) > MESSAGE_LIMIT_bytes) return `over ${MESSAGE_LIMIT_bytes} bytes`;
  try {
    return requestSchema.parse(JSON.parse(frame));
  } catch (error) {
    return String(error);
  }
}

type Screen = { tell(): void };

function answer(frame: string, subscribe: () => DisplayView): Answer {
  const request = readRequest(frame);
  if (typeof request === 'string')
    return { id: null, ok: false, error: { code: 'E-RPC-01', detail: request } };
  const { id, command } = request;
  if (command !== DISPLAY_command) return { id, ok: false, error: { code: 'E-RPC-02', detail: command } };
  return { id, ok: true, result: subscribe() };
}

/** What has not changed is not sent: a view holds no more than what is seen, but for the time. */
function differs(before: DisplayView | null, now: DisplayView): boolean {
  return JSON.stringify({ ...before, now_ms: 0 }) !== JSON.stringify({ ...now, now_ms: 0 });
}

export function createDisplayServer(view: () => DisplayView): DisplayServer {
  const screens = new Set<Screen>();
  let isPlanned = false;
  return {
    accept: (send) => {
      let isSubscribed = false;
      let last: DisplayView | null = null;
      const post = (message: DisplayOutbound) => send(JSON.stringify(message));
      const screen: Screen = {
        tell: () => {
          if (!isSubscribed) return;
          const now = view();
          if (!differs(last, now)) return;
          last = now;
          post({ push: 'display', view: now });
        },
      };
      screens.add(screen);
      return {
        receive: (frame) =>
          post(
            answer(frame, () => {
              isSubscribed = true;
              last = view();
              return last;
            }),
          ),
        changed: screen.tell,
        close: () => {
          isSubscribed = false;
          screens.delete(screen);
        },
      };
    },
    changed: () => {
      if (isPlanned || screens.size === 0) return;
      isPlanned = true;
      // Behind whatever is being done for the cashier.
      setImmediate(() => {
        isPlanned = false;
        for (const screen of screens) screen.tell();
      });
    },
  };
}
