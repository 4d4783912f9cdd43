// The ports of an acquirer over Alipay's OpenAPI (gateway.do, RSA2): each call becomes exactly one event.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';
import type {
  Acquirer,
  AuthorizeOrder,
  ClosingEvent,
  GiveBackOrder,
  OrderReference,
  PresentedOrder,
  PresentedOrders,
  PresentEvent,
  RouteObservation,
} from '../../core/ports/acquirer.ts';
import { Calls } from '../transport/calls.ts';
import type { HttpsSettings } from '../transport/https.ts';
import { closingEvent, isEnding, isOver, shownIf, tooLate, unanswered } from '../transport/presented.ts';
import { afterRefusal } from '../transport/refusal.ts';
import { type CallSettings, type Send, sendByHttps } from './call.ts';
import {
  orderContent,
  payContent,
  readPayAnswer,
  readProbeAnswer,
  readQueryAnswer,
  readReversalAnswer,
  type ShopFacts,
} from './codec.ts';
import { readRefundAnswer, readRefundInquiry, refundContent, refundInquiryContent } from './give-back.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import {
  codeEnd_ms,
  foundAfterClose,
  precreateContent,
  readCloseAnswer,
  readPrecreateAnswer,
} from './presented.ts';
import { afterCancelRefusal, cancelToLookInto } from './reversal.ts';
import { type KeySettings, loadKeys } from './signature.ts';

export type AlipaySettings = {
  id: string;
  rules: readonly CodeRule[];
  shop: ShopFacts;
  /**
   * A paid answer to `pay` counts only once a query says the same (opendocs 00f7ns: "10000 may still be rolled back, the trade's
   * status decides"). False trusts the answer to `pay` alone and saves one round trip.
   */
  confirmPaid: boolean;
  /** Where Alipay sends its notices; undefined: nowhere. */
  notifyUrl?: string;
  probeTimeout_ms: number;
  call: HttpsSettings & { keys: KeySettings; wall_ms: () => number };
};

const method = {
  pay: 'alipay.trade.pay',
  query: 'alipay.trade.query',
  cancel: 'alipay.trade.cancel',
  precreate: 'alipay.trade.precreate',
  close: 'alipay.trade.close',
  refund: 'alipay.trade.refund',
  refundQuery: 'alipay.trade.fastpay.refund.query',
};

/** No order of ours has this number: our numbers start with the terminal's. */
const PROBE_ORDER = 'YIMAPROBE00000000';

class Alipay implements Acquirer, PresentedOrders {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  readonly #settings: AlipaySettings;
  readonly #call: CallSettings;
  readonly #send: Send;
  readonly #calls: Calls;

  constructor(settings: AlipaySettings, send: Send) {
    this.id = settings.id;
    this.rules = settings.rules;
    this.#settings = settings;
    this.#send = send;
    this.#calls = new Calls(settings.call);
    this.#call = { ...settings.call, keys: loadKeys(settings.call.keys), wall_ms: this.#calls.wall_ms };
  }

  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void {
    if (order.deferred !== null) {
      post({ kind: 'notSent', cause: 'DEFERRED_NOT_SUPPORTED', then: 'end' });
      return;
    }
    const { shop, confirmPaid, notifyUrl } = this.#settings;
    const { timeout_ms } = order;
    const content = payContent(shop, order);
    this.#perform({ method: method.pay, content, timeout_ms, notifyUrl }, (outcome) => {
      const event = payEvent(outcome, order);
      const second = secondLook(event, confirmPaid);
      if (outcome.kind !== 'answered' || second === null) return post(event);
      const left_ms = timeout_ms - outcome.latency_ms;
      if (left_ms <= 0) return post({ kind: 'undecided', code: second.unconfirmed });
      this.inquire({ ...order, timeout_ms: left_ms }, (asked) => post(second.decide(asked)));
    });
  }

  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void {
    this.#ask(order, (event) => post(event));
  }

  #ask(order: OrderReference, post: (event: PaymentEvent, reached_ms: number | null) => void): void {
    const content = orderContent(order.orderNumber);
    this.#perform({ method: method.query, content, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer ? readQueryAnswer(outcome.json, order) : { kind: 'inquiryFailed', cause: outcome.cause },
        this.#calls.reachedBy(outcome),
      );
    });
  }

  present(order: PresentedOrder, post: (event: PresentEvent) => void): void {
    const wall_ms = this.#calls.wall_ms();
    if (isEnding(order, wall_ms)) return post(tooLate);
    const { shop, notifyUrl } = this.#settings;
    const content = precreateContent(shop, order, wall_ms);
    const { timeout_ms } = order;
    this.#perform({ method: method.precreate, content, timeout_ms, notifyUrl }, (outcome) => {
      if (outcome.kind === 'answered') {
        const event = shownIf(this.#calls.isClockShared(outcome), readPrecreateAnswer(outcome.json, order));
        post(event.kind === 'presented' ? { ...event, endsAt_ms: codeEnd_ms(order, wall_ms) } : event);
      } else post(outcome.kind === 'unbelievable' ? { kind: 'undecided', code: outcome.cause } : outcome);
    });
  }

  /** By `close`, never by `cancel`: that gives back what the customer paid a moment ago. */
  closePresented(order: PresentedOrder, post: (event: ClosingEvent) => void): void {
    const content = orderContent(order.orderNumber);
    this.#perform({ method: method.close, content, timeout_ms: order.timeout_ms }, (outcome) => {
      const open =
        outcome.kind === 'answered' ? readCloseAnswer(outcome.json, order) : unanswered(outcome.cause);
      this.#ask({ ...order, presented: true }, (found, reached_ms) => {
        post(closingEvent(foundAfterClose(found, open), open, isOver(order, reached_ms)));
      });
    });
  }

  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void {
    const content = orderContent(order.orderNumber);
    this.#perform({ method: method.cancel, content, timeout_ms: order.timeout_ms }, (outcome) => {
      if (outcome.kind !== 'answered') return post({ kind: 'reversalPending', cause: outcome.cause });
      const code = cancelToLookInto(outcome.json, order);
      const left_ms = order.timeout_ms - outcome.latency_ms;
      if (code === null || left_ms <= 0) return post(readReversalAnswer(outcome.json, order));
      this.inquire({ ...order, timeout_ms: left_ms }, (found) => post(afterCancelRefusal(code, found)));
    });
  }

  giveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    if (order.method === 'void') {
      post({ kind: 'refused', code: 'VOID_NOT_SUPPORTED' });
      return;
    }
    const content = refundContent(this.#settings.shop, order);
    this.#perform({ method: method.refund, content, timeout_ms: order.timeout_ms }, (outcome) => {
      const event = refundEvent(outcome, order);
      if (event.kind !== 'refused') return post(event);
      // A copy of our request may have been taken.
      this.inquireGiveBack(order, (found) => post(afterRefusal(event, found)));
    });
  }

  inquireGiveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    if (order.method === 'void') {
      post({ kind: 'refused', code: 'VOID_NOT_SUPPORTED' });
      return;
    }
    const content = refundInquiryContent(order);
    this.#perform({ method: method.refundQuery, content, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer ? readRefundInquiry(outcome.json, order) : { kind: 'inquiryFailed', cause: outcome.cause },
      );
    });
  }

  /** There is no echo: a question about an order that never exists, answered with a good signature, proves line and keys. */
  probe(post: (observation: RouteObservation) => void): void {
    const content = orderContent(PROBE_ORDER);
    const timeout_ms = this.#settings.probeTimeout_ms;
    this.#perform({ method: method.query, content, timeout_ms }, (outcome) => {
      const cause = outcome.kind === 'answered' ? readProbeAnswer(outcome.json) : outcome.cause;
      post({
        online: cause === null,
        cause,
        latency_ms: outcome.kind === 'answered' && cause === null ? outcome.latency_ms : null,
        storeAndForward: cause === null ? false : null,
        clockSkew_ms: this.#calls.skewOf(outcome),
      });
    });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  #perform(request: CallRequest, finish: (outcome: CallOutcome) => void): void {
    this.#calls.perform((ended) => this.#send(this.#call, request, ended), finish);
  }
}

/** `send`: another way than HTTPS, for a simulation. Throws when a key or certificate can't be read. */
export function createAlipay(settings: AlipaySettings, send: Send = sendByHttps): Acquirer & PresentedOrders {
  return new Alipay(settings, send);
}

function payEvent(outcome: CallOutcome, order: AuthorizeOrder): PaymentEvent {
  switch (outcome.kind) {
    case 'answered':
      return readPayAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return { kind: 'notSent', cause: outcome.cause, then: 'end' };
  }
}

/** What an answer that is not believed by itself becomes, once the order was asked about. */
type SecondLook = { unconfirmed: string; decide(asked: PaymentEvent): PaymentEvent };

/**
 * Paid may be rolled back; and a used code is what a copy of our request draws after the first one charged (docs/adr/0013): only "no such
 * order" lets that refusal stand.
 */
function secondLook(event: PaymentEvent, confirmPaid: boolean): SecondLook | null {
  if (event.kind === 'approved' && confirmPaid)
    return { unconfirmed: 'PAID_UNCONFIRMED', decide: (asked) => confirmed(event, asked) };
  if (event.kind !== 'declined' || event.reason !== 'codeUnusable') return null;
  const { code } = event;
  const decide = (asked: PaymentEvent): PaymentEvent => {
    if (asked.kind === 'notFound') return event;
    return asked.kind === 'approved' || asked.kind === 'awaiting' ? asked : { kind: 'undecided', code };
  };
  return { unconfirmed: code, decide };
}

/** The two answers must be of one and the same payment; anything less is doubt, and the machine asks on. */
function confirmed(paid: Extract<PaymentEvent, { kind: 'approved' }>, asked: PaymentEvent): PaymentEvent {
  if (asked.kind !== 'approved') return { kind: 'undecided', code: 'PAID_UNCONFIRMED' };
  const isSame = asked.proof.acquirerOrderId === paid.proof.acquirerOrderId;
  return isSame ? paid : { kind: 'undecided', code: 'MISMATCH' };
}

function refundEvent(outcome: CallOutcome, order: GiveBackOrder): GiveBackEvent {
  switch (outcome.kind) {
    case 'answered':
      return readRefundAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return { kind: 'notSent', cause: outcome.cause };
  }
}
