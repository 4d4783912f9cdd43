// The search over one payment and a restore: a backup of any moment, the lost time after it, and a till that begins again with the backup.
import type { PaymentMachine } from '../../core/domain/payment/state.ts';
import { stepPayment } from '../../core/domain/payment/transition.ts';
import { type Bounds, attemptModel, attemptRules, type MachineStep } from './attempt-search.ts';
import type { Edge, Model } from './explore.ts';
import { isEnd, keyOf, violated } from './properties.ts';
import { age, ageLimit, machineKey } from './short-time.ts';
import type { Rules, World } from './world-types.ts';
import { edges, withFlight } from './world.ts';

/** `isSold`: the till had approved or queued it, so that its goods have left. `isRestored`: it knows nothing of that any more. */
export type RestoredWorld = World & { backup: PaymentMachine | null; isSold: boolean; isRestored: boolean };

export const SOLD_IS_KEPT = 'what was sold before a restore is not given back unless a person says so';

const machineOf = (world: World) => world.flights[0]?.machine;

/** Made at most once, of a payment that is open. */
function backups(world: RestoredWorld): Edge<RestoredWorld>[] {
  const machine = machineOf(world);
  if (world.backup !== null || world.isRestored || !machine || machine.due === null) return [];
  return [{ label: 'a backup is made', isFault: false, world: { ...world, backup: machine } }];
}

/** The acquirer hears no more of the dead process where a tombstone, and no horizon, is what holds a late request back. */
function stillFlying(rules: Rules, { flying }: World): World['flying'] {
  return rules.policy.tombstones ? [] : flying.filter(({ what }) => what === 'pay' || what === 'resend');
}

/** A while later. Answers to the dead process have nobody to go to. */
function restores(rules: Rules, world: RestoredWorld): Edge<RestoredWorld>[] {
  if (world.backup === null || world.isRestored) return [];
  const long = ageLimit(rules.policy);
  const backup = { machine: age(world.backup, long, long), row: 'none', wasDeferred: false } as const;
  const later = withFlight({ ...world, flying: stillFlying(rules, world) }, 0, backup);
  const begun = { ...later, runAge: rules.policy.tombstones ? Infinity : 0 };
  const asked = rules.happen(begun, 0, { kind: 'restarted', sent: false, restored: true });
  return [
    {
      label: 'restored from the backup',
      isFault: true,
      world: { ...(asked as RestoredWorld), isRestored: true },
    },
  ];
}

/** What the till has come to believe, and what a person has said. */
function marked({ label, isFault, world }: Edge<RestoredWorld>): Edge<RestoredWorld> {
  const machine = machineOf(world);
  const isGone = machine?.state.kind === 'approved' || machine?.deferred === true;
  const isSold = world.isSold || (isGone && !world.isRestored);
  const said = label === 'the cashier gives up' && world.isRestored;
  const next = said ? (withFlight(world, 0, { cancelled: true }) as RestoredWorld) : world;
  return { label, isFault, world: { ...next, isSold } };
}

export function restoredViolated(world: RestoredWorld): string | null {
  const [flight] = world.flights;
  const isTaken = world.isSold && world.isRestored && flight?.orders.includes('reversed') === true;
  return isTaken && !flight?.cancelled ? SOLD_IS_KEPT : violated(world);
}

export function restoredModel(bounds: Bounds, step: MachineStep = stepPayment): Model<RestoredWorld> {
  const rules = attemptRules(bounds, step);
  return {
    start: { ...attemptModel(bounds, step).start, backup: null, isSold: false, isRestored: false },
    keyOf: ({ backup, isSold, isRestored, ...world }) =>
      `${keyOf(world)}#${backup === null ? '' : machineKey(backup)}${isSold ? 's' : ''}${isRestored ? 'r' : ''}`,
    violated: restoredViolated,
    isEnd,
    edges: (world) =>
      [...(edges(rules, world) as Edge<RestoredWorld>[]), ...backups(world), ...restores(rules, world)].map(
        marked,
      ),
  };
}
