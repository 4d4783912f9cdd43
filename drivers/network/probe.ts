// Finds the lowest layer that fails on the way to an acquirer, without ping. `look` is asked only after an echo failed,
// so when everything below works it is the echo; `walk` tells the technician of every layer.
import { BlockList, isIP, isIPv6 } from 'node:net';
import type {
  NetworkFinding,
  NetworkLayer,
  NetworkProbe,
  NetworkStep,
  NetworkTarget,
} from '../../core/ports/network.ts';
import { causeOf, type Goal, openConnection, resolveName, shakeHands } from './steps.ts';
import { type NetworkRoots, WayOut } from './way-out.ts';

/** Roots of the trees to read, for tests with made-up ones. */
export type NetworkProbeOptions = Partial<NetworkRoots>;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

function isLoopback(host: string): boolean {
  if (isIP(host) !== 0) return loopback.check(host, isIPv6(host) ? 'ipv6' : 'ipv4');
  return host === 'localhost' || host.endsWith('.localhost');
}

function goalOf({ baseUrl, ca, timeout_ms }: NetworkTarget): Goal {
  const url = new URL(baseUrl);
  const isTls = url.protocol !== 'http:';
  return {
    host: url.hostname.replace(/^\[|\]$/g, ''),
    port: url.port === '' ? (isTls ? 443 : 80) : Number(url.port),
    tls: isTls ? { ca } : null,
    timeout_ms,
  };
}

async function cutCable(roots: NetworkRoots, target: NetworkTarget): Promise<NetworkFinding | null> {
  try {
    if (isLoopback(goalOf(target).host)) return null;
  } catch {
    // a URL that is none: the look says so
    return null;
  }
  return (await WayOut.read(roots)).cut;
}

/** What each layer had to say while all was well, and how long it took. */
type Notes = Map<NetworkLayer, { detail: string; took_ms: number }>;

class Notebook {
  readonly notes: Notes = new Map();
  #since_ms = performance.now();

  good(layer: NetworkLayer, detail: string): void {
    const now_ms = performance.now();
    this.notes.set(layer, { detail, took_ms: Math.round(now_ms - this.#since_ms) });
    this.#since_ms = now_ms;
  }
}

async function find(roots: NetworkRoots, goal: Goal, notebook: Notebook): Promise<NetworkFinding> {
  const isHere = isLoopback(goal.host);
  const wayOut = isHere ? new WayOut(null, null) : await WayOut.read(roots);
  if (wayOut.cut !== null) return wayOut.cut;
  notebook.good('link', isHere ? 'loopback' : wayOut.carrying);
  const isAddress = isIP(goal.host) !== 0;
  const blocked = wayOut.blocked(isAddress ? [goal.host] : null);
  if (blocked !== null && isAddress) return blocked;
  notebook.good('gateway', isHere ? 'loopback' : wayOut.leaving);
  const names = await resolveName(goal);
  // without a default route a name may still lead to a machine next door
  if (!names.ok) return blocked ?? { layer: 'dns', cause: names.cause };
  notebook.good('dns', names.fruit.map(({ address }) => address).join(' '));
  const stillBlocked = blocked === null ? null : wayOut.blocked(names.fruit.map(({ address }) => address));
  if (stillBlocked !== null) return stillBlocked;
  const connection = await openConnection(goal, names.fruit);
  if (!connection.ok) {
    // the kernel's own word for "no route"
    return { layer: connection.cause === 'ENETUNREACH' ? 'gateway' : 'tcp', cause: connection.cause };
  }
  notebook.good('tcp', `${connection.fruit.remoteAddress ?? goal.host}:${goal.port}`);
  const handshake = await shakeHands(goal, connection.fruit);
  connection.fruit.destroy();
  if (!handshake.ok) return { layer: 'tls', cause: handshake.cause };
  notebook.good('tls', handshake.fruit);
  return { layer: 'echo', cause: 'NO_ECHO' };
}

const layersBelowEcho = ['link', 'gateway', 'dns', 'tcp', 'tls'] as const;

/** The layers up to the finding; a layer that looked well and turned out to be the cause counts as failed. */
function stepsOf(finding: NetworkFinding, { notes }: Notebook, failing_ms: number): NetworkStep[] {
  const failed = layersBelowEcho.findIndex((layer) => layer === finding.layer);
  const good = failed === -1 ? layersBelowEcho : layersBelowEcho.slice(0, failed);
  const steps: NetworkStep[] = good.map((layer) => ({
    layer,
    ok: true,
    ...(notes.get(layer) ?? { detail: '', took_ms: 0 }),
  }));
  const layer = layersBelowEcho[failed];
  return layer === undefined
    ? steps
    : [...steps, { layer, ok: false, detail: finding.cause, took_ms: failing_ms }];
}

export function createNetworkProbe(options: NetworkProbeOptions = {}): NetworkProbe {
  const roots = { sysRoot: options.sysRoot ?? '/sys', procRoot: options.procRoot ?? '/proc' };
  // a URL that is none has no host to look for
  const run = async (target: NetworkTarget, notebook: Notebook): Promise<NetworkFinding> => {
    try {
      return await find(roots, goalOf(target), notebook);
    } catch (error) {
      return { layer: 'dns', cause: causeOf(error) };
    }
  };
  return {
    cable: (target, post) => void cutCable(roots, target).then(post),
    look: (target, post) => void run(target, new Notebook()).then(post),
    walk: (target, post) => {
      const notebook = new Notebook();
      const started_ms = performance.now();
      void run(target, notebook).then((finding) => {
        const spent_ms = [...notebook.notes.values()].reduce((sum, { took_ms }) => sum + took_ms, 0);
        post(stepsOf(finding, notebook, Math.max(0, Math.round(performance.now() - started_ms - spent_ms))));
      });
    },
  };
}
