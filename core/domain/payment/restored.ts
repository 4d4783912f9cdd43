// After a restore from a backup: whatever was open may have been sent, answered or reversed since. All of it is asked about
// before anything is sent. Pure.
import { assertNever } from '../assert.ts';
import { stepDisputed } from './disputed.ts';
import { toClosing } from './presenting.ts';
import type { PaymentState } from './state.ts';
import { type Context, dueIn, move, note, notFoundProves_ms, type Step, toInquiring } from './steps.ts';

type Doubtful = Extract<
  PaymentState,
  { kind: 'held' | 'queued' | 'authorizing' | 'awaitingCustomer' | 'unknown' | 'inquiring' }
>;

/** The ciphertext is in no backup: a deferred payment can't go again, so its flight may have begun a moment ago at the latest. */
function lookUpDeferred(context: Context): Step {
  const { now_ms } = context;
  const state = { kind: 'unknown', sentAt_ms: now_ms, inquiries: 0, codeGone: true } as const;
  const gone = { ...context, machine: { ...context.machine, state } };
  return toInquiring(gone, { sentAt_ms: now_ms, inquiries: 0, from: 'unknown', giveBack: false });
}

/** Approved in the lost time, its goods have left: a question that never arrives may not end in a reversal, however old the sending is. */
function lookUp(context: Context, state: Doubtful): Step {
  if (context.machine.deferred) return lookUpDeferred(context);
  const sentAt_ms = 'sentAt_ms' in state ? state.sentAt_ms : context.now_ms;
  if (state.kind === 'inquiring' && state.giveBack)
    return toInquiring(context, { sentAt_ms, inquiries: 0, from: 'unknown', giveBack: true });
  const doubt = { kind: 'unknown', sentAt_ms, inquiries: 0, restored: true } as const;
  const marked = { ...context, machine: { ...context.machine, state: doubt } };
  return toInquiring(marked, { sentAt_ms, inquiries: 0, from: 'unknown', giveBack: false });
}

type Inquiring = Extract<PaymentState, { kind: 'inquiring' }>;

/** With this state in the place of its own. */
export const within = (context: Context, state: Inquiring): Context => {
  return { ...context, machine: { ...context.machine, state } };
};

/**
 * The acquirer does not know it. Its books may lag behind: that takes two words, one of them about a question that was asked when nothing could
 * be on its way any more. Then it is a doubt like any other, else one that has been told so once.
 */
export function unfound(context: Context, state: Inquiring): { context: Context; isPlain: boolean } {
  const isEnough = state.unfound === true && context.now_ms >= notFoundProves_ms(context, state.sentAt_ms);
  if (!isEnough) return { context: within(context, { ...state, unfound: true }), isPlain: false };
  const { restored: _restored, unfound: _unfound, ...plain } = state;
  return { context: within(context, plain), isPlain: true };
}

export function stepRestored(context: Context): Step {
  const { state } = context.machine;
  switch (state.kind) {
    case 'held':
    case 'queued':
    case 'authorizing':
    case 'awaitingCustomer':
    case 'unknown':
    case 'inquiring':
      return lookUp(context, state);
    // Shown or not, nobody knows: it is ended, and what became of it is told by that.
    case 'presenting':
    case 'closing':
      return toClosing(context, state.sentAt_ms);
    case 'reversing': {
      // The door stays shut: the reversal goes again when the answer is here or can't come any more.
      const due = dueIn(context.now_ms, context.policy.callTimeout_ms);
      const effects = [{ kind: 'inquire', count: state.reversals }] as const;
      return move(context, { ...state, phase: 'waiting' }, due, [...effects]);
    }
    case 'approved':
    case 'declined':
    case 'notSent':
    case 'expiredUnsent':
    case 'reversed':
    case 'closed':
      return note(context);
    case 'disputed':
      return stepDisputed(context, state, { kind: 'restarted', sent: false });
    default:
      return assertNever(state, 'restored payment state');
  }
}
