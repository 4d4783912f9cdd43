// A TCP relay that notes when bytes pass: between the core and its acquirer, between the core and its printer.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer } from 'node:net';
import { monotonic_ms } from './monotonic.ts';

export type Passing = { direction: 'up' | 'down'; at_ms: number; bytes: Buffer };
export type Tap = { port: number; close(): Promise<void> };

/** `up`: from the core. Noted before it goes on. */
export async function openTap(targetPort: number, note: (passing: Passing) => void): Promise<Tap> {
  const server = createServer({ noDelay: true }, (near) => {
    const far = connect({ port: targetPort, host: '127.0.0.1', noDelay: true });
    const relay = (direction: 'up' | 'down', bytes: Buffer) => {
      note({ direction, at_ms: monotonic_ms(), bytes });
      const to = direction === 'up' ? far : near;
      if (!to.destroyed) to.write(bytes);
    };
    near.on('data', (bytes: Buffer) => relay('up', bytes));
    far.on('data', (bytes: Buffer) => relay('down', bytes));
    near.on('error', () => far.destroy());
    far.on('error', () => near.destroy());
    near.on('close', () => far.destroy());
    far.on('close', () => near.destroy());
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      const closed = once(server, 'close');
      server.close();
      await closed;
    },
  };
}
