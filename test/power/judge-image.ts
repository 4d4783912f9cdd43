// Nothing that anybody was told may be unknown to the disk.
import type { Reading } from './read-image.ts';
import type { Told } from './witness.ts';

type Opened = Extract<Reading, { kind: 'opened' }>;

function judgeHead({ hashes }: Opened, { head }: Told): string[] {
  if (head.sequence === 0) return [];
  const found = hashes[head.sequence - 1];
  if (found === undefined)
    return [`acknowledged record ${head.sequence} is lost: the journal ends at ${hashes.length}`];
  return found.startsWith(head.shortHash) ? [] : [`record ${head.sequence} is another one than was told`];
}

/** What left must have its row, and the row its mark: or the next start sends it again. */
function judgeSent(opened: Opened, told: Told): string[] {
  const pending = (kind: string, reference: string | undefined): boolean =>
    opened.pending.some((row) => row.kind === kind && row.reference === reference);
  const authorized = [...told.authorized].flatMap((order) => {
    if (!opened.orders.has(order)) return [`authorization ${order} left, and is in no journal`];
    if (pending('authorize', opened.orders.get(order)))
      return [`authorization ${order} left, and is not marked as sent`];
    return [];
  });
  const refunded = [...told.refunded].flatMap((request) => {
    if (!opened.requests.has(request)) return [`refund ${request} left, and is in no journal`];
    if (pending('giveBack', opened.requests.get(request)))
      return [`refund ${request} left, and is not marked as sent`];
    return [];
  });
  const voided = [...told.voided]
    .filter((order) => !opened.orders.has(order))
    .map((order) => `void of ${order} left, and is in no journal`);
  return [...authorized, ...refunded, ...voided];
}

function judgeDevices({ papers, pending, drawerAsked }: Opened, told: Told): string[] {
  const unknown = [...told.papers].filter((number) => !papers.has(number));
  const originals = [...told.papers].filter((number) =>
    pending.some((row) => row.kind === 'print' && row.count === 0 && row.reference === papers.get(number)),
  );
  const unsent = pending.filter(({ kind }) => kind === 'openDrawer').length;
  return [
    ...unknown.map((number) => `paper ${number} came out, and is in no journal`),
    ...originals.map((number) => `paper ${number} came out, and would come out again as an original`),
    ...(told.pulses > drawerAsked - unsent
      ? [`${told.pulses} drawer pulses, and ${drawerAsked - unsent} openings that count as sent`]
      : []),
  ];
}

export function judgeImage(reading: Reading, told: Told): string[] {
  if (reading.kind === 'refused') return [`refused: ${reading.why}`];
  return [
    ...reading.problems,
    ...judgeHead(reading, told),
    ...judgeSent(reading, told),
    ...judgeDevices(reading, told),
  ];
}
