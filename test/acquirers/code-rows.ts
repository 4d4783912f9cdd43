// What the tests of the acquirers' error tables share.
import type { CodeTable, Operation, Proof } from '../../acquirers/transport/code-row.ts';

/** Codes by what they say, for a comparison with literals. */
export function byReason(map: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const code of Object.keys(map).toSorted()) {
    const reason = map[code] ?? '';
    found[reason] = found[reason] === undefined ? code : `${found[reason]} ${code}`;
  }
  return found;
}

export const listed = (codes: Iterable<string>): string => [...codes].toSorted().join(' ');

/** The codes of a table that an adapter takes for a refusal of a refund. */
export const refusedBy = ({ rows }: CodeTable, refusal: (code: string) => unknown): string[] =>
  [...new Set(rows.map(({ code }) => code))].filter((code) => refusal(code) !== null);

/** How a codec reads one code, said as the whole answer to a call. */
export type Readers = Partial<Record<Operation, (code: string) => { kind: string; [name: string]: unknown }>>;

const closePending = { kind: 'closePending', mayBePaid: true };

/** What a codec must make of each proof; those that are not here make no sense as an answer to that call. */
const events: Readonly<Record<Operation, Partial<Record<Proof['kind'], object>>>> = {
  pay: { declined: { kind: 'declined' }, processing: { kind: 'awaiting' }, inDoubt: { kind: 'undecided' } },
  query: {
    declined: { kind: 'declined' },
    processing: { kind: 'processing' },
    absent: { kind: 'notFound' },
    inDoubt: { kind: 'inquiryFailed' },
  },
  reverse: {
    refused: { kind: 'reversalRefused' },
    absent: { kind: 'reversalAcknowledged' },
    over: { kind: 'reversalAcknowledged' },
    processing: { kind: 'reversalPending' },
    inDoubt: { kind: 'reversalPending' },
  },
  void: { refused: { kind: 'refused' }, processing: { kind: 'accepted' }, inDoubt: { kind: 'undecided' } },
  refund: { refused: { kind: 'refused' }, processing: { kind: 'accepted' }, inDoubt: { kind: 'undecided' } },
  refundQuery: {
    refused: { kind: 'refused' },
    processing: { kind: 'processing' },
    absent: { kind: 'notFound' },
    inDoubt: { kind: 'inquiryFailed' },
  },
  present: { declined: { kind: 'refused' }, inDoubt: { kind: 'undecided' } },
  close: {
    refused: { kind: 'closeRefused' },
    absent: { kind: 'closePending', mayBePaid: undefined },
    processing: closePending,
    inDoubt: closePending,
  },
  signIn: { refused: { kind: 'byName' }, inDoubt: { kind: 'now' } },
};

const unlisted: Proof = { kind: 'inDoubt', why: '' };
const unknown = ['NEVER_HEARD_OF', 'ZZ', 'constructor', '__proto__', 'toString'];

type Case = { operation: Operation; code: string; proves: Proof };

/**
 * Each call with each code of the whole table, whether it has a row there or not, and with codes that nobody knows: one without a row must
 * come out as one in doubt.
 */
export function everyCase({ rows }: CodeTable, readers: Readers): Case[] {
  const codes = [...new Set([...rows.map(({ code }) => code), ...unknown])];
  const operations = Object.keys(readers) as Operation[];
  return operations.flatMap((operation) =>
    codes.map((code) => {
      const row = rows.find((one) => one.operation === operation && one.code === code);
      return { operation, code, proves: row?.proves ?? unlisted };
    }),
  );
}

export function eventOf({ operation, proves }: Case): object {
  const event = events[operation][proves.kind];
  if (event === undefined) throw new Error(`${proves.kind} makes no sense of ${operation}`);
  if (proves.kind === 'declined') return { ...event, reason: proves.reason };
  if (operation !== 'present' || proves.kind !== 'inDoubt') return event;
  return { ...event, saysPaid: proves.saysPaid };
}

/** The event, with the marks that a closing leaves out where nobody can be paying, and a request for a code where nobody has paid. */
export function readBy(readers: Readers, { operation, code }: Case): object {
  return { mayBePaid: undefined, saysPaid: undefined, ...readers[operation]?.(code) };
}

/** Rows that no reader meets, that say nothing to a Chinese reader, or whose source stands nowhere; and sources that no row names. */
export function faultsOf({ rows, sources }: CodeTable, readers: Readers): string[] {
  const named = new Set(rows.flatMap(({ source }) => source.split(' ')));
  const ofRows = rows.flatMap(({ code, operation, meaning_zh, source, proves }) => {
    const isSourced = source.split(' ').every((tag) => Object.hasOwn(sources, tag));
    const isRead = readers[operation] !== undefined;
    const isReasoned = proves.kind !== 'inDoubt' || proves.why !== '';
    const isGood = isSourced && isRead && isReasoned && /\p{Script=Han}/u.test(meaning_zh);
    return isGood ? [] : [`${operation} ${code}`];
  });
  return [...ofRows, ...Object.keys(sources).filter((tag) => !named.has(tag))];
}
