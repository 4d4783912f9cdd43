// The core as Electron's utility process: the page's port is handed to it, and no frame passes through main at all.
import type { MessagePortMain, utilityProcess } from 'electron';
import type { CoreEvents, CoreProcess } from './core-host.ts';
import type { CoreSettings } from './core-node.ts';
import { readFromCore, type ToCore } from './messages.ts';

function endNow(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch (error) {
    // It was faster: the news of its exit is on its way.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** `fork` is Electron's, usable only after the app is ready. */
export function spawnUtilityCore(
  fork: typeof utilityProcess.fork,
  settings: CoreSettings,
  events: CoreEvents,
): CoreProcess {
  const child = fork(settings.coreFile, [...settings.args, '--host', 'ipc'], {
    cwd: settings.folder,
    env: settings.env,
    stdio: 'inherit',
    serviceName: 'yima-core',
  });
  const post = (message: ToCore, ports: MessagePortMain[] = []) => child.postMessage(message, ports);
  let isGone = false;
  function gone(reason: string, isInOrder: boolean): void {
    if (isGone) return;
    isGone = true;
    events.exited(reason, isInOrder);
  }
  child.on('message', (value) => {
    if (isGone) return;
    const message = readFromCore(value);
    if (message !== null && 'ready' in message) events.ready(message.hasCustomerScreen);
    if (message !== null && 'beat' in message) events.beat(message.beat);
  });
  let lastWords = '';
  // Out of memory, mostly; its exit follows. Unheard, it would be thrown here, and the window would stand still behind a box of Electron's.
  // The report that comes with it holds the core's environment: it goes nowhere.
  child.on('error', (_type, location) => {
    lastWords = `, ${location}`;
  });
  child.on('exit', (code) => gone(`code ${code}${lastWords}`, code === 0));
  // Given up, and there after all: it would hold the lock of the core that was started in its place.
  child.on('spawn', () => {
    if (isGone && child.pid !== undefined) endNow(child.pid);
  });
  return {
    open: (connection, port, screen) =>
      post({ connection, open: true, screen }, [port as unknown as MessagePortMain]),
    close: (connection) => post({ connection, close: true }),
    beat: (count) => post({ beat: count }),
    kill(gently) {
      if (gently) child.kill();
      // Without a pid it never ran, and there may be no exit event.
      else if (child.pid === undefined) gone('never spawned', false);
      else endNow(child.pid);
    },
  };
}
