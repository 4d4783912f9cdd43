// The ports of an acquirer over UnionPay's ACP (merchant direct, both kinds of scan): each call becomes exactly one event.
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
import { closingEvent, isEnding, isOver, shownIf, tooLate } from '../transport/presented.ts';
import { afterRefusal } from '../transport/refusal.ts';
import { type CallSettings, type Send, sendByHttps } from './call.ts';
import { type KeySettings, loadKeys } from './certificate.ts';
import {
  type MerchantFacts,
  orderKey,
  purchaseFields,
  queryFields,
  readProbeAnswer,
  readPurchaseAnswer,
  readQueryAnswer,
  readReversalAnswer,
  reversalFields,
} from './codec.ts';
import {
  giveBackFields,
  giveBackKey,
  readGiveBackAnswer,
  readGiveBackInquiry,
  refusalToLookInto,
} from './give-back.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import { presentFields, readPresentAnswer } from './presented.ts';
import { afterReversalRefusal, reversalToLookInto } from './reversal.ts';
import type { Fields } from './signature.ts';
import { txnTimeOf } from './times.ts';

export type UnionPaySettings = {
  id: string;
  rules: readonly CodeRule[];
  merchant: MerchantFacts;
  probeTimeout_ms: number;
  call: HttpsSettings & { keys: KeySettings; wall_ms: () => number };
};

/** No order of ours has this number: our numbers start with the terminal's. */
const PROBE_ORDER = 'YIMAPROBE00000000';

class UnionPay implements Acquirer, PresentedOrders {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  readonly #settings: UnionPaySettings;
  readonly #call: CallSettings;
  readonly #send: Send;
  readonly #calls: Calls;

  constructor(settings: UnionPaySettings, send: Send) {
    const { call, merchant } = settings;
    this.id = settings.id;
    this.rules = settings.rules;
    this.#settings = settings;
    this.#send = send;
    this.#calls = new Calls(call);
    const { merchantId } = merchant;
    this.#call = { ...call, merchantId, keys: loadKeys(call.keys), wall_ms: this.#calls.wall_ms };
  }

  /** The best that an answer can say is "accepted": the machine's schedule asks what became of it. */
  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void {
    if (order.deferred !== null) {
      post({ kind: 'notSent', cause: 'DEFERRED_NOT_SUPPORTED', then: 'end' });
      return;
    }
    const { merchant } = this.#settings;
    this.#act(purchaseFields(merchant, order), order.timeout_ms, (outcome) => {
      if (outcome.kind === 'notSent') return post({ ...outcome, then: 'end' });
      if (outcome.kind !== 'answered') return post(unanswered(outcome));
      const event = readPurchaseAnswer(outcome.fields, merchant, order);
      if (event.kind !== 'declined') return post(event);
      const left_ms = order.timeout_ms - outcome.latency_ms;
      if (left_ms <= 0) return post({ kind: 'undecided', code: event.code });
      this.inquire({ ...order, timeout_ms: left_ms }, (found) => post(afterPurchaseRefusal(event, found)));
    });
  }

  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void {
    this.#ask(order, (event) => post(event));
  }

  #ask(order: OrderReference, post: (event: PaymentEvent, reached_ms: number | null) => void): void {
    const { merchant } = this.#settings;
    this.#query(queryFields(orderKey(order)), order.timeout_ms, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer
          ? readQueryAnswer(outcome.fields, merchant, order)
          : { kind: 'inquiryFailed', cause: outcome.cause },
        this.#calls.reachedBy(outcome),
      );
    });
  }

  present(order: PresentedOrder, post: (event: PresentEvent) => void): void {
    if (isEnding(order, this.#calls.wall_ms())) return post(tooLate);
    const { merchant } = this.#settings;
    this.#act(presentFields(merchant, order), order.timeout_ms, (outcome) => {
      if (outcome.kind === 'answered') {
        const event = readPresentAnswer(outcome.fields, merchant, order);
        post(shownIf(this.#calls.isClockShared(outcome), event));
      } else post(outcome.kind === 'notSent' ? outcome : unanswered(outcome));
    });
  }

  /** No source knows a call that ends an order code, and a reversal gives money back: it ends by itself, and a query tells how. */
  closePresented(order: PresentedOrder, post: (event: ClosingEvent) => void): void {
    const open: ClosingEvent = { kind: 'closePending', cause: 'NO_CLOSE_CALL' };
    this.#ask({ ...order, presented: true }, (found, reached_ms) => {
      post(closingEvent(found, open, isOver(order, reached_ms)));
    });
  }

  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void {
    const { merchant } = this.#settings;
    this.#act(reversalFields(orderKey(order)), order.timeout_ms, (outcome) => {
      if (outcome.kind !== 'answered') return post({ kind: 'reversalPending', cause: outcome.cause });
      const event = readReversalAnswer(outcome.fields, merchant, order);
      const code = reversalToLookInto(event);
      const left_ms = order.timeout_ms - outcome.latency_ms;
      if (code === null || left_ms <= 0) return post(event);
      this.inquire({ ...order, timeout_ms: left_ms, afterReversal: true }, (found) =>
        post(afterReversalRefusal(code, found)),
      );
    });
  }

  giveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    const { merchant } = this.#settings;
    this.#act(giveBackFields(merchant, order), order.timeout_ms, (outcome) => {
      if (outcome.kind !== 'answered')
        return post(outcome.kind === 'notSent' ? outcome : unanswered(outcome));
      const event = readGiveBackAnswer(outcome.fields, merchant, order);
      const refusal = refusalToLookInto(event);
      if (refusal === null) return post(event);
      // Within the time of the call: once that is over the machine asks by itself, and may send the same again.
      const left_ms = order.timeout_ms - outcome.latency_ms;
      if (left_ms <= 0) return post({ kind: 'undecided', code: refusal.code });
      this.inquireGiveBack({ ...order, timeout_ms: left_ms }, (found) => post(afterRefusal(refusal, found)));
    });
  }

  inquireGiveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    const { merchant } = this.#settings;
    this.#query(queryFields(giveBackKey(order)), order.timeout_ms, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer
          ? readGiveBackInquiry(outcome.fields, merchant, order)
          : { kind: 'inquiryFailed', cause: outcome.cause },
      );
    });
  }

  /** There is no echo: a question about an order that never exists, answered with a good signature, proves line and keys. */
  probe(post: (observation: RouteObservation) => void): void {
    const key = { orderId: PROBE_ORDER, txnTime: txnTimeOf(this.#calls.wall_ms()) };
    this.#query(queryFields(key), this.#settings.probeTimeout_ms, (outcome) => {
      const cause = outcome.kind === 'answered' ? readProbeAnswer(outcome.fields) : outcome.cause;
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

  #act(fields: Fields, timeout_ms: number, finish: (outcome: CallOutcome) => void): void {
    this.#perform({ path: '/backTransReq.do', fields, timeout_ms }, finish);
  }

  #query(fields: Fields, timeout_ms: number, finish: (outcome: CallOutcome) => void): void {
    this.#perform({ path: '/queryTrans.do', fields, timeout_ms }, finish);
  }

  #perform(request: CallRequest, finish: (outcome: CallOutcome) => void): void {
    this.#calls.perform((ended) => this.#send(this.#call, request, ended), finish);
  }
}

/**
 * Which code a copy of our own request draws once the first one has charged is in no source: a refusal stands only where the query knows no such
 * order, or that it failed.
 */
function afterPurchaseRefusal(
  refused: Extract<PaymentEvent, { kind: 'declined' }>,
  found: PaymentEvent,
): PaymentEvent {
  if (found.kind === 'notFound' || found.kind === 'declined') return refused;
  return found.kind === 'approved' ? found : { kind: 'undecided', code: refused.code };
}

type Unanswered = Extract<CallOutcome, { kind: 'unbelievable' | 'noAnswer' }>;

/** The request may have arrived; nothing that can be believed came back. */
function unanswered({ kind, cause }: Unanswered) {
  return kind === 'noAnswer' ? ({ kind, cause } as const) : ({ kind: 'undecided', code: cause } as const);
}

/** `send`: another way than HTTPS, for a simulation. Throws when a key or certificate can't be read. */
export function createUnionPay(
  settings: UnionPaySettings,
  send: Send = sendByHttps,
): Acquirer & PresentedOrders {
  return new UnionPay(settings, send);
}
