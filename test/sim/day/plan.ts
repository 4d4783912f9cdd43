// What a seed has in store: swarm style. Whole classes of faults are off in one seed, and wild in another, so that each
// combination comes up that no fixed mixture would ever reach.
import { type Chance, chanceFor } from '../../month/random.ts';
import { calmMood, type Mood } from './host/host.ts';
import { lineFaults, type LineWeights } from './line-faults.ts';
import { type MainScanPlan, mainScanFor } from './main-scan.ts';
import { type Profile, profileOf } from './profiles.ts';
import { restoreFor, type RestorePlan } from './restore-plan.ts';

const minute_ms = 60_000;
const hour_ms = 60 * minute_ms;
/** 2026-11-11 08:00 in Shanghai. */
const MORNING_ms = Date.UTC(2026, 10, 11);
/** Ten minutes before the clearing day ends (23:00). */
const LATE_ms = MORNING_ms + 14 * hour_ms + 50 * minute_ms;

export type Outage = {
  from_ms: number;
  to_ms: number;
  /** `suspended`: the acquirer itself answers, and refuses the terminal. */
  kind: 'refused' | 'unreachable' | 'silent' | 'portal' | 'suspended';
};

export type Plan = {
  profile: Profile;
  mainScan: MainScanPlan;
  restore: RestorePlan | null;
  /** Milliseconds since the epoch: in the morning, or so late that the acquirer's clearing day ends in the middle. */
  start_ms: number;
  customers: number;
  /** Between two acts of the cashier. */
  paceFrom_ms: number;
  paceTo_ms: number;
  offlineMode: 'refuse' | 'hold' | 'queue';
  concurrency: number;
  mood: Mood;
  line: LineWeights;
  /** Milliseconds since the day's start. */
  outages: readonly Outage[];
  disk: {
    crashBefore: number;
    crashAfter: number;
    throwCommitted: number;
    throwLost: number;
    full: number;
    slow: number;
  };
  kill: { atEvent: number; afterCommit: number; afterSending: number };
  clockSteps: readonly { at_ms: number; by_ms: number }[];
  /** Since the day's start: the last outage is over then, and the clock has been set for the last time. Customers come until then. */
  troubleEnds_ms: number;
  scanner: { stutter: number; double: number; merge: number; garbage: number; unplug: number };
  printer: { paperOut: number; coverOpen: number; half: number; powerLoss: number; sentOnly: number };
  people: {
    doubleTap: number;
    giveUp: number;
    walkAway: number;
    drop: number;
    park: number;
    goodsBack: number;
    closeInMiddle: number;
    secondCore: number;
    errands: number;
  };
};

/** Off in half of the seeds; else somewhere between rare and wild. */
function share(chance: Chance, most: number): number {
  if (chance.happens(0.5)) return 0;
  return most * chance.unit() ** 2;
}

function shares<Name extends string>(
  chance: Chance,
  most: Readonly<Record<Name, number>>,
): Record<Name, number> {
  const isOff = chance.happens(0.25);
  const names = Object.keys(most) as Name[];
  return Object.fromEntries(names.map((name) => [name, isOff ? 0 : share(chance, most[name])])) as Record<
    Name,
    number
  >;
}

const moodLimits: Omit<Mood, 'undecided' | 'notKept'> = {
  approve: 0,
  decline: 30,
  askCustomerThenPay: 40,
  askCustomerThenDecline: 15,
  customerNeverAnswers: 15,
  acceptedThenPaid: 20,
  acceptedThenFailed: 10,
  systemErrorButPaid: 20,
  systemErrorAndFailed: 10,
  deferredDecline: 40,
  configurationError: 4,
  refundProcessing: 50,
  refundFailsLater: 20,
  refundRefused: 20,
  voidRefused: 20,
  notFoundOnce: 20,
};

/** Troubles begin so early that the day is about them, not about waiting for them. */
const LATEST_trouble_ms = 25 * minute_ms;

function outagesFor(chance: Chance): Outage[] {
  if (chance.happens(0.35)) return [];
  const kinds = ['refused', 'unreachable', 'silent', 'portal', 'suspended'] as const;
  return Array.from({ length: chance.whole(1, 4) }, () => {
    const from_ms = chance.whole(0, LATEST_trouble_ms);
    const long_ms = chance.happens(0.08)
      ? chance.whole(hour_ms, 4 * hour_ms)
      : chance.whole(1, 15 * minute_ms);
    return { from_ms, to_ms: from_ms + long_ms, kind: chance.pick(kinds) };
  });
}

function clockStepsFor(chance: Chance): Plan['clockSteps'] {
  if (chance.happens(0.7)) return [];
  return Array.from({ length: chance.whole(1, 3) }, () => ({
    at_ms: chance.whole(0, LATEST_trouble_ms),
    by_ms:
      chance.whole(-1, 1) * chance.pick([3 * minute_ms, hour_ms, 24 * hour_ms]) + chance.whole(-5000, 5000),
  }));
}

function peopleFor(chance: Chance): Plan['people'] {
  return shares(chance, {
    doubleTap: 0.4,
    giveUp: 0.5,
    walkAway: 0.2,
    drop: 0.2,
    park: 0.2,
    goodsBack: 0.5,
    closeInMiddle: 0.01,
    secondCore: 0.01,
    errands: 0.5,
  });
}

/** Everything but the profile is drawn: the profile of a seed is no matter of chance. It, the main scan and the restore shift nothing that the others draw. */
export function planFor(seed: number): Plan {
  const chance = chanceFor(seed, 'plan');
  const profile = profileOf(seed);
  const drawn = drawnFor(chance);
  const mayQueue = profile.policy.idempotentAuthorize;
  const offlineMode = drawn.offlineMode === 'queue' && !mayQueue ? 'hold' : drawn.offlineMode;
  const { outages, clockSteps } = drawn;
  const restore = restoreFor(seed);
  const troubleEnds_ms = Math.max(
    0,
    ...outages.map(({ to_ms }) => to_ms),
    ...clockSteps.map(({ at_ms }) => at_ms),
    restore?.until_ms ?? 0,
  );
  const configurationError = drawn.mood.configurationError + misfitFor(seed);
  const ofQueue = { undecided: undecidedFor(seed), notKept: notKeptFor(seed), configurationError };
  const mood = { ...drawn.mood, ...ofQueue };
  const day = { ...drawn, mood, profile, offlineMode, troubleEnds_ms, mainScan: mainScanFor(seed), restore };
  return restore?.waitsFor === 'owedRefund' ? withFailingRefunds(day) : day;
}

/** How much of the queue the acquirer leaves undecided, against `approve`. */
function undecidedFor(seed: number): number {
  const chance = chanceFor(seed, 'undecided');
  return chance.happens(0.5) ? 0 : chance.pick([20, 100, 300]);
}

/** How much of it draws a system error for good, and is not kept. */
function notKeptFor(seed: number): number {
  const chance = chanceFor(seed, 'notKept');
  return chance.happens(0.7) ? 0 : chance.pick([20, 100, 1000]);
}

/** Days on which the acquirer finds fault with us, or with an order, again and again: of the queue alone it is too rare. */
function misfitFor(seed: number): number {
  const chance = chanceFor(seed, 'misfit');
  return chance.happens(0.85) ? 0 : chance.pick([10, 30]);
}

/** A refund that is owed while a backup is made is too rare to wait for. */
function withFailingRefunds({ mood, people, ...day }: Plan): Plan {
  const goodsBack = Math.max(people.goodsBack, 0.4);
  return { ...day, mood: { ...mood, refundRefused: 50, voidRefused: 50 }, people: { ...people, goodsBack } };
}

function drawnFor(chance: Chance): Omit<Plan, 'profile' | 'mainScan' | 'restore' | 'troubleEnds_ms'> {
  const paceFrom_ms = chance.pick([50, 300, 1000]);
  return {
    start_ms: chance.happens(0.75) ? MORNING_ms : LATE_ms,
    customers: chance.whole(20, 26),
    paceFrom_ms,
    paceTo_ms: paceFrom_ms * chance.pick([2, 10, 20]),
    offlineMode: chance.pick(['queue', 'queue', 'queue', 'hold', 'hold', 'refuse']),
    concurrency: chance.pick([1, 1, 2, 8]),
    mood: {
      ...calmMood(),
      ...shares(chance, moodLimits),
      approve: calmMood().approve * chance.pick([100, 100, 30]),
    },
    line: { ...shares(chance, lineFaults), none: 100 },
    outages: outagesFor(chance),
    disk: shares(chance, {
      crashBefore: 0.02,
      crashAfter: 0.02,
      throwCommitted: 0.01,
      throwLost: 0.01,
      full: 0.01,
      slow: 0.05,
    }),
    kill: shares(chance, { atEvent: 0.01, afterCommit: 0.02, afterSending: 0.05 }),
    clockSteps: clockStepsFor(chance),
    scanner: shares(chance, {
      stutter: 0.5,
      double: 0.3,
      merge: 0.1,
      garbage: 0.1,
      unplug: 0.02,
    }),
    printer: shares(chance, { paperOut: 0.1, coverOpen: 0.1, half: 0.1, powerLoss: 0.1, sentOnly: 0.5 }),
    people: peopleFor(chance),
  };
}
