// One isolated shop in which trials run one after the other, each with a fresh till.
import { join } from 'node:path';
import { type OrderTruth, readLedger } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import type { Case } from './cases.ts';
import { openIsolatedShop, type Pace } from './isolated-shop.ts';
import { type Outcome, runTrial } from './trial.ts';

export type Lane = {
  /** Never rejects for what the till does. `plant`: a bug in the core, by its name in planted.ts. */
  run(one: Case, seed: number, plant?: string): Promise<Outcome>;
  /** What went wrong after its trial had been judged. State directories of failed trials stay on the disk. */
  stop(): Promise<string[]>;
};

export async function openLane(seed: number, pace: Pace = 'quick'): Promise<Lane> {
  const place = await openIsolatedShop(seed, pace);
  const judged = new Map<string, OrderTruth>();
  let trials = 0;
  let isKept = false;

  const ledger = (): readonly OrderTruth[] => readLedger(place.shop.gateway.ledgerFile);
  return {
    run: async (one, trialSeed, plant) => {
      trials += 1;
      const stateDirectory = join(place.directory, `s${trials}`);
      const outcome = await runTrial({
        place,
        one,
        seed: trialSeed,
        stateDirectory,
        ...(plant !== undefined && { plant }),
      });
      for (const truth of ledger())
        if (!judged.has(truth.merchantOrderId)) judged.set(truth.merchantOrderId, truth);
      // A planted bug is to be found, not to be looked at.
      if (outcome.problems.length > 0 && plant === undefined) {
        isKept = true;
        outcome.problems.push(`the till's state: ${stateDirectory}`);
      }
      return outcome;
    },
    stop: async () => {
      // A request that the kernel still sent again after its till had ended may arrive as late as now.
      const moved = ledger().filter((truth) => {
        const then = judged.get(truth.merchantOrderId);
        return then?.charged_fen !== truth.charged_fen || then.givenBack_fen !== truth.givenBack_fen;
      });
      await place.stop(isKept);
      return moved.map(
        ({ merchantOrderId, state }) => `${merchantOrderId} became ${state} after it was judged`,
      );
    },
  };
}
