// One life of the core: started, connected to as the till's screen and as a technician, looked at each second, and ended.
import { join } from 'node:path';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { processor_ms, type Sample, takeSample } from './sample.ts';
import type { Life } from './thirds.ts';
import type { Yardstick } from './yardstick.ts';

export type RunRecord = { samples: Sample[]; lives: Life[]; onSample(sample: Sample): void };

export type LivingCore = {
  core: CoreProcess;
  rpc: RpcClient;
  /** The newest journal head that it told anybody. */
  head(): Snapshot['journal'];
  /** Why it could not be looked at any more, or null: it must have died then. */
  watched: Promise<unknown>;
  /** Closes the connections and stops looking; the process is the caller's. */
  leave(): void;
};

const EVERY_ms = 1000;

export async function startLife(
  { shop, yardstick, started_ms }: { shop: Shop; yardstick: Yardstick; started_ms: number },
  record: RunRecord,
): Promise<LivingCore> {
  const { configFile, stateDirectory, controlSocket, pins } = shop;
  const core = await startCoreProcess({ configFile, stateDirectory });
  const now_s = () => (performance.now() - started_ms) / 1000;
  record.lives.push({
    run_s: now_s(),
    start_ms: processor_ms(core.pid),
    work_ms: yardstick.work_ms(),
  });
  const born_s = now_s();
  const rpc = await connectRpc(controlSocket);
  await rpc.subscribe();
  const technician = await connectRpc(join(stateDirectory, 'control.sock'));
  await technician.call('operator.signIn', { operatorId: 'wu', pin: pins['wu'] });
  let isOver = false;
  const life = record.lives.length;
  const watch = async (): Promise<unknown> => {
    let commits = 0;
    try {
      while (!isOver) {
        const at = { run_s: now_s(), life, age_s: now_s() - born_s };
        const taken = await takeSample({ pid: core.pid, stateDirectory, technician, yardstick }, at, commits);
        commits = taken.commits;
        record.samples.push(taken.sample);
        record.onSample(taken.sample);
        await new Promise((resolve) => setTimeout(resolve, EVERY_ms));
      }
      return null;
    } catch (error) {
      return error;
    }
  };
  return {
    core,
    rpc,
    head: () => rpc.snapshot().journal,
    watched: watch(),
    leave: () => {
      isOver = true;
      rpc.close();
      technician.close();
    },
  };
}
