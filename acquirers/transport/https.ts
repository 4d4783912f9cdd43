// One HTTPS exchange on a connection of its own. It tells whether a byte of the request can have left: that is the
// difference between "not sent" (proof) and "no answer" (doubt). What an answer is worth is the adapter's to say.
import type * as undici from 'undici';

export type HttpsSettings = {
  /** `https://host[:port][/prefix]`; plain HTTP for loopback only. */
  baseUrl: string;
  /** PEM of the CA that signed the acquirer's certificate; null = the system's. */
  ca: string | null;
  connectTimeout_ms: number;
};

/** `path` comes after the prefix of the base URL, with its query. `timeout_ms` covers all, from the connection to the last byte. */
export type HttpsRequest = {
  method: 'GET' | 'POST';
  path: string;
  headers: Readonly<Record<string, string>>;
  body: Buffer | null;
  timeout_ms: number;
  /** Of the answer's body; without it what any answer to a payment fits into. */
  limit_bytes?: number;
  /** Gives the exchange up: only for a question that asks for nothing. */
  signal?: AbortSignal;
};

/** Header names in lower case. */
export type Received = {
  status: number;
  headers: Readonly<Record<string, string | string[] | undefined>>;
  body: Buffer;
};

export type HttpsOutcome =
  | { kind: 'received'; received: Received; latency_ms: number }
  /** The request may have arrived. */
  | { kind: 'noAnswer'; cause: string }
  /** Proof: name, connection or TLS failed before its first byte. */
  | { kind: 'notSent'; cause: string };

const ANSWER_LIMIT_bytes = 256 * 1024;

class CallTimedOut extends Error {
  readonly code = 'TIMED_OUT';
}

class GivenUp extends Error {
  readonly code = 'GIVEN_UP';
}

type Http = typeof undici;

/** Loaded at the first call: it takes longer to load than all else, and the till is ready without it. */
let loading: Promise<Http> | null = null;

function loadHttp(): Promise<Http> {
  loading ??= import('undici');
  return loading;
}

export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A DOMException's code is a number that says nothing.
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/** The time of the answer by the server's own clock, by its `Date`; null when it says none. */
export function serverDateOf({ headers }: Received): number | null {
  const date_ms = Date.parse(String(headers['date'] ?? ''));
  return Number.isNaN(date_ms) ? null : date_ms;
}

/** A connector that notes when a connection (TLS included) stood: before that, nothing of the request has left. */
function watchedConnector(
  http: Http,
  settings: HttpsSettings,
  onConnected: () => void,
): undici.buildConnector.connector {
  const connect = http.buildConnector({
    timeout: settings.connectTimeout_ms,
    ...(settings.ca === null ? {} : { ca: settings.ca }),
  });
  return (options, callback) => {
    connect(options, (...result) => {
      if (result[0] === null) onConnected();
      callback(...result);
    });
  };
}

async function readLimited(body: AsyncIterable<Uint8Array>, limit_bytes: number): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > limit_bytes) throw new Error('ANSWER_TOO_LONG');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Never rejects. `prepare` is asked when the client is there: a signature's time is the time of sending. */
export async function exchange(settings: HttpsSettings, prepare: () => HttpsRequest): Promise<HttpsOutcome> {
  let http: Http;
  try {
    http = await loadHttp();
  } catch (error) {
    return { kind: 'notSent', cause: causeOf(error) };
  }
  return exchangeBy(http, settings, prepare());
}

async function exchangeBy(http: Http, settings: HttpsSettings, request: HttpsRequest): Promise<HttpsOutcome> {
  let isConnected = false;
  const url = new URL(settings.baseUrl);
  const client = new http.Client(url.origin, {
    pipelining: 0,
    connect: watchedConnector(http, settings, () => {
      isConnected = true;
    }),
  });
  const started = performance.now();
  // Not an abort signal: undici heeds none before the connection stands.
  const deadline = setTimeout(() => void client.destroy(new CallTimedOut()), request.timeout_ms);
  const giveUp = (): void => void client.destroy(new GivenUp());
  request.signal?.addEventListener('abort', giveUp);
  if (request.signal?.aborted === true) giveUp();
  try {
    const { method, path, headers, body } = request;
    const prefix = url.pathname.replace(/\/$/, '');
    const response = await client.request({ method, path: `${prefix}${path}`, headers, body });
    const received = {
      status: response.statusCode,
      headers: response.headers,
      body: await readLimited(response.body, request.limit_bytes ?? ANSWER_LIMIT_bytes),
    };
    return { kind: 'received', received, latency_ms: Math.round(performance.now() - started) };
  } catch (error) {
    const cause = causeOf(error);
    return isConnected ? { kind: 'noAnswer', cause } : { kind: 'notSent', cause };
  } finally {
    clearTimeout(deadline);
    request.signal?.removeEventListener('abort', giveUp);
    await client.destroy();
  }
}
