// The reasons that the domain speaks are all known to the contract, and every unpaid end has one.
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../../contract/errors.ts';
import { variants } from '../../../test/sim/machine-variants.ts';
import { codeScan, TestTill } from '../../../test/sim/till-kit.ts';
import { reasonOf } from './reason-of.ts';
import type { ErrorText } from './reasons.ts';

test('every reason of the domain is an error code of the contract', () => {
  const known = (reason: ErrorText): ErrorCode => reason;
  expect(known('E-PAY-01')).toBe('E-PAY-01');
});

describe('reasonOf', () => {
  const till = TestTill.tendering();
  till.tell(codeScan());
  const quiet = new Set(['presenting', 'held', 'queued', 'authorizing', 'approved']);

  test.each(variants)('$name', ({ machine }) => {
    const reason = reasonOf({ ...till.newest(), machine });
    if (quiet.has(machine.state.kind)) expect(reason).toBeNull();
    else expect(reason).toMatch(/^E-(PAY|OFF)-\d\d$/);
  });

  test('a deferred decline speaks of the offline payment, not of the phone at the counter', () => {
    const declined = {
      deferred: true,
      due: null,
      state: { kind: 'declined', code: 'X', reason: 'balance' },
    } as const;
    expect(reasonOf({ ...till.newest(), machine: declined, wasDeferred: true })).toBe('E-OFF-08');
    expect(reasonOf({ ...till.newest(), machine: declined, wasDeferred: false })).toBe('E-PAY-02');
  });

  test.each([
    ['configuration', 'E-PAY-08'],
    ['orderClosed', 'E-PAY-21'],
    ['limit', 'E-PAY-24'],
    ['balance', 'E-PAY-24'],
    ['notSupported', 'E-PAY-24'],
  ] as const)('a code of ours that was never made is not the customer’s: %s is %s', (reason, code) => {
    const state = { kind: 'declined', code: 'X', reason } as const;
    const machine = { deferred: false, presented: true, due: null, state } as const;
    expect(reasonOf({ ...till.newest(), machine })).toBe(code);
  });

  test('what was not sent speaks of the line, but where the acquirer did not let the till in', () => {
    const reason = (cause: string) =>
      reasonOf({
        ...till.newest(),
        machine: { deferred: false, due: null, state: { kind: 'notSent', cause } },
      });
    expect(reason('ECONNREFUSED')).toBe('E-PAY-09');
    expect(reason('SIGN_IN_REFUSED SYSTEM_ERROR')).toBe('E-PAY-09');
    expect(reason('SIGN_IN_REFUSED SIGN_ERROR')).toBe('E-PAY-08');
    expect(reason('SESSION_EXPIRED SIGN_IN_REFUSED SIGN_ERROR')).toBe('E-PAY-08');
  });

  test.each([
    ['age', 'E-OFF-09'],
    ['codeLost', 'E-OFF-10'],
    ['holdEnded', 'E-OFF-11'],
  ] as const)('expired by %s is %s', (cause, code) => {
    const expired = { deferred: false, due: null, state: { kind: 'expiredUnsent', cause } } as const;
    expect(reasonOf({ ...till.newest(), machine: expired })).toBe(code);
  });

  test('an answer for another order or amount is an alarm of its own', () => {
    const unknown = {
      deferred: false,
      due: null,
      state: { kind: 'unknown', sentAt_ms: 0, inquiries: 0 },
    } as const;
    expect(reasonOf({ ...till.newest(), machine: unknown, acquirerCode: 'MISMATCH' })).toBe('E-PAY-15');
  });
});
