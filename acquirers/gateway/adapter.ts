// The ports of an acquirer over the gateway protocol: each call becomes exactly one event.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
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
import type { CodeRule } from '../../core/domain/scan/router.ts';
import { Calls } from '../transport/calls.ts';
import { closingEvent, isEnding, isOver, shownIf, tooLate, unanswered } from '../transport/presented.ts';
import { type CallSettings, type Send, sendByHttps } from './call.ts';
import {
  orderBody,
  payBody,
  readEchoAnswer,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
  type TerminalFacts,
} from './codec.ts';
import type { CallOutcome, CallRequest } from './message.ts';
import { presentBody, readCloseAnswer, readPresentAnswer } from './presented.ts';
import { type About, Sessions } from './sessions.ts';
import { giveBackBody, giveBackInquiryBody, readGiveBackAnswer, readGiveBackInquiry } from './give-back.ts';

export type GatewaySettings = {
  id: string;
  terminal: TerminalFacts;
  rules: readonly CodeRule[];
  probeTimeout_ms: number;
  call: CallSettings;
  /** `daily`: the terminal signs in, and its calls are signed with the session's key. Without it: with the terminal's own. */
  session?: 'none' | 'daily';
};

const path = {
  pay: '/v4/poslink/transaction/pay',
  query: '/v4/poslink/transaction/query',
  voidPayment: '/v4/poslink/transaction/voidpayment',
  present: '/v4/poslink/transaction/present',
  close: '/v4/poslink/transaction/close',
  refund: '/v4/poslink/transaction/refund',
  queryRefund: '/v4/poslink/transaction/query-refund',
  echo: '/v4/poslink/echo',
};

class Gateway implements Acquirer, PresentedOrders {
  readonly id: string;
  readonly rules: readonly CodeRule[];
  readonly #settings: GatewaySettings;
  readonly #call: CallSettings;
  readonly #calls: Calls;
  readonly #send: Send;
  readonly #sessions: Sessions | null;

  constructor(settings: GatewaySettings, send: Send) {
    this.id = settings.id;
    this.rules = settings.rules;
    this.#settings = settings;
    this.#calls = new Calls(settings.call);
    this.#call = { ...settings.call, wall_ms: this.#calls.wall_ms };
    this.#send = send;
    this.#sessions =
      settings.session === 'daily'
        ? new Sessions(settings.terminal, this.#call, (...one) => this.#carry(...one))
        : null;
  }

  authorize(order: AuthorizeOrder, post: (event: PaymentEvent) => void): void {
    const body = payBody(this.#settings.terminal, order);
    const request = { path: path.pay, body, timeout_ms: order.timeout_ms };
    this.#perform(request, (outcome) => post(payEvent(outcome, order)), { makes: order.orderNumber });
  }

  inquire(order: OrderReference, post: (event: PaymentEvent) => void): void {
    this.#ask(order, (event) => post(event));
  }

  #ask(order: OrderReference, post: (event: PaymentEvent, reached_ms: number | null) => void): void {
    const body = orderBody(this.#settings.terminal, order.orderNumber);
    this.#perform({ path: path.query, body, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer ? readQueryAnswer(outcome.json, order) : { kind: 'inquiryFailed', cause: outcome.cause },
        this.#calls.reachedBy(outcome),
      );
    });
  }

  present(order: PresentedOrder, post: (event: PresentEvent) => void): void {
    if (isEnding(order, this.#calls.wall_ms())) return post(tooLate);
    const body = presentBody(this.#settings.terminal, order);
    const finish = (outcome: CallOutcome) => {
      if (outcome.kind === 'answered')
        post(shownIf(this.#calls.isClockShared(outcome), readPresentAnswer(outcome.json, order)));
      else if (outcome.kind === 'unbelievable') post({ kind: 'undecided', code: outcome.cause });
      else post({ kind: outcome.kind, cause: outcome.cause });
    };
    const request = { path: path.present, body, timeout_ms: order.timeout_ms };
    this.#perform(request, finish, { makes: order.orderNumber });
  }

  closePresented(order: PresentedOrder, post: (event: ClosingEvent) => void): void {
    this.#sessions?.withdraw(order.orderNumber);
    const body = orderBody(this.#settings.terminal, order.orderNumber);
    this.#perform({ path: path.close, body, timeout_ms: order.timeout_ms }, (outcome) => {
      const answer =
        outcome.kind === 'answered' ? readCloseAnswer(outcome.json, order) : unanswered(outcome.cause);
      if (answer.kind === 'closed') return post(answer);
      this.#ask({ ...order, presented: true }, (found, reached_ms) => {
        post(closingEvent(found, answer, isOver(order, reached_ms)));
      });
    });
  }

  reverse(order: OrderReference, post: (event: PaymentEvent) => void): void {
    this.#sessions?.withdraw(order.orderNumber);
    const body = { ...orderBody(this.#settings.terminal, order.orderNumber), reason: 'REVERSAL' };
    this.#perform({ path: path.voidPayment, body, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer
          ? readReversalAnswer(outcome.json, order)
          : { kind: 'reversalPending', cause: outcome.cause },
      );
    });
  }

  giveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    const body = giveBackBody(this.#settings.terminal, order);
    const address = order.method === 'void' ? path.voidPayment : path.refund;
    this.#perform({ path: address, body, timeout_ms: order.timeout_ms }, (outcome) => {
      post(giveBackEvent(outcome, order));
    });
  }

  inquireGiveBack(order: GiveBackOrder, post: (event: GiveBackEvent) => void): void {
    const body = giveBackInquiryBody(this.#settings.terminal, order);
    const address = order.method === 'void' ? path.query : path.queryRefund;
    this.#perform({ path: address, body, timeout_ms: order.timeout_ms }, (outcome) => {
      const isAnswer = outcome.kind === 'answered';
      post(
        isAnswer ? readGiveBackInquiry(outcome.json, order) : { kind: 'inquiryFailed', cause: outcome.cause },
      );
    });
  }

  probe(post: (observation: RouteObservation) => void): void {
    const { terminal, probeTimeout_ms } = this.#settings;
    const body = { merchantCode: terminal.merchantCode, terminalCode: terminal.terminalCode };
    const request = { path: path.echo, body, timeout_ms: probeTimeout_ms };
    const finish = (outcome: CallOutcome) => post(observationOf(outcome, this.#calls.skewOf(outcome)));
    this.#perform(request, finish, { isProbe: true });
  }

  close(): Promise<void> {
    return this.#calls.close();
  }

  #perform(request: CallRequest, finish: (outcome: CallOutcome) => void, about: About = {}): void {
    if (this.#sessions === null) this.#carry(this.#call, request, finish);
    else this.#sessions.perform(request, finish, about);
  }

  #carry(settings: CallSettings, request: CallRequest, finish: (outcome: CallOutcome) => void): void {
    this.#calls.perform((ended) => this.#send(settings, request, ended), finish);
  }
}

/** `send`: another way than HTTPS, for a simulation. */
export function createGateway(
  settings: GatewaySettings,
  send: Send = sendByHttps,
): Acquirer & PresentedOrders {
  return new Gateway(settings, send);
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
      return unsentPay(outcome, order);
  }
}

/**
 * No byte has left, so it is not charged. A terminal that was refused by name takes no goods on trust either: the acquirer would refuse the
 * queue as well. A payment that has been in the queue waits there for the mending.
 */
function unsentPay(
  { cause, refused }: Extract<CallOutcome, { kind: 'notSent' }>,
  { deferred }: AuthorizeOrder,
): PaymentEvent {
  return refused === 'byName' && deferred === null
    ? { kind: 'declined', code: cause, reason: 'configuration' }
    : { kind: 'notSent', cause, then: 'end' };
}

function giveBackEvent(outcome: CallOutcome, order: GiveBackOrder): GiveBackEvent {
  switch (outcome.kind) {
    case 'answered':
      return readGiveBackAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return { kind: 'notSent', cause: outcome.cause };
  }
}

/** Anything short of a signed echo is "offline" with its cause: a till must not promise what it can't do. */
function observationOf(outcome: CallOutcome, clockSkew_ms: number | null): RouteObservation {
  // A terminal that was refused by name may take nothing offline, whatever the last echo allowed.
  const isRefused = outcome.kind === 'notSent' && outcome.refused === 'byName';
  const storeAndForward = isRefused ? false : null;
  const offline = (cause: string): RouteObservation => ({
    online: false,
    cause,
    latency_ms: null,
    storeAndForward,
    clockSkew_ms,
  });
  if (outcome.kind !== 'answered') return offline(outcome.cause);
  const echo = readEchoAnswer(outcome.json);
  if (echo === null) return offline('ECHO_REFUSED');
  const { latency_ms } = outcome;
  return { ...echo, online: true, cause: null, latency_ms, clockSkew_ms };
}
