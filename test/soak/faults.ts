// The acquirer's moods: about every third payment meets one fault, drawn by seed. Each is used up by one or two requests, so that
// every doubt can be resolved.
import type { FaultRequest } from '../../fixtures/acquirers/gateway/client.ts';
import type { Shop } from '../../tools/lab/shop.ts';
import type { Chance } from '../month/random.ts';

const once = { count: 1 } as const;

/** Of the payment itself; what is in doubt then is asked for. */
const payFaults: readonly FaultRequest[] = [
  { fault: 'dropRequest', path: 'pay', ...once },
  { fault: 'dropAnswer', path: 'pay', ...once },
  { fault: 'http5xx', path: 'pay', ...once },
  { fault: 'http5xx', path: 'pay', process: false, ...once },
  { fault: 'html', path: 'pay', ...once },
  { fault: 'garbage', path: 'pay', ...once },
  { fault: 'badSignature', path: 'pay', ...once },
  { fault: 'noSignature', path: 'pay', ...once },
  { fault: 'wrongAmount', path: 'pay', ...once },
  { fault: 'wrongOrder', path: 'pay', ...once },
  { fault: 'truncate', path: 'pay', ...once },
  { fault: 'duplicate', path: 'pay', ...once },
  { fault: 'delay', path: 'pay', ms: 400, ...once },
  { fault: 'delay', path: 'pay', ms: 3500, ...once },
  { fault: 'delayRequest', path: 'pay', ms: 1500, ...once },
  { fault: 'decline', ...once },
  { fault: 'awaitCustomer', ms: 600, ...once },
  { fault: 'awaitCustomer', ms: 600, decision: 'decline', ...once },
  { fault: 'awaitCustomer', ms: 6000, ...once },
];

/** Besides: the question about it, or its reversal, fails as well. */
const furtherFaults: readonly FaultRequest[] = [
  { fault: 'dropAnswer', path: 'query', count: 2 },
  { fault: 'http5xx', path: 'query', count: 3 },
  { fault: 'dropAnswer', path: 'voidpayment', ...once },
  { fault: 'http5xx', path: 'voidpayment', ...once },
];

const refundFaults: readonly FaultRequest[] = [
  { fault: 'dropAnswer', path: 'refund', ...once },
  { fault: 'dropRequest', path: 'refund', ...once },
  { fault: 'http5xx', path: 'refund', ...once },
  { fault: 'dropAnswer', path: 'voidpayment', ...once },
  { fault: 'dropAnswer', path: 'query-refund', ...once },
];

const ordersShare = 0.35;
const furtherShare = 0.3;
const refundsShare = 0.4;

/** Before a payment. Returns the name of the fault, or null. */
export async function upsetPayment({ acquirer }: Shop, chance: Chance): Promise<string | null> {
  await acquirer.faults.clear();
  if (!chance.happens(ordersShare)) return null;
  const fault = chance.pick(payFaults);
  await acquirer.faults.set(fault);
  if (chance.happens(furtherShare)) await acquirer.faults.set(chance.pick(furtherFaults));
  return fault.fault;
}

export async function upsetRefund({ acquirer }: Shop, chance: Chance): Promise<string | null> {
  await acquirer.faults.clear();
  if (!chance.happens(refundsShare)) return null;
  const fault = chance.pick(refundFaults);
  await acquirer.faults.set(fault);
  return `${fault.fault} of a refund`;
}
