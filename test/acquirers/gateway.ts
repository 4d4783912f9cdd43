// How a wire test reaches the gateway's simulator: the terminal that calls, and the line with its key.
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { testParties } from '../../fixtures/acquirers/gateway/caller.ts';
import type { GatewayProcess } from '../../fixtures/acquirers/gateway/spawn.ts';

export const wireTerminal = { ...testParties, deviceType: '11', ip: '192.0.2.7' };

/** `appKey`: another one than the simulator's own. */
export function accessTo(server: GatewayProcess, appKey?: string) {
  return {
    baseUrl: server.url,
    ca: readFileSync(server.caFile, 'utf8'),
    key: {
      appId: server.appId,
      appKey: Buffer.from(appKey ?? readFileSync(server.appKeyFile, 'utf8').trim()),
    },
    connectTimeout_ms: 10_000,
    nonce: () => randomBytes(16).toString('hex'),
    wall_ms: () => Date.now(),
  };
}
