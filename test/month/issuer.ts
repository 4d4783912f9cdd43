// What becomes of an order or a refund, and when: the customer, the wallet and the bank behind the acquirer.
import { shanghaiDateOf } from './calendar.ts';
import type { FaultKind } from './faults.ts';
import type { Chance } from './random.ts';

export type Decision = {
  word: 'PAID' | 'FAILED' | 'USER_PAYING' | 'ACCEPTED' | 'SYSTEM_ERROR';
  isPaid: boolean;
  failCode: string;
  /** 0: decided in the first answer. */
  after_ms: number;
  fault: FaultKind | null;
};

export type RefundDecision = { end: 'done' | 'failed' | 'refused' | 'processing'; after_ms: number };

const HOUR_ms = 3_600_000;

/** The clearing day ends at 23:00 Shanghai time. */
export function clearingDate(at_ms: number): string {
  return shanghaiDateOf(at_ms + HOUR_ms);
}

const declines = [
  'AUTH_CODE_EXPIRED',
  'AUTH_CODE_INVALID',
  'BALANCE_NOT_ENOUGH',
  'LIMIT_EXCEEDED',
  'RISK_REJECTED',
];
const deferredDeclines = [
  'AUTH_CODE_EXPIRED',
  'BALANCE_NOT_ENOUGH',
  'OFFLINE_EXPIRED',
  'OFFLINE_NOT_ALLOWED',
];

const paid: Decision = { word: 'PAID', isPaid: true, failCode: '', after_ms: 0, fault: null };

type Course = 'paid' | 'declined' | 'asked' | 'accepted' | 'systemError' | 'configuration';
const courses: Record<Course, number> = {
  paid: 87,
  declined: 5,
  asked: 5.5,
  accepted: 1,
  systemError: 1.3,
  configuration: 0.12,
};

export function decide(chance: Chance, isDeferred: boolean, isCalm: boolean): Decision {
  if (isCalm) return paid;
  if (isDeferred && chance.happens(0.08)) {
    const failCode = chance.pick(deferredDeclines);
    return { word: 'FAILED', isPaid: false, failCode, after_ms: 0, fault: 'deferredDeclined' };
  }
  const failCode = chance.pick(declines);
  const failed: Decision = { word: 'FAILED', isPaid: false, failCode, after_ms: 0, fault: 'declined' };
  switch (chance.weighted(courses)) {
    case 'paid':
      return paid;
    case 'declined':
      return failed;
    case 'configuration':
      return { ...failed, failCode: 'TERMINAL_INVALID', fault: 'configurationRefused' };
    case 'asked': {
      const isPaid = chance.happens(0.7);
      const fault = isPaid ? 'customerAskedThenPaid' : 'customerAskedThenDeclined';
      return { word: 'USER_PAYING', isPaid, failCode, after_ms: chance.whole(2000, 70_000), fault };
    }
    case 'accepted':
      return {
        word: 'ACCEPTED',
        isPaid: true,
        failCode,
        after_ms: chance.whole(500, 40_000),
        fault: 'acceptedThenPaid',
      };
    case 'systemError': {
      const isPaid = chance.happens(0.6);
      const fault = isPaid ? 'systemErrorThenPaid' : 'systemErrorThenFailed';
      return { word: 'SYSTEM_ERROR', isPaid, failCode, after_ms: chance.whole(500, 90_000), fault };
    }
  }
}

export function decideRefund(chance: Chance): RefundDecision {
  const course = chance.weighted({ done: 62, later: 18, failedLater: 12, refused: 8 });
  switch (course) {
    case 'done':
      return { end: 'done', after_ms: 0 };
    case 'refused':
      return { end: 'refused', after_ms: 0 };
    case 'later':
      return { end: 'done', after_ms: chance.whole(3000, 3 * HOUR_ms) };
    case 'failedLater':
      return { end: 'failed', after_ms: chance.whole(3000, 2 * HOUR_ms) };
  }
}
