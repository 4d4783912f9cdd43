// The till's end of a relay: whatever the relay says, one event; what it says of itself is not believed, and giving up ends the waiting.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeSource, RelayEvent } from '../../core/ports/notices.ts';
import type { RawNotice } from '../transport/notice.ts';
import { createRelay } from './relay.ts';

const now_ms = Date.UTC(2026, 10, 29);
let server: Server;
let baseUrl = '';
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: IncomingMessage[] = [];
const seen: RawNotice[] = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/relay`;
});
afterAll(() => server.close());
beforeEach(() => {
  asked.length = 0;
  seen.length = 0;
});

const open = (url = baseUrl): NoticeSource =>
  createRelay({
    https: { baseUrl: url, ca: null, connectTimeout_ms: 5000 },
    token: 'the token of a relay',
    path: '/notify/a',
    read: (notice) => {
      seen.push(notice);
      return { kind: 'named', orderNumber: notice.body.toString('utf8'), amount_fen: 1 };
    },
    wall_ms: () => now_ms,
  });
const ask = (source: NoticeSource): Promise<RelayEvent> => new Promise((resolve) => source.ask(resolve));
const says = (text: string, status = 200): void => {
  answer = (_, response) => {
    response.statusCode = status;
    response.end(text);
  };
};
const told = (cursor: string, ...bodies: string[]): string =>
  JSON.stringify({
    cursor,
    notices: bodies.map((body) => ({
      heldFor_ms: 2000,
      method: 'POST',
      path: '/notify/a',
      headers: { 'Wechatpay-Nonce': 'n0nce' },
      body: Buffer.from(body).toString('base64'),
    })),
  });

describe('an answer', () => {
  it('is read notice by notice, each as old as it was at the relay', async () => {
    says(told('abc.7', 'one', 'two'));
    const event = await ask(open());
    expect(event).toMatchObject({ kind: 'heard', notices: [{ orderNumber: 'one' }, { orderNumber: 'two' }] });
    expect(seen[0]).toMatchObject({ headers: { 'wechatpay-nonce': 'n0nce' }, arrived_ms: now_ms - 2000 });
  });

  it('moves the cursor; the first question has none, and each has path and token', async () => {
    says(told('abc.7'));
    const source = open();
    await ask(source);
    await ask(source);
    const [first, second] = asked.map(({ url }) => new URL(url ?? '', 'http://relay'));
    expect(first?.pathname).toBe('/relay/notices');
    expect(Object.fromEntries(first?.searchParams ?? [])).toEqual({ path: '/notify/a', wait_s: '25' });
    expect(second?.searchParams.get('after')).toBe('abc.7');
    expect(asked[0]?.headers.authorization).toBe('Bearer the token of a relay');
  });

  it.each<[string, string, number, string]>([
    ['a refusal', '', 401, 'HTTP_401'],
    ['a redirection', told('a.1'), 302, 'HTTP_302'],
    ['no JSON', '<html>', 200, 'NO_RELAY_ANSWER'],
    ['no cursor', '{"notices":[]}', 200, 'NO_RELAY_ANSWER'],
    ['a strange cursor', told('a b&c', 'one'), 200, 'NO_RELAY_ANSWER'],
    ['too many', told('a.1', ...Array.from({ length: 17 }, String)), 200, 'NO_RELAY_ANSWER'],
    ['too long a notice', told('a.1', 'x'.repeat(60_000)), 200, 'NO_RELAY_ANSWER'],
    ['too much of it', 'x'.repeat(1024 * 1024 + 1), 200, 'Error'],
    ['of the future', told('a.1', 'one').replace('2000', '-1'), 200, 'NO_RELAY_ANSWER'],
  ])('%s: nothing of it is heard, and the cursor stays', async (_, text, status, cause) => {
    const source = open();
    says(told('abc.7'));
    await ask(source);
    says(text, status);
    expect(await ask(source)).toEqual({ kind: 'away', cause });
    expect(seen).toEqual([]);
    says(told('abc.8'));
    await ask(source);
    expect(asked.at(-1)?.url).toContain('after=abc.7');
  });
});

it('nobody there', async () => {
  expect(await ask(open('http://127.0.0.1:1'))).toEqual({ kind: 'away', cause: 'ECONNREFUSED' });
});

it('given up while the relay lets us wait: it is over at once, and nothing is heard any more', async () => {
  const waiting = new Promise<void>((resolve) => {
    answer = () => resolve();
  });
  const source = open();
  let events = 0;
  source.ask(() => (events += 1));
  await waiting;
  await source.close();
  expect(events).toBe(0);
});
