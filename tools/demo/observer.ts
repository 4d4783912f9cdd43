// Eyes on the till over its control socket; comes back by itself when the core was killed and another one serves.
import { setTimeout as delay } from 'node:timers/promises';
import type { Snapshot } from '../../contract/snapshot.ts';
import { connectRpc, DEADLINE_ms, type RpcClient } from '../rpc/client.ts';

export type Observer = {
  until(what: string, is: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** Connects anew; the old core is gone. */
  reconnect(): Promise<void>;
  client(): RpcClient;
  close(): void;
};

const RETRY_ms = 50;

type Eyes = { path: string; pin: string };

/** The technician sees everything and sells nothing. */
async function connectWithin({ path, pin }: Eyes, deadline_ms: number): Promise<RpcClient> {
  const end_ms = performance.now() + deadline_ms;
  for (;;) {
    try {
      const client = await connectRpc(path);
      await client.call('operator.signIn', { operatorId: 'wu', pin });
      await client.subscribe();
      return client;
    } catch (error) {
      // The socket is there a moment before the core serves it: try until the deadline, then say why not.
      if (performance.now() > end_ms) throw error;
      await delay(RETRY_ms);
    }
  }
}

export async function observe(eyes: Eyes): Promise<Observer> {
  let client = await connectWithin(eyes, DEADLINE_ms);
  return {
    until: (what, is) => client.until(what, is),
    reconnect: async () => {
      client.close();
      client = await connectWithin(eyes, DEADLINE_ms);
    },
    client: () => client,
    close: () => client.close(),
  };
}
