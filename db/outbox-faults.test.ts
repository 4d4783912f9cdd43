// A flipped bit in an outbox row that makes it another one's: another paper, another opening of the drawer (rot in CI, seed 822174,
// flip 29). Nothing recomputes the outbox, so that only what its rows must agree with can find it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { tamper } from '../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { openStore } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

let directory = '';
let state = '';

/**
 * Open in the end: the drawer, opened for the third time; a copy of the receipt R001000001, which has come out; the receipt
 * R001000002 and a copy of it. The slip of cash taken out, M001000001, has come out.
 */
function leavePapers(): void {
  const till = openDrivenTill(state);
  const { engine, store } = till;
  const decided = { operatorId: 'lin', approverId: 'wang', reason: 'change' };
  const copyOf = (receiptId: string) => engine.post({ kind: 'reprintAsked', receiptId, operatorId: 'lin' });
  till.route(true);
  till.answer(till.sell('130123456789012345'), { kind: 'approved', proof });
  engine.post({ kind: 'saleLeft' });
  till.answer(till.sell('130123456789012346'), { kind: 'approved', proof });
  engine.post({ kind: 'saleLeft' });
  engine.post({ kind: 'drawerAsked', cause: 'noSale', ...decided });
  engine.post({ kind: 'cashMoved', direction: 'paidOut', amount_fen: 500, ...decided });
  for (const row of store.openRows()) {
    const { kind, rowId, reference } = row;
    const isEnded = kind === 'openDrawer' && reference !== 'D001000003';
    if (isEnded) engine.post({ kind: 'drawerEnded', openId: reference, outcome: 'opened', detail: '' });
    if (reference !== 'R001000001' && reference !== 'M001000001') continue;
    const printed = { print: 'printed', problem: null, proof: 'orderedStatus' } as const;
    engine.post({ kind: 'printEnded', receiptId: reference, ...printed }, { closeRowId: rowId });
  }
  copyOf('R001000001');
  copyOf('R001000002');
  till.close();
}

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-outbox-'));
  state = join(directory, 'state');
  leavePapers();
});

afterEach(() => rmSync(directory, { recursive: true }));

const change = (kind: string, set: string, which: string) =>
  tamper(state, `UPDATE outbox SET ${set} WHERE kind = '${kind}' AND ${which}`);

it('as it was left it is in order', () => {
  expect(verifyStateDirectory(state).differences).toEqual([]);
  openStore(state).close();
});

it.each([
  ['an opening that nobody asked for', 'openDrawer', "reference = 'D001000403'", "reference = 'D001000003'"],
  ['an opening that has ended', 'openDrawer', "reference = 'D001000002'", "reference = 'D001000003'"],
  [
    'a paper that has come out',
    'print',
    "reference = 'M001000001'",
    "reference = 'R001000002' AND count = 0",
  ],
  ['the same copy once more', 'print', "reference = 'R001000002'", "reference = 'R001000001'"],
])('%s is refused at the start, and found by a verification', (_what, kind, set, which) => {
  change(kind, set, which);
  const refused = { code: 'E-DB-01', message: expect.stringMatching(/outbox row \d+/) };
  expect(verifyStateDirectory(state).differences[0]).toMatch(/^outbox row \d+/);
  expect(() => openStore(state)).toThrow(expect.objectContaining(refused));
});

it.each([
  ['that was the copy itself', 'count = 0', "reference = 'R001000001'"],
  ['of another receipt', "reference = 'R001000001'", "reference = 'R001000002' AND count = 0"],
])(
  'another original of a receipt whose copy still waits, %s, is found by a verification',
  (_what, set, which) => {
    change('print', set, which);
    expect(verifyStateDirectory(state).differences).toEqual([
      expect.stringMatching(/names "R001000001", which has come out$/),
    ]);
  },
);
