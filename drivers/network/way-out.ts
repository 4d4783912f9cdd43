// What Linux tells about cables and routes, without a packet: /sys/class/net and /proc/net (proc(5), sysfs-class-net).
// What can't be read proves nothing and is taken as good: the layers above will tell.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { NetworkFinding } from '../../core/ports/network.ts';
import { parseRoutes4, parseRoutes6, type Route } from './routes.ts';

export type NetworkRoots = { sysRoot: string; procRoot: string };

/** ARPHRD_LOOPBACK of linux/if_arp.h. */
const LOOPBACK_TYPE = '772';

async function textOf(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim();
  } catch {
    // `carrier` of an interface that is down answers EINVAL; an interface may vanish while we look
    return null;
  }
}

/** Interfaces but loopback: name -> whether it is up and its cable (or radio) carries. Null: the system does not say. */
async function readInterfaces(sysRoot: string): Promise<Map<string, boolean> | null> {
  const folder = join(sysRoot, 'class/net');
  let names: string[];
  try {
    names = await readdir(folder);
  } catch {
    return null;
  }
  const found = new Map<string, boolean>();
  for (const name of names.toSorted()) {
    const type = await textOf(join(folder, name, 'type'));
    // no type: a file like bonding_masters, or gone meanwhile
    if (type === null || type === LOOPBACK_TYPE) continue;
    found.set(name, (await textOf(join(folder, name, 'carrier'))) === '1');
  }
  return found;
}

async function readRoutes(procRoot: string): Promise<Route[] | null> {
  const [four, six] = await Promise.all([
    textOf(join(procRoot, 'net/route')),
    textOf(join(procRoot, 'net/ipv6_route')),
  ]);
  if (four === null && six === null) return null;
  return [...parseRoutes4(four ?? ''), ...parseRoutes6(six ?? '')];
}

const noCarrier = (names: string[]): NetworkFinding => ({
  layer: 'link',
  cause: `NO_CARRIER ${names.join(' ')}`,
});

/** The way from this machine to others, as it stood at one moment. */
export class WayOut {
  readonly #interfaces: Map<string, boolean> | null;
  readonly #routes: Route[] | null;

  constructor(interfaces: Map<string, boolean> | null, routes: Route[] | null) {
    this.#interfaces = interfaces;
    this.#routes = routes;
  }

  static async read({ sysRoot, procRoot }: NetworkRoots): Promise<WayOut> {
    const [interfaces, routes] = await Promise.all([readInterfaces(sysRoot), readRoutes(procRoot)]);
    return new WayOut(interfaces, routes);
  }

  /** No interface carries. */
  get cut(): NetworkFinding | null {
    if (this.#interfaces === null) return null;
    if (this.#interfaces.size === 0) return { layer: 'link', cause: 'NO_INTERFACE' };
    const carries = [...this.#interfaces.values()].includes(true);
    return carries ? null : noCarrier([...this.#interfaces.keys()]);
  }

  /** The interfaces that carry, for the technician; '' when the system does not say. */
  get carrying(): string {
    const all = [...(this.#interfaces ?? [])];
    return all.flatMap(([name, carries]) => (carries ? [name] : [])).join(' ');
  }

  /** The interfaces that a default route leaves by. */
  get leaving(): string {
    const names = (this.#routes ?? []).filter(({ isDefault }) => isDefault).map((one) => one.interfaceName);
    return [...new Set(names)].join(' ');
  }

  /** Why none of `addresses` can be reached; without addresses: why nothing far away can. */
  blocked(addresses: readonly string[] | null): NetworkFinding | null {
    if (this.#routes === null) return null;
    const leading = this.#routes.filter(
      (route) => route.isDefault || (addresses ?? []).some((address) => route.covers(address)),
    );
    const isDead = (route: Route): boolean => this.#interfaces?.get(route.interfaceName) === false;
    if (leading.some((route) => !isDead(route))) return null;
    const dead = [...new Set(leading.map((route) => route.interfaceName))];
    return dead.length > 0 ? noCarrier(dead) : { layer: 'gateway', cause: 'NO_ROUTE' };
  }
}
