// An HTTP client that never answers and never ends: the exchange ends all the same, at its time or when it is given up.
import { beforeEach, expect, it, vi } from 'vitest';
import { exchange } from './https.ts';

const client = vi.hoisted(() => ({ connects: false, answers: false }));

vi.mock('undici', () => ({
  buildConnector: () => (_: unknown, callback: (error: null, socket: object) => void) => callback(null, {}),
  Client: class {
    readonly #connect: (options: object, callback: () => void) => void;
    constructor(_: string, options: { connect: (options: object, callback: () => void) => void }) {
      this.#connect = options.connect;
    }
    request(): Promise<unknown> {
      if (client.connects) this.#connect({}, () => undefined);
      const answer = { statusCode: 200, headers: {}, body: [] };
      return client.answers ? Promise.resolve(answer) : new Promise(() => undefined);
    }
    destroy(): Promise<void> {
      return new Promise(() => undefined);
    }
  },
}));

const settings = { baseUrl: 'https://127.0.0.1:1', ca: null, connectTimeout_ms: 1000 };
const ask = (signal?: AbortSignal) =>
  exchange(settings, () => ({
    method: 'POST',
    path: '/pay',
    headers: {},
    body: null,
    timeout_ms: 50,
    ...(signal === undefined ? {} : { signal }),
  }));

beforeEach(() => Object.assign(client, { connects: false, answers: false }));

it('before the connection stood, nothing was sent', async () => {
  expect(await ask()).toEqual({ kind: 'notSent', cause: 'TIMED_OUT' });
});

it('after it, there is no answer', async () => {
  client.connects = true;
  expect(await ask()).toEqual({ kind: 'noAnswer', cause: 'TIMED_OUT' });
});

it('an answer is not kept by a client that does not end', async () => {
  Object.assign(client, { connects: true, answers: true });
  expect(await ask()).toMatchObject({ kind: 'received', received: { status: 200 } });
});

it('given up before it began', async () => {
  expect(await ask(AbortSignal.abort())).toEqual({ kind: 'notSent', cause: 'GIVEN_UP' });
});
