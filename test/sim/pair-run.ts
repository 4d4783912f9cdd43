// One scene searched to its closure, with the count of states in which a payment and a give-back were both under way.
import { isGiveBackProven } from '../../core/domain/giveback/machine.ts';
import { isProven } from '../../core/domain/payment/state.ts';
import type { Bounds } from './attempt-search.ts';
import { explore, type Report } from './explore.ts';
import { backsOf } from './pair-backs.ts';
import { pairModel, type Scene } from './pair-search.ts';
import type { PairWorld } from './pair-world.ts';

/** `met`: a search in which the two never meet shows nothing. */
export type PairReport = Report & { met: number };

function isMeeting(world: PairWorld): boolean {
  return (
    Object.values(world.till.attempts).some(({ machine }) => !isProven(machine.state)) &&
    backsOf(world).some(({ machine }) => !isGiveBackProven(machine.state))
  );
}

export function searchScene(scene: Scene, bounds: Bounds): PairReport {
  let met = 0;
  const model = pairModel(scene, bounds);
  const report = explore({
    ...model,
    violated: (world) => {
      if (isMeeting(world)) met += 1;
      return model.violated(world);
    },
  });
  return { ...report, met };
}

export function pairLine(
  scene: Scene,
  bounds: Bounds,
  { states, edges, depth, seconds, met }: PairReport,
): string {
  const limits = `in flight <= ${bounds.flyingLimit}, restarts <= ${bounds.restartLimit}`;
  return (
    `${scene.name}: ${states} states, ${met} of them with a payment and a give-back under way, ` +
    `${edges} steps, depth ${depth}, ${seconds} s (${limits})\n`
  );
}
