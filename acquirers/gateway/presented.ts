// Presented orders of the gateway protocol (main scan) <-> events of the port. Pure. Source: docs/gateway-protocol.md, "Main scan".
import { z } from 'zod';
import type { ClosingEvent, PresentedOrder, PresentEvent } from '../../core/ports/acquirer.ts';
import { deviceBody, envelope, isForeign, type TerminalFacts } from './codec.ts';
import { gatewayCloseRefusals, gatewayPresentRefusals, gatewayPresentUndecided } from './codes.ts';

export function presentBody(terminal: TerminalFacts, order: PresentedOrder): Record<string, unknown> {
  return {
    merchantCode: terminal.merchantCode,
    terminalCode: terminal.terminalCode,
    transactionAmount: order.amount_fen,
    transactionCurrencyCode: '156',
    merchantOrderId: order.orderNumber,
    payMode: 'QR_CODE',
    expiresAt: new Date(order.expiresAt_ms).toISOString(),
    ...deviceBody(terminal),
  };
}

const presented = z.object({
  merchantOrderId: z.string(),
  transactionAmount: z.int(),
  // whatever a wallet can read; printable, and no longer than a code that a phone reads from a small screen
  qrCode: z.string().regex(/^[\x21-\x7e]{8,512}$/),
  expiresAt: z.iso.datetime({ offset: true }),
});

export function readPresentAnswer(json: unknown, order: PresentedOrder): PresentEvent {
  const undecided: (code: string) => PresentEvent = gatewayPresentUndecided;
  const head = envelope.safeParse(json);
  if (!head.success) return undecided('NO_ERRCODE');
  if (isForeign(json, order)) return undecided('MISMATCH');
  const { errCode: code } = head.data;
  const reason = Object.hasOwn(gatewayPresentRefusals, code) ? gatewayPresentRefusals[code] : undefined;
  if (reason !== undefined) return { kind: 'refused', code, reason };
  if (code !== '00') return undecided(code);
  const found = presented.safeParse(json);
  if (!found.success) return undecided(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const endsAt_ms = Date.parse(found.data.expiresAt);
  // One that outlives what was asked for could be paid after its order is thought to have ended.
  if (endsAt_ms > order.expiresAt_ms) return undecided('ENDS_LATER');
  return { kind: 'presented', content: found.data.qrCode, endsAt_ms };
}

const closed = z.object({ merchantOrderId: z.string(), closeResult: z.enum(['CLOSED', 'PAID']) });

/** CLOSED is proof: the number is closed for ever, known or not. After all else a query tells; this is then what an open order comes to. */
export function readCloseAnswer(json: unknown, order: PresentedOrder): ClosingEvent {
  // PAID, PROCESSING, or a code that nobody knows: only CLOSED says that nobody is paying.
  const pending = (cause: string): ClosingEvent => ({ kind: 'closePending', cause, mayBePaid: true });
  const head = envelope.safeParse(json);
  if (!head.success) return pending('NO_ERRCODE');
  if (isForeign(json, order)) return pending('MISMATCH');
  const { errCode } = head.data;
  if (gatewayCloseRefusals.has(errCode)) return { kind: 'closeRefused', cause: errCode };
  if (errCode !== '00') return pending(errCode);
  const found = closed.safeParse(json);
  if (!found.success) return pending('NO_CLOSE_RESULT');
  const { merchantOrderId, closeResult } = found.data;
  if (merchantOrderId !== order.orderNumber) return pending('MISMATCH');
  return closeResult === 'CLOSED' ? { kind: 'closed', result: 'CLOSED' } : pending('PAID');
}
