// Wrong machines: the right one with a single mistake that a till could plausibly have. Each must make the search fail.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { PaymentMachine, PaymentState } from '../../core/domain/payment/state.ts';
import { stepPayment } from '../../core/domain/payment/transition.ts';
import type { MachineStep } from './attempt-search.ts';
import { proof } from './machine-variants.ts';
import { properties } from './properties.ts';

export type PlantedBug = { name: string; property: string; step: MachineStep };

function end(machine: PaymentMachine, state: PaymentState): ReturnType<MachineStep> {
  return { machine: { ...machine, state, due: null }, effects: [], verdict: 'moved' };
}

const declined: PaymentState = { kind: 'declined', code: 'BUG', reason: 'other' };

type Mistake = (machine: PaymentMachine, event: PaymentEvent) => ReturnType<MachineStep> | null;

/** Where `mistake` has no opinion the right machine goes on. */
function planted(name: string, property: string, mistake: Mistake): PlantedBug {
  const step: MachineStep = (machine, event, now_ms, policy, startedAt_ms) =>
    mistake(machine, event) ?? stepPayment(machine, event, now_ms, policy, startedAt_ms);
  return { name, property, step };
}

export const plantedBugs: readonly PlantedBug[] = [
  planted('not found is taken as proof', properties.notChargedMeansNotCharged, (machine, event) =>
    machine.state.kind === 'inquiring' && event.kind === 'notFound' ? end(machine, declined) : null,
  ),
  planted('no answer is taken as declined', properties.notChargedMeansNotCharged, (machine, event) =>
    machine.state.kind === 'authorizing' && event.kind === 'noAnswer' ? end(machine, declined) : null,
  ),
  planted(
    'a restart while sent is taken as not sent',
    properties.notChargedMeansNotCharged,
    (machine, event) =>
      machine.state.kind === 'authorizing' && event.kind === 'restarted'
        ? end(machine, { kind: 'notSent', cause: 'BUG' })
        : null,
  ),
  planted('after a restart it is sent again under a new number', properties.oneCharge, (machine, event) =>
    machine.state.kind === 'authorizing' && event.kind === 'restarted' && event.sent
      ? {
          machine: { ...machine, state: { ...machine.state, resend: true } },
          effects: [{ kind: 'authorize' }],
          verdict: 'moved',
          newNumber: true,
        }
      : null,
  ),
  planted('a late approval is kept while reversing', properties.approvedMeansCharged, (machine, event) =>
    machine.state.kind === 'reversing' && event.kind === 'approved'
      ? end(machine, { kind: 'approved', proof })
      : null,
  ),
  planted('giving up forgets the reversal', properties.notChargedMeansNotCharged, (machine, event) =>
    event.kind === 'gaveUp' && machine.state.kind !== 'held'
      ? end(machine, { kind: 'reversed', result: 'BUG' })
      : null,
  ),
  planted(
    'not sent is taken as proof for a resend',
    properties.notChargedMeansNotCharged,
    (machine, event) =>
      machine.state.kind === 'authorizing' && machine.state.resend && event.kind === 'notSent'
        ? end(machine, { kind: 'expiredUnsent', cause: 'age' })
        : null,
  ),
  planted('a deferred payment is given up like any other', properties.deferredIsKept, (machine, event) =>
    machine.deferred && machine.state.kind === 'unknown' && event.kind === 'timer'
      ? {
          machine: {
            deferred: true,
            state: { kind: 'reversing', sentAt_ms: 0, startedAt_ms: 0, reversals: 1, phase: 'asking' },
            due: { at_ms: 1, after_ms: 1 },
          },
          effects: [{ kind: 'reverse', count: 1 }],
          verdict: 'moved',
        }
      : null,
  ),
  planted('a reversal is asked for only once', properties.endIsReachable, (machine, event) =>
    machine.state.kind === 'reversing' && machine.state.phase === 'asking' && event.kind === 'timer'
      ? { machine: { ...machine, due: null }, effects: [], verdict: 'moved' }
      : null,
  ),
];
