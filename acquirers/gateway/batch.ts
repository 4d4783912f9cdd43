// Settling a batch: its totals, its items in parts, and what the acquirer says of them. Pure. Source: docs/gateway-protocol.md, "Session and batch".
import { hash } from 'node:crypto';
import { z } from 'zod';
import { serviceRow } from '../transport/service-row.ts';
import { envelope, type TerminalFacts } from './codec.ts';
import { gatewayServices } from './service-rows.ts';

export const SETTLE_path = '/v4/poslink/batch/settle';
export const UPLOAD_path = '/v4/poslink/batch/upload';

export type BatchItemKind = 'PAY' | 'VOID' | 'REFUND';

/** `requestNumber`: of a refund. A payment that was reversed is none. */
export type BatchItem = {
  kind: BatchItemKind;
  orderNumber: string;
  requestNumber: string | null;
  amount_fen: number;
};

export type BatchTotals = Record<BatchItemKind, { count: number; total_fen: number }>;

/** Whose side each is: null where that side has none. */
export type BatchDifference = {
  kind: 'missingHere' | 'missingThere' | 'amountDiffers' | 'kindDiffers';
  orderNumber: string;
  acquirer: BatchItem | null;
  till: BatchItem | null;
};

/** A no, or an answer that is worth nothing. `cause`: the acquirer's code, or what is wrong. */
type Failed = { kind: 'refused' | 'damaged'; cause: string };

type Party = Pick<TerminalFacts, 'merchantCode' | 'terminalCode'>;

export function totalsOf(items: readonly BatchItem[]): BatchTotals {
  const totals: BatchTotals = {
    PAY: { count: 0, total_fen: 0 },
    VOID: { count: 0, total_fen: 0 },
    REFUND: { count: 0, total_fen: 0 },
  };
  for (const { kind, amount_fen } of items) {
    totals[kind].count += 1;
    totals[kind].total_fen += amount_fen;
  }
  return totals;
}

export function settleBody(party: Party, batchNo: string, totals: BatchTotals): Record<string, unknown> {
  const { merchantCode, terminalCode } = party;
  return {
    merchantCode,
    terminalCode,
    batchNo,
    paymentCount: totals.PAY.count,
    paymentAmount: totals.PAY.total_fen,
    voidCount: totals.VOID.count,
    voidAmount: totals.VOID.total_fen,
    refundCount: totals.REFUND.count,
    refundAmount: totals.REFUND.total_fen,
  };
}

const agreed = z.object({ batchNo: z.string(), settledAt: z.iso.datetime({ offset: true }) });

const amount = z.int().min(0);
const theirTotals = z.object({
  batchNo: z.string(),
  paymentCount: amount,
  paymentAmount: amount,
  voidCount: amount,
  voidAmount: amount,
  refundCount: amount,
  refundAmount: amount,
});

const damaged = (cause: string): Failed => ({ kind: 'damaged', cause });

export function readSettleAnswer(
  json: unknown,
  batchNo: string,
): { kind: 'agreed'; settledAt_ms: number } | { kind: 'differs'; acquirer: BatchTotals } | Failed {
  const head = envelope.safeParse(json);
  if (!head.success) return damaged('NO_ERRCODE');
  const { errCode } = head.data;
  if (errCode !== '00' && serviceRow(gatewayServices, 'settle', errCode)?.end !== 'differs')
    return { kind: 'refused', cause: errCode };
  const found = errCode === '00' ? agreed.safeParse(json) : theirTotals.safeParse(json);
  if (!found.success) return damaged(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  if (found.data.batchNo !== batchNo) return damaged('ANOTHER_BATCH');
  if ('settledAt' in found.data) return { kind: 'agreed', settledAt_ms: Date.parse(found.data.settledAt) };
  const { paymentCount, paymentAmount, voidCount, voidAmount, refundCount, refundAmount } = found.data;
  const acquirer = {
    PAY: { count: paymentCount, total_fen: paymentAmount },
    VOID: { count: voidCount, total_fen: voidAmount },
    REFUND: { count: refundCount, total_fen: refundAmount },
  };
  return { kind: 'differs', acquirer };
}

const PART_items = 200;

type WireItem = { kind: BatchItemKind; merchantOrderId: string; refundRequestId?: string; amount: number };

function wireItem({ kind, orderNumber, requestNumber, amount_fen }: BatchItem): WireItem {
  const refund = requestNumber === null ? {} : { refundRequestId: requestNumber };
  return { kind, merchantOrderId: orderNumber, ...refund, amount: amount_fen };
}

export type Upload = { batchNo: string; uploadId: string; bodies: Record<string, unknown>[] };

/** The same items make the same parts under the same id, however often they are sent. One part at least, which may be empty. */
export function uploadOf(party: Party, batchNo: string, items: readonly BatchItem[]): Upload {
  const { merchantCode, terminalCode } = party;
  const all = items.map(wireItem);
  const uploadId = hash('sha256', JSON.stringify(all)).slice(0, 32);
  const parts = Math.max(1, Math.ceil(all.length / PART_items));
  const bodies = Array.from({ length: parts }, (_, index) => ({
    merchantCode,
    terminalCode,
    batchNo,
    uploadId,
    part: index + 1,
    parts,
    items: all.slice(index * PART_items, (index + 1) * PART_items),
  }));
  return { batchNo, uploadId, bodies };
}

const orderId = z.string().regex(/^[0-9A-Za-z]{1,50}$/);

const item = z
  .object({
    kind: z.enum(['PAY', 'VOID', 'REFUND']),
    merchantOrderId: orderId,
    refundRequestId: orderId.nullish(),
    amount,
  })
  .transform(
    (one): BatchItem => ({
      kind: one.kind,
      orderNumber: one.merchantOrderId,
      requestNumber: one.refundRequestId ?? null,
      amount_fen: one.amount,
    }),
  );

const sides = {
  missingHere: { merchantOrderId: orderId, here: z.null(), there: item },
  missingThere: { merchantOrderId: orderId, here: item, there: z.null() },
  both: { merchantOrderId: orderId, here: item, there: item },
};

const difference = z.discriminatedUnion('difference', [
  z.object({ difference: z.literal('missingHere'), ...sides.missingHere }),
  z.object({ difference: z.literal('missingThere'), ...sides.missingThere }),
  z.object({ difference: z.literal('amountDiffers'), ...sides.both }),
  z.object({ difference: z.literal('kindDiffers'), ...sides.both }),
]);

const received = z.object({ batchNo: z.string(), uploadId: z.string() });

const compared = z.object({ differenceCount: amount, differences: z.array(difference).max(1000) });

/** `isLast`: the server has all parts before this one, so that its answer must tell what differs. */
export function readUploadAnswer(
  json: unknown,
  { batchNo, uploadId }: Upload,
  isLast: boolean,
): { kind: 'received' } | { kind: 'compared'; differences: BatchDifference[]; count: number } | Failed {
  const head = envelope.safeParse(json);
  if (!head.success) return damaged('NO_ERRCODE');
  if (head.data.errCode !== '00') return { kind: 'refused', cause: head.data.errCode };
  const about = received.safeParse(json);
  if (!about.success) return damaged('INCOMPLETE');
  if (about.data.batchNo !== batchNo || about.data.uploadId !== uploadId) return damaged('ANOTHER_UPLOAD');
  if (!isLast) return { kind: 'received' };
  const found = compared.safeParse(json);
  if (!found.success) return damaged(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const differences = found.data.differences.map((one) => ({
    kind: one.difference,
    orderNumber: one.merchantOrderId,
    acquirer: one.here,
    till: one.there,
  }));
  return { kind: 'compared', differences, count: found.data.differenceCount };
}
