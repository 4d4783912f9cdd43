// One call over real sockets: what proves that nothing left, what leaves doubt, and what is not to be believed.
import { createHmac, hash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer as createHttpServer, type RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { makeTestCertificates, type TestCertificates } from '../../fixtures/acquirers/tls.ts';
import { createGateway } from './adapter.ts';
import { call, type CallSettings } from './call.ts';
import type { CallOutcome } from './message.ts';
import { timestampOf } from './signature.ts';

const appKey = Buffer.from('0123456789abcdef0123456789abcdef');
const NONCE = '00112233445566778899aabbccddeeff';
let directory = '';
let good: TestCertificates;
let misnamed: TestCertificates;
const servers: Server[] = [];
const sockets = new Set<Socket>();

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-call-'));
  good = makeTestCertificates(join(directory, 'good'));
  misnamed = makeTestCertificates(join(directory, 'misnamed'), { names: ['DNS:elsewhere.example'] });
});
afterAll(() => rmSync(directory, { recursive: true }));
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

async function listenTls(listener: RequestListener, certificates = good): Promise<string> {
  const options = { key: readFileSync(certificates.keyFile), cert: readFileSync(certificates.certFile) };
  return `https://127.0.0.1:${await listen(createServer(options, listener))}`;
}

function settingsFor(baseUrl: string, change: Partial<CallSettings> = {}): CallSettings {
  return {
    baseUrl,
    ca: readFileSync(good.caFile, 'utf8'),
    key: { appId: 'YIMA-SANDBOX', appKey },
    connectTimeout_ms: 5000,
    nonce: () => NONCE,
    wall_ms: () => Date.now(),
    ...change,
  };
}

function ask(baseUrl: string, change: Partial<CallSettings> = {}, timeout_ms = 20_000): Promise<CallOutcome> {
  return call(settingsFor(baseUrl, change), {
    path: '/v4/poslink/transaction/pay',
    body: { a: 1 },
    timeout_ms,
  });
}

/** The header of the protocol page, made here once more. */
function signatureOf(body: Buffer, nonce = NONCE, at_ms = Date.now()): string {
  const timestamp = timestampOf(at_ms);
  const signed = `${nonce}${timestamp}${hash('sha256', body)}`;
  return `Timestamp="${timestamp}", Signature="${createHmac('sha256', appKey).update(signed).digest('base64')}"`;
}

const answering =
  (text: string | Buffer, headers?: Record<string, string>, status = 200): RequestListener =>
  (_request, response) => {
    const body = Buffer.from(text);
    response.writeHead(status, headers ?? { 'body-signature': signatureOf(body) });
    response.end(body);
  };

describe('proof that nothing left', () => {
  it('connection refused', async () => {
    const port = await listen(createTcpServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await ask(`https://127.0.0.1:${port}`)).toEqual({ kind: 'notSent', cause: 'ECONNREFUSED' });
  });

  it('a name that does not resolve', async () => {
    const outcome = await ask('https://acquirer.invalid');
    expect(outcome.kind).toBe('notSent');
    expect(outcome).toMatchObject({ cause: expect.stringMatching(/ENOTFOUND|EAI_AGAIN/) });
  });

  it('a certificate for another name', async () => {
    let requests = 0;
    const url = await listenTls(() => (requests += 1), misnamed);
    const trusted = readFileSync(misnamed.caFile, 'utf8');
    expect(await ask(url, { ca: trusted })).toEqual({
      kind: 'notSent',
      cause: 'ERR_TLS_CERT_ALTNAME_INVALID',
    });
    expect(requests).toBe(0);
  });

  it('a certificate that nobody we trust has signed', async () => {
    const url = await listenTls(answering('{}'));
    expect(await ask(url, { ca: readFileSync(misnamed.caFile, 'utf8') })).toMatchObject({ kind: 'notSent' });
    expect(await ask(url, { ca: null })).toMatchObject({ kind: 'notSent' });
  });

  it('a server that speaks no TLS', async () => {
    const port = await listen(createHttpServer(answering('{}')));
    expect(await ask(`https://127.0.0.1:${port}`)).toMatchObject({ kind: 'notSent' });
  });

  it('a server that hangs up, or stays silent, before TLS stands', async () => {
    const hangUp = await listen(createTcpServer((socket) => socket.destroy()));
    expect(await ask(`https://127.0.0.1:${hangUp}`)).toMatchObject({ kind: 'notSent' });
    const silent = await listen(createTcpServer(() => undefined));
    expect(await ask(`https://127.0.0.1:${silent}`, { connectTimeout_ms: 200 })).toMatchObject({
      kind: 'notSent',
    });
    expect(await ask(`https://127.0.0.1:${silent}`, { connectTimeout_ms: 3_600_000 }, 200)).toEqual({
      kind: 'notSent',
      cause: 'TIMED_OUT',
    });
  });
});

describe('doubt', () => {
  it('a reset after the request was taken', async () => {
    const url = await listenTls((request) => request.socket.destroy());
    expect(await ask(url)).toMatchObject({ kind: 'noAnswer' });
  });

  it('a reset on a connection that stood, before anything was read', async () => {
    const options = { key: readFileSync(good.keyFile), cert: readFileSync(good.certFile) };
    const server = createServer(options);
    server.on('secureConnection', (socket: Socket) => socket.destroy());
    expect(await ask(`https://127.0.0.1:${await listen(server)}`)).toMatchObject({ kind: 'noAnswer' });
  });

  it('no answer in time', async () => {
    const url = await listenTls(() => undefined);
    expect(await ask(url, {}, 300)).toEqual({ kind: 'noAnswer', cause: 'TIMED_OUT' });
  });

  it('an answer that stops in the middle', async () => {
    const url = await listenTls((_request, response) => {
      response.writeHead(200, { 'content-length': '100' });
      response.write('{"errCode":');
      setImmediate(() => response.destroy());
    });
    expect(await ask(url)).toMatchObject({ kind: 'noAnswer' });
  });

  it('an answer without end is cut off', async () => {
    const url = await listenTls((_request, response) => {
      const more = (): void => {
        while (response.writable && response.write(randomBytes(16_384)));
      };
      response.on('drain', more).on('error', () => undefined);
      more();
    });
    expect(await ask(url)).toMatchObject({ kind: 'noAnswer' });
  });

  it('something that is no HTTP', async () => {
    const port = await listen(
      createTcpServer((socket) => socket.on('data', () => socket.end('+OK POP3 ready\r\n'))),
    );
    expect(await ask(`http://127.0.0.1:${port}`)).toMatchObject({ kind: 'noAnswer' });
  });
});

describe('an answer', () => {
  const body = '{"errCode":"00"}';

  it('signed and whole is read', async () => {
    const url = await listenTls(answering(body));
    expect(await ask(url)).toMatchObject({ kind: 'answered', json: { errCode: '00' } });
  });

  it.each([
    ['another status', answering(body, undefined, 500), 'HTTP_500'],
    ['a refusal', answering(body, undefined, 403), 'HTTP_403'],
    ['a redirection', answering(body, { location: 'https://elsewhere.example' }, 302), 'HTTP_302'],
    ['no signature', answering(body, {}), 'unsigned'],
    ['a captive portal', answering('<!doctype html>', { 'content-type': 'text/html' }), 'unsigned'],
    ['signed garbage', answering(Buffer.from([0xff, 0xfe, 0])), 'NOT_JSON SyntaxError'],
    [
      'an old one',
      answering(body, { 'body-signature': signatureOf(Buffer.from(body), NONCE, Date.now() - 600_000) }),
      'staleSignature',
    ],
    [
      'that of another request',
      answering(body, { 'body-signature': signatureOf(Buffer.from(body), 'ff') }),
      'badSignature',
    ],
    ['two signatures', answering(body, { 'body-signature': 'a, b' }), 'unsigned'],
  ])('with %s is not to be believed', async (_what, listener, cause) => {
    expect(await ask(await listenTls(listener))).toMatchObject({ kind: 'unbelievable', cause });
  });

  it('keeps the path of the base URL, and asks on a connection of its own each time', async () => {
    const seen: string[] = [];
    let connections = 0;
    const url = await listenTls((request, response) => {
      seen.push(request.url ?? '');
      answering(body)(request, response);
    });
    servers[0]?.on('connection', () => (connections += 1));
    await ask(`${url}/gateway/`);
    await ask(url);
    expect(seen).toEqual(['/gateway/v4/poslink/transaction/pay', '/v4/poslink/transaction/pay']);
    expect(connections).toBe(2);
  });
});

describe('no bytes of an answer ever yield an approval', () => {
  const order = {
    orderNumber: '20260002001000001A81FA952',
    openedAt_ms: 0,
    amount_fen: 8741,
    timeout_ms: 20_000,
  };
  const paid = {
    errCode: '00',
    queryResCode: '0',
    merchantOrderId: order.orderNumber,
    transactionAmount: order.amount_fen,
    orderId: '1',
    retrievalRefNum: '2',
    systemTraceNum: '3',
    batchNo: '4',
    transactionTime: '2026-11-23T18:00:00+08:00',
    settlementDate: '20261123',
    rail: 'WECHAT',
    thirdPartyOrderId: '5',
    actualTransactionAmount: 8741,
  };
  const terminal = {
    merchantCode: '898420157220001',
    terminalCode: '20260002',
    deviceType: '11',
    ip: '127.0.0.1',
  };
  type Reply = { body: Buffer; header: string | null; status: number };

  async function eventsFor(
    replies: fc.Arbitrary<Reply>,
    check: (events: PaymentEvent[], reply: Reply) => void,
  ) {
    let reply: Reply = { body: Buffer.alloc(0), header: null, status: 200 };
    const port = await listen(
      createHttpServer((_request, response) => {
        response.writeHead(reply.status, reply.header === null ? {} : { 'body-signature': reply.header });
        response.end(reply.body);
      }),
    );
    const gateway = createGateway({
      id: 'gateway',
      terminal,
      rules: [],
      probeTimeout_ms: 1000,
      call: settingsFor(`http://127.0.0.1:${port}`, { ca: null }),
    });
    await fc.assert(
      fc.asyncProperty(replies, async (next) => {
        reply = next;
        const events = await Promise.all([
          new Promise<PaymentEvent>((resolve) => {
            gateway.authorize({ ...order, code: '130123456789012345', deferred: null }, resolve);
          }),
          new Promise<PaymentEvent>((resolve) => gateway.inquire(order, resolve)),
        ]);
        check(events, next);
      }),
      { numRuns: 150 },
    );
    await gateway.close();
  }

  const paidBody = Buffer.from(JSON.stringify(paid));
  const anyBody = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.json().map((text) => Buffer.from(text)),
    fc.constant(paidBody),
  );
  const status = fc.constantFrom(200, 200, 200, 201, 302, 400, 500);
  const wrongHeader = fc.oneof(
    fc.constant(null),
    fc
      .base64String({ minLength: 44, maxLength: 44 })
      .map((text) => `Timestamp="20261123180000", Signature="${text}"`),
    fc.constant(signatureOf(paidBody, 'another request')),
    fc.constant(signatureOf(paidBody, NONCE, 0)),
  );

  it('unless it is signed', { timeout: 240_000 }, async () => {
    await eventsFor(fc.record({ body: anyBody, header: wrongHeader, status }), (events) => {
      expect(events.map((event) => event.kind)).toEqual(['undecided', 'inquiryFailed']);
    });
  });

  it('unless it is signed and number and amount are ours', { timeout: 240_000 }, async () => {
    const field = fc.constantFrom(...(Object.keys(paid) as (keyof typeof paid)[]));
    const value = fc.oneof(
      fc.constant(undefined),
      fc.jsonValue(),
      fc.constant(8740),
      fc.constant(order.orderNumber),
    );
    const changed = fc.tuple(field, value).map(([name, other]) => ({ ...paid, [name]: other }));
    const signed = fc.oneof(changed, fc.constant(paid)).map((json) => {
      const body = Buffer.from(JSON.stringify(json));
      return { body, header: signatureOf(body), status: 200 };
    });
    await eventsFor(signed, (events, { body }) => {
      const said = JSON.parse(body.toString()) as Partial<typeof paid>;
      const isOurs =
        said.merchantOrderId === order.orderNumber && said.transactionAmount === order.amount_fen;
      for (const event of events) if (event.kind === 'approved') expect(isOurs).toBe(true);
      if (body.equals(paidBody)) expect(events.map((event) => event.kind)).toEqual(['approved', 'approved']);
    });
  });
});
