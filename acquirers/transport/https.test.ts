// How long an answer may be: what a payment's fits into, unless the request says otherwise.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exchange } from './https.ts';

const KIB = 1024;
let server: Server;
let baseUrl = '';

beforeAll(async () => {
  server = createServer((request, response) => {
    const length = Number(new URL(request.url ?? '', 'http://here').searchParams.get('length'));
    response.end(Buffer.alloc(length, 'x'));
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => server.close());

it.each([
  [256 * KIB, undefined, 'received'],
  [256 * KIB + 1, undefined, 'noAnswer'],
  [300 * KIB, 300 * KIB, 'received'],
  [300 * KIB + 1, 300 * KIB, 'noAnswer'],
])('%i bytes, limit %s: %s', async (length, limit_bytes, kind) => {
  const outcome = await exchange({ baseUrl, ca: null, connectTimeout_ms: 5000 }, () => ({
    method: 'GET',
    path: `/?length=${length}`,
    headers: {},
    body: null,
    timeout_ms: 10_000,
    ...(limit_bytes === undefined ? {} : { limit_bytes }),
  }));
  expect(outcome.kind).toBe(kind);
  // Asked for again it would be as long: who reads of it must not take that for the line.
  if (outcome.kind === 'noAnswer') expect(outcome.cause).toBe('ANSWER_TOO_LONG');
  if (outcome.kind === 'received') expect(outcome.received.body).toHaveLength(length);
});
