// Of what was sold on trust and forwarded: its goods have left, so no silence and no reversal ends it. Pure.
import type { PaymentEvent } from './event.ts';
import { clearedResult, type Context, endedThere, notFoundProves_ms, note, type Step } from './steps.ts';

type In<Kind extends PaymentEvent['kind']> = Extract<PaymentEvent, { kind: Kind }>;

/**
 * A configuration refusal (bad signature, unknown terminal) never reached the order: it proves "not taken" for the one
 * request that it answers. With an earlier sending of the same number out, it proves nothing.
 */
export function provesNothing({ machine }: Context, event: In<'declined'>): boolean {
  return machine.deferred && event.reason === 'configuration';
}

/**
 * What the acquirer never decides is ended by a person, once nothing of it can be on its way any more. It stays deferred: somebody must
 * answer for the goods, and an approval that comes all the same is kept.
 */
export function onPersonsWord(context: Context, sentAt_ms: number, word: In<'billClears'>): Step {
  const isOver = context.now_ms >= notFoundProves_ms(context, sentAt_ms);
  return context.machine.deferred && isOver ? endedThere(context, clearedResult(word)) : note(context);
}
