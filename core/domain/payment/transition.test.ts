// The whole state x event table of the payment machine, walked cell by cell against the hand-written literal.
import { describe, expect, test } from 'vitest';
import { probes } from '../../../test/sim/machine-events.ts';
import { shortName } from '../../../test/sim/machine-names.ts';
import { tableCells } from '../../../test/sim/machine-table.ts';
import { restingKinds, SENT_ms, variants } from '../../../test/sim/machine-variants.ts';
import { Defect } from '../assert.ts';
import type { PaymentEffect } from './event.ts';
import { stepPayment } from './transition.ts';

const cells = tableCells();
const pairs = variants.flatMap((variant) => probes.map((probe) => ({ variant, probe })));

function outcome({ variant, probe }: (typeof pairs)[number]): string {
  try {
    const step = stepPayment(variant.machine, probe.event, probe.now_ms, variant.policy);
    return step.verdict === 'noted' ? '·' : shortName(step.machine.state);
  } catch (error) {
    if (error instanceof Defect) return '!';
    throw error;
  }
}

/** Steps that neither throw nor leave things as they were. */
const moves = pairs
  .filter((pair) => !['·', '!'].includes(outcome(pair)))
  .map(({ variant, probe }) => ({
    name: `${variant.name} + ${probe.name}`,
    variant,
    probe,
    step: stepPayment(variant.machine, probe.event, probe.now_ms, variant.policy),
  }));

/** What entering a state asks for; leaving the use of the code for good wipes it. */
function effectsInto(name: string): PaymentEffect['kind'][] {
  if (name.startsWith('auth')) return ['authorize'];
  if (name === 'P:make') return ['present'];
  if (name === 'C:ask') return ['closePresented'];
  if (name.startsWith('inq') || name === 'P:ask' || name === 'R:chk' || name === 'R:last') return ['inquire'];
  if (name === 'R:ask') return ['reverse'];
  return [];
}

/** Within a dispute: it is asked on, and an order that is unknown gets its tombstone, where there are some; elsewhere what was said is kept. */
function effectsOf({ variant, probe, step }: (typeof moves)[number]): PaymentEffect['kind'][] {
  const { kind } = step.machine.state;
  if (kind !== 'disputed' || kind !== variant.machine.state.kind)
    return effectsInto(shortName(step.machine.state));
  if (probe.event.kind === 'timer') return ['inquire'];
  return variant.policy.tombstones ? ['reverse'] : [];
}

describe('the table', () => {
  test('has a row for every variant, a column for every event, and no others', () => {
    expect([...cells.keys()].sort()).toEqual(variants.map((one) => one.name).sort());
    const columns = probes.map((one) => one.name).sort();
    for (const [row, known] of cells) expect([...known.keys()].sort(), row).toEqual(columns);
  });

  test.each(variants)('$name', (variant) => {
    const row = Object.fromEntries(probes.map((probe) => [probe.name, outcome({ variant, probe })]));
    expect(row).toEqual(Object.fromEntries(cells.get(variant.name) ?? []));
  });
});

describe('every move', () => {
  test('asks for what the new state needs, and for nothing else', () => {
    const wrong = moves.filter((one) => {
      const asked = one.step.effects.map((effect) => effect.kind).filter((kind) => kind !== 'eraseCode');
      return asked.join() !== effectsOf(one).join();
    });
    expect(wrong.map((move) => move.name)).toEqual([]);
  });

  test('plans a timer exactly where something is still open', () => {
    const wrong = moves.filter(
      ({ step }) => (step.machine.due === null) !== restingKinds.has(step.machine.state.kind),
    );
    expect(wrong.map((move) => move.name)).toEqual([]);
  });

  test('plans it in the future, within the span that a restart may clamp to', () => {
    const wrong = moves.filter(({ step, probe }) => {
      const { due } = step.machine;
      return due !== null && (due.at_ms < probe.now_ms || due.at_ms - probe.now_ms > due.after_ms);
    });
    expect(wrong.map((move) => move.name)).toEqual([]);
  });

  test('wipes the code when it can be of no more use', () => {
    const usable = new Set(['held', 'queued', 'authorizing', 'awaitingCustomer', 'unknown', 'inquiring']);
    const wrong = moves.filter(({ variant, step }) => {
      const ends = usable.has(variant.machine.state.kind) && !usable.has(step.machine.state.kind);
      return ends && !step.effects.some((effect) => effect.kind === 'eraseCode');
    });
    expect(wrong.map((move) => move.name)).toEqual([]);
  });

  test('keeps the goods-have-left mark until a cancel or a proof, and takes it on with the queue', () => {
    const wrong = moves.filter(({ variant, probe, step }) => {
      const before = variant.machine.deferred;
      const after = step.machine.deferred;
      if (step.machine.state.kind === 'queued') return !after;
      return probe.event.kind === 'deferredCancelled' ? after : before !== after;
    });
    expect(wrong.map((move) => move.name)).toEqual([]);
  });
});

test('a code of ours is never authorized, reversed, held or queued, and only an approval that came too late is given back', () => {
  const ours = moves.filter(({ variant }) => variant.machine.presented === true);
  expect(ours.length).toBeGreaterThan(40);
  const kinds = new Set(ours.map(({ step }) => step.machine.state.kind));
  expect([...kinds].sort()).toEqual(['approved', 'closed', 'closing', 'declined', 'notSent', 'presenting']);
  const asked = new Set(ours.flatMap(({ step }) => step.effects.map(({ kind }) => kind)));
  expect([...asked].sort()).toEqual(['closePresented', 'eraseCode', 'inquire', 'present']);
  const unwanted = ours.filter(
    ({ step: { machine } }) => machine.state.kind === 'approved' && machine.state.unwanted,
  );
  expect(unwanted.map(({ name }) => name).sort()).toEqual([
    'closed + approved',
    'declined.presented + approved',
  ]);
  expect(ours.filter(({ step }) => step.machine.presented !== true)).toEqual([]);
});

test('a noted event changes nothing', () => {
  for (const pair of pairs.filter((one) => outcome(one) === '·')) {
    const { variant, probe } = pair;
    const step = stepPayment(variant.machine, probe.event, probe.now_ms, variant.policy);
    expect(step.machine, `${variant.name} + ${probe.name}`).toEqual(variant.machine);
    expect(step.effects).toEqual([]);
  }
});

test('the probes stand at or after the sending', () => {
  expect(Math.min(...probes.map((probe) => probe.now_ms))).toBeGreaterThan(SENT_ms);
});
