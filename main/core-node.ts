// The core as a child of plain Node 24: for runtimes whose own Node can't load the core's SQLite (Node-API below 10).
import { type ChildProcess, spawn } from 'node:child_process';
import type { CoreEvents, CoreProcess, PagePort } from './core-host.ts';
import { coreNodeFlags } from './core-memory.ts';
import { readFromCore, type ToCore } from './messages.ts';

export type CoreSettings = { coreFile: string; args: string[]; env: Record<string, string>; folder: string };

/** Relays opaque frames between the pages' ports and the child's message channel. */
export function relayToChild(child: ChildProcess, events: CoreEvents): CoreProcess {
  const ports = new Map<number, PagePort>();
  let isGone = false;

  function send(message: ToCore): void {
    // A message to a dead child is lost like one to a dead core: its exit is reported and the page connects anew.
    if (child.connected) child.send(message, () => undefined);
  }

  function gone(reason: string, isInOrder = false): void {
    if (isGone) return;
    isGone = true;
    for (const port of ports.values()) port.close();
    ports.clear();
    events.exited(reason, isInOrder);
  }

  function close(connection: number): void {
    const port = ports.get(connection);
    if (!port) return;
    ports.delete(connection);
    send({ connection, close: true });
    port.close();
  }

  child.on('message', (value) => {
    const message = readFromCore(value);
    if (message === null) return;
    if ('ready' in message) events.ready(message.hasCustomerScreen);
    else if ('beat' in message) events.beat(message.beat);
    else if ('frame' in message) ports.get(message.connection)?.postMessage(message.frame);
    else close(message.connection);
  });
  child.on('error', (error) => {
    // Without a pid it never ran, and there will be no exit event.
    if (child.pid === undefined) gone(error.message);
  });
  child.on('exit', (code, signal) => gone(signal ?? `code ${code}`, code === 0));

  return {
    open(connection, port, screen) {
      ports.set(connection, port);
      send({ connection, open: true, screen });
      port.on('message', ({ data }) => {
        if (typeof data === 'string') send({ connection, frame: data });
      });
      port.on('close', () => close(connection));
      port.start();
    },
    close,
    beat: (count) => send({ beat: count }),
    kill: (gently) => child.kill(gently ? 'SIGTERM' : 'SIGKILL'),
  };
}

export function spawnNodeCore(nodeFile: string, settings: CoreSettings, events: CoreEvents): CoreProcess {
  // By SIGUSR1 a plain Node opens its inspector on port 9229; the fuses that forbid it are Electron's only.
  const own = ['--disable-sigusr1', ...coreNodeFlags, settings.coreFile, '--host', 'ipc'];
  const child = spawn(nodeFile, [...own, ...settings.args], {
    cwd: settings.folder,
    env: settings.env,
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  return relayToChild(child, events);
}
