// Of one order the till asks at a pace, whatever it is answered: who knocks without a pause is throttled with all else that he asks.
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import { holds } from './failure.ts';

const WINDOW_ms = 10 * 60_000;
/** A code that is shown is looked at every 3 s for five minutes, and once for each key that somebody presses. */
const MOST = 200;

/** When each kind of request for each order left of late, in this run of the core. */
export class Pace {
  readonly #leavings_ms = new Map<string, number[]>();

  started(): void {
    this.#leavings_ms.clear();
  }

  leaves({ path, body }: Pick<CallRequest, 'path' | 'body'>, now_ms: number): void {
    const name = [path, body['merchantOrderId'], body['refundRequestId'] ?? body['reason']].join(' ');
    if (body['merchantOrderId'] === undefined) return;
    const leavings_ms = this.#leavings_ms.get(name) ?? [];
    this.#leavings_ms.set(name, leavings_ms);
    leavings_ms.push(now_ms);
    if (leavings_ms.length <= MOST) return;
    const before_ms = leavings_ms.shift() ?? 0;
    holds(
      'askedAtAPace',
      now_ms - before_ms > WINDOW_ms,
      () => `${name} leaves ${MOST + 1} times in ten minutes`,
    );
  }
}
