// The acquirer of the simulated day: the JSON and HTTP face of a ledger, synchronous, in virtual time. Written from
// docs/gateway-protocol.md alone; shares nothing with acquirers/, fixtures/ or core/, so that a common error can't hide.
import { pay, query, voidPayment } from './charges.ts';
import { type Answer, type Desk, paramError } from './desk.ts';
import { type Fields, readFields } from './fields.ts';
import { type HostEntry, type HostOrder, Ledger, type Refund } from './ledger.ts';
import type { Chance, Mood } from './mood.ts';
import { close, type Customer, isPayable, present, scan, type ScanWord } from './presented.ts';
import { queryRefund, refund } from './refunds.ts';
import { platformNumber, refundOnPlatform } from './platform.ts';
import { Seals } from './signature.ts';
import { isoOf } from './times.ts';

export { calmMood, type Mood } from './mood.ts';

/** Header names are lower case. */
export type WireRequest = { path: string; headers: Readonly<Record<string, string>>; body: Buffer };
export type WireAnswer = { status: number; headers: Record<string, string>; body: Buffer };

export type HostDependencies = {
  /** The host's own clock. */
  now_ms(): number;
  /** Virtual time. */
  after(delay_ms: number, run: () => void): void;
  /** One seeded stream. */
  chance: Chance;
  key: { appId: string; appKey: Buffer };
  /** Others are refused. */
  merchantCode: string;
  terminalCode: string;
  /** Read anew for each decision: change or replace it at any time. */
  mood: Mood;
  /** A reversal of an unknown number closes it for ever. Default true; without, it says success and closes nothing. */
  tombstones?: boolean;
  /** A code is closed at once. Default true; without, one that nobody has scanned can only run out. */
  endsCodes?: boolean;
  answersLater?: boolean;
  /** A charge is not reversed later than this after the first request for it arrived. Default: always. */
  reversalWindow_ms?: number;
  /** Counts of what it did, for coverage. */
  saw(kind: string): void;
};

type Call = (desk: Desk, fields: Fields) => Answer;

const calls: ReadonlyMap<string, Call> = new Map<string, Call>([
  ['/v4/poslink/transaction/pay', pay],
  ['/v4/poslink/transaction/query', query],
  ['/v4/poslink/transaction/voidpayment', voidPayment],
  ['/v4/poslink/transaction/refund', refund],
  ['/v4/poslink/transaction/query-refund', queryRefund],
  ['/v4/poslink/transaction/present', present],
  ['/v4/poslink/transaction/close', close],
  ['/v4/poslink/echo', echo],
]);

export class Host {
  readonly ledger: {
    orders(): HostOrder[];
    entries(): HostEntry[];
    order(orderNumber: string): HostOrder | undefined;
  };
  readonly #books: Ledger;
  readonly #seals: Seals;
  readonly #desk: Desk;
  readonly #deps: HostDependencies;

  constructor(deps: HostDependencies) {
    const { chance } = deps;
    this.#deps = deps;
    this.#books = new Ledger(() => deps.now_ms());
    this.ledger = this.#books;
    this.#seals = new Seals(deps.key, () => deps.now_ms());
    this.#desk = {
      books: this.#books,
      mood: () => deps.mood,
      tombstones: deps.tombstones ?? true,
      endsCodes: deps.endsCodes ?? true,
      answersLater: deps.answersLater ?? false,
      reversalWindow_ms: deps.reversalWindow_ms ?? Infinity,
      chance,
      now_ms: () => deps.now_ms(),
      after: (delay_ms, run) => deps.after(delay_ms, run),
      saw: (kind) => deps.saw(kind),
    };
  }

  /** Charges by payment code, reversed ones included: a customer charged twice with one code shows here. */
  chargesOfCode(code: string): number {
    return this.#books.chargesOfCode(code);
  }

  /** What its office says of a refund, asked on the telephone. */
  refund(requestNumber: string): Readonly<Refund> | undefined {
    return this.#books.refund(requestNumber);
  }

  /** Of a payment, asked on the telephone: its office ends what is undecided, and says so. False where the customer has paid. */
  endByOffice(orderNumber: string): boolean {
    const order = this.#books.order(orderNumber);
    if (order?.state === 'paid') return false;
    if (order?.state === 'processing')
      Object.assign(order, { state: 'failed', failCode: 'CLOSED_BY_OFFICE' });
    return true;
  }

  /**
   * A person gives it back on the merchant's platform, under another number: only where a request for the same money is refused after it.
   * False when it is not done.
   */
  refundOnPlatform(beside: string, orderNumber: string, amount_fen: number): boolean {
    return refundOnPlatform(this.#books, { beside, orderNumber, amount_fen });
  }

  /** What the platform has of it, besides the request of this number. */
  isBackOnPlatform(requestNumber: string): boolean {
    return this.#books.refund(platformNumber(requestNumber)) !== undefined;
  }

  /** A customer's app reads what a code of ours says. */
  scan(content: string, customer: Customer): ScanWord {
    return scan(this.#desk, content, customer);
  }

  /** Somebody could still be charged for this presented order. */
  isPayable(orderNumber: string): boolean {
    const order = this.#books.order(orderNumber);
    return order !== undefined && isPayable(this.#desk, order);
  }

  /** Never throws: a malformed, unsigned or stale request gets what the protocol says. */
  serve({ path, headers, body }: WireRequest): WireAnswer {
    const call = calls.get(path);
    if (call === undefined) return this.#sent(404, { errCode: 'NO_SUCH_CALL' }, null);
    const { nonce, fault } = this.#seals.check(headers['authorization'], body);
    if (fault === null) return this.#sent(200, this.#answer(call, body), nonce);
    this.#deps.saw(`sign.${fault}`);
    return this.#sent(200, { errCode: 'SIGN_ERROR', errInfo: '验签失败' }, nonce);
  }

  /** Against the protocol: what a mixed-up server says of another order, signed over this request's nonce; `as`: by which number. */
  answerAbout(orderNumber: string, nonce: string, as = orderNumber): WireAnswer {
    const answer = query(this.#desk, { merchantOrderId: orderNumber });
    return this.#sent(200, { ...answer, ...('merchantOrderId' in answer && { merchantOrderId: as }) }, nonce);
  }

  /** The terminal is locked: whatever is asked is refused before anybody looks at it. */
  suspended(nonce: string): WireAnswer {
    this.#deps.saw('suspended');
    return this.#sent(200, { errCode: 'TERMINAL_INVALID', errInfo: '终端已停用' }, nonce);
  }

  #answer(call: Call, body: Buffer): Answer {
    const fields = readFields(body);
    if (fields === null) return paramError;
    if (fields['merchantCode'] !== this.#deps.merchantCode) return { errCode: 'MERCHANT_INVALID' };
    if (fields['terminalCode'] !== this.#deps.terminalCode) return { errCode: 'TERMINAL_INVALID' };
    return call(this.#desk, fields);
  }

  #sent(status: number, answer: Answer, nonce: string | null): WireAnswer {
    const body = Buffer.from(JSON.stringify({ errInfo: '', ...answer }));
    const headers: Record<string, string> = {
      'content-type': 'application/json; charset=utf-8',
      date: new Date(this.#deps.now_ms()).toUTCString(),
    };
    if (nonce !== null) headers['body-signature'] = this.#seals.answerHeader(nonce, body);
    return { status, headers, body };
  }
}

function echo(desk: Desk): Answer {
  const capabilities = { storeAndForward: true, autoDetect: false };
  return { errCode: '00', serverTime: isoOf(desk.now_ms()), capabilities };
}
