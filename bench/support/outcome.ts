// What a measurement found: a figure, what it stands against, and whether the goal is met. Pure.
import { median } from './figures.ts';

export type Ratio = { median: number; min: number; max: number; rounds: number };

export type Verdict = 'met' | 'missed' | 'figure only';

export type Outcome = {
  measure: string;
  name: string;
  figure: number;
  unit: string;
  /** The limit that the figure stands against, in the same unit. */
  against: { name: string; figure: number } | null;
  ratio: Ratio | null;
  goal: string | null;
  verdict: Verdict;
  seed: number | null;
  note: string | null;
};

export type Rounds = readonly { ours: readonly number[]; limit: readonly number[] }[];

/** Ratio of medians, round by round: what was slow for both in the same second cancels out. */
export function ratioOf(rounds: Rounds): Ratio {
  const ratios = rounds.map(({ ours, limit }) => median(ours) / median(limit));
  return {
    median: median(ratios),
    min: Math.min(...ratios),
    max: Math.max(...ratios),
    rounds: ratios.length,
  };
}

type Facts = { measure: string; name: string; unit: string; seed?: number; note?: string };

function plain({ measure, name, unit, seed, note }: Facts, figure: number): Outcome {
  return {
    measure,
    name,
    figure,
    unit,
    against: null,
    ratio: null,
    goal: null,
    verdict: 'figure only',
    seed: seed ?? null,
    note: note ?? null,
  };
}

/** A figure without a goal. */
export function figureOf(facts: Facts, figure: number): Outcome {
  return plain(facts, figure);
}

function verdictOf(isMet: boolean): Verdict {
  return isMet ? 'met' : 'missed';
}

/** A figure beside its limit; the goal is on the ratio of the two. `goal_ratio` null: no goal. */
export function comparedOf(
  facts: Facts & { limitName: string; goal_ratio: number | null },
  rounds: Rounds,
): Outcome {
  const ratio = ratioOf(rounds);
  const all = (side: 'ours' | 'limit') => median(rounds.flatMap((round) => round[side]));
  const { goal_ratio } = facts;
  return {
    ...plain(facts, all('ours')),
    against: { name: facts.limitName, figure: all('limit') },
    ratio,
    goal: goal_ratio === null ? null : `<= ${goal_ratio} x`,
    verdict: goal_ratio === null ? 'figure only' : verdictOf(ratio.median <= goal_ratio),
  };
}

/** A figure with a goal of its own: at most, or exactly, so much. */
export function boundedOf(facts: Facts & { atMost?: number; exactly?: number }, figure: number): Outcome {
  const { atMost, exactly } = facts;
  const isMet = exactly === undefined ? figure <= (atMost ?? 0) : figure === exactly;
  const goal = exactly === undefined ? `<= ${atMost} ${facts.unit}` : `= ${exactly} ${facts.unit}`;
  return { ...plain(facts, figure), goal, verdict: verdictOf(isMet) };
}
