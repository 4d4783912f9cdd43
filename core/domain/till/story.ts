// A payment's own story: which journal records become a step that a cashier can read. Pure.
import type { GiveBackMachine } from '../giveback/machine.ts';
import { NEVER_SHOWN } from '../payment/presenting.ts';
import { clearedResult } from '../payment/steps.ts';
import type { PaymentMachine } from '../payment/state.ts';
import type { StoryStep } from '../story-step.ts';

type Happened = { event: string; code: string | null; at_ms: number; machine?: PaymentMachine };

const wordByEvent: Record<string, string> = {
  submitted: 'sent',
  approved: 'approved',
  declined: 'declined',
  awaiting: 'awaitingCustomer',
  undecided: 'stillUnknown',
  noAnswer: 'noAnswer',
  notSent: 'notSent',
  processing: 'stillUnknown',
  notFound: 'notFound',
  inquiryFailed: 'noAnswer',
  hostReversed: 'reversed',
  billClears: 'billCleared',
  reversalAcknowledged: 'reversed',
  reversalPending: 'reversalPending',
  reversalRefused: 'reversalPending',
  gaveUp: 'gaveUp',
  presented: 'codeShown',
  codeRefused: 'declined',
  closed: 'closed',
  closePending: 'stillUnknown',
  restarted: 'restarted',
};

function presentingStep(
  { phase, tries, inquiries }: Extract<PaymentMachine['state'], { kind: 'presenting' }>,
  at_ms: number,
): StoryStep[] {
  if (phase === 'making') return [{ at_ms, what: 'codeAsked', count: tries }];
  return phase === 'asking' ? [{ at_ms, what: 'inquired', count: inquiries }] : [];
}

function stateStep(machine: PaymentMachine, at_ms: number): StoryStep[] {
  const { state } = machine;
  switch (state.kind) {
    case 'inquiring':
      return [{ at_ms, what: 'inquired', count: state.inquiries }];
    case 'reversing':
      if (state.phase === 'checking') return [{ at_ms, what: 'inquired' }];
      return state.phase === 'asking' ? [{ at_ms, what: 'reversalSent', count: state.reversals }] : [];
    case 'presenting':
      return presentingStep(state, at_ms);
    case 'closing':
      return state.phase === 'asking' ? [{ at_ms, what: 'closeSent', count: state.closings }] : [];
    case 'queued':
      return [{ at_ms, what: 'queued' }];
    case 'expiredUnsent':
      return [{ at_ms, what: 'expired', detail: state.cause }];
    case 'disputed':
      return [{ at_ms, what: 'disputed', detail: state.cause }];
    default:
      return [];
  }
}

const isConfirmed = (state: PaymentMachine['state'] | undefined): boolean =>
  state !== undefined && 'result' in state && state.result === clearedResult({ confirmed: true });

/** What an event is called depends on what it led to: an approval may come too late, an acknowledgement may prove nothing yet. */
function wordFor({ event, machine }: Happened): string | undefined {
  if (event === 'approved' && machine?.state.kind !== 'approved') return 'lateApproval';
  // Ended without the acquirer: its code was shown to nobody.
  if (event !== 'closed' && machine?.state.kind === 'closed' && machine.state.result === NEVER_SHOWN)
    return 'neverShown';
  // It had been paid, or may have been: that its code is closed is not all of it.
  if (event === 'closed' && machine?.state.kind === 'closed' && machine.state.wentBack) return 'reversed';
  if (event === 'billClears' && isConfirmed(machine?.state)) return 'officeCleared';
  if (event === 'reversalAcknowledged' && machine?.state.kind === 'reversing') return 'reversalPending';
  return wordByEvent[event];
}

export function storyOf(happened: Happened): StoryStep[] {
  const steps: StoryStep[] = [];
  const what = wordFor(happened);
  if (what !== undefined) {
    steps.push({ at_ms: happened.at_ms, what, ...(happened.code === null ? {} : { detail: happened.code }) });
  }
  return happened.machine ? [...steps, ...stateStep(happened.machine, happened.at_ms)] : steps;
}

const giveBackWords: Record<string, string> = {
  done: 'givenBack',
  accepted: 'accepted',
  refused: 'refundFailed',
  undecided: 'stillUnknown',
  noAnswer: 'noAnswer',
  notSent: 'notSent',
  processing: 'stillUnknown',
  notFound: 'notFound',
  inquiryFailed: 'noAnswer',
  billShows: 'backByBill',
  officeSaysBack: 'backByOffice',
  officeSaysNot: 'notBackByOffice',
  restarted: 'restarted',
};

export function giveBackStoryOf(happened: {
  event: string;
  code: string | null;
  at_ms: number;
  machine?: GiveBackMachine;
}): StoryStep[] {
  const { at_ms, code, machine } = happened;
  const what = giveBackWords[happened.event];
  const word = what === undefined ? [] : [{ at_ms, what, ...(code === null ? {} : { detail: code }) }];
  if (machine?.state.kind === 'sending')
    return [...word, { at_ms, what: 'sent', count: machine.state.tries }];
  if (machine?.state.kind === 'inquiring')
    return [...word, { at_ms, what: 'inquired', count: machine.state.inquiries }];
  return word;
}

const BEGINNING_steps = 8;
const END_steps = 24;
/** A story so long may have lost its middle. */
export const STORY_steps = BEGINNING_steps + END_steps;

/** Whether something of it ever reached the acquirer is read out of these (evidence.ts): the last one of each is never dropped. */
const telling: ReadonlySet<string> = new Set(['inquired', 'declined']);

/** A long story (a reversal against a dead acquirer) keeps its beginning and end on screen; the journal keeps all. */
export function appendStory(story: readonly StoryStep[], more: readonly StoryStep[]): StoryStep[] {
  const all = [...story, ...more];
  while (all.length > STORY_steps) {
    const isDroppable = ({ what }: StoryStep, at: number) =>
      at >= BEGINNING_steps && !(telling.has(what) && all.filter((one) => one.what === what).length === 1);
    all.splice(all.findIndex(isDroppable), 1);
  }
  return all;
}
