// The judge of the crash tests must object to each broken promise, or a green sweep says nothing.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tamper } from '../../fixtures/databases/tamper.ts';
import { openDrivenTill, proof } from '../../fixtures/databases/till.ts';
import type { OrderTruth } from '../../fixtures/acquirers/gateway/ledger-read.ts';
import type { RefundTruth } from '../../fixtures/acquirers/gateway/refunds-read.ts';
import { type Evidence, judge } from './judge.ts';

const CODE = '130123456789012345';
const PAPER = '票号 No.        00000001';
const whole = (total: string) => `${PAPER}\n合计 TOTAL      ￥${total}\n谢谢惠顾 Thank you`;
let directory = '';
let sound: Evidence;
let charged: OrderTruth;

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-judge-'));
  const stateDirectory = join(directory, 'state');
  const till = openDrivenTill(stateDirectory);
  till.route(true);
  // A shift's opening opens the drawer.
  till.engine.post({
    kind: 'drawerEnded',
    openId: till.engine.state.drawer?.openId ?? '',
    outcome: 'opened',
    detail: '',
  });
  const attemptId = till.sell(CODE);
  till.answer(attemptId, { kind: 'approved', proof });
  const { orderNumber } = till.attempt(attemptId);
  const { sequence, hash } = till.store.head();
  till.close();
  charged = {
    merchantOrderId: orderNumber,
    charged_fen: 450,
    charges: 1,
    givenBack_fen: 0,
    state: 'charged',
  };
  const acknowledged = { sequence, shortHash: hash.slice(0, 8) };
  sound = {
    stateDirectory,
    ledger: [charged],
    refunds: [],
    papers: [PAPER],
    pulses: 1,
    dayClosesAsked: 0,
    acknowledged,
    codes: [CODE],
  };
});
const refund = { refundRequestId: 'B1', merchantOrderId: 'A1', amount_fen: 100, state: 'done' as const };
afterAll(() => rmSync(directory, { recursive: true }));

it('has nothing to say about a sound sale, also one whose receipt came twice with a mark', () => {
  expect(judge(sound)).toEqual([]);
  expect(judge({ ...sound, papers: [whole('4.50')] })).toEqual([]);
  expect(judge({ ...sound, papers: [PAPER, `可能重复 POSSIBLE COPY ${PAPER}`] })).toEqual([]);
});

it.each([
  ['paid but never charged', () => ({ ledger: [] }), /0 fen kept, 450 expected/],
  [
    'paid but given back',
    () => ({ ledger: [{ ...charged, givenBack_fen: 450 }] }),
    /0 fen kept, 450 expected/,
  ],
  ['told another sum', () => ({ papers: [whole('4.05')] }), /says 4.05, 4.50 was sold/],
  ['told no sum', () => ({ papers: [`${PAPER}\n谢谢惠顾 Thank you`] }), /says nothing, 4.50 was sold/],
  ['charged twice', () => ({ ledger: [{ ...charged, charges: 2, charged_fen: 900 }] }), /charged 2 times/],
  [
    'an order of no journal',
    () => ({ ledger: [charged, { ...charged, merchantOrderId: 'X' }] }),
    /X is in no journal/,
  ],
  ['no receipt', () => ({ papers: [] }), /sale 00000001: no paper/],
  [
    'two receipts that both pass for the original',
    () => ({ papers: [PAPER, PAPER] }),
    /2 papers without a copy mark/,
  ],
  [
    'a paper of nothing',
    () => ({ papers: [PAPER, '单号 No. T00000001'] }),
    /a paper T00000001 is in no journal/,
  ],
  ['a pulse that nobody asked for', () => ({ pulses: 2 }), /2 drawer pulses, 1 asked/],
  ['a refund of no journal', () => ({ refunds: [{ ...refund, times: 1 }] }), /refund B1 is in no journal/],
  [
    'a lost acknowledged record',
    () => ({ acknowledged: { sequence: 999, shortHash: '0' } }),
    /record 999 is lost/,
  ],
  [
    'another record in its place',
    () => ({ acknowledged: { sequence: 3, shortHash: 'x' } }),
    /record 3 is lost/,
  ],
])('%s', (_what, change: () => Partial<Evidence>, words) => {
  expect(judge({ ...sound, ...change() }).join('\n')).toMatch(words);
});

it('a payment code in the clear', () => {
  const file = join(sound.stateDirectory, 'note.txt');
  writeFileSync(file, `code ${CODE}`);
  expect(judge(sound).join('\n')).toMatch(/stands in note\.txt/);
  rmSync(file);
});

it('an unproven payment, and a journal that was touched', () => {
  tamper(
    sound.stateDirectory,
    "UPDATE attempt SET proven = 0; UPDATE journal SET at = '' WHERE sequence = 2",
  );
  expect(judge(sound).join('\n')).toMatch(/journal: [^]*is not proven/);
});

describe('goods that came back', () => {
  let returned: Evidence;
  let back: RefundTruth;
  beforeAll(() => {
    const stateDirectory = join(directory, 'returned');
    const till = openDrivenTill(stateDirectory);
    till.route(true);
    const { engine } = till;
    engine.post({
      kind: 'drawerEnded',
      openId: engine.state.drawer?.openId ?? '',
      outcome: 'opened',
      detail: '',
    });
    const attemptId = till.sell(CODE);
    till.answer(attemptId, { kind: 'approved', proof });
    const { orderNumber } = till.attempt(attemptId);
    const [sale] = Object.values(engine.state.sales);
    const lines = (sale?.lines ?? []).map(({ lineId }) => ({ lineId, quantity: 1 }));
    const who = { operatorId: 'lin', approverId: 'chen', reason: 'why' };
    // After its Z a payment is refunded, no longer voided.
    engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1_795_000_000_000 });
    engine.post({ kind: 'returnOpened', saleId: sale?.saleId ?? '', lines, ...who });
    const [one] = Object.values(engine.state.giveBacks);
    engine.post({
      kind: 'giveBack',
      giveBackId: one?.giveBackId ?? '',
      event: { kind: 'done', result: 'REFUNDED', reference: null },
    });
    const { sequence, hash } = till.store.head();
    const receipts = Object.values(engine.state.receipts);
    till.close();
    back = {
      refundRequestId: one?.requestNumber ?? '',
      merchantOrderId: orderNumber,
      amount_fen: 450,
      state: 'done',
      times: 1,
    };
    if (one?.method !== 'refund') throw new Error('the give-back is no refund');
    returned = {
      ...sound,
      stateDirectory,
      ledger: [{ ...charged, merchantOrderId: orderNumber, givenBack_fen: 450, state: 'refunded' }],
      refunds: [back],
      papers: [...new Set([...receipts.map(({ number }) => number), 'Z000001'])].map(
        (number) => `单号 No. ${number}`,
      ),
      dayClosesAsked: 1,
      acknowledged: { sequence, shortHash: hash.slice(0, 8) },
    };
  });

  it('has nothing to say when all agree', () => {
    expect(judge(returned)).toEqual([]);
  });

  it.each<[string, () => Partial<Evidence>, RegExp]>([
    ['given back twice', () => ({ refunds: [{ ...back, times: 2 }] }), /was given back 2 times/],
    ['done, and never given back', () => ({ refunds: [] }), /given back 0 times/],
    [
      'given back, but another sum',
      () => ({ refunds: [{ ...back, amount_fen: 1 }] }),
      /1 fen given back, 450 promised/,
    ],
    ['a Z that nobody asked for', () => ({ dayClosesAsked: 0 }), /1 Z for 0 that were asked/],
    [
      'the money still with the acquirer',
      () => ({ ledger: returned.ledger.map((order) => ({ ...order, givenBack_fen: 0 })) }),
      /450 fen kept, 0 expected/,
    ],
  ])('%s', (_what, change, words) => {
    expect(judge({ ...returned, ...change() }).join('\n')).toMatch(words);
  });

  it('a sealed Z whose figure was altered', () => {
    tamper(
      returned.stateDirectory,
      `UPDATE journal SET body = replace(body, '"net_fen":450', '"net_fen":451') WHERE type = 'day.closed'`,
    );
    expect(judge(returned).join('\n')).toMatch(/z 1: .*451 != 450/);
  });
});
