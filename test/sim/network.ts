// The network between till and acquirer: every message can arrive, arrive twice, be late without limit, or be lost; a connection
// can break before or after the request got through.
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { type Answer, outcomes, type Request } from './acquirer-model.ts';
import type { Edge } from './explore.ts';
import { proof } from './machine-variants.ts';
import type { Message, Rules, World } from './world-types.ts';

const failureOf: Record<Request, PaymentEvent> = {
  pay: { kind: 'noAnswer', cause: 'ECONNRESET' },
  resend: { kind: 'noAnswer', cause: 'ECONNRESET' },
  query: { kind: 'inquiryFailed', cause: 'ECONNRESET' },
  reverse: { kind: 'reversalPending', cause: 'ECONNRESET' },
};

const eventOf: Record<Answer, PaymentEvent> = {
  approved: { kind: 'approved', proof },
  declined: { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' },
  misconfigured: { kind: 'declined', code: 'TERMINAL_INVALID', reason: 'configuration' },
  awaiting: { kind: 'awaiting' },
  processing: { kind: 'processing' },
  notFound: { kind: 'notFound' },
  hostReversed: { kind: 'hostReversed', result: 'REVERSED' },
  acknowledged: { kind: 'reversalAcknowledged', result: 'REVERSED' },
  pending: { kind: 'reversalPending', cause: 'PROCESSING' },
  refused: { kind: 'reversalRefused', cause: 'WINDOW_CLOSED' },
};

function isRequest(what: Message['what']): what is Request {
  return what === 'pay' || what === 'resend' || what === 'query' || what === 'reverse';
}

/** Equal messages in flight are one; a fresh one can do all that a copied one can. */
export function send(world: World, what: Message['what'], at: number, number?: number): World {
  const to = number ?? (world.flights[at]?.orders.length ?? 1) - 1;
  const others = world.flying.filter((one) => one.what !== what || one.at !== at || one.number !== to);
  return { ...world, flying: [...others, { what, at, number: to, copied: false, old: false }] };
}

/** What a message does on arrival; `suffix` says in which unusual way it arrives. */
function arrivals(rules: Rules, from: World, message: Message, suffix: string): Edge<World>[] {
  const { what, at, number, copied } = message;
  const label = nameOf(message);
  const isFault = suffix !== '';
  if (!isRequest(what)) {
    return [{ label: `${label} arrives${suffix}`, isFault, world: rules.happen(from, at, eventOf[what]) }];
  }
  const flight = from.flights[at];
  if (flight === undefined) return [];
  return outcomes(what, flight.orders[number] ?? 'none', rules.policy.tombstones)
    .filter((outcome) => outcome.answer !== 'misconfigured' || (!copied && !isFault))
    .filter((outcome) => outcome.answer !== 'refused' || rules.refusesReversals)
    .map((outcome) => {
      const orders = flight.orders.with(number, outcome.order);
      return {
        label: `${label} reaches the acquirer${suffix}: ${outcome.order}, answers ${outcome.answer}`,
        isFault: isFault || outcome.isFault,
        world: send(
          { ...from, flights: from.flights.with(at, { ...flight, orders }) },
          outcome.answer,
          at,
          number,
        ),
      };
    });
}

function nameOf({ what, at, number }: Message): string {
  return `${what}${at > 0 ? ` of attempt ${at + 1}` : ''}${number > 0 ? ` of order ${number + 1}` : ''}`;
}

export function deliveries(rules: Rules, world: World): Edge<World>[] {
  return world.flying.flatMap((message, index) => {
    const { what, at } = message;
    const gone: World = { ...world, flying: world.flying.filter((_, other) => other !== index) };
    const edges = arrivals(rules, gone, message, '');
    // A refusal that nobody looked at is of the one call that it answers, and a call ends once: no copy of it can meet the next sending.
    const mayBeCopied = !message.copied && what !== 'misconfigured';
    if (mayBeCopied && rules.deliveryLimit > 1) {
      const kept: World = { ...world, flying: world.flying.with(index, { ...message, copied: true }) };
      edges.push(...arrivals(rules, kept, message, ', a copy stays on its way'));
    }
    if (isRequest(what)) {
      const broken = rules.happen(world, at, failureOf[what]);
      edges.push({ label: `${nameOf(message)}: connection lost`, isFault: true, world: broken });
    }
    edges.push({ label: `${nameOf(message)} is lost`, isFault: true, world: gone });
    return edges;
  });
}
