// Everything that the network between till and acquirer can do wrong. Each is begun, and ended by `heal` (calm.ts does all of it).
import { addresses, type Armed, type Weather } from '../../fixtures/network/wire/wire.ts';
import type { Direction } from '../../fixtures/network/forwarder.ts';
import type { RouteView } from '../../contract/snapshot.ts';
import type { Disguise, IsolatedShop, NameRule } from './isolated-shop.ts';

export type Layer = NonNullable<RouteView['layer']>;

export type Fault = {
  name: string;
  /** `chance`: in [0, 1), from the trial's seed. */
  begin(place: IsolatedShop, chance: () => number): Promise<void>;
  /** Nothing passes: the screen must call the line down, and name one of these layers. Absent: some pass. */
  layers?: readonly Layer[];
  /** It breaks one connection, or those that are open, and is over: only for the moments that it makes sense for. */
  isMoment?: boolean;
  /** It waits for a call that is heavy enough, and may wait in vain. */
  isArmed?: boolean;
};

function weather(name: string, settings: Weather, layers?: readonly Layer[]): Fault {
  const begin: Fault['begin'] = ({ wire }) => wire.weather('both', settings);
  return { name, begin, ...(layers && { layers }) };
}

function oneWay(name: string, direction: Direction): Fault {
  // The name server is beyond the same wire: its answers are the first that are missed.
  return { name, layers: ['dns'], begin: ({ wire }) => wire.weather(direction, { drop: true }) };
}

function names(name: string, rule: NameRule, layers: readonly Layer[]): Fault {
  return { name, layers, begin: (place) => place.nameRule(rule) };
}

function stranger(name: string, as: Disguise, layers: readonly Layer[]): Fault {
  return {
    name,
    layers,
    begin: async (place) => {
      await place.disguise(as);
      await place.wire.redirect(addresses.stranger);
    },
  };
}

/** A call that is heavier than an echo meets `then` in its middle. */
function armed(name: string, direction: Direction, then: Armed): Fault {
  const begin: Fault['begin'] = async ({ wire, echo }, chance) => {
    // Small packets: request and answer take several, and it falls between them.
    await wire.mtu(SMALL_MTU_bytes);
    const afterBytes = echo[direction] + NOISE_bytes + Math.floor(chance() * MORE_bytes[direction]);
    await wire.arm(direction, afterBytes, then);
  };
  return { name, isMoment: true, isArmed: true, begin };
}

const SMALL_MTU_bytes = 576;
/** Signatures of a handshake differ in length. */
const NOISE_bytes = 16;
/** How much heavier than an echo a payment is at least. */
const MORE_bytes = { up: 150, down: 300 } as const;

export const faults: readonly Fault[] = [
  { name: 'cableOut', layers: ['link'], begin: ({ wire }) => wire.carrier(false) },
  weather('silent', { drop: true }, ['dns']),
  oneWay('halfOpenUp', 'up'),
  oneWay('halfOpenDown', 'down'),
  // What is large vanishes: the name is found, the connection stands, and the handshake or the request never gets through.
  weather('largeLost', { largest_bytes: 600 }, ['tls', 'echo']),
  weather('loss5', { loss: 0.05 }),
  weather('loss20', { loss: 0.2 }),
  weather('loss50', { loss: 0.5 }),
  weather('delay200', { delay_ms: 200 }),
  weather('delay1000', { delay_ms: 1000 }),
  weather('delay3000', { delay_ms: 3000, jitter_ms: 1000 }),
  weather('delay8000', { delay_ms: 8000 }),
  weather('reordered', { reorder: 0.4, jitter_ms: 20 }),
  weather('duplicated', { duplicate: 0.5 }),
  weather('storm', { loss: 0.1, delay_ms: 50, jitter_ms: 100, reorder: 0.2, duplicate: 0.2 }),
  { name: 'reset', isMoment: true, begin: ({ wire }) => wire.reset() },
  armed('resetInRequest', 'up', { do: 'reset' }),
  armed('resetInAnswer', 'down', { do: 'reset' }),
  // The till asks, reverses and goes on; the kernel sends the request once more when the till has long forgotten it.
  armed('requestStuck', 'up', { do: 'stick' }),
  armed('answerStuck', 'down', { do: 'stick' }),
  { name: 'acquirerKilled', layers: ['tcp'], begin: (place) => place.killAcquirer() },
  names('namesSilent', { kind: 'silent' }, ['dns']),
  names('namesUnknown', { kind: 'unknown' }, ['dns']),
  names('namesWrong', { kind: 'address', address: addresses.nobody }, ['tcp']),
  {
    name: 'namesHijacked',
    layers: ['tls'],
    begin: async (place) => {
      await place.disguise({ mode: 'proxy', certificate: 'foreign' });
      await place.nameRule({ kind: 'address', address: addresses.stranger });
    },
  },
  stranger('certificateExpired', { mode: 'proxy', certificate: 'expired' }, ['tls']),
  stranger('certificateOtherName', { mode: 'proxy', certificate: 'otherName' }, ['tls']),
  stranger('certificateForeign', { mode: 'proxy', certificate: 'foreign' }, ['tls']),
  stranger('portalPlain', { mode: 'plain', certificate: 'foreign' }, ['tls']),
  stranger('portalTls', { mode: 'page', certificate: 'foreign' }, ['tls']),
  // With the acquirer's own certificate, as a box that ends TLS in its place would have.
  stranger('pageTrusted', { mode: 'page', certificate: 'good' }, ['echo']),
  stranger('proxyTrusted', { mode: 'proxy', certificate: 'good' }, ['echo']),
];

/** Only these may be taken for the acquirer. */
export const trustedStrangers: ReadonlySet<string> = new Set(['pageTrusted', 'proxyTrusted']);
