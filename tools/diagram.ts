// Draws docs/payment-states.md from the code: probes the payment machine with every state variant and every event.
// `node tools/diagram.ts` writes the page; with --check it fails when the page is stale.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Defect } from '../core/domain/assert.ts';
import type { PaymentState } from '../core/domain/payment/state.ts';
import { isProven } from '../core/domain/payment/state.ts';
import { stepPayment } from '../core/domain/payment/transition.ts';
import { type Probe, probes } from '../test/sim/machine-events.ts';
import { plainPolicy, type Variant, variants } from '../test/sim/machine-variants.ts';

const page = join(import.meta.dirname, '..', 'docs', 'payment-states.md');

/** Null: nothing moves, or only a defect would send this. */
function next(variant: Variant, probe: Probe): PaymentState | null {
  try {
    const step = stepPayment(variant.machine, probe.event, probe.now_ms, variant.policy);
    return step.verdict === 'moved' ? step.machine.state : null;
  } catch (error) {
    if (error instanceof Defect) return null;
    throw error;
  }
}

type Naming = (state: PaymentState) => string;

/** One line per pair of states: everything that leads from one to the other. */
function arrows(chosen: readonly Variant[], nameOf: Naming): string[] {
  const events = new Map<string, Set<string>>();
  for (const variant of chosen) {
    for (const probe of probes) {
      // An early timer leads nowhere but where a timer does.
      if ('early' in probe.event) continue;
      const state = next(variant, probe);
      if (state === null) continue;
      const pair = `${nameOf(variant.machine.state)} --> ${nameOf(state)}`;
      const known = events.get(pair) ?? new Set<string>();
      events.set(pair, known.add(probe.name.replace(':', ' ')));
    }
  }
  // Where it happens early and late alike, the time doesn't matter; nor does what an undecided answer says where each leads to the same.
  const plainly = (names: Set<string>) =>
    [...names]
      .filter((name) => !names.has(name.replace(/ late$/, '')) || !name.endsWith(' late'))
      .filter((name) => name !== 'paidThere' || !names.has('undecided'))
      .filter((name) => name !== 'malformed' || !names.has('misconfigured'));
  return [...events].map(([pair, names]) => `  ${pair}: ${plainly(names).join(', ')}`);
}

function diagram(entries: readonly string[], chosen: readonly Variant[], nameOf: Naming): string {
  const lines = arrows(chosen, nameOf);
  const proven = chosen
    .filter((variant) => isProven(variant.machine.state))
    .map((variant) => nameOf(variant.machine.state));
  const ends = [...new Set(proven)].filter((name) => lines.some((line) => line.includes(`--> ${name}:`)));
  const starts = entries.map((entry) => `  [*] --> ${entry}`);
  return [
    '```mermaid',
    'stateDiagram-v2',
    ...starts,
    ...lines,
    ...ends.map((end) => `  ${end} --> [*]`),
    '```',
  ].join('\n');
}

const kindOf: Naming = (state) =>
  state.kind === 'inquiring' && state.giveBack ? 'inquiringToGiveBack' : state.kind;
const phaseOf: Naming = (state) => (state.kind === 'reversing' ? state.phase : state.kind);

function isReversing(variant: Variant): boolean {
  return variant.machine.state.kind === 'reversing';
}

function isOn(variant: Variant, policy: 'gateway' | 'plain'): boolean {
  return (variant.policy === plainPolicy) === (policy === 'plain');
}

/** All variants of one kind of attempt that the overview shows. */
function overview(deferred: boolean): Variant[] {
  return variants.filter(
    (one) => isOn(one, 'gateway') && !isReversing(one) && one.machine.deferred === deferred,
  );
}

function reversals(policy: 'gateway' | 'plain'): Variant[] {
  return variants.filter((one) => isOn(one, policy) && isReversing(one));
}

const text = `# States of a payment

Generated from \`core/domain/payment\` by \`node tools/diagram.ts\`; do not edit. What each cell of the state x event table must
be stands in \`test/sim/machine-table.ts\`, written by hand.

Proven: approved, declined, notSent, expiredUnsent, reversed. Everything else is unproven and has a timer; a dispute has
a person besides. An event that is not drawn is kept in the journal and changes nothing.

## An ordinary payment

${diagram(['authorizing', 'held', 'presenting'], overview(false), kindOf)}

## A deferred payment (the goods have left)

It comes from the offline queue, or from a sending that failed. Its approval is always kept; only a manager's cancel gives back.
What the acquirer never decides a person ends (\`billClears\`: its bill, or its office's word), once nothing of it can be on its way.

${diagram(['queued'], overview(true), kindOf)}

## Inside reversing: an acquirer with tombstones

${diagram(['asking'], reversals('gateway'), phaseOf)}

## Inside reversing: an acquirer without tombstones

After the acknowledgement the order itself is asked about: known as closed or given back it is proof at once; unknown it counts only once a reversal was acknowledged that was asked for after the horizon, when nothing can be in flight any more.

${diagram(['asking'], reversals('plain'), phaseOf)}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    process.stderr.write('docs/payment-states.md is stale: run `node tools/diagram.ts`\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
