// Wrong tills for a code of ours: the right one with a single mistake that an engineer could make. Each must make the search fail.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine, PaymentState } from '../../core/domain/payment/state.ts';
import type { Step } from '../../core/domain/payment/steps.ts';
import { proof } from './machine-variants.ts';
import type { Family } from './presented-model.ts';
import { GRANTED } from './presented-world.ts';
import { rightTill, shownProperties, type ShownTill } from './presented-search.ts';
import { TICK_ms } from './short-time.ts';

export type PlantedCodeBug = { name: string; property: string; family: Family; till: ShownTill };

const { notChargedMeansNotCharged, endIsReachable, neverReversed, approvedMeansCharged } = shownProperties;

type Mistake = (machine: PaymentMachine, event: PaymentEvent) => ReturnType<ShownTill['step']> | null;

function end(machine: PaymentMachine, state: PaymentState): Step {
  return { machine: { ...machine, state, due: null }, effects: [], verdict: 'moved' };
}

const closed: PaymentState = { kind: 'closed', result: 'BUG' };

/** Where `mistake` has no opinion the right machine goes on. */
function planted(name: string, property: string, family: Family, mistake: Mistake): PlantedCodeBug {
  const step: ShownTill['step'] = (machine, event, now_ms, policy) =>
    mistake(machine, event) ?? rightTill.step(machine, event, now_ms, policy);
  return { name, property, family, till: { ...rightTill, step } };
}

function believing(name: string, family: Family, isOver: ShownTill['isOver']): PlantedCodeBug {
  return { name, property: notChargedMeansNotCharged, family, till: { ...rightTill, isOver } };
}

const isShown = ({ state }: PaymentMachine) => state.kind === 'presenting' && state.content !== null;

export const plantedCodeBugs: readonly PlantedCodeBug[] = [
  planted('nobody pays yet, so nobody will', notChargedMeansNotCharged, 'lasts', (machine, event) =>
    isShown(machine) && event.kind === 'processing' ? end(machine, closed) : null,
  ),
  planted('a close that was answered is a close', notChargedMeansNotCharged, 'ends', (machine, event) =>
    machine.state.kind === 'closing' && event.kind === 'closePending' ? end(machine, closed) : null,
  ),
  planted('a close without an answer has arrived', notChargedMeansNotCharged, 'ends', (machine, event) =>
    machine.state.kind === 'closing' && event.kind === 'timer' ? end(machine, closed) : null,
  ),
  planted('a restart forgets what was shown', notChargedMeansNotCharged, 'ends', (machine, event) =>
    isShown(machine) && event.kind === 'restarted'
      ? end(machine, { kind: 'closed', result: 'NEVER_SHOWN' })
      : null,
  ),
  planted('a code that is given up is off the screen', notChargedMeansNotCharged, 'ends', (machine, event) =>
    isShown(machine) && event.kind === 'gaveUp' ? end(machine, closed) : null,
  ),
  planted('its time is over by our clock', notChargedMeansNotCharged, 'ends', (machine, event) =>
    machine.state.kind === 'presenting' &&
    machine.state.phase === 'shown' &&
    event.kind === 'timer' &&
    machine.state.endsAt_ms <= 0
      ? end(machine, closed)
      : null,
  ),
  planted('it is reversed like any other', neverReversed, 'ends', (machine, event) =>
    isShown(machine) && event.kind === 'gaveUp'
      ? {
          machine: {
            ...machine,
            state: { kind: 'reversing', sentAt_ms: 0, startedAt_ms: 0, reversals: 1, phase: 'asking' },
            due: { at_ms: TICK_ms, after_ms: TICK_ms },
          },
          effects: [{ kind: 'reverse', count: 1 }],
          verdict: 'moved',
        }
      : null,
  ),
  planted(
    'after a lost answer a code of a new number',
    notChargedMeansNotCharged,
    'ends',
    (machine, event) =>
      machine.state.kind === 'presenting' && machine.state.phase === 'making' && event.kind === 'noAnswer'
        ? { machine, effects: [{ kind: 'present', count: 2 }], verdict: 'moved', newNumber: true }
        : null,
  ),
  planted('a customer who is paying has paid', approvedMeansCharged, 'ends', (machine, event) =>
    machine.state.kind === 'presenting' && event.kind === 'awaiting'
      ? end(machine, { kind: 'approved', proof })
      : null,
  ),
  planted('an approval behind the door is ignored', endIsReachable, 'ends', (machine, event) =>
    machine.state.kind === 'closing' && event.kind === 'approved'
      ? { machine, effects: [], verdict: 'noted' }
      : null,
  ),
  planted('it is closed only once', endIsReachable, 'lasts', (machine, event) =>
    machine.state.kind === 'closing' && event.kind === 'timer'
      ? { machine: { ...machine, due: null }, effects: [], verdict: 'moved' }
      : null,
  ),
  believing('it has ended by our clock alone', 'lasts', (_, world) => world.ourLeft <= GRANTED),
  believing(
    'it has ended with its last second',
    'lasts',
    (_, world) => Math.max(world.left, world.ourLeft) <= 0,
  ),
];
