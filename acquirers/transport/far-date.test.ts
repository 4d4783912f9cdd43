// A `Date` that no clock shows is no time to sign by: at the very end of what Date can hold, the next request could not even be written.
import { generateKeyPairSync } from 'node:crypto';
import { expect, it } from 'vitest';
import { prepare } from '../alipay/message.ts';
import { txnTimeOf } from '../unionpay/times.ts';
import { Calls } from './calls.ts';
import { serverDateOf } from './https.ts';

const NOW_ms = Date.UTC(2026, 10, 28);
const dateOf = (date: string) => serverDateOf({ status: 502, headers: { date }, body: Buffer.alloc(0) });

/** After an answer with this header, also one that is not believed. */
function afterAnswer(date: string): Calls {
  const calls = new Calls({ baseUrl: 'https://acquirer.invalid', wall_ms: () => NOW_ms });
  calls.perform(
    (ended) => ended({ kind: 'unbelievable', cause: 'HTTP_502', serverDate_ms: dateOf(date) }),
    () => {},
  );
  return calls;
}

it.each([
  'Sat, 13 Sep 275760 00:00:00 GMT',
  'Thu, 01 Jan 1970 00:00:00 GMT',
  'Fri, 01 Jan 2100 00:00:00 GMT',
  'soon',
])('%s moves no clock: UnionPay is asked again, and Alipay signed for, by our own time', (date) => {
  const { wall_ms } = afterAnswer(date);
  expect(txnTimeOf(wall_ms())).toBe(txnTimeOf(NOW_ms));
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const keys = { appId: '1', privateKey, signers: [], serials: null };
  expect(() => prepare({ keys, wall_ms }, { method: 'm', content: {}, timeout_ms: 1 })).not.toThrow();
});

it('an hour ahead moves it', () => {
  const date = new Date(NOW_ms + 3_600_000).toUTCString();
  expect(afterAnswer(date).wall_ms()).toBe(NOW_ms + 3_600_000);
});
