// The Acquirer port over the gateway protocol: each call becomes exactly one payment event.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { Acquirer, RouteObservation } from '../../core/ports/acquirer.ts';
import type { CodeRule } from '../../core/domain/scan/router.ts';
import { type CallOutcome, type CallSettings, call } from './call.ts';
import {
  orderBody,
  payBody,
  readEchoAnswer,
  readPayAnswer,
  readQueryAnswer,
  readReversalAnswer,
  type TerminalFacts,
} from './codec.ts';

export type GatewaySettings = {
  id: string;
  terminal: TerminalFacts;
  rules: readonly CodeRule[];
  probeTimeout_ms: number;
  call: CallSettings;
};

const path = {
  pay: '/v4/poslink/transaction/pay',
  query: '/v4/poslink/transaction/query',
  voidPayment: '/v4/poslink/transaction/voidpayment',
  echo: '/v4/poslink/echo',
};

/** Below this the difference is the network's, not a wrong clock. */
const CLOCK_NOISE_ms = 2000;

export function createGateway(settings: GatewaySettings): Acquirer {
  const { terminal } = settings;
  const inFlight = new Set<Promise<void>>();
  let offset_ms = 0;
  const signing: CallSettings = { ...settings.call, wall_ms: () => settings.call.wall_ms() + offset_ms };

  /** Signature time follows the server's own clock, believed only over verified TLS (DESIGN section 4, "Clock"). */
  function learnClock(outcome: CallOutcome): void {
    if (!('serverDate_ms' in outcome) || outcome.serverDate_ms === null) return;
    if (!settings.call.baseUrl.startsWith('https:')) return;
    const difference_ms = outcome.serverDate_ms - settings.call.wall_ms();
    offset_ms = Math.abs(difference_ms) > CLOCK_NOISE_ms ? difference_ms : 0;
  }

  function perform(
    request: { path: string; body: Record<string, unknown>; timeout_ms: number },
    finish: (outcome: CallOutcome) => void,
  ): void {
    const running = call(signing, request).then((outcome) => {
      learnClock(outcome);
      inFlight.delete(running);
      finish(outcome);
    });
    inFlight.add(running);
  }

  return {
    id: settings.id,
    rules: settings.rules,
    authorize: (order, post) => {
      perform({ path: path.pay, body: payBody(terminal, order), timeout_ms: order.timeout_ms }, (outcome) => {
        post(payEvent(outcome, order));
      });
    },
    inquire: (order, post) => {
      const body = orderBody(terminal, order.orderNumber);
      perform({ path: path.query, body, timeout_ms: order.timeout_ms }, (outcome) => {
        const isAnswer = outcome.kind === 'answered';
        post(
          isAnswer ? readQueryAnswer(outcome.json, order) : { kind: 'inquiryFailed', cause: outcome.cause },
        );
      });
    },
    reverse: (order, post) => {
      const body = { ...orderBody(terminal, order.orderNumber), reason: 'REVERSAL' };
      perform({ path: path.voidPayment, body, timeout_ms: order.timeout_ms }, (outcome) => {
        const isAnswer = outcome.kind === 'answered';
        post(isAnswer ? readReversalAnswer(outcome.json) : { kind: 'reversalPending', cause: outcome.cause });
      });
    },
    probe: (post) => {
      const body = { merchantCode: terminal.merchantCode, terminalCode: terminal.terminalCode };
      perform({ path: path.echo, body, timeout_ms: settings.probeTimeout_ms }, (outcome) => {
        post(observationOf(outcome));
      });
    },
    close: async () => {
      await Promise.all(inFlight);
    },
  };
}

function payEvent(outcome: CallOutcome, order: Parameters<typeof readPayAnswer>[1]): PaymentEvent {
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

/** Anything short of a signed echo is "offline" with its cause: a till must not promise what it can't do. */
function observationOf(outcome: CallOutcome): RouteObservation {
  const offline = (cause: string): RouteObservation => ({
    online: false,
    cause,
    latency_ms: null,
    storeAndForward: null,
  });
  if (outcome.kind !== 'answered') return offline(outcome.cause);
  const echo = readEchoAnswer(outcome.json);
  if (echo === null) return offline('ECHO_REFUSED');
  return { online: true, cause: null, latency_ms: outcome.latency_ms, storeAndForward: echo.storeAndForward };
}
