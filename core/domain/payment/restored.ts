// After a restore from a backup: whatever was open may have been sent, answered or reversed since. All of it is asked about
// before anything is sent. Pure.
import { assertNever } from '../assert.ts';
import { stepDisputed } from './disputed.ts';
import { toClosing } from './presenting.ts';
import type { PaymentState } from './state.ts';
import { type Context, dueIn, move, note, type Step, toInquiring } from './steps.ts';

type Doubtful = Extract<PaymentState, { kind: 'held' | 'queued' | 'authorizing' | 'unknown' | 'inquiring' }>;

/** The ciphertext is in no backup: a deferred payment can't go again, so its flight may have begun a moment ago at the latest. */
function lookUpDeferred(context: Context): Step {
  const { now_ms } = context;
  const state = { kind: 'unknown', sentAt_ms: now_ms, inquiries: 0, codeGone: true } as const;
  const gone = { ...context, machine: { ...context.machine, state } };
  return toInquiring(gone, { sentAt_ms: now_ms, inquiries: 0, from: 'unknown', giveBack: false });
}

function lookUp(context: Context, state: Doubtful): Step {
  if (context.machine.deferred) return lookUpDeferred(context);
  const sentAt_ms = 'sentAt_ms' in state ? state.sentAt_ms : context.now_ms;
  const giveBack = state.kind === 'inquiring' && state.giveBack;
  return toInquiring(context, { sentAt_ms, inquiries: 0, from: 'unknown', giveBack });
}

export function stepRestored(context: Context): Step {
  const { state } = context.machine;
  switch (state.kind) {
    case 'held':
    case 'queued':
    case 'authorizing':
    case 'unknown':
    case 'inquiring':
      return lookUp(context, state);
    // Shown or not, nobody knows: it is ended, and what became of it is told by that.
    case 'presenting':
    case 'closing':
      return toClosing(context, state.sentAt_ms);
    case 'awaitingCustomer':
      return toInquiring(context, {
        sentAt_ms: state.sentAt_ms,
        inquiries: state.inquiries,
        from: 'awaitingCustomer',
        giveBack: false,
      });
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
