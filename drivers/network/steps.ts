// Name, connection, TLS: each step once, bounded in time, with the system's own word for what went wrong.
import { lookup, type LookupAddress } from 'node:dns';
import { connect, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';

export type Goal = {
  host: string;
  port: number;
  /** Null: plain HTTP. `ca` null: the certificate authorities of the system. */
  tls: { ca: string | null } | null;
  timeout_ms: number;
};

/** A step's fruit, or why there is none. */
export type Step<Fruit> = { ok: true; fruit: Fruit } | { ok: false; cause: string };

const TIMED_OUT = 'TIMED_OUT';

export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/** Settles with whatever comes first: the step, or its time. `abandon` runs when the time comes first. */
function within<Fruit>(
  timeout_ms: number,
  abandon: () => void,
  run: (finish: (step: Step<Fruit>) => void) => void,
): Promise<Step<Fruit>> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => {
      resolve({ ok: false, cause: TIMED_OUT });
      abandon();
    }, timeout_ms);
    run((step) => {
      clearTimeout(timer);
      resolve(step);
    });
  });
}

/** Addresses of a name; an address is its own. A look-up that takes too long goes on unheard: nothing can stop it. */
export function resolveName({ host, timeout_ms }: Goal): Promise<Step<LookupAddress[]>> {
  const family = isIP(host);
  if (family !== 0) return Promise.resolve({ ok: true, fruit: [{ address: host, family }] });
  return within(
    timeout_ms,
    () => undefined,
    (finish) => {
      lookup(host, { all: true }, (error, addresses) => {
        finish(error === null ? { ok: true, fruit: addresses } : { ok: false, cause: causeOf(error) });
      });
    },
  );
}

/** A connection to whichever address answers first, as the calls to the acquirer make it. */
export function openConnection(
  { host, port, timeout_ms }: Goal,
  addresses: LookupAddress[],
): Promise<Step<Socket>> {
  const socket = connect({
    host,
    port,
    lookup: (_name, options, found) => {
      if (options.all === true) found(null, addresses);
      else found(null, addresses[0]?.address ?? '', addresses[0]?.family);
    },
  });
  return within(
    timeout_ms,
    () => socket.destroy(),
    (finish) => {
      socket.once('connect', () => finish({ ok: true, fruit: socket }));
      // stays for the whole life of the socket: a late reset must not end the process
      socket.on('error', (error) => finish({ ok: false, cause: causeOf(error) }));
    },
  );
}

/** The handshake on an open connection: certificate chain, server name, clock. Its fruit: protocol and until when it holds. */
export function shakeHands(goal: Goal, socket: Socket): Promise<Step<string>> {
  if (goal.tls === null) return Promise.resolve({ ok: true, fruit: 'http' });
  const { ca } = goal.tls;
  const secure = connectTls({
    socket,
    host: goal.host,
    ALPNProtocols: ['http/1.1'],
    // an address is no server name (RFC 6066), but the certificate must still be for it: `host`
    ...(isIP(goal.host) === 0 && { servername: goal.host }),
    ...(ca !== null && { ca }),
  });
  return within(
    goal.timeout_ms,
    () => secure.destroy(),
    (finish) => {
      secure.once('secureConnect', () => {
        const until = secure.getPeerCertificate().valid_to;
        finish({ ok: true, fruit: `${secure.getProtocol() ?? 'TLS'}, ${until}` });
      });
      secure.on('error', (error) => finish({ ok: false, cause: causeOf(error) }));
      secure.once('close', () => finish({ ok: false, cause: 'ECONNRESET' }));
    },
  );
}
