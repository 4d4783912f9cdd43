// Any bytes: a bill, or the named refusal; nothing else, and soon.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { makeBillDay, plantNames } from '../../fixtures/bills/day.ts';
import { billFileName } from '../../fixtures/bills/write.ts';
import { readBooks } from '../journal/read.ts';
import { reconcile } from '../reconcile.ts';
import { BadBill, type Bill, type Rail, rails } from './bill.ts';
import { readBill } from './read.ts';

/** Another one each time, printed by a failure; `RECONCILE_SEED` runs it again. */
const seed = Number(process.env['RECONCILE_SEED'] ?? Date.now() % 1_000_000);
const RUNS = Number(process.env['RECONCILE_RUNS'] ?? 1500);

function readOrRefuse(rail: Rail, bytes: Uint8Array): Bill | null {
  const file = billFileName(rail, '2026-11-24');
  try {
    return readBill(rail, { file, bytes, billDate: null });
  } catch (error) {
    if (!(error instanceof BadBill)) throw error;
    expect(error.message.startsWith(file)).toBe(true);
    return null;
  }
}

const days = Object.fromEntries(
  rails.map((rail) => {
    const day = makeBillDay(rail, 11, plantNames.slice(0, 9));
    return [rail, { bytes: day.bill, books: readBooks(day.rows) }];
  }),
);

const rail = fc.constantFrom(...rails);
const place = fc.nat({ max: 1_000_000 });
const edit = fc.record({
  what: fc.constantFrom('byte', 'digit', 'cut', 'drop', 'copy', 'swap', 'insert'),
  at: place,
  length: fc.nat({ max: 300 }),
  byte: fc.nat({ max: 255 }),
});

type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never;

/** One way in which a file goes wrong on its way. */
function edited(bytes: Buffer, { what, at, length, byte }: Edit): Buffer {
  const from = at % Math.max(1, bytes.length);
  const piece = bytes.subarray(from, from + length);
  const [head, tail] = [bytes.subarray(0, from), bytes.subarray(from + length)];
  switch (what) {
    case 'cut':
      return head;
    case 'drop':
      return Buffer.concat([head, tail]);
    case 'copy':
      return Buffer.concat([head, piece, piece, tail]);
    case 'swap':
      return Buffer.concat([head, tail, piece]);
    case 'insert':
      return Buffer.concat([head, Buffer.from([byte]), piece, tail]);
    case 'digit': {
      const digits = [...bytes.entries()].filter(([, one]) => one >= 48 && one <= 57);
      const [index] = digits[at % Math.max(1, digits.length)] ?? [0];
      return Buffer.concat([
        bytes.subarray(0, index),
        Buffer.from([48 + (byte % 10)]),
        bytes.subarray(index + 1),
      ]);
    }
    default:
      return Buffer.concat([head, Buffer.from([byte]), bytes.subarray(from + 1)]);
  }
}

it(`refuses random bytes by name (seed ${seed})`, () => {
  const bytes = fc.oneof(
    fc.uint8Array({ maxLength: 400 }),
    fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
  );
  fc.assert(
    fc.property(rail, bytes, (which, each) => {
      expect(readOrRefuse(which, each)).toBeNull();
    }),
    { seed, numRuns: RUNS },
  );
});

it(`takes a mutated bill only when it still adds up, and can then compare it (seed ${seed})`, () => {
  let taken = 0;
  fc.assert(
    fc.property(rail, fc.array(edit, { minLength: 1, maxLength: 3 }), (which, edits) => {
      const day = days[which];
      if (day === undefined) throw new Error('no such day');
      const bytes = edits.reduce(edited, Buffer.from(day.bytes));
      const bill = readOrRefuse(which, bytes);
      if (bill === null) return;
      taken += 1;
      // A defect here would be an amount that the reader let through and that explains nothing.
      reconcile(bill, day.books, { routeIds: new Set([`route-${which}`]), rate_ppm: null });
    }),
    { seed, numRuns: RUNS },
  );
  expect(taken).toBeGreaterThan(0);
});

it('reads a bill of very many rows, or of one endless row, in time that grows with its size only', () => {
  const row = 'PAY,A,,1,1,1,0,2026-11-24 10:00:00,20261124';
  const names = 'type,merchantOrderId,refundRequestId,orderId,terminalCode,amount,fee,time,settlementDate';
  const count = 100_000;
  const text = [
    'BILL,1,1,20261124',
    names,
    ...Array.from({ length: count }, () => row),
    `END,${count},${count},0,0,0`,
  ];
  expect(readOrRefuse('gateway', Buffer.from(text.join('\n')))?.entries.length).toBe(count);
  for (const which of rails) {
    for (const unit of ['`,', '[2019', '#起始日期：[', '0.', '-', ' ']) {
      expect(readOrRefuse(which, Buffer.from(unit.repeat(500_000)))).toBeNull();
    }
  }
});
