// What a row comes to, in one short English sentence.
import type { CodeRow, Operation, Proof } from '../../acquirers/transport/code-row.ts';
import type { AcquirerErrors } from './acquirers.ts';

type Words = Partial<Record<Proof['kind'], string>>;

const giveBack: Words = {
  refused: 'not given back, and never under this number',
  processing: 'accepted, not decided: asked about',
  absent: 'nothing given back yet: the same request goes again',
};

/** Where another try goes under the same number, so that this number may still give back. */
const AGAIN = 'not given back, unless it is asked for again under this number';

const words: Readonly<Record<Operation, Words>> = {
  pay: { processing: 'awaiting the customer' },
  query: { processing: 'not decided: asked again', absent: 'no such order: proves nothing by itself' },
  reverse: {
    refused: 'refused for good: one last look, then a refund or a dispute',
    absent: 'acknowledged, nothing found: a look decides',
    over: 'acknowledged: a look decides',
    processing: 'not yet: asked again',
  },
  void: { ...giveBack, refused: 'not voided: a refund follows' },
  refund: giveBack,
  refundQuery: giveBack,
  present: {},
  close: {
    refused: 'not closed, and asking again changes nothing: a query decides',
    absent: 'no such order: a query decides',
    processing: 'somebody is paying: a query decides',
  },
  signIn: { refused: 'this terminal is not wanted: nothing is sent, alarm' },
};

/** Of a code in doubt: what is done about it. */
const doubts: Readonly<Record<Operation, string>> = {
  pay: 'unknown',
  query: 'unknown',
  reverse: 'unknown, asked again',
  void: 'unknown',
  refund: 'unknown',
  refundQuery: 'unknown',
  present: 'unknown, asked again, shown to nobody',
  close: 'unknown, a query decides',
  signIn: 'not signed in, nothing is sent',
};

export function outcomeOf(
  { operation, proves }: CodeRow,
  { confirms, keepsNumber }: Pick<AcquirerErrors, 'confirms' | 'keepsNumber'>,
): string {
  if (proves.kind === 'inDoubt') {
    const isClosed = operation === 'present' && proves.saysPaid;
    return `${isClosed ? 'unknown, shown to nobody' : doubts[operation]}: ${proves.why}`;
  }
  if (proves.kind === 'declined') {
    const { reason } = proves;
    if (operation === 'present') return `no code was made (${reason})`;
    const isConfirmed = reason === 'codeUnusable' && confirms.includes('usedCode');
    return `declined (${reason})${isConfirmed ? ', once a query finds no such order' : ''}`;
  }
  const told = words[operation][proves.kind];
  if (told === undefined) throw new Error(`${proves.kind} makes no sense of ${operation}`);
  const isConfirmed = operation === 'refund' && proves.kind === 'refused' && confirms.includes('refund');
  const isBack = proves.kind === 'refused' && proves.perhapsBack === true;
  if (isBack && operation === 'void') return 'not voided: perhaps back by other means, a person must look';
  const refusal = operation === 'refund' && proves.kind === 'refused' && keepsNumber ? AGAIN : told;
  return `${refusal}${isConfirmed ? ', once its query finds no such refund' : ''}${isBack ? '; perhaps back by other means' : ''}`;
}
