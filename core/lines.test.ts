// A route with open money on it can't be taken out of the configuration, nor be given to another acquirer or merchant.
import { describe, expect, it } from 'vitest';
import { answers, codeScan, ROUTE, TestTill } from '../test/sim/till-kit.ts';
import { assertRoutesOfOpen, type Line } from './lines.ts';

const lines = (...ids: string[]) => ids.map((id) => ({ route: { id }, settings: {} }) as Line);
const lineOf = (party: string) => [{ route: { id: ROUTE }, settings: { party } } as Line];

function refusal(till: TestTill): string | null {
  try {
    assertRoutesOfOpen(till.state, lines('another'));
    return null;
  } catch (error) {
    return (error as Error).message;
  }
}

it('is refused by name while a payment is in doubt', () => {
  const till = TestTill.tendering();
  till.tell(codeScan());
  till.pay({ kind: 'noAnswer', cause: 'TIMED_OUT' });
  expect(refusal(till)).toMatch(new RegExp(`^routes: 1 payments or refunds are open on ${ROUTE}`));
  expect(() => assertRoutesOfOpen(till.state, lines('another', ROUTE))).not.toThrow();
});

it('is refused while a sale that was paid in part is not finished', () => {
  const till = TestTill.tendering(3000);
  till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
  till.tell(codeScan());
  till.pay(answers.approved);
  expect(till.newest().machine.state.kind).toBe('approved');
  expect(refusal(till)).toMatch(/1 payments or refunds are open/);
});

it('is allowed once all of it is proven and sold', () => {
  const till = TestTill.tendering();
  till.tell(codeScan());
  till.pay(answers.approved);
  expect(till.sale().state).toBe('completed');
  expect(refusal(till)).toBeNull();
});

describe('in the hands of another merchant', () => {
  const ours = 'gateway:898420157229000';
  const another = 'gateway:898420157229001';
  const tendering = (party?: string) => {
    const till = TestTill.tendering();
    till.party = party;
    till.tell(codeScan());
    return till;
  };
  const doubtful = (party?: string) => {
    const till = tendering(party);
    till.pay({ kind: 'noAnswer', cause: 'TIMED_OUT' });
    return till;
  };

  it('is refused while a payment is in doubt, and says what to do', () => {
    const till = doubtful(ours);
    expect(() => assertRoutesOfOpen(till.state, lineOf(ours))).not.toThrow();
    expect(() => assertRoutesOfOpen(till.state, lineOf(another))).toThrow(
      `routes: 1 payments or refunds are open on ${ROUTE}, which was ${ours}: give the new contract a new id`,
    );
  });

  it('is refused while a refund of a payment is open', () => {
    const till = tendering(ours);
    till.pay(answers.approved);
    const { saleId, lines: sold } = till.sale();
    const all = sold.map(({ lineId, quantity }) => ({ lineId, quantity }));
    const decided = { operatorId: '1', approverId: '2', reason: 'faulty' };
    expect(till.tell({ kind: 'returnOpened', saleId, lines: all, ...decided }).refusal).toBeNull();
    expect(() => assertRoutesOfOpen(till.state, lineOf(another))).toThrow(/1 payments or refunds are open/);
  });

  describe('with a payment of the queue', () => {
    const refused = { kind: 'declined', code: 'MERCHANT_INVALID', reason: 'configuration' } as const;
    const forward = (till: TestTill) => till.tell({ kind: 'forwarded', routeId: ROUTE, window: 1 });
    const queued = () => {
      const till = TestTill.tendering();
      till.party = ours;
      till.line(false);
      till.tell(codeScan());
      till.line(true);
      return till;
    };

    it('is allowed: nothing is known of it there, also once it was refused without a look', () => {
      const till = queued();
      expect(() => assertRoutesOfOpen(till.state, lineOf(another))).not.toThrow();
      forward(till);
      expect(() => assertRoutesOfOpen(till.state, lineOf(another))).toThrow(/1 payments or refunds are open/);
      till.pay(refused);
      expect(till.newest().machine.state.kind).toBe('queued');
      expect(() => assertRoutesOfOpen(till.state, lineOf(another))).not.toThrow();
    });

    it('needs its route all the same', () => {
      expect(refusal(queued())).toMatch(/1 payments or refunds are open/);
    });

    it('is refused out of a backup, which knows nothing of what was forwarded since, until it was asked about', () => {
      const till = queued().restoreBackup();
      expect(() => assertRoutesOfOpen(till.state, lineOf(another))).toThrow(/1 payments or refunds are open/);
    });

    it('is its own from its forwarding on', () => {
      const till = queued();
      till.party = another;
      forward(till);
      till.pay({ kind: 'noAnswer', cause: 'TIMED_OUT' });
      expect(till.newest().party).toBe(another);
      expect(() => assertRoutesOfOpen(till.state, lineOf(another))).not.toThrow();
      expect(() => assertRoutesOfOpen(till.state, lineOf(ours))).toThrow(`which was ${another}`);
    });
  });

  describe('with a sale that is not finished', () => {
    const refused = { kind: 'declined', code: 'MERCHANT_INVALID', reason: 'configuration' } as const;
    const asAnother = (till: TestTill) => () => assertRoutesOfOpen(till.state, lineOf(another));
    const shown = { kind: 'presented', content: 'weixin://wxpay/bizpayurl?pr=1' } as const;
    const present = (till: TestTill) =>
      till.tell({ kind: 'presentAsked', routeId: ROUTE, scheme: 'WECHAT', expiresAt_ms: 1_900_000_000_000 });

    it('is allowed: what was refused at the counter took nothing, in the tender step and put aside', () => {
      const till = tendering(ours);
      till.pay(refused);
      expect([till.newest().machine.state.kind, till.sale().state]).toEqual(['declined', 'tendering']);
      expect(asAnother(till)).not.toThrow();
      expect(refusal(till)).toBeNull();
      expect(till.tell({ kind: 'saleParked' }).refusal).toBeNull();
      expect(asAnother(till)).not.toThrow();
    });

    it('is refused for the part that was paid alone', () => {
      const till = TestTill.tendering(3000);
      till.party = ours;
      till.tell({ kind: 'walletPartSet', amount_fen: 1000 });
      till.tell(codeScan());
      till.pay(answers.approved);
      till.tell(codeScan({ codeHmac: 'hmac-2' }));
      till.pay(refused);
      expect(till.attempts().map(({ machine }) => machine.state.kind)).toEqual(['approved', 'declined']);
      expect(asAnother(till)).toThrow(
        `routes: 1 payments or refunds are open on ${ROUTE}, which was ${ours}`,
      );
    });

    it.each<[kind: string, doubt: (till: TestTill) => void]>([
      ['authorizing', (till) => till.tell(codeScan())],
      ['awaitingCustomer', (till) => [till.tell(codeScan()), till.pay({ kind: 'awaiting' })]],
      ['reversing', (till) => [till.tell(codeScan()), till.later(6000).pay({ kind: 'gaveUp' })]],
      ['presenting', present],
      ['closing', (till) => [present(till), till.pay(shown), till.later(6000).pay({ kind: 'gaveUp' })]],
    ])('is refused while it is %s', (kind, doubt) => {
      const till = TestTill.tendering();
      till.party = ours;
      doubt(till);
      expect([till.newest().machine.state.kind, till.sale().state]).toEqual([kind, 'tendering']);
      expect(asAnother(till)).toThrow(/1 payments or refunds are open/);
    });

    it('is refused while it is in dispute', () => {
      expect(refusal(TestTill.disputed('TIMEOUT'))).toMatch(/1 payments or refunds are open/);
    });

    it('is allowed while a code waits for the line: it was never sent, and no start sends it; not out of a backup', () => {
      const held = () => {
        const till = TestTill.tendering();
        till.party = ours;
        till.limits = { ...till.limits, mode: 'hold' };
        till.line(false);
        till.tell(codeScan());
        expect(till.newest().machine.state.kind).toBe('held');
        return till;
      };
      expect(asAnother(held())).not.toThrow();
      expect(refusal(held())).toMatch(/1 payments or refunds are open/);
      expect(asAnother(held().restoreBackup())).toThrow(/1 payments or refunds are open/);
    });
  });

  it('is not known of a payment that was opened before it was told', () => {
    expect(() => assertRoutesOfOpen(doubtful().state, lineOf(another))).not.toThrow();
  });
});

it('a wallet’s own contract under the id of a gateway is refused while something is queued there: it would never take it', () => {
  const till = TestTill.tendering();
  till.line(false);
  till.tell(codeScan());
  expect(till.newest().machine.state.kind).toBe('queued');
  const wallet = [{ route: { id: ROUTE, adapter: 'wechatpay' }, settings: {} } as Line];
  expect(() => assertRoutesOfOpen(till.state, wallet)).toThrow(/are open on \S+, queued for an acquirer/);
});
