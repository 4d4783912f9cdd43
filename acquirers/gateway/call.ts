// One signed HTTPS call on a connection of its own. It tells whether a byte of the request can have left: that is the
// difference between "not sent" (proof) and "no answer" (doubt).
import type * as undici from 'undici';
import { believe, type CallOutcome, type CallRequest, causeOf, prepare } from './message.ts';
import type { SigningKey } from './signature.ts';

export type CallSettings = {
  baseUrl: string;
  /** PEM of the CA that signed the acquirer's certificate; null = the system's. */
  ca: string | null;
  key: SigningKey;
  connectTimeout_ms: number;
  nonce: () => string;
  wall_ms: () => number;
};

const ANSWER_LIMIT_bytes = 256 * 1024;

class CallTimedOut extends Error {
  readonly code = 'TIMED_OUT';
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
  const { nonce, headers, body } = prepare(settings, request);
  const started = performance.now();
  // Not an abort signal: undici heeds none before the connection stands.
  const deadline = setTimeout(() => void client.destroy(new CallTimedOut()), request.timeout_ms);
  try {
    const response = await client.request({
      method: 'POST',
      path: `${url.pathname.replace(/\/$/, '')}${request.path}`,
      headers,
      body,
    });
    const received = {
      status: response.statusCode,
      headers: response.headers,
      body: await readLimited(response.body),
    };
    return believe(settings, received, nonce, Math.round(performance.now() - started));
  } catch (error) {
    const cause = causeOf(error);
    return isConnected ? { kind: 'noAnswer', cause } : { kind: 'notSent', cause };
  } finally {
    clearTimeout(deadline);
    await client.destroy();
  }
}

/** How one call is made. `finish` hears exactly once what became of it; nothing is thrown, nothing returned. */
export type Send = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

export const sendByHttps: Send = (settings, request, finish) => void call(settings, request).then(finish);
