// The one message envelope of every transport (kiosk relay, utility process port, control socket): one JSON text a message.
import { z } from 'zod';

/** A longer inbound message is refused before it is parsed. */
export const MESSAGE_LIMIT_bytes = 64 * 1024;

/** Client -> core. `id` is chosen by the client and returned with the answer. */
export const requestSchema = z.strictObject({
  id: z.int().nonnegative(),
  command: z.string().max(64),
  params: z.unknown().optional(),
});

/** Core -> client: the answer to a request, or a pushed snapshot (after `snapshot.subscribe`). */
export type Answer =
  | { id: number; ok: true; result: unknown }
  | { id: number | null; ok: false; error: { code: string; detail: string } };
export type Push = { push: 'snapshot'; snapshot: unknown };
export type Outbound = Answer | Push;
