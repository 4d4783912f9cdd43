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

/** HTTP/2 is never offered: over it the client sends a refused request again by itself, and a front that leaves can keep a call. */
const HTTP1_ONLY = { allowH2: false };

class CallTimedOut extends Error {
  readonly code = 'TIMED_OUT';
}

class GivenUp extends Error {
  readonly code = 'GIVEN_UP';
}

class AnswerTooLong extends Error {
  readonly code = 'ANSWER_TOO_LONG';
}

type Http = typeof undici;

/** Loaded at the first call: it takes longer to load than all else, and the till is ready without it. */
let loading: Promise<Http> | null = null;

function loadHttp(): Promise<Http> {
  loading ??= import('undici');
  return loading;
}

/** A client closes its connection in one turn, or hangs. */
const CLOSING_ms = 250;

export function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A DOMException's code is a number that says nothing.
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

/** No acquirer's clock is outside of this; and what is at the very end of all dates could not be written as one by whoever signs by it. */
const [EARLIEST_ms, LATEST_ms] = [Date.UTC(2020, 0), Date.UTC(2100, 0)];

/** The time of the answer by the server's own clock, by its `Date`; null when it says none, or none that can be. */
export function serverDateOf({ headers }: Received): number | null {
  const date_ms = Date.parse(String(headers['date'] ?? ''));
  return date_ms >= EARLIEST_ms && date_ms < LATEST_ms ? date_ms : null;
}

/** A connector that notes when a connection (TLS included) stood: before that, nothing of the request has left. */
function watchedConnector(
  http: Http,
  settings: HttpsSettings,
  onConnected: () => void,
): undici.buildConnector.connector {
  const connect = http.buildConnector({
    ...HTTP1_ONLY,
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
    if (length > limit_bytes) throw new AnswerTooLong();
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

type Giving = { up: Promise<never>; over(): void };

/** Ends the exchange at its time, or when its caller gives it up, whatever the client makes of being destroyed. */
function givingUp(client: undici.Client, { timeout_ms, signal }: HttpsRequest): Giving {
  const { promise, reject } = Promise.withResolvers<never>();
  const end = (error: Error): void => {
    // Not an abort signal: undici heeds none before the connection stands.
    void client.destroy(error);
    reject(error);
  };
  const deadline = setTimeout(() => end(new CallTimedOut()), timeout_ms);
  const giveUp = (): void => end(new GivenUp());
  signal?.addEventListener('abort', giveUp);
  if (signal?.aborted === true) giveUp();
  return {
    up: promise,
    over: () => {
      clearTimeout(deadline);
      signal?.removeEventListener('abort', giveUp);
    },
  };
}

async function receive(client: undici.Client, prefix: string, request: HttpsRequest): Promise<Received> {
  const { method, path, headers, body } = request;
  const response = await client.request({ method, path: `${prefix}${path}`, headers, body });
  return {
    status: response.statusCode,
    headers: response.headers,
    body: await readLimited(response.body, request.limit_bytes ?? ANSWER_LIMIT_bytes),
  };
}

/** The connection is gone before the next one begins; but a client that does not end must not keep the answer. */
function closed(client: undici.Client): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, CLOSING_ms);
  const over = (): void => {
    clearTimeout(timer);
    resolve();
  };
  client.destroy().then(over, over);
  return promise;
}

async function exchangeBy(http: Http, settings: HttpsSettings, request: HttpsRequest): Promise<HttpsOutcome> {
  let isConnected = false;
  const url = new URL(settings.baseUrl);
  const client = new http.Client(url.origin, {
    ...HTTP1_ONLY,
    pipelining: 0,
    connect: watchedConnector(http, settings, () => {
      isConnected = true;
    }),
  });
  const started = performance.now();
  const giving = givingUp(client, request);
  try {
    const prefix = url.pathname.replace(/\/$/, '');
    const received = await Promise.race([receive(client, prefix, request), giving.up]);
    return { kind: 'received', received, latency_ms: Math.round(performance.now() - started) };
  } catch (error) {
    const cause = causeOf(error);
    return isConnected ? { kind: 'noAnswer', cause } : { kind: 'notSent', cause };
  } finally {
    giving.over();
    await closed(client);
  }
}
