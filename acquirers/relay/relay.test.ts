// The till's end of a relay: whatever the relay says, one event; what it says of itself is not believed, and giving up ends the waiting.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { NoticeRead, NoticeSource, RelayEvent } from '../../core/ports/notices.ts';
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

function read(notice: RawNotice): NoticeRead {
  seen.push(notice);
  const orderNumber = notice.body.toString('utf8');
  if (orderNumber === 'thrown') throw new RangeError('a reader with a fault of its own');
  return { kind: 'named', orderNumber, amount_fen: 1 };
}
const open = (url = baseUrl): NoticeSource =>
  createRelay({
    https: { baseUrl: url, ca: null, connectTimeout_ms: 5000 },
    token: 'the token of a relay',
    path: '/notify/a',
    read,
    wall_ms: () => now_ms,
  });
const ask = (source: NoticeSource): Promise<RelayEvent> => new Promise((resolve) => source.ask(resolve));
const says = (text: string, status = 200): void => {
  answer = (_, response) => {
    response.statusCode = status;
    response.end(text);
  };
};
const notice = (body: string): object => ({
  heldFor_ms: 2000,
  method: 'POST',
  path: '/notify/a',
  headers: { 'Wechatpay-Nonce': 'n0nce' },
  body: Buffer.from(body).toString('base64'),
});
const told = (cursor: string, ...bodies: string[]): string =>
  JSON.stringify({ cursor, notices: bodies.map(notice) });

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
    ['too much of it', 'x'.repeat(1024 * 1024 + 1), 200, 'ANSWER_TOO_LONG'],
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

describe('one bad notice', () => {
  const doubtful = { kind: 'problem', problem: 'notUnderstood' };
  it.each<[string, unknown]>([
    ['too long', notice('x'.repeat(60_000))],
    ['no base64', { ...notice(''), body: '***' }],
    ['held for who knows how long', { ...notice('two'), heldFor_ms: 'long' }],
    ['without headers', { heldFor_ms: 1, body: '' }],
    ['a header that is a list', { ...notice('two'), headers: { 'set-cookie': ['a', 'b'] } }],
    ['nothing', null],
    ['one whose reader throws', notice('thrown')],
  ])('%s: the others are heard, and the cursor moves', async (_, bad) => {
    const source = open();
    says(JSON.stringify({ cursor: 'abc.7', notices: [notice('one'), bad, notice('three')] }));
    const heard = [{ orderNumber: 'one' }, doubtful, { orderNumber: 'three' }];
    expect(await ask(source)).toMatchObject({ kind: 'heard', notices: heard });
    says(told('abc.8'));
    await ask(source);
    expect(asked.at(-1)?.url).toContain('after=abc.7');
  });
});

it.each<[string, number, number]>([
  ['a day and an hour: the till was away for as long', 25 * 3_600_000, 25 * 3_600_000],
  ['longer than anybody keeps a notice', 1e300, 30 * 86_400_000],
  ['less than nothing: a clock of the relay’s that was set back', -1, 0],
])('held for %s', async (_, heldFor_ms, age_ms) => {
  says(JSON.stringify({ cursor: 'abc.7', notices: [{ ...notice('one'), heldFor_ms }] }));
  expect(await ask(open())).toMatchObject({ kind: 'heard', notices: [{ orderNumber: 'one' }] });
  expect(seen[0]?.arrived_ms).toBe(now_ms - age_ms);
});

it('a header whose name is a stranger’s joke of 150 characters is a header', async () => {
  const headers = { [`x-${'a'.repeat(150)}`]: '1', 'Wechatpay-Nonce': 'n0nce' };
  says(JSON.stringify({ cursor: 'abc.7', notices: [{ ...notice('one'), headers }] }));
  expect(await ask(open())).toMatchObject({ kind: 'heard', notices: [{ orderNumber: 'one' }] });
  expect(seen[0]?.headers).toMatchObject({ 'wechatpay-nonce': 'n0nce' });
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
