// The contract of a route is exchanged in place while one of its payments is in doubt: whom the money is with is asked there, or nobody.
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type GatewayProcess, startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { startCoreProcess } from '../../tools/lab/core-process.ts';
import type { ConfigurationInput } from '../../tools/lab/shop.ts';
import { connectTo, openTill, rewriteConfiguration, type Till } from './till.ts';

const DEADLINE_ms = 90_000;
const contract = { merchantCode: '898420157229001', terminalCode: '70010002' };

let till: Till;
let second: GatewayProcess;
beforeEach(async () => {
  till = await openTill();
  second = await startGateway({
    directory: join(till.shop.directory, 'second'),
    appId: 'SECOND',
    ...contract,
  });
}, DEADLINE_ms);
afterEach(async () => {
  // Those of the last start; `stop` knows the first ones.
  till.rpc.close();
  await till.core.stop();
  await till.stop();
  await second.stop();
});

/** Starts the core anew on this route. */
async function restart(route: ConfigurationInput['route'], operatorId: string | null): Promise<Snapshot> {
  till.rpc.close();
  await till.core.kill();
  rewriteConfiguration(till.shop, (before) => ({ ...before, route }));
  till.core = await startCoreProcess(till.shop);
  till.rpc = await connectTo(till.shop, operatorId);
  return till.rpc.snapshot();
}

it('another merchant of the same route proves nothing', { timeout: DEADLINE_ms }, async () => {
  let route!: ConfigurationInput['route'];
  rewriteConfiguration(till.shop, (configuration) => {
    ({ route } = configuration);
    return configuration;
  });
  for (const path of ['pay', 'query', 'voidpayment'] as const)
    await till.shop.acquirer.faults.set({ fault: 'dropAnswer', path });
  await till.pay();
  await till.rpc.until('in doubt', ({ sale }) => sale?.payments.at(-1)?.unproven === true);

  const { url: baseUrl, appId, appKeyFile, caFile } = second;
  const swapped = { ...route, ...contract, baseUrl, appId, appKeyFile, caFile };
  const { refusal } = await restart(swapped, null);
  expect(refusal).toEqual({
    code: 'E-CFG-01',
    detail: expect.stringContaining('give the new contract a new id'),
  });

  await till.shop.acquirer.faults.clear();
  await restart(route, 'lin');
  await till.rpc.until('proven', ({ sale }) => sale?.payments.every(({ unproven }) => !unproven) === true);
});
