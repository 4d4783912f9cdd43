// How each verdict looks: what is proven good, what is proven bad for somebody, what is still open.
import type { EvidenceVerdict } from '../../../contract/evidence.ts';
import type { Mark, Tone } from '../../ui/Glyph.tsx';

export const verdictLooks: Record<EvidenceVerdict, { tone: Tone; mark: Mark }> = {
  paid: { tone: 'ok', mark: 'tick' },
  partlyGivenBack: { tone: 'ok', mark: 'tick' },
  givenBack: { tone: 'info', mark: 'back' },
  givenBackInCash: { tone: 'info', mark: 'back' },
  goingBack: { tone: 'wait', mark: 'clock' },
  giveBackFailed: { tone: 'no', mark: 'cross' },
  giveBackRefused: { tone: 'no', mark: 'cross' },
  notCharged: { tone: 'no', mark: 'cross' },
  neverSent: { tone: 'no', mark: 'cross' },
  notTaken: { tone: 'no', mark: 'cross' },
  refusedUnseen: { tone: 'no', mark: 'cross' },
  codeClosed: { tone: 'no', mark: 'cross' },
  reversed: { tone: 'info', mark: 'back' },
  beingReversed: { tone: 'wait', mark: 'back' },
  undecided: { tone: 'wait', mark: 'question' },
  waiting: { tone: 'wait', mark: 'clock' },
  deferred: { tone: 'wait', mark: 'clock' },
  disputed: { tone: 'wait', mark: 'question' },
};

/** Proven not to pay: whether anything is still due, its sale tells. */
export const paysNothing: ReadonlySet<EvidenceVerdict> = new Set([
  'notCharged',
  'neverSent',
  'notTaken',
  'refusedUnseen',
  'codeClosed',
  'reversed',
]);
