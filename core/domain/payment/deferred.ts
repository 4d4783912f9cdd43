// Of what was sold on trust and forwarded: its goods have left, so no silence and no reversal ends it. Pure.
import type { PaymentEvent } from './event.ts';
import {
  clearedResult,
  type Context,
  endedThere,
  notFoundProves_ms,
  note,
  type Step,
  toDeclined,
} from './steps.ts';
import { queue } from './unsent.ts';

type In<Kind extends PaymentEvent['kind']> = Extract<PaymentEvent, { kind: Kind }>;

/**
 * A configuration refusal (bad signature, unknown terminal) never reached the order: it proves "not taken" for the one
 * request that it answers. With an earlier sending of the same number out, it proves nothing.
 */
export function provesNothing({ machine }: Context, event: In<'declined'>): boolean {
  return machine.deferred && event.reason === 'configuration';
}

/**
 * The acquirer does not want this terminal now, and its books have nothing of the order: back into the queue, with what is left of its time,
 * until somebody has mended that. What it refuses in the request itself it would refuse for ever.
 */
export function onRefused(context: Context, expiresAt_ms: number | null, event: In<'declined'>): Step {
  const mayGoAgain = provesNothing(context, event) && event.ofThisOrder !== true;
  return mayGoAgain ? queue(context, expiresAt_ms) : toDeclined(context, event);
}

/**
 * What the acquirer never decides is ended by a person, once nothing of it can be on its way any more. It stays deferred: somebody must
 * answer for the goods, and an approval that comes all the same is kept.
 */
export function onPersonsWord(context: Context, sentAt_ms: number, word: In<'billClears'>): Step {
  const isOver = context.now_ms >= notFoundProves_ms(context, sentAt_ms);
  return context.machine.deferred && isOver ? endedThere(context, clearedResult(word)) : note(context);
}
