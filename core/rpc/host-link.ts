// The kiosk's link to its core: opaque frames over a child's message channel, or a port of its own per page in a utility process.
// The kiosk says of each page which screen it is on.
import type { Session } from './session.ts';

export type Accept = (send: (frame: string) => void) => Session;

/** `customer` is null where the till has no screen for the customer: the kiosk is told so, and opens none. */
export type Screens = { counter: Accept; customer: Accept | null };

type HostMessage = {
  connection?: unknown;
  open?: unknown;
  screen?: unknown;
  frame?: unknown;
  close?: unknown;
  beat?: unknown;
};

/** Electron's port in a utility process; typed here because the core compiles without Electron. */
type Port = {
  on(event: 'message', listener: (message: { data: unknown }) => void): void;
  on(event: 'close', listener: () => void): void;
  start(): void;
  postMessage(frame: string): void;
};
type ParentPort = {
  on(event: 'message', listener: (message: { data: HostMessage; ports: Port[] }) => void): void;
  postMessage(message: unknown): void;
};

function servePort(accept: Accept, port: Port): void {
  const session = accept((frame) => port.postMessage(frame));
  port.on('message', ({ data }) => {
    if (typeof data === 'string') session.receive(data);
  });
  port.on('close', () => session.close());
  port.start();
}

/** Null: nobody serves that screen. */
function acceptFor({ counter, customer }: Screens, { screen }: HostMessage): Accept | null {
  return screen === 'customer' ? customer : counter;
}

const readyMessage = ({ customer }: Screens) => ({ ready: true, hasCustomerScreen: customer !== null });

function serveUtility(parent: ParentPort, screens: Screens): void {
  parent.on('message', ({ data, ports }) => {
    if (typeof data.beat === 'number') parent.postMessage({ beat: data.beat });
    const [port] = ports;
    const accept = acceptFor(screens, data);
    if (data.open === true && port && accept) servePort(accept, port);
  });
  parent.postMessage(readyMessage(screens));
}

function serveChild(screens: Screens): void {
  const sessions = new Map<number, Session>();
  // A kiosk that has died hears nothing more. Without a callback Node throws that, and a core that waits for an acquirer's answer would
  // end as by a defect.
  const ignore = () => undefined;
  const post = (message: unknown) => process.send?.(message, ignore);
  process.on('message', (value: HostMessage) => {
    if (typeof value.beat === 'number') post({ beat: value.beat });
    const { connection } = value;
    if (typeof connection !== 'number') return;
    const accept = acceptFor(screens, value);
    if (value.open === true && accept)
      sessions.set(
        connection,
        accept((frame) => post({ connection, frame })),
      );
    if (typeof value.frame === 'string') sessions.get(connection)?.receive(value.frame);
    if (value.close === true) {
      sessions.get(connection)?.close();
      sessions.delete(connection);
    }
  });
  post(readyMessage(screens));
}

/** Serves the process that started us. `onHostGone` is called when it dies: a core never outlives its kiosk. */
export function serveHost(screens: Screens, onHostGone: () => void): void {
  const parent = (process as unknown as { parentPort?: ParentPort }).parentPort;
  if (parent) return serveUtility(parent, screens);
  process.on('disconnect', onHostGone);
  serveChild(screens);
}
