import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { openTcp } from './tcp.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

function listen(onSocket: (socket: Socket) => void): Promise<number> {
  const server = createServer(onSocket);
  servers.push(server);
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      resolve(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
}

function listener(): ByteLinkListener & { received: Buffer[]; done: Promise<Fault | null> } {
  const received: Buffer[] = [];
  let closed: (fault: Fault | null) => void = () => undefined;
  const done = new Promise<Fault | null>((resolve) => {
    closed = resolve;
  });
  return {
    received,
    done,
    bytes: (chunk) => received.push(Buffer.from(chunk)),
    closed: (fault) => closed(fault),
  };
}

describe('openTcp', () => {
  it('delivers everything although the peer sends status bytes all the time', async () => {
    // the case that lost 98.6 % with destroy(): devices 3.3
    let total = 0;
    let ended: () => void = () => undefined;
    const peerEnded = new Promise<void>((resolve) => {
      ended = resolve;
    });
    const port = await listen((socket) => {
      socket.on('data', (chunk) => {
        total += chunk.length;
        socket.write(Uint8Array.of(0x14, 0, 0, 0x0f));
      });
      socket.on('end', ended);
      socket.on('error', ended);
    });
    const heard = listener();
    const opened = await openTcp({ host: '127.0.0.1', port })(heard);
    if (!opened.ok) throw new Error(opened.fault.detail);
    expect(await opened.link.write(new Uint8Array(300_000))).toBeNull();
    await opened.link.end();
    await peerEnded;
    expect(total).toBe(300_000);
    expect(await heard.done).toBeNull();
    expect(Buffer.concat(heard.received).length).toBeGreaterThan(0);
  });

  it('reports a refused connection as a safe fault', async () => {
    const port = await listen(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    const opened = await openTcp({ host: '127.0.0.1', port })(listener());
    expect(opened).toMatchObject({ ok: false, fault: { code: 'tcp.refused', retry: 'safe' } });
  });

  it('gives up connecting after its time-out', async () => {
    // 192.0.2.0/24 is reserved for documentation (RFC 5737): either nothing answers or there is no route
    const opened = await openTcp({ host: '192.0.2.1', port: 9100, connectTimeout_ms: 50 })(listener());
    expect(opened).toMatchObject({ ok: false, fault: { retry: 'safe' } });
  });

  it('reports a peer that goes away as an unsafe fault, and later writes too', async () => {
    const port = await listen((socket) => socket.end(Uint8Array.of(0x12)));
    const heard = listener();
    const opened = await openTcp({ host: '127.0.0.1', port })(heard);
    if (!opened.ok) throw new Error(opened.fault.detail);
    expect(await heard.done).toMatchObject({ code: 'tcp.closedByPeer', retry: 'unsafe' });
    expect(Buffer.concat(heard.received)).toEqual(Buffer.from([0x12]));
    expect(await opened.link.write(Uint8Array.of(1))).toMatchObject({ code: 'tcp.closedByPeer' });
    await opened.link.end();
  });

  it('does not wait for ever for a peer that never closes', async () => {
    const sockets: Socket[] = [];
    const server = createServer({ allowHalfOpen: true }, (socket) => sockets.push(socket.resume()));
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    if (typeof address !== 'object' || address === null) throw new Error('no address');
    const heard = listener();
    const opened = await openTcp({ host: '127.0.0.1', port: address.port, linger_ms: 50 })(heard);
    if (!opened.ok) throw new Error(opened.fault.detail);
    await opened.link.end();
    expect(await heard.done).toBeNull();
    for (const socket of sockets) socket.destroy();
  });
});
