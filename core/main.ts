// The core process: `core --config FILE --state DIR [--host ipc]`. Serves the control socket, and the kiosk that started it.
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { ErrorCode } from '../contract/errors.ts';
import { loadConfiguration } from './configuration.ts';
import { claimStateDirectory, type RunningCore, startCore } from './core.ts';
import { markDefect } from './damage.ts';
import { refusingServer } from './refusing.ts';
import { type Accept, serveHost } from './rpc/host-link.ts';
import { serveSocket } from './rpc/socket.ts';

/** sysexits: 64 wrong usage, 70 a defect (the host starts a new core, which recovers from disk). */
const EXIT_USAGE = 64;
const EXIT_DEFECT = 70;

const CONTROL_SOCKET = 'control.sock';
/** sun_path of unix(7), less its closing NUL. */
const SOCKET_PATH_LIMIT_bytes = 107;

function say(message: string): void {
  process.stderr.write(`${message}\n`);
}

/** The state directory of a core that sells; null before, and of one that refuses. */
let sellingIn: string | null = null;

/** Whatever ends a core that sells may come of damage that the start could not see: the next one verifies. */
function fatal(error: unknown): never {
  if (sellingIn !== null) markDefect(sellingIn);
  say(`core: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  process.exit(EXIT_DEFECT);
}

function readArguments(): { config: string; state: string; host: string | undefined } {
  try {
    const { values } = parseArgs({
      options: { config: { type: 'string' }, state: { type: 'string' }, host: { type: 'string' } },
    });
    if (values.config === undefined || values.state === undefined)
      throw new Error('--config and --state are needed');
    const state = resolve(values.state);
    const socketLength_bytes = Buffer.byteLength(join(state, CONTROL_SOCKET));
    if (socketLength_bytes > SOCKET_PATH_LIMIT_bytes) {
      throw new Error(
        `--state ${state} is too long a path: its control socket may have ${SOCKET_PATH_LIMIT_bytes} bytes`,
      );
    }
    mkdirSync(state, { recursive: true, mode: 0o700 });
    return { config: resolve(values.config), state, host: values.host };
  } catch (error) {
    say(
      `core: ${error instanceof Error ? error.message : String(error)}\nusage: core --config FILE --state DIR [--host ipc]`,
    );
    return process.exit(EXIT_USAGE);
  }
}

function refusalOf(error: unknown): { code: ErrorCode; detail: string } | null {
  if (!(error instanceof Error) || !('code' in error) || typeof error.code !== 'string') return null;
  return error.code.startsWith('E-') ? { code: error.code as ErrorCode, detail: error.message } : null;
}

/** Referenced from here until the process ends: a collected lock would be a free one. */
const claims = new Set<unknown>();

/**
 * The running core, or a reason not to sell. Anything unexpected is a defect. The state directory is claimed first: a till
 * that refuses holds it as well, and takes nothing from one that runs.
 */
function open(config: string, state: string): RunningCore | { code: ErrorCode; detail: string } {
  try {
    const claim = claimStateDirectory(state);
    claims.add(claim);
    const running = startCore({
      configuration: loadConfiguration(config),
      stateDirectory: state,
      claim,
      version: VERSION,
      fatal,
    });
    sellingIn = state;
    return running;
  } catch (error) {
    return refusalOf(error) ?? fatal(error);
  }
}

const VERSION = '0.1.0';

/** A device that does not let go keeps no till from its next run: what is left is on disk. */
const LEAVE_LIMIT_ms = 5000;

const LOCK_LOOK_ms = 1000;

/**
 * The core of a kiosk that died ends in its own time, when the call in flight has its answer: until then it holds the lock. Then
 * this one ends in order, and the kiosk starts the next one, which sells.
 */
function endWhenLockIsFree(state: string): void {
  setInterval(() => {
    try {
      claims.add(claimStateDirectory(state));
    } catch (error) {
      if (refusalOf(error)?.code === 'E-DB-05') return;
    }
    process.exit(0);
  }, LOCK_LOOK_ms);
}

/**
 * False: there is no control socket, as on a disk that takes nothing, or without rights to it. A core that refuses just for that
 * still has its kiosk to say so to.
 */
async function serveControl(state: string, accept: Accept, isRefusing: boolean): Promise<boolean> {
  try {
    await serveSocket(join(state, CONTROL_SOCKET), accept);
    return true;
  } catch (error) {
    if (!isRefusing) throw error;
    say(`core: no control socket: ${error instanceof Error ? error.message : String(error)}`);
    return false;
  }
}

async function run(): Promise<void> {
  process.on('uncaughtException', fatal);
  process.on('unhandledRejection', fatal);
  // Whoever took the log has died: that ends no till, at each start anew.
  process.stderr.on('error', () => undefined);
  process.umask(0o077);
  const { config, state, host } = readArguments();
  const opened = open(config, state);
  const isRefusing = 'code' in opened;
  if (isRefusing) say(`core refuses to sell: ${opened.code} ${opened.detail}`);
  const rpc = isRefusing ? refusingServer(opened) : opened.rpc;
  const isLockHeldElsewhere = isRefusing && opened.code === 'E-DB-05';
  let isStopping = false;
  const stop = () => {
    if (isRefusing) process.exit(0);
    if (isStopping) return;
    isStopping = true;
    void opened.stop().then(() => process.exit(0), fatal);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  // The control socket belongs to the core that holds the lock.
  const isReachable =
    !isLockHeldElsewhere &&
    (await serveControl(state, host === undefined ? rpc.acceptCounter : rpc.accept, isRefusing));
  if (!isReachable && host === undefined) process.exit(EXIT_DEFECT);
  const customer = isRefusing ? null : (opened.display?.accept ?? null);
  if (host === 'ipc') serveHost({ counter: rpc.acceptCounter, customer }, stop);
  if (isLockHeldElsewhere) endWhenLockIsFree(state);
  say(`core ready${isRefusing ? ' (refusing)' : ''}: ${join(state, CONTROL_SOCKET)}`);
  const leave = () => {
    say('core: the wall clock was set, ending in order: the next run has its date');
    setTimeout(() => process.exit(0), LEAVE_LIMIT_ms);
    stop();
  };
  // Only a kiosk starts the next one.
  if (!isRefusing) opened.begin(host === 'ipc' ? leave : null);
}

await run();
