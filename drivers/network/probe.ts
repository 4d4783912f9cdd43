// Finds the lowest layer that fails on the way to an acquirer, without ping. Asked only after an echo failed, so when
// everything below works it is the echo.
import { BlockList, isIP, isIPv6 } from 'node:net';
import type { NetworkFinding, NetworkProbe, NetworkTarget } from '../../core/ports/network.ts';
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

async function find(roots: NetworkRoots, goal: Goal): Promise<NetworkFinding> {
  const wayOut = isLoopback(goal.host) ? new WayOut(null, null) : await WayOut.read(roots);
  if (wayOut.cut !== null) return wayOut.cut;
  const isAddress = isIP(goal.host) !== 0;
  const blocked = wayOut.blocked(isAddress ? [goal.host] : null);
  if (blocked !== null && isAddress) return blocked;
  const names = await resolveName(goal);
  // without a default route a name may still lead to a machine next door
  if (!names.ok) return blocked ?? { layer: 'dns', cause: names.cause };
  const stillBlocked = blocked === null ? null : wayOut.blocked(names.fruit.map(({ address }) => address));
  if (stillBlocked !== null) return stillBlocked;
  const connection = await openConnection(goal, names.fruit);
  if (!connection.ok) {
    // the kernel's own word for "no route"
    return { layer: connection.cause === 'ENETUNREACH' ? 'gateway' : 'tcp', cause: connection.cause };
  }
  const handshake = await shakeHands(goal, connection.fruit);
  connection.fruit.destroy();
  return handshake.ok ? { layer: 'echo', cause: 'NO_ECHO' } : { layer: 'tls', cause: handshake.cause };
}

export function createNetworkProbe(options: NetworkProbeOptions = {}): NetworkProbe {
  const roots = { sysRoot: options.sysRoot ?? '/sys', procRoot: options.procRoot ?? '/proc' };
  return {
    look: (target, post) => {
      const looking = async (): Promise<NetworkFinding> => find(roots, goalOf(target));
      // a URL that is none has no host to look for
      void looking()
        .catch((error: unknown): NetworkFinding => ({ layer: 'dns', cause: causeOf(error) }))
        .then(post);
    },
  };
}
