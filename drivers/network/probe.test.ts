// Each layer broken on its own: made-up /sys and /proc for cable and route, real sockets on loopback for the rest.
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer as createTlsServer } from 'node:tls';
import { Worker } from 'node:worker_threads';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import type { NetworkFinding, NetworkTarget } from '../../core/ports/network.ts';
import { makeTestCertificates, type TestCertificates } from '../../fixtures/acquirers/tls.ts';
import { createNetworkProbe, type NetworkProbeOptions } from './probe.ts';

vi.setConfig({ testTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'yima-network-'));
let good: TestCertificates;
let strange: TestCertificates;
const servers: Server[] = [];
const sockets = new Set<Socket>();
const cleanups: (() => Promise<unknown>)[] = [];
let trees = 0;

beforeAll(() => {
  good = makeTestCertificates(join(directory, 'good'));
  strange = makeTestCertificates(join(directory, 'strange'), { names: ['DNS:elsewhere.example'] });
});
afterEach(async () => {
  for (const cleanup of cleanups.splice(0)) await cleanup();
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});
afterAll(() => rmSync(directory, { recursive: true }));

const caOf = ({ caFile }: TestCertificates) => readFileSync(caFile, 'utf8');
const defaultRoute = 'eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0';
const shopRoute = 'eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0';

/** `carrier` null: the interface is down and the file can't be read. */
function tree(interfaces: Record<string, string | null>, routes: string[]): Required<NetworkProbeOptions> {
  const root = join(directory, `tree${++trees}`);
  for (const [name, carrier] of Object.entries({ lo: '1', ...interfaces })) {
    const folder = join(root, 'sys/class/net', name);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'type'), name === 'lo' ? '772\n' : '1\n');
    // reading a folder fails as reading the carrier of an interface does that is down
    if (carrier === null) mkdirSync(join(folder, 'carrier'));
    else writeFileSync(join(folder, 'carrier'), `${carrier}\n`);
  }
  writeFileSync(join(root, 'sys/class/net/bonding_masters'), '\n');
  mkdirSync(join(root, 'proc/net'), { recursive: true });
  writeFileSync(join(root, 'proc/net/route'), `Iface\tDestination\n${routes.join('\n')}\n`);
  return { sysRoot: join(root, 'sys'), procRoot: join(root, 'proc') };
}

async function look(
  baseUrl: string,
  {
    roots = tree({ eth0: '1' }, [defaultRoute]),
    ...target
  }: { roots?: NetworkProbeOptions } & Partial<NetworkTarget> = {},
): Promise<NetworkFinding> {
  const found: NetworkFinding[] = [];
  const options = { ca: caOf(good), timeout_ms: 20_000, ...target, baseUrl };
  createNetworkProbe(roots).look(options, (finding) => found.push(finding));
  await vi.waitFor(() => expect(found.length).toBeGreaterThan(0), { timeout: 40_000, interval: 5 });
  // a late error of a socket must not post again
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(found).toHaveLength(1);
  return found[0] as NetworkFinding;
}

async function listen(server: Server): Promise<number> {
  servers.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const listenTls = (certificates: TestCertificates) =>
  listen(
    createTlsServer({ key: readFileSync(certificates.keyFile), cert: readFileSync(certificates.certFile) }),
  );

describe('link', () => {
  it.each([
    [{}, 'NO_INTERFACE'],
    [{ eth0: '0' }, 'NO_CARRIER eth0'],
    [{ wlan0: null, eth0: '0' }, 'NO_CARRIER eth0 wlan0'],
  ])('with the interfaces %j', async (interfaces, cause) => {
    const roots = tree(interfaces, [defaultRoute]);
    expect(await look('https://192.0.2.1', { roots })).toEqual({ layer: 'link', cause });
    expect(await look('https://acquirer.invalid', { roots })).toEqual({ layer: 'link', cause });
  });

  it('is the cable of the only way out, even when another one carries', async () => {
    const roots = tree({ eth0: '0', wlan0: '1' }, [defaultRoute]);
    expect(await look('https://192.0.2.1', { roots })).toEqual({ layer: 'link', cause: 'NO_CARRIER eth0' });
  });
});

describe('the cable alone, without a packet', () => {
  async function cable(baseUrl: string, roots: NetworkProbeOptions): Promise<NetworkFinding | null> {
    const target = { baseUrl, ca: null, timeout_ms: 20_000 };
    return new Promise((resolve) => createNetworkProbe(roots).cable(target, resolve));
  }
  const out = tree({ eth0: '0' }, [defaultRoute]);

  it('is out where no interface carries', async () => {
    const finding = { layer: 'link', cause: 'NO_CARRIER eth0' };
    expect(await cable('https://192.0.2.1', out)).toEqual(finding);
    expect(await cable('https://acquirer.invalid', out)).toEqual(finding);
  });

  it('is no question for loopback, for a URL that is none, or where another one carries', async () => {
    expect(await cable('https://127.0.0.1', out)).toBeNull();
    expect(await cable('not a URL', out)).toBeNull();
    expect(await cable('https://192.0.2.1', tree({ eth0: '0', wlan0: '1' }, [defaultRoute]))).toBeNull();
  });
});

describe('gateway', () => {
  it('no route at all, for an address and for a name that nobody can resolve then', async () => {
    const roots = tree({ eth0: '1' }, []);
    const finding = { layer: 'gateway', cause: 'NO_ROUTE' };
    expect(await look('https://192.0.2.1', { roots })).toEqual(finding);
    expect(await look('https://[2001:db8::1]', { roots })).toEqual(finding);
    expect(await look('https://acquirer.invalid', { roots })).toEqual(finding);
  });

  it('a route that covers the address is enough', async () => {
    const roots = tree({ eth0: '1' }, [shopRoute]);
    const near = await look('https://192.168.1.250:1', { roots, timeout_ms: 100 });
    expect(near.layer).not.toBe('link');
    expect(near.cause).not.toBe('NO_ROUTE');
    expect(await look('https://192.168.2.250:1', { roots })).toEqual({ layer: 'gateway', cause: 'NO_ROUTE' });
  });

  it('the kernel finds no route, whatever its tables say', async () => {
    // Linux never connects to a multicast address: ENETUNREACH, as without a route
    expect(await look('https://224.0.0.1')).toEqual({ layer: 'gateway', cause: 'ENETUNREACH' });
  });

  it('a system that tells nothing is asked by its sockets', async () => {
    const roots = { sysRoot: join(directory, 'none'), procRoot: join(directory, 'none') };
    expect((await look('https://acquirer.invalid', { roots })).layer).toBe('dns');
  });
});

describe('dns', () => {
  it('a name that does not resolve', async () => {
    const finding = await look('https://acquirer.invalid');
    expect(finding).toEqual({ layer: 'dns', cause: expect.stringMatching(/^(ENOTFOUND|EAI_AGAIN)$/) });
  });

  it('an address that is none', async () => {
    expect(await look('not a URL')).toEqual({ layer: 'dns', cause: 'ERR_INVALID_URL' });
  });
});

describe('tcp', () => {
  it('refused', async () => {
    const port = await listen(createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await look(`https://127.0.0.1:${port}`)).toEqual({ layer: 'tcp', cause: 'ECONNREFUSED' });
  });

  it('no answer: a server with a full queue takes no connection', async () => {
    const worker = new Worker(
      `const { parentPort } = require('node:worker_threads');
       const server = require('node:net').createServer();
       server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
         parentPort.postMessage(server.address().port);
         setTimeout(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0), 50);
       });`,
      { eval: true },
    );
    cleanups.push(() => worker.terminate());
    const port = await new Promise<number>((resolve) => worker.once('message', resolve));
    // it still accepts for a moment; then its queue fills up
    await new Promise((resolve) => setTimeout(resolve, 500));
    for (let index = 0; index < 8; index += 1) {
      const socket = connect(port, '127.0.0.1');
      socket.on('error', () => socket.destroy());
      cleanups.push(() => Promise.resolve(socket.destroy()));
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(await look(`https://127.0.0.1:${port}`, { timeout_ms: 300 })).toEqual({
      layer: 'tcp',
      cause: 'TIMED_OUT',
    });
  });
});

describe('tls', () => {
  it('silence', async () => {
    const port = await listen(createServer());
    const finding = await look(`https://127.0.0.1:${port}`, { timeout_ms: 200 });
    expect(finding).toEqual({ layer: 'tls', cause: 'TIMED_OUT' });
  });

  it('a certificate authority that we do not know', async () => {
    const port = await listenTls(good);
    const unknown = expect.stringMatching(/^(UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/);
    expect(await look(`https://127.0.0.1:${port}`, { ca: caOf(strange) })).toEqual({
      layer: 'tls',
      cause: unknown,
    });
    expect(await look(`https://127.0.0.1:${port}`, { ca: null })).toEqual({ layer: 'tls', cause: unknown });
  });

  it('a certificate for another name, or for no such address', async () => {
    const port = await listenTls(strange);
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await look(`https://${host}:${port}`, { ca: caOf(strange) })).toEqual({
        layer: 'tls',
        cause: 'ERR_TLS_CERT_ALTNAME_INVALID',
      });
    }
  });

  it('something else behind the port, or a peer that hangs up', async () => {
    const talker = await listen(createServer((socket) => socket.end('220 smtp.example.com\r\n')));
    expect((await look(`https://127.0.0.1:${talker}`)).layer).toBe('tls');
    const hangUp = await listen(createServer((socket) => socket.end()));
    expect(await look(`https://127.0.0.1:${hangUp}`)).toEqual({ layer: 'tls', cause: 'ECONNRESET' });
  });
});

describe('echo, when all below works', () => {
  it('over TLS, by address and by name, whatever cables and routes say about others', async () => {
    const port = await listenTls(good);
    const roots = tree({ eth0: '0' }, []);
    for (const host of ['127.0.0.1', 'localhost']) {
      expect(await look(`https://${host}:${port}/gateway`, { roots })).toEqual({
        layer: 'echo',
        cause: 'NO_ECHO',
      });
    }
  });

  it('over plain HTTP', async () => {
    const port = await listen(createServer());
    expect(await look(`http://127.0.0.1:${port}`)).toEqual({ layer: 'echo', cause: 'NO_ECHO' });
  });

  it('leaves no connection open', async () => {
    const port = await listenTls(good);
    await look(`https://127.0.0.1:${port}`);
    await vi.waitFor(() => expect(sockets.size).toBe(0), { timeout: 20_000 });
  });
});
