// Promises about voids and refunds as the till believes them: what it calls done is back with the customer at that moment, and what it calls
// failed is not, nor on its way at the acquirer, nor ever will be.
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { holds } from './failure.ts';
import type { Host } from './host/host.ts';

type GiveBack = Extract<TillRecord, { type: 'giveBack.opened' }>['body']['giveBack'];
type Machine = GiveBack['machine'];
type One = Pick<GiveBack, 'giveBackId' | 'method' | 'requestNumber' | 'orderNumber'> & { isFailed: boolean };

export class Backs {
  readonly #host: Host;
  readonly #byId = new Map<string, One>();
  readonly #byRequest = new Map<string, One>();

  constructor(host: Host) {
    this.#host = host;
  }

  take({ type, body }: TillRecord): void {
    if (type === 'giveBack.opened') {
      const { giveBackId, method, requestNumber, orderNumber, machine } = body.giveBack;
      const one = { giveBackId, method, requestNumber, orderNumber, isFailed: false };
      this.#byId.set(giveBackId, one);
      this.#byRequest.set(requestNumber, one);
      this.#believe(one, machine);
    }
    if (type !== 'giveBack.moved') return;
    const one = this.#byId.get(body.giveBackId);
    holds('booksBalance', one !== undefined, () => `record of ${body.giveBackId}, which was never opened`);
    this.#believe(one, body.machine);
  }

  /** At the moment of the commit. What is perhaps back claims nothing. */
  #believe(one: One, { state }: Machine): void {
    const { giveBackId } = one;
    one.isFailed = state.kind === 'failed' && state.perhapsBack !== true;
    const there = this.#there(one);
    const isBack = there === 'done' || this.#host.isBackOnPlatform(one.requestNumber);
    holds(
      'doneMeansBack',
      state.kind !== 'done' || isBack,
      () => `${giveBackId} is done; the acquirer has it ${there}`,
    );
    const mayCome = there === 'done' || there === 'processing';
    holds(
      'failedMeansNotBack',
      !one.isFailed || !mayCome,
      () => `${giveBackId} is failed; the acquirer has it ${there}`,
    );
  }

  #there({ method, requestNumber, orderNumber }: One): string {
    if (method === 'refund') return this.#host.refund(requestNumber)?.state ?? 'nowhere';
    const state = this.#host.ledger.order(orderNumber)?.state;
    return state === 'voided' ? 'done' : (state ?? 'nowhere');
  }

  /** Money has just gone back by the request of this number. */
  paidOut(requestNumber: string): void {
    const one = this.#byRequest.get(requestNumber);
    holds(
      'failedMeansNotBack',
      one?.isFailed !== true,
      () => `${one?.giveBackId} goes back after the till called it failed`,
    );
  }
}
