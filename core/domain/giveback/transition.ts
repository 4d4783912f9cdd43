// The give-back machine: one void or refund, one event, the next state and what to do. Pure.
// A request is sent again only under its own number, and only after an inquiry found nothing: it is given back once.
import { assertNever } from '../assert.ts';
import type { PaymentPolicy } from '../payment/policy.ts';
import type { Due } from '../payment/state.ts';
import { clearedResult, easing_ms, flightEnd_ms } from '../payment/steps.ts';
import type {
  Doubt,
  GiveBackEffect,
  GiveBackEvent,
  GiveBackMachine,
  GiveBackProof,
  GiveBackState,
} from './machine.ts';

export type GiveBackStep = {
  machine: GiveBackMachine;
  effects: GiveBackEffect[];
  verdict: 'moved' | 'noted';
};

type In<Kind extends GiveBackState['kind']> = Extract<GiveBackState, { kind: Kind }>;
type Asking = In<'pending'> | In<'unknown'> | In<'inquiring'>;
type Context = { machine: GiveBackMachine; now_ms: number; policy: PaymentPolicy; startedAt_ms: number };

/** A word of the office this long after the last sending is about all that was sent. */
const OFFICE_knows_ms = 24 * 3600_000;

function dueIn(context: Context, after_ms: number): Due {
  return { at_ms: context.now_ms + after_ms, after_ms };
}

function move(state: GiveBackState, due: Due | null, effects: GiveBackEffect[] = []): GiveBackStep {
  return { machine: { state, due }, effects, verdict: 'moved' };
}

function note({ machine }: Context): GiveBackStep {
  return { machine, effects: [], verdict: 'noted' };
}

function send(context: Context, tries: number): GiveBackStep {
  const state: GiveBackState = { kind: 'sending', sentAt_ms: context.now_ms, tries: tries + 1 };
  const due = dueIn(context, context.policy.callTimeout_ms);
  return move(state, due, [{ kind: 'giveBack', count: state.tries }]);
}

/** As of a payment: from then on a not-found answers a question asked when nothing could be on its way. */
function notFoundProves_ms(context: Context, { sentAt_ms }: Doubt): number {
  const { callTimeout_ms } = context.policy;
  return flightEnd_ms(context, sentAt_ms, callTimeout_ms) + callTimeout_ms;
}

/** The next inquiry: on the schedule from the sending, then at a steady pace and ever more seldom, for ever. */
function nextInquiry(context: Context, doubt: Doubt): Due {
  const { policy, now_ms } = context;
  const { sentAt_ms, inquiries } = doubt;
  const wait_ms = notFoundProves_ms(context, doubt) - now_ms;
  if (doubt.denied === true && wait_ms > 0) return dueIn(context, wait_ms);
  const planned_ms = policy.giveBackInquiryAt_ms[inquiries];
  if (planned_ms === undefined)
    return dueIn(context, easing_ms(policy.giveBackInquiryEvery_ms, sentAt_ms, now_ms));
  return dueIn(context, Math.max(0, sentAt_ms + planned_ms - now_ms));
}

function doubtOf({ sentAt_ms, tries, inquiries, denied, flying, restored }: Doubt): Doubt {
  const marks = { ...(denied && { denied }), ...(flying && { flying }), ...(restored && { restored }) };
  return { sentAt_ms, tries, inquiries, ...marks };
}

function wait(context: Context, kind: 'pending' | 'unknown', from: Doubt): GiveBackStep {
  const doubt = doubtOf(from);
  return move({ kind, ...doubt }, nextInquiry(context, doubt));
}

function inquire(context: Context, state: Asking): GiveBackStep {
  const inquiries = state.inquiries + 1;
  const from = state.kind === 'inquiring' ? state.from : state.kind;
  const due = dueIn(context, context.policy.callTimeout_ms);
  return move({ kind: 'inquiring', ...doubtOf(state), inquiries, from }, due, [
    { kind: 'askGiveBack', count: inquiries },
  ]);
}

/** Older versions did not write down that the last request had no answer (`flying`): after a start any may still be on its way. */
function inquireAnew(context: Context, state: Asking, { restored }: { restored?: boolean }): GiveBackStep {
  return inquire(context, { ...state, flying: true, ...(restored === true && { restored }) });
}

function provenBeside(by: GiveBackProof): GiveBackStep {
  const result = clearedResult(by === 'office' ? { confirmed: true } : {});
  return move({ kind: 'done', result, reference: null, by }, null);
}

/** Somebody has found the money with the customer, and this request had been refused. */
function foundElsewhere(): GiveBackStep {
  const result = clearedResult({ confirmed: true });
  return move({ kind: 'done', result, reference: null, by: 'office', elsewhere: true }, null);
}

/** Proof ends it, whatever was going on. */
function ended(event: GiveBackEvent): GiveBackStep | null {
  if (event.kind === 'done') {
    const { result, reference } = event;
    return move({ kind: 'done', result, reference }, null);
  }
  if (event.kind === 'billShows') return provenBeside('bill');
  if (event.kind !== 'refused') return null;
  const { code, perhapsBack, spent } = event;
  return move({ kind: 'failed', code, ...(perhapsBack && { perhapsBack }), ...(spent && { spent }) }, null);
}

function stepRequested(context: Context, state: In<'requested'>, event: GiveBackEvent): GiveBackStep {
  switch (event.kind) {
    case 'timer':
    case 'lineUp':
      return send(context, state.tries);
    case 'restarted':
      if (event.restored === true)
        return inquire(context, {
          kind: 'unknown',
          sentAt_ms: context.now_ms,
          tries: state.tries,
          inquiries: 0,
          flying: true,
          restored: true,
        });
      return move(state, dueIn(context, 0));
    default:
      return note(context);
  }
}

function stepSending(context: Context, state: In<'sending'>, event: GiveBackEvent): GiveBackStep {
  // A request that goes again and again is asked about ever later: else one that draws doubt, and is then unknown, would never rest.
  const from = { ...state, inquiries: state.tries - 1 };
  switch (event.kind) {
    // It is with them, and nothing says what becomes of it: books that lag behind may not know it yet.
    case 'accepted':
      return wait(context, 'pending', { ...from, flying: true });
    // A front may have said it (504, HTML), or a machine of the acquirer that has given up waiting for another: it may yet be carried out.
    case 'undecided':
    case 'noAnswer':
    case 'timer':
      return wait(context, 'unknown', { ...from, flying: true });
    case 'notSent':
      // A sending before this one may have arrived: then only an inquiry tells.
      return state.tries > 1
        ? wait(context, 'unknown', from)
        : move({ kind: 'requested', tries: 0 }, dueIn(context, context.policy.giveBackInquiryEvery_ms));
    case 'restarted':
      if (!event.sent && event.restored !== true && state.tries === 1)
        return move({ kind: 'requested', tries: 0 }, dueIn(context, 0));
      return inquireAnew(context, { ...from, kind: 'unknown' }, event);
    default:
      return note(context);
  }
}

function deniedByOffice(): GiveBackStep {
  return move({ kind: 'failed', code: clearedResult({ confirmed: true }), by: 'office' }, null);
}

/** What the acquirer has, or what was sent long ago, the office has seen. Anything else may have arrived since, or still be on its way. */
function doesOfficeKnow(context: Context, state: Asking): boolean {
  const { now_ms } = context;
  if (now_ms < notFoundProves_ms(context, state)) return false;
  const isTaken = state.kind === 'pending' || (state.kind === 'inquiring' && state.from === 'pending');
  return isTaken || now_ms - state.sentAt_ms >= OFFICE_knows_ms;
}

/** Only of what was sent can the office say what became of it. */
function onOffice(context: Context, state: Asking, event: GiveBackEvent): GiveBackStep {
  if (event.kind === 'officeSaysBack') return provenBeside('office');
  if (event.kind !== 'officeSaysNot') return note(context);
  if (doesOfficeKnow(context, state)) return deniedByOffice();
  if (state.denied === true) return note(context);
  const denied = { ...state, denied: true } as const;
  if (denied.kind === 'inquiring') return inquire(context, denied);
  return move(denied, nextInquiry(context, denied));
}

/** Asked about by its schedule, and as soon as nothing of it can be on its way any more. */
function waitForFlight(context: Context, state: In<'inquiring'>): GiveBackStep {
  const doubt = doubtOf(state);
  const planned = nextInquiry(context, doubt);
  const left_ms = notFoundProves_ms(context, state) - context.now_ms;
  return move({ kind: 'unknown', ...doubt }, planned.after_ms < left_ms ? planned : dueIn(context, left_ms));
}

/**
 * Unknown there: the same request goes again, but for one that the office has denied. That one ends when nothing of it can arrive any more; so
 * does one of before a restore, of which the lost time may have sent a request a moment ago.
 * Where a refused number is not spent, a request of it that arrives late may be carried out though the next one was refused: no two of them
 * are ever on their way.
 */
function onNotFound(context: Context, state: In<'inquiring'>): GiveBackStep {
  if (state.denied !== true) {
    const isFlying = state.flying === true && context.now_ms < notFoundProves_ms(context, state);
    const mayArrive = state.restored === true || !context.policy.refusedIsSpent;
    return isFlying && mayArrive ? waitForFlight(context, state) : send(context, state.tries);
  }
  if (context.now_ms >= notFoundProves_ms(context, state)) return deniedByOffice();
  return wait(context, 'unknown', state);
}

function stepWaiting(
  context: Context,
  state: In<'pending'> | In<'unknown'>,
  event: GiveBackEvent,
): GiveBackStep {
  switch (event.kind) {
    case 'timer':
    case 'lineUp':
      return inquire(context, state);
    case 'restarted':
      return inquireAnew(context, state, event);
    default:
      return onOffice(context, state, event);
  }
}

function stepInquiring(context: Context, state: In<'inquiring'>, event: GiveBackEvent): GiveBackStep {
  switch (event.kind) {
    case 'processing':
      return wait(context, 'pending', state);
    case 'notFound':
      return onNotFound(context, state);
    case 'inquiryFailed':
    case 'timer':
      return wait(context, state.from, state);
    case 'restarted':
      return inquireAnew(context, state, event);
    default:
      return onOffice(context, state, event);
  }
}

/** Another try is the same request again, as the acquirer wants it. */
export function mayKeepNumber(state: GiveBackState, policy: PaymentPolicy): boolean {
  return (
    policy.refundKeepsNumber && state.kind === 'failed' && state.spent !== true && state.perhapsBack !== true
  );
}

/**
 * Verified proof of money given back counts even after "failed": the acquirer's word is about money that moved. A person's word that it is
 * back counts only where the refusal itself left that open.
 */
function stepFailed(context: Context, state: In<'failed'>, event: GiveBackEvent): GiveBackStep {
  if (event.kind === 'officeSaysBack' && state.perhapsBack === true) return foundElsewhere();
  if (event.kind === 'sendAgain' && mayKeepNumber(state, context.policy)) return send(context, 0);
  if (event.kind === 'doubted' && state.perhapsBack !== true)
    return move({ ...state, perhapsBack: true }, null);
  const isBack = event.kind === 'done' || event.kind === 'billShows';
  return isBack ? (ended(event) ?? note(context)) : note(context);
}

/**
 * The wire refuses what bill or office called gone back. Whoever is right, a person finds out before any more money goes: perhaps it is
 * back. A refusal that itself says so contradicts nothing.
 */
function stepDone(context: Context, state: In<'done'>, event: GiveBackEvent): GiveBackStep {
  if (state.elsewhere === true) {
    if (event.kind === 'backByAnother') return move({ kind: 'failed', code: event.code }, null);
    // Its own proof after all, against the refusal.
    if (event.kind === 'done' || event.kind === 'billShows') return ended(event) ?? note(context);
  }
  if (state.by === undefined || event.kind !== 'refused' || event.perhapsBack === true) return note(context);
  return move({ kind: 'failed', code: event.code, perhapsBack: true }, null);
}

function dispatch(context: Context, event: GiveBackEvent): GiveBackStep {
  const { state } = context.machine;
  if (state.kind === 'done') return stepDone(context, state, event);
  if (state.kind === 'failed') return stepFailed(context, state, event);
  const end = ended(event);
  if (end !== null) return end;
  switch (state.kind) {
    case 'requested':
      return stepRequested(context, state, event);
    case 'sending':
      return stepSending(context, state, event);
    case 'pending':
    case 'unknown':
      return stepWaiting(context, state, event);
    case 'inquiring':
      return stepInquiring(context, state, event);
    default:
      return assertNever(state, 'give-back state');
  }
}

/** The wall clock was set back over a restart: nothing was sent in the future. */
function withoutFuture(machine: GiveBackMachine, now_ms: number): GiveBackMachine {
  const { state } = machine;
  if (!('sentAt_ms' in state)) return machine;
  return { ...machine, state: { ...state, sentAt_ms: Math.min(state.sentAt_ms, now_ms) } };
}

export function stepGiveBack(
  machine: GiveBackMachine,
  event: GiveBackEvent,
  now_ms: number,
  policy: PaymentPolicy,
  startedAt_ms = -Infinity,
): GiveBackStep {
  return dispatch({ machine: withoutFuture(machine, now_ms), now_ms, policy, startedAt_ms }, event);
}

/** One that is never sent: it stands for money of which the acquirer has said both, and a person must look. */
export function refusedGiveBack(code: string): GiveBackStep {
  return move({ kind: 'failed', code, perhapsBack: true }, null);
}

/** A new give-back: sent at once, or when the line is up again. */
export function openGiveBack(isOnline: boolean, now_ms: number, policy: PaymentPolicy): GiveBackStep {
  const blank: GiveBackMachine = { state: { kind: 'requested', tries: 0 }, due: null };
  const context: Context = { machine: blank, now_ms, policy, startedAt_ms: now_ms };
  if (isOnline) return send(context, 0);
  return move({ kind: 'requested', tries: 0 }, dueIn(context, policy.giveBackInquiryEvery_ms));
}
