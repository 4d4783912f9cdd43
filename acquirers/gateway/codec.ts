// Gateway messages <-> payment events. Pure: what an answer proves is decided here and nowhere else.
import { z } from 'zod';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import type { ApprovalProof } from '../../core/domain/payment/state.ts';
import type { AuthorizeOrder, OrderReference } from '../../core/ports/acquirer.ts';
import { type Location, placeOf } from '../transport/terminal.ts';
import { gatewayDeclines } from './codes.ts';

/** What the requests carry of the shop and the terminal (银发〔2021〕259号: device type and place are mandatory). */
export type TerminalFacts = {
  merchantCode: string;
  terminalCode: string;
  deviceType: string;
  serial?: string;
  ip?: string | undefined;
  location?: Location | undefined;
};

/** Of every request that moves money. The server counts none of it as content. */
export function deviceBody({ deviceType, serial, ip, location }: TerminalFacts): Record<string, unknown> {
  return {
    deviceType,
    ...(serial === undefined ? {} : { terminalSerial: serial }),
    ...(ip === undefined ? {} : { ip }),
    ...(location === undefined ? {} : placeOf(location)),
  };
}

export function payBody(terminal: TerminalFacts, order: AuthorizeOrder): Record<string, unknown> {
  return {
    merchantCode: terminal.merchantCode,
    terminalCode: terminal.terminalCode,
    transactionAmount: order.amount_fen,
    transactionCurrencyCode: '156',
    merchantOrderId: order.orderNumber,
    payMode: 'CODE_SCAN',
    payCode: order.code,
    ...deviceBody(terminal),
    ...(order.deferred === null ? {} : { storeAndForward: order.deferred }),
  };
}

export function orderBody(terminal: TerminalFacts, orderNumber: string): Record<string, unknown> {
  const { merchantCode, terminalCode } = terminal;
  return { merchantCode, terminalCode, merchantOrderId: orderNumber };
}

export const envelope = z.object({ errCode: z.string().min(1).max(64) });

const charge = z.object({
  merchantOrderId: z.string(),
  transactionAmount: z.int(),
  orderId: z.string().max(64),
  retrievalRefNum: z.string().max(32),
  systemTraceNum: z.string().max(32),
  batchNo: z.string().max(32),
  transactionTime: z.string().max(40),
  settlementDate: z.string().max(16),
  rail: z.string().max(16),
  payerApp: z.string().max(64).nullish(),
  thirdPartyOrderId: z.string().max(64),
  actualTransactionAmount: z.int(),
});

function proofOf(found: z.infer<typeof charge>): ApprovalProof {
  return {
    acquirerOrderId: found.orderId,
    retrievalRefNum: found.retrievalRefNum,
    systemTraceNum: found.systemTraceNum,
    batchNo: found.batchNo,
    paidAt: found.transactionTime,
    settlementDate: found.settlementDate,
    rail: found.rail,
    payerApp: found.payerApp ?? null,
    thirdPartyOrderId: found.thirdPartyOrderId,
    actual_fen: found.actualTransactionAmount,
  };
}

/** Approved only when number and amount are ours; a paid answer for something else proves nothing and raises the alarm. */
function approvedOr(
  json: unknown,
  order: OrderReference,
  unproven: (code: string) => PaymentEvent,
): PaymentEvent {
  const found = charge.safeParse(json);
  if (!found.success) return unproven(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const isOurs =
    found.data.merchantOrderId === order.orderNumber && found.data.transactionAmount === order.amount_fen;
  return isOurs ? { kind: 'approved', proof: proofOf(found.data) } : unproven('MISMATCH');
}

const subject = z.object({ merchantOrderId: z.string().nullish(), transactionAmount: z.int().nullish() });

/** Whatever it says, it says of somebody else's order. Only paid answers must name theirs; a host that crosses answers may name any. */
export function isForeign(json: unknown, { orderNumber, amount_fen }: OrderReference): boolean {
  const found = subject.safeParse(json);
  if (!found.success) return true;
  const { merchantOrderId, transactionAmount } = found.data;
  return (merchantOrderId ?? orderNumber) !== orderNumber || (transactionAmount ?? amount_fen) !== amount_fen;
}

export function readPayAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const undecided = (code: string): PaymentEvent => ({ kind: 'undecided', code });
  const head = envelope.safeParse(json);
  if (!head.success) return undecided('NO_ERRCODE');
  if (isForeign(json, order)) return undecided('MISMATCH');
  const { errCode } = head.data;
  if (errCode === '00') return approvedOr(json, order, undecided);
  if (errCode === 'USER_PAYING') return { kind: 'awaiting' };
  const reason = Object.hasOwn(gatewayDeclines, errCode) ? gatewayDeclines[errCode] : undefined;
  if (reason === undefined) return undecided(errCode);
  return { kind: 'declined', code: errCode, reason, ...(errCode === 'PARAM_ERROR' && { ofThisOrder: true }) };
}

const query = z.object({
  queryResCode: z.union([z.string(), z.int()]).transform(String),
  failCode: z.string().max(64).nullish(),
  refundedAmount: z.int().nullish(),
});

/** gateway protocol, `query`: 0 paid, 1 processing, 2 voided, 3 refunded, 4 reversed, 5 failed, FF no such order. */
export function readQueryAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const failed = (cause: string): PaymentEvent => ({ kind: 'inquiryFailed', cause });
  const head = envelope.safeParse(json);
  if (!head.success) return failed('NO_ERRCODE');
  if (isForeign(json, order)) return failed('MISMATCH');
  if (head.data.errCode !== '00') return failed(head.data.errCode);
  const found = query.safeParse(json);
  if (!found.success) return failed('NO_QUERY_RESULT');
  switch (found.data.queryResCode) {
    case '0':
      return approvedOr(json, order, failed);
    case '1':
      return { kind: 'processing' };
    case '2':
      return { kind: 'hostReversed', result: 'VOIDED' };
    case '3': {
      const { refundedAmount } = found.data;
      // Without how much, it may be all of it: neither paid nor given back.
      if (typeof refundedAmount !== 'number' || refundedAmount <= 0) return failed('NO_REFUNDED_AMOUNT');
      // Of what was paid a part went back, by a person at the acquirer or before a restore: the payment was taken all the same.
      return refundedAmount >= order.amount_fen
        ? { kind: 'hostReversed', result: 'REFUNDED' }
        : approvedOr(json, order, () => failed('PARTLY_REFUNDED'));
    }
    case '4':
      return { kind: 'hostReversed', result: 'REVERSED' };
    case '5': {
      const code = found.data.failCode ?? 'FAILED';
      // A code of ours lives on after a try that failed: another may pay it, until it is closed or over.
      if (order.presented === true && !presentedEnds.has(code)) return { kind: 'processing' };
      const reason = Object.hasOwn(gatewayDeclines, code) ? gatewayDeclines[code] : undefined;
      // The query itself was understood, so a configuration error is the old order's, not an alarm of now.
      const isOld = reason === undefined || reason === 'configuration';
      return { kind: 'declined', code, reason: isOld ? 'other' : reason };
    }
    case 'FF':
      return order.presented === true ? { kind: 'processing' } : { kind: 'notFound' };
    default:
      return failed(`QUERY_${found.data.queryResCode}`);
  }
}

/** After these nobody can pay a code of ours any more. */
const presentedEnds: ReadonlySet<string> = new Set(['ORDER_CLOSED', 'ORDER_EXPIRED']);

const voidAnswer = z.object({ voidResult: z.enum(['REVERSED', 'NOT_CHARGED', 'VOIDED']) });

/** Only "00" with a result is proof; everything else is asked again. */
export function readReversalAnswer(json: unknown, order: OrderReference): PaymentEvent {
  const head = envelope.safeParse(json);
  if (!head.success) return { kind: 'reversalPending', cause: 'NO_ERRCODE' };
  if (isForeign(json, order)) return { kind: 'reversalPending', cause: 'MISMATCH' };
  if (head.data.errCode !== '00') return { kind: 'reversalPending', cause: head.data.errCode };
  const found = voidAnswer.safeParse(json);
  if (!found.success) return { kind: 'reversalPending', cause: 'NO_VOID_RESULT' };
  return { kind: 'reversalAcknowledged', result: found.data.voidResult };
}

const echo = z.object({
  errCode: z.string().optional(),
  serverTime: z.iso.datetime({ offset: true, local: true }),
  capabilities: z.union([
    z
      .record(z.string(), z.unknown())
      .transform((all) => Object.keys(all).filter((name) => all[name] === true)),
    z.array(z.string()),
  ]),
});

/** Null when the answer is not an echo. */
export function readEchoAnswer(json: unknown): { storeAndForward: boolean; autoDetect: boolean } | null {
  const found = echo.safeParse(json);
  if (!found.success) return null;
  const { capabilities } = found.data;
  return {
    storeAndForward: capabilities.includes('storeAndForward'),
    autoDetect: capabilities.includes('autoDetect'),
  };
}
