// The ports of an acquirer over WeChat Pay APIv3 (direct merchant: payment codes and native orders): each call becomes exactly one event.
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
import { closingEvent, isEnding, isOver, shownIf, tooLate, unanswered } from '../transport/presented.ts';
import { afterRefusal } from '../transport/refusal.ts';
import { type CallSettings, callSettingsOf, type Send, sendByHttps, type WechatPayAccess } from './call.ts';
import {
  type MerchantFacts,
  payBody,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
  reversalBody,
} from './codec.ts';
import { observationOf } from './observation.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import { closeBody, nativeBody, readCloseAnswer, readNativeAnswer } from './native.ts';
import { afterReversalRefusal, refusalToLookInto } from './reversal.ts';
import { readRefundAnswer, readRefundInquiry, refundBody } from './refund.ts';

export type WechatPaySettings = {
  id: string;
  rules: readonly CodeRule[];
  probeTimeout_ms: number;
  merchant: MerchantFacts;
  call: WechatPayAccess;
};

const orders = '/v3/pay/transactions/out-trade-no';
const refunds = '/v3/refund/domestic/refunds';

/** Nobody's order: our numbers have 25 characters. */
const PROBE_ORDER = 'YIMAPROBE00000000';

class WechatPay implements Acquirer, PresentedOrders {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  readonly #facts: MerchantFacts;
  readonly #probeTimeout_ms: number;
  readonly #call: CallSettings;
  readonly #send: Send;
  readonly #calls: Calls;

  constructor(settings: WechatPaySettings, send: Send) {
    this.id = settings.id;
    this.rules = settings.rules;
    this.#facts = settings.merchant;
    this.#probeTimeout_ms = settings.probeTimeout_ms;
    this.#send = send;
    this.#calls = new Calls(settings.call);
    const call = callSettingsOf(settings.merchant.merchantId, settings.call);
    this.#call = { ...call, wall_ms: this.#calls.wall_ms };
  }

  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void {
    if (order.deferred !== null) {
      post({ kind: 'notSent', cause: 'NO_DEFERRED_PAYMENTS', then: 'end' });
      return;
    }
    const body = payBody(this.#facts, order);
    const path = '/v3/pay/transactions/codepay';
    this.#perform({ path, body, timeout_ms: order.timeout_ms }, (outcome) => {
      const event = this.#payEvent(outcome, order);
      if (event.kind === 'declined' && event.reason === 'codeUnusable') this.#confirm(event, order, post);
      else post(event);
    });
  }

  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void {
    this.#ask(order, (event) => post(event));
  }

  #ask(order: OrderReference, post: (event: PaymentEvent, reached_ms: number | null) => void): void {
    const query = new URLSearchParams({ mchid: this.#facts.merchantId });
    const path = `${orders}/${encodeURIComponent(order.orderNumber)}?${query.toString()}`;
    this.#perform({ path, body: null, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer
          ? readQueryAnswer(outcome.answer, this.#facts, order)
          : { kind: 'inquiryFailed', cause: outcome.cause },
        this.#calls.reachedBy(outcome),
      );
    });
  }

  present(order: PresentedOrder, post: (event: PresentEvent) => void): void {
    if (this.#facts.notifyUrl === undefined) {
      post({ kind: 'refused', code: 'NO_NOTIFY_URL', reason: 'configuration' });
      return;
    }
    if (isEnding(order, this.#calls.wall_ms())) return post(tooLate);
    const body = nativeBody(this.#facts, order);
    const path = '/v3/pay/transactions/native';
    this.#perform({ path, body, timeout_ms: order.timeout_ms }, (outcome) => {
      if (outcome.kind === 'answered')
        post(shownIf(this.#calls.isClockShared(outcome), readNativeAnswer(outcome.answer)));
      else post(outcome.kind === 'unbelievable' ? { kind: 'undecided', code: outcome.cause } : outcome);
    });
  }

  closePresented(order: PresentedOrder, post: (event: ClosingEvent) => void): void {
    const path = `${orders}/${encodeURIComponent(order.orderNumber)}/close`;
    this.#perform({ path, body: closeBody(this.#facts), timeout_ms: order.timeout_ms }, (outcome) => {
      const open = outcome.kind === 'answered' ? readCloseAnswer(outcome.answer) : unanswered(outcome.cause);
      this.#ask({ ...order, presented: true }, (found, reached_ms) => {
        post(closingEvent(found, open, isOver(order, reached_ms)));
      });
    });
  }

  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void {
    const path = `${orders}/${encodeURIComponent(order.orderNumber)}/reverse`;
    this.#perform({ path, body: reversalBody(this.#facts), timeout_ms: order.timeout_ms }, (outcome) => {
      if (outcome.kind !== 'answered') return post({ kind: 'reversalPending', cause: outcome.cause });
      const event = readReversalAnswer(outcome.answer, this.#facts, order);
      const code = refusalToLookInto(outcome.answer, event);
      const left_ms = order.timeout_ms - outcome.latency_ms;
      if (code === null || left_ms <= 0) return post(event);
      this.inquire({ ...order, timeout_ms: left_ms }, (found) => post(afterReversalRefusal(code, found)));
    });
  }

  giveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    if (order.method === 'void') {
      post({ kind: 'refused', code: 'NO_VOIDS' });
      return;
    }
    this.#perform({ path: refunds, body: refundBody(order), timeout_ms: order.timeout_ms }, (outcome) => {
      const event = giveBackEvent(outcome, order);
      if (event.kind !== 'refused') return post(event);
      // A copy of our request may have been taken.
      this.inquireGiveBack(order, (found) => post(afterRefusal(event, found)));
    });
  }

  inquireGiveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    // Never sent, so nothing was given back by it.
    if (order.method === 'void') {
      post({ kind: 'refused', code: 'NO_VOIDS' });
      return;
    }
    const path = `${refunds}/${encodeURIComponent(order.requestNumber)}`;
    this.#perform({ path, body: null, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer ? readRefundInquiry(outcome.answer, order) : { kind: 'inquiryFailed', cause: outcome.cause },
      );
    });
  }

  probe(post: (observation: RouteObservation) => void): void {
    const path = `${orders}/${PROBE_ORDER}?mchid=${encodeURIComponent(this.#facts.merchantId)}`;
    this.#perform({ path, body: null, timeout_ms: this.#probeTimeout_ms }, (outcome) => {
      post(observationOf(outcome, this.#calls.skewOf(outcome)));
    });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  #payEvent(outcome: CallOutcome, order: OrderReference): PaymentEvent {
    switch (outcome.kind) {
      case 'answered':
        return readPayAnswer(outcome.answer, this.#facts, order);
      case 'unbelievable':
        return { kind: 'undecided', code: outcome.cause };
      case 'noAnswer':
        return { kind: 'noAnswer', cause: outcome.cause };
      case 'notSent':
        return { kind: 'notSent', cause: outcome.cause, then: 'end' };
    }
  }

  /**
   * "This code is used, or the order number is": a copy of our own request draws the same answer after the first one has
   * charged (docs/adr/0013, reference payments 3.3 AUTH_CODE_INVALID). So such a decline counts only when WeChat has no
   * such order; an order that is there is told as it stands.
   */
  #confirm(
    declined: Extract<PaymentEvent, { kind: 'declined' }>,
    order: OrderReference,
    post: (event: PaymentEvent) => void,
  ): void {
    this.inquire(order, (found) => {
      if (found.kind === 'notFound') post(declined);
      else if (found.kind === 'approved' || found.kind === 'awaiting') post(found);
      else post({ kind: 'undecided', code: declined.code });
    });
  }

  #perform(request: CallRequest, finish: (outcome: CallOutcome) => void): void {
    this.#calls.perform((ended) => this.#send(this.#call, request, ended), finish);
  }
}

function giveBackEvent(outcome: CallOutcome, order: GiveBackOrder): GiveBackEvent {
  if (outcome.kind === 'answered') return readRefundAnswer(outcome.answer, order);
  return outcome.kind === 'unbelievable' ? { kind: 'undecided', code: outcome.cause } : outcome;
}

/** Throws when a platform key can't be read. `send`: another way than HTTPS, for a simulation. */
export function createWechatPay(
  settings: WechatPaySettings,
  send: Send = sendByHttps,
): Acquirer & PresentedOrders {
  return new WechatPay(settings, send);
}
