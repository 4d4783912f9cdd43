// The small parts by hand-made examples: dates, tax, differences, numbers, shapes; and an acquirer that contradicts itself.
import { expect, it } from 'vitest';
import { newBooks } from './books.ts';
import { shanghaiDate, shanghaiHour } from './calendar.ts';
import { differences } from './differences.ts';
import { shareUp_fen, taxIncluded_fen } from './money.ts';
import { takeNumber } from './numbers.ts';
import { recordShapes } from './record-shapes.ts';
import { audited } from './testing/journal.ts';
import { randomJournal, stepsOf } from './testing/random-journal.ts';
import { chained } from './testing/random-till.ts';

it('knows Shanghai days and hours', () => {
  const examples = [
    '1970-01-01T00:00:00Z',
    '2026-02-28T16:00:00Z',
    '2024-02-28T16:00:00Z',
    '2026-12-31T15:59:59Z',
  ];
  const told = examples.map((each) => `${shanghaiDate(Date.parse(each))} ${shanghaiHour(Date.parse(each))}`);
  expect(told).toEqual(['1970-01-01 08', '2026-03-01 00', '2024-02-29 00', '2026-12-31 23']);
  for (let day = -1000; day < 60_000; day += 37) {
    const at_ms = day * 86_400_000;
    expect(shanghaiDate(at_ms)).toBe(new Date(at_ms + 8 * 3_600_000).toISOString().slice(0, 10));
  }
});

it('rounds tax by halves upwards and losses upwards, beyond 2^53 too', () => {
  expect([taxIncluded_fen(113, 1300), taxIncluded_fen(357, 1300), taxIncluded_fen(1, 1300)]).toEqual([
    13, 41, 0,
  ]);
  // 1.5 and 2.5 exactly: both go up.
  expect([taxIncluded_fen(3, 10_000), taxIncluded_fen(5, 10_000)]).toEqual([2, 3]);
  expect(taxIncluded_fen(1_000_000_000_000, 1300)).toBe(115_044_247_788);
  expect([shareUp_fen(1000, 1, 3), shareUp_fen(999, 1, 3), shareUp_fen(0, 5, 20)]).toEqual([334, 333, 0]);
});

it('names each field in which two reports differ', () => {
  expect(differences({ a: 1, b: [{ c: 'x' }] }, { a: 1, b: [{ c: 'x' }] })).toEqual([]);
  expect(differences({ a: 1, b: [{ c: 'x' }] }, { a: 2, b: [] })).toEqual([
    'a: 1 != 2',
    'b[0]: {"c":"x"} != nothing',
  ]);
  expect(differences({ a: null }, { a: 0 })).toEqual(['a: null != 0']);
  expect(differences({ a: [] }, { a: {} })).toEqual(['a: [] != {}']);
});

it('holds number series to begin with 1 and leave nothing out', () => {
  const books = newBooks();
  for (const number of ['H00000001', 'H00000002', 'H00000009', 'T00000010'])
    takeNumber(books, 's', 'number', number);
  expect(books.faults.map((each) => each.replace(/^record 0 : /, ''))).toEqual([
    'number: H00000009 after H00000002',
    'number: T00000010 after H00000009',
  ]);
  const another = newBooks();
  takeNumber(another, 's', 'number', '00000002');
  expect(another.faults).toHaveLength(1);
});

it('names the field whose shape is wrong', () => {
  expect(recordShapes['sale.completed']({ saleId: 'S', operatorId: '1', at_ms: 1.5 })).toEqual({
    path: 'at_ms',
    what: 'is not a whole number',
  });
  expect(recordShapes['shift.opened'](null)).toMatchObject({ what: 'is not an object' });
});

/** A record of this type, chained to the journal, with the body of the last one of `like` altered. */
function continued(like: string, change: (body: Record<string, unknown>) => unknown, type = like) {
  for (let seed = 1; seed < 100; seed += 1) {
    const rows = randomJournal(stepsOf(seed, 600));
    const model = rows.findLast((row) => row.type === like);
    const last = rows.at(-1);
    if (model === undefined || last === undefined) continue;
    const body = JSON.stringify(change(JSON.parse(model.body) as Record<string, unknown>));
    const added = chained(last.hash, { sequence: last.sequence + 1, at: last.at, type, body });
    return audited([...rows, added]).faults;
  }
  throw new Error(`no journal holds ${like}`);
}

it('has no fault when an acquirer gives back what it refused, after the cash was paid out: the world may', () => {
  const faults = continued(
    'giveBack.paidInCash',
    ({ giveBackId, at_ms }) => ({ giveBackId, at_ms, machine: { state: { kind: 'done' } } }),
    'giveBack.moved',
  );
  expect(faults).toEqual([]);
});

it('tells a sale that is completed twice, a return of what is not there, a record that is not known', () => {
  expect(continued('sale.completed', (body) => body).join('\n')).toMatch(/was completed before/);
  const again = continued('return.opened', (body) => ({
    ...body,
    return: { ...(body['return'] as object), returnId: 'T~' },
  }));
  expect(again.join('\n')).toMatch(/return\.number/);
  expect(continued('sale.left', (body) => body, 'sale.vanished')).toEqual([
    expect.stringMatching(/type: is not known/),
  ]);
});
