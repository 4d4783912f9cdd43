// When the till asks about a code of ours, and when it closes it: the machine with each acquirer's timings, in virtual time.
import { expect, test } from 'vitest';
import { alipayPolicy } from '../../acquirers/alipay/profile.ts';
import { unionpayPolicy } from '../../acquirers/unionpay/profile.ts';
import { wechatPolicy } from '../../acquirers/wechatpay/profile.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import { openPresented } from '../../core/domain/payment/presenting.ts';
import { stepPayment } from '../../core/domain/payment/transition.ts';

type Story = { asked: number[]; closed: number[]; state: string };

/** The code is here after 200 ms; each call is answered so much later. `closing(at_s)`: what a closing comes to. */
function tell(
  policy: PaymentPolicy,
  until_s: number,
  closing: (at_s: number) => PaymentEvent,
  events: readonly [at_s: number, PaymentEvent][] = [],
): Story {
  let now_ms = 0;
  let { machine } = openPresented(0, policy);
  const story: Story = { asked: [], closed: [], state: '' };
  const waiting = [...events];
  const take = (event: PaymentEvent): void => {
    const step = stepPayment(machine, event, now_ms, policy);
    machine = step.machine;
    for (const { kind } of step.effects) {
      const at_s = now_ms / 1000;
      if (kind === 'inquire') story.asked.push(at_s);
      if (kind === 'closePresented') story.closed.push(at_s);
      now_ms += 200;
      take(kind === 'closePresented' ? closing(at_s) : { kind: 'processing' });
    }
  };
  now_ms = 200;
  take({ kind: 'presented', content: 'c' });
  while (machine.due !== null && machine.due.at_ms <= until_s * 1000) {
    const [next] = waiting;
    const isFirst = next !== undefined && next[0] * 1000 <= machine.due.at_ms;
    now_ms = Math.max(now_ms, isFirst ? next[0] * 1000 : machine.due.at_ms);
    if (isFirst) waiting.shift();
    take(isFirst ? next[1] : { kind: 'timer' });
  }
  return { ...story, state: machine.state.kind };
}

const closed: PaymentEvent = { kind: 'closed', result: 'CLOSED' };
const pending: PaymentEvent = { kind: 'closePending', cause: 'USERPAYING' };
const END_after_s = 240;

test.each<[string, PaymentPolicy, number]>([
  ['the gateway', gatewayPolicy, 300],
  ['WeChat Pay', wechatPolicy, 300],
  ['Alipay', alipayPolicy, 130],
  ['UnionPay', unionpayPolicy, 130],
])(
  '%s: asked about every three seconds, closed at the end of its code and not before',
  (_, policy, end_s) => {
    const story = tell(policy, 1000, () => closed);
    expect(story.asked.slice(0, 3)).toEqual([3.2, 6.4, 9.6]);
    expect(story.asked.every((at_s) => at_s < end_s)).toBe(true);
    expect(story.closed).toHaveLength(1);
    expect(story.closed[0]).toBeCloseTo(end_s, 0);
    expect(story.state).toBe('closed');
  },
);

test.each<[string, PaymentPolicy]>([
  ['Alipay', alipayPolicy],
  ['UnionPay', unionpayPolicy],
])('%s: given up at once, it is closed again and again until it has ended for sure', (_, policy) => {
  const end_s = policy.presenting.codeFor_ms / 1000 + END_after_s;
  const says = (at_s: number) => (at_s >= end_s ? closed : pending);
  const story = tell(policy, 2000, says, [[10, { kind: 'gaveUp' }]]);
  const [first = 0, ...later] = story.closed;
  expect(first).toBe(10);
  expect(later.slice(0, 5).map((at_s) => Math.round(at_s - first))).toEqual([2, 5, 10, 20, 40]);
  expect(story.closed.at(-1)).toBeGreaterThanOrEqual(end_s);
  expect(story.closed.at(-1)).toBeLessThan(end_s + policy.presenting.closeEvery_ms / 1000 + 1);
  expect(story.state).toBe('closed');
});
