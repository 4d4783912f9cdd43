// Promises about voids and refunds as the till believes them: what it calls done is back with the customer at that moment, and what it calls
// failed is not, nor on its way at the acquirer, nor ever will be.
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { holds } from './failure.ts';
import type { Host } from './host/host.ts';
import type { LostTime } from './lost-time.ts';

type GiveBack = Extract<TillRecord, { type: 'giveBack.opened' }>['body']['giveBack'];
type Machine = GiveBack['machine'];
type One = Pick<GiveBack, 'giveBackId' | 'method' | 'requestNumber' | 'orderNumber' | 'replaces'> & {
  isFailed: boolean;
};

export class Backs {
  readonly #host: Host;
  readonly #isNow: () => boolean;
  readonly #lost: LostTime | null;
  readonly #byId = new Map<string, One>();
  readonly #byRequest = new Map<string, One>();

  /** `isNow`: not while records of a backup are taken again. */
  constructor(deps: { host: Host; isNow(): boolean; lost: LostTime | null }) {
    this.#host = deps.host;
    this.#isNow = () => deps.isNow();
    this.#lost = deps.lost;
  }

  take({ type, body }: TillRecord): void {
    if (type === 'giveBack.opened') {
      const { giveBackId, method, requestNumber, orderNumber, replaces, machine } = body.giveBack;
      const place = replaces === undefined ? {} : { replaces };
      const one = { giveBackId, method, requestNumber, orderNumber, ...place, isFailed: false };
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
    if (!this.#isNow()) return;
    const there = this.#there(one);
    const isElsewhere =
      this.#host.isBackOnPlatform(one.requestNumber) || this.#lost?.isChainBack(this.#upTo(one)) === true;
    const isBack = there === 'done' || isElsewhere;
    holds(
      'doneMeansBack',
      state.kind !== 'done' || isBack,
      () => `${giveBackId} is done; the acquirer has it ${there}`,
    );
    const mayCome = this.#mayStillCome(one, there);
    holds(
      'failedMeansNotBack',
      !one.isFailed || !mayCome,
      () => `${giveBackId} is failed; the acquirer has it ${there}`,
    );
  }

  /** Of a void its own doing alone: one that was refused because a refund of the lost time has given all back has failed, and its chain goes on. */
  #mayStillCome({ method, orderNumber }: One, there: string): boolean {
    if (method === 'refund') return there === 'done' || there === 'processing';
    const state = this.#host.ledger.order(orderNumber)?.state;
    return state === 'voided' || state === 'processing';
  }

  /** It, and those whose place it takes. */
  #upTo(one: One): One[] {
    const before = one.replaces === undefined ? undefined : this.#byId.get(one.replaces);
    return before === undefined ? [one] : [...this.#upTo(before), one];
  }

  #there({ method, requestNumber, orderNumber }: One): string {
    if (method === 'refund') return this.#host.refund(requestNumber)?.state ?? 'nowhere';
    const order = this.#host.ledger.order(orderNumber);
    if (order === undefined) return 'nowhere';
    // By the refund after a void that was refused, in the time that a restore has lost.
    const isRefunded = order.charges > 0 && order.refunded_fen === order.charged_fen;
    return order.state === 'voided' || isRefunded ? 'done' : order.state;
  }

  /** Numbers of requests that are called failed, and not perhaps back. */
  failed(): string[] {
    return [...this.#byRequest].flatMap(([requestNumber, { isFailed }]) => (isFailed ? [requestNumber] : []));
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
