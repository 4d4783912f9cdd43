// The HTTP client alone, storing nothing: signed payments at a given concurrency. As a pool with connections kept (the limit), or
// by the product's own adapter with a connection for each call.
import { readFileSync } from 'node:fs';
import { Pool } from 'undici';
import { payBody } from '../../acquirers/gateway/codec.ts';
import { authorizationHeader } from '../../acquirers/gateway/signature.ts';
import type { AuthorizeOrder } from '../../core/ports/acquirer.ts';
import { systemRandom } from '../../core/system.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import { createGateway } from '../../acquirers/gateway/adapter.ts';
import { gatewayCodeRules } from '../../acquirers/gateway/profile.ts';
import { ROUTE, type Server } from './bench-till.ts';
import { benchTerminal } from './configuration.ts';

/** The simulator takes it with or without the folder that the product names. */
const PATH = '/v4/poslink/pay';

export type ClientAlone = {
  /** Milliseconds for `count` payments, so many at a time. */
  pool(count: number, concurrency: number): Promise<number>;
  adapter(count: number, concurrency: number): Promise<number>;
};

const terminal = { ...benchTerminal, deviceType: '11' };

function orderMaker(codes: CodeMaker): () => AuthorizeOrder {
  const run = systemRandom.hex(4);
  let tillSequence = 0;
  return () => {
    tillSequence += 1;
    return {
      orderNumber: `B${run}${String(tillSequence).padStart(12, '0')}`,
      openedAt_ms: 0,
      amount_fen: 450,
      code: codes.wechat(),
      deferred: { takenAt: new Date().toISOString(), tillSequence },
      timeout_ms: 10_000,
    };
  };
}

async function timed(count: number, concurrency: number, one: () => Promise<void>): Promise<number> {
  let left = count;
  const lane = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await one();
    }
  };
  const started_ms = performance.now();
  await Promise.all(Array.from({ length: concurrency }, lane));
  return performance.now() - started_ms;
}

export function openClientAlone(server: Server, codes: CodeMaker): ClientAlone {
  const key = { appId: server.appId, appKey: Buffer.from(readFileSync(server.appKeyFile, 'utf8').trim()) };
  const baseUrl = `http://127.0.0.1:${server.port}`;
  const nextOrder = orderMaker(codes);
  const pool = new Pool(baseUrl, { connections: 32, pipelining: 1 });
  const nonce = () => systemRandom.hex(16);
  const acquirer = createGateway({
    id: ROUTE,
    terminal,
    rules: gatewayCodeRules,
    probeTimeout_ms: 3000,
    call: { baseUrl, ca: null, key, connectTimeout_ms: 3000, nonce, wall_ms: () => Date.now() },
  });

  async function byPool(): Promise<void> {
    const body = Buffer.from(JSON.stringify(payBody(terminal, nextOrder())), 'utf8');
    const response = await pool.request({
      method: 'POST',
      path: PATH,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        authorization: authorizationHeader(key, body, nonce(), Date.now()),
      },
      body,
    });
    const answer = (await response.body.json()) as { errCode: string };
    if (answer.errCode !== '00') throw new Error(`the acquirer answered ${answer.errCode}`);
  }

  function byAdapter(): Promise<void> {
    return new Promise((resolve, reject) => {
      acquirer.authorize(nextOrder(), (event) => {
        if (event.kind === 'approved') resolve();
        else reject(new Error(`the acquirer answered ${JSON.stringify(event)}`));
      });
    });
  }

  return {
    pool: (count, concurrency) => timed(count, concurrency, byPool),
    adapter: (count, concurrency) => timed(count, concurrency, byAdapter),
  };
}
