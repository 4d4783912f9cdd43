// A code of ours in a sale: what it blocks, what cash does beside it, and where the money goes when it is paid at the wrong moment.
import { describe, expect, test } from 'vitest';
import { answers, codeScan, ROUTE, TestTill } from '../../../test/sim/till-kit.ts';
import { evidenceOf } from '../evidence/evidence.ts';
import type { PaymentEvent } from '../payment/event.ts';

const WALL_ms = 1_900_000_000_000;
const ask = { kind: 'presentAsked', routeId: ROUTE, scheme: 'AGGREGATE', expiresAt_ms: WALL_ms } as const;
const presented: PaymentEvent = { kind: 'presented', content: 'https://pay.example/1' };
const closed: PaymentEvent = { kind: 'closed', result: 'CLOSED' };

function asked(): TestTill {
  const till = TestTill.tendering(800);
  till.tell(ask);
  return till;
}

function shown(): TestTill {
  const till = asked();
  till.pay(presented);
  return till;
}

const kindOf = (till: TestTill) => till.newest().machine.state.kind;

describe('asking for a code', () => {
  test('only in the tender step, with the line up, and with nothing in doubt', () => {
    expect(TestTill.ready().tell(ask).refusal).toBe('E-SALE-02');
    const down = TestTill.tendering();
    down.line(false);
    expect(down.tell(ask).refusal).toBe('E-OFF-01');
    const busy = TestTill.tendering();
    busy.tell(codeScan());
    expect(busy.tell(ask).refusal).toBe('E-SCAN-08');
    expect(shown().tell(ask).refusal).toBe('E-SCAN-08');
  });

  test('for exactly what is due, with its end, and no code of the customer’s', () => {
    const till = TestTill.tendering(800);
    till.tell({ kind: 'walletPartSet', amount_fen: 300 });
    expect(till.tell(ask).effects.map(({ kind }) => kind)).toEqual(['present']);
    const { amount_fen, codeMask, codeHmac, presented: life, scheme } = till.newest();
    expect({ amount_fen, codeMask, codeHmac, life, scheme }).toEqual({
      amount_fen: 300,
      codeMask: '',
      codeHmac: '',
      life: { expiresAt_ms: WALL_ms },
      scheme: 'AGGREGATE',
    });
  });
});

/** By the shop's office, say, while the till was closing it: the journal must not say that nobody has paid. */
test('paid and given back there while it is closed: the slip and the story say so', () => {
  const till = shown();
  till.later(6000).pay({ kind: 'gaveUp' });
  till.pay({ kind: 'closed', result: 'REFUNDED', wentBack: true });
  expect(till.newest().machine.state).toEqual({ kind: 'closed', result: 'REFUNDED', wentBack: true });
  expect(evidenceOf(till.state, till.newest()).verdict).toBe('reversed');
  expect(till.newest().story.at(-1)?.what).toBe('reversed');
});

describe('a code that is shown', () => {
  test('blocks other wallets, the way back and the cancel', () => {
    const till = shown();
    expect(till.tell(codeScan()).refusal).toBe('E-SCAN-08');
    expect(till.tell({ kind: 'backToGoods' }).refusal).toBe('E-SALE-03');
    expect(till.tell({ kind: 'saleCancelled' }).refusal).toBe('E-SALE-03');
  });

  test('paid: the sale is complete', () => {
    const till = shown();
    till.pay(answers.approved);
    expect(till.sale().state).toBe('completed');
  });

  test('given up at once: closed, and another tender may come', () => {
    const till = shown();
    const { attemptId } = till.newest();
    const given = till.tell({ kind: 'gaveUp', attemptId });
    expect(given.effects).toEqual([{ kind: 'closePresented', attemptId, count: 1 }]);
    expect(till.tell({ kind: 'gaveUp', attemptId }).refusal).toBe('E-PAY-20');
    expect(till.tell(codeScan()).refusal).toBe('E-SCAN-08');
    till.pay(closed);
    expect(kindOf(till)).toBe('closed');
    expect(till.tell(codeScan()).refusal).toBeNull();
  });

  test('paid while it is being closed: it pays', () => {
    const till = shown();
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    till.pay(answers.approved);
    expect([till.sale().state, till.state.giveBacks]).toEqual(['completed', {}]);
  });

  test('cash beside it: closed first, and a payment that is found then goes back whole', () => {
    const till = shown();
    const taken = till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false });
    expect(taken.effects.map(({ kind }) => kind)).toEqual(['closePresented', 'openDrawer', 'print']);
    expect([till.sale().state, kindOf(till)]).toEqual(['completed', 'closing']);
    till.pay(answers.approved);
    expect(Object.values(till.state.giveBacks)).toMatchObject([{ amount_fen: 800, cause: 'surplus' }]);
    expect(till.newest().surplus_fen).toBe(800);
  });

  test('parked: asked about further, and paid it completes its sale', () => {
    const till = shown();
    const { saleId } = till.sale();
    till.tell({ kind: 'saleParked' });
    till.later(3000).pay({ kind: 'timer' }, till.newest().attemptId);
    till.pay(answers.approved);
    expect(till.state.sales[saleId]?.state).toBe('completed');
  });
});

describe('a code that never came', () => {
  test('is over at once when it is given up, and cash needs no closing', () => {
    const till = asked();
    expect(
      till.tell({ kind: 'cashTaken', received_fen: 800, roundDown: false }).effects.map(({ kind }) => kind),
    ).toEqual(['openDrawer', 'print']);
    expect(till.newest().machine.state).toEqual({ kind: 'closed', result: 'NEVER_SHOWN' });
  });

  test('and one that comes after that is shown to nobody', () => {
    const till = asked();
    till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
    till.pay(presented);
    expect(till.newest().machine.state).toEqual({ kind: 'closed', result: 'NEVER_SHOWN' });
  });
});

test('an approval after the proof that nobody can pay goes back whole, and pays nothing', () => {
  const till = shown();
  till.tell({ kind: 'gaveUp', attemptId: till.newest().attemptId });
  till.pay(closed);
  till.pay(answers.approved);
  expect(till.newest().machine.state).toMatchObject({ kind: 'approved', unwanted: true });
  expect(till.sale().state).toBe('tendering');
  expect(Object.values(till.state.giveBacks)).toMatchObject([{ amount_fen: 800 }]);
});
