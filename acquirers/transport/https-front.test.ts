// A front that speaks HTTP/2 and goes away, or refuses what it has read: one request, one sending, and an end in its time.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { constants, createSecureServer, type ServerHttp2Stream } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { makeTestCertificates } from '../../fixtures/acquirers/tls.ts';
import { exchange } from './https.ts';

const directory = mkdtempSync(join(tmpdir(), 'yima-front-'));
const certificates = makeTestCertificates(directory);
const ca = readFileSync(certificates.caFile, 'utf8');
afterAll(() => rmSync(directory, { recursive: true }));

/** Reads each request whole. Over HTTP/2 it then does as `leave` says; over HTTP/1.1 it hangs up. */
async function openFront(leave: (stream: ServerHttp2Stream) => void) {
  let arrived = 0;
  const front = createSecureServer({
    key: readFileSync(certificates.keyFile),
    cert: readFileSync(certificates.certFile),
    allowHTTP1: true,
  });
  front.on('sessionError', () => undefined);
  front.on('request', (request) => {
    request.on('end', () => {
      arrived += 1;
      if (request.httpVersion === '1.1') request.socket.destroy();
      else leave(request.stream);
    });
    request.resume();
  });
  front.on('stream', (stream) => stream.on('error', () => undefined));
  await new Promise<void>((resolve) => {
    front.listen(0, '127.0.0.1', resolve);
  });
  const { port } = front.address() as AddressInfo;
  return { baseUrl: `https://127.0.0.1:${port}`, arrived: () => arrived, close: () => front.close() };
}

const leavings: Record<string, (stream: ServerHttp2Stream) => void> = {
  'goes away and says that it took nothing': (stream) => stream.session?.goaway(0, 0),
  'goes away and keeps the answer': (stream) => stream.session?.goaway(0, stream.id),
  'refuses what it has read': (stream) => stream.close(constants.NGHTTP2_REFUSED_STREAM),
};

it.each(Object.entries(leavings))('a front that %s', { timeout: 20_000 }, async (_, leave) => {
  const front = await openFront(leave);
  const never = new Promise<{ kind: 'never' }>((resolve) => {
    setTimeout(() => resolve({ kind: 'never' }), 6000);
  });
  const outcome = await Promise.race([
    never,
    exchange({ baseUrl: front.baseUrl, ca, connectTimeout_ms: 3000 }, () => ({
      method: 'POST',
      path: '/pay',
      headers: {},
      body: Buffer.from('{}'),
      timeout_ms: 3000,
    })),
  ]);
  front.close();
  expect({ arrived: front.arrived(), kind: outcome.kind }).toEqual({ arrived: 1, kind: 'noAnswer' });
});
