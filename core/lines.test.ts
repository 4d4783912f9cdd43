// A route with open money on it can't be taken out of the configuration.
import { expect, it } from 'vitest';
import { answers, codeScan, ROUTE, TestTill } from '../test/sim/till-kit.ts';
import { assertRoutesOfOpen, type Line } from './lines.ts';

const lines = (...ids: string[]) => ids.map((id) => ({ route: { id } }) as Line);

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
