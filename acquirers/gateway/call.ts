// One signed HTTPS call on a connection of its own. It tells whether a byte of the request can have left: that is the
// difference between "not sent" (proof) and "no answer" (doubt).
import type * as undici from 'undici';
import { answerSignatureFault, authorizationHeader, type SigningKey } from './signature.ts';

export type CallSettings = {
  baseUrl: string;
  /** PEM of the CA that signed the acquirer's certificate; null = the system's. */
  ca: string | null;
  key: SigningKey;
  connectTimeout_ms: number;
  nonce: () => string;
  wall_ms: () => number;
};

export type CallOutcome =
  | { kind: 'answered'; json: unknown; latency_ms: number; serverDate_ms: number | null }
  /** The answer can't be believed: HTTP status, signature, content. */
  | { kind: 'unbelievable'; cause: string; serverDate_ms: number | null }
  | { kind: 'noAnswer'; cause: string }
  | { kind: 'notSent'; cause: string };

const ANSWER_LIMIT_bytes = 256 * 1024;

class CallTimedOut extends Error {
  readonly code = 'TIMED_OUT';
}

function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  // A DOMException's code is a number that says nothing.
  const { code } = error as { code?: unknown };
  return typeof code === 'string' ? code : error.name;
}

type Http = typeof undici;

/** Loaded at the first call: it takes longer to load than all else, and the till is ready without it. */
let loading: Promise<Http> | null = null;

function loadHttp(): Promise<Http> {
  loading ??= import('undici');
  return loading;
}

/** A connector that notes when a connection (TLS included) stood: before that, nothing of the request has left. */
function watchedConnector(
  http: Http,
  settings: CallSettings,
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

async function readLimited(body: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body) {
    length += chunk.length;
    if (length > ANSWER_LIMIT_bytes) throw new Error('ANSWER_TOO_LONG');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

type Received = { status: number; headers: Record<string, string | string[] | undefined>; body: Buffer };

function judge(settings: CallSettings, received: Received, nonce: string, latency_ms: number): CallOutcome {
  const date = Date.parse(String(received.headers['date'] ?? ''));
  const serverDate_ms = Number.isNaN(date) ? null : date;
  const unbelievable = (cause: string): CallOutcome => ({ kind: 'unbelievable', cause, serverDate_ms });
  if (received.status !== 200) return unbelievable(`HTTP_${received.status}`);
  const header = received.headers['body-signature'];
  const fault = answerSignatureFault(settings.key, typeof header === 'string' ? header : undefined, {
    body: received.body,
    nonce,
    wall_ms: settings.wall_ms(),
  });
  if (fault !== null) return unbelievable(fault);
  try {
    return { kind: 'answered', json: JSON.parse(received.body.toString('utf8')), latency_ms, serverDate_ms };
  } catch (error) {
    return unbelievable(`NOT_JSON ${causeOf(error)}`);
  }
}

type CallRequest = { path: string; body: Record<string, unknown>; timeout_ms: number };

/** Never rejects. `timeout_ms` covers everything from the connection to the last byte of the answer. */
export async function call(settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  let http: Http;
  try {
    http = await loadHttp();
  } catch (error) {
    return { kind: 'notSent', cause: causeOf(error) };
  }
  return callBy(http, settings, request);
}

async function callBy(http: Http, settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  let isConnected = false;
  const url = new URL(settings.baseUrl);
  const client = new http.Client(url.origin, {
    pipelining: 0,
    connect: watchedConnector(http, settings, () => {
      isConnected = true;
    }),
  });
  const nonce = settings.nonce();
  const body = Buffer.from(JSON.stringify(request.body), 'utf8');
  const started = performance.now();
  // Not an abort signal: undici heeds none before the connection stands.
  const deadline = setTimeout(() => void client.destroy(new CallTimedOut()), request.timeout_ms);
  try {
    const response = await client.request({
      method: 'POST',
      path: `${url.pathname.replace(/\/$/, '')}${request.path}`,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: authorizationHeader(settings.key, body, nonce, settings.wall_ms()),
      },
      body,
    });
    const received = {
      status: response.statusCode,
      headers: response.headers,
      body: await readLimited(response.body),
    };
    return judge(settings, received, nonce, Math.round(performance.now() - started));
  } catch (error) {
    const cause = causeOf(error);
    return isConnected ? { kind: 'noAnswer', cause } : { kind: 'notSent', cause };
  } finally {
    clearTimeout(deadline);
    await client.destroy();
  }
}
