// Voids and refunds as the screen shows them: only proof is called given back.
import type { ErrorCode } from '../../contract/errors.ts';
import type { GiveBackView } from '../../contract/snapshot.ts';
import {
  type GiveBack,
  isAbnormal,
  isOpenGiveBack,
  isPerhapsBack,
  isRetryable,
  isSuperseded,
} from '../domain/giveback/give-back.ts';
import { type GiveBackStateKind, isGiveBackProven } from '../domain/giveback/machine.ts';
import { hearsOffice } from '../domain/till/reconciling.ts';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../ports/journal.ts';

const reasons: Readonly<Record<GiveBackStateKind, ErrorCode | null>> = {
  requested: 'E-REF-05',
  sending: 'E-REF-01',
  pending: 'E-REF-01',
  unknown: 'E-REF-02',
  inquiring: 'E-REF-02',
  done: null,
  failed: 'E-REF-03',
};

function reasonOf(one: GiveBack): ErrorCode | null {
  const { state } = one.machine;
  if (one.isLoss === true) return 'E-REF-08';
  if (one.paidInCash) return null;
  if (isPerhapsBack(one)) return 'E-REF-06';
  if ('denied' in state) return 'E-REF-11';
  if (!isAbnormal(one) || state.kind === 'done') return reasons[state.kind];
  return state.kind === 'failed' ? 'E-REF-10' : 'E-REF-07';
}

export function giveBackView(one: GiveBack, receiptNumber: string | null): GiveBackView {
  const { state, due } = one.machine;
  return {
    giveBackId: one.giveBackId,
    requestNumber: one.requestNumber,
    orderNumber: one.orderNumber,
    method: one.method,
    saleId: one.saleId,
    receiptNumber,
    scheme: one.scheme,
    amount_fen: one.amount_fen,
    state: state.kind,
    unproven: !isGiveBackProven(state),
    openedAt_ms: one.openedAt_ms,
    nextStepAt_ms: due?.at_ms ?? null,
    inquiries: 'inquiries' in state ? state.inquiries : 0,
    reason: reasonOf(one),
    acquirerCode: one.acquirerCode,
    paidInCash: one.paidInCash,
    canRetry: isRetryable(one),
    hearsOffice: hearsOffice(one),
    isTwice: one.isLoss === true,
  };
}

/** Another one of the same money is shown in the place of one that failed. */
export function isShown(one: GiveBack): boolean {
  return !isSuperseded(one);
}

/** Without proof, failed and owed, or given twice: what somebody at the till must know of. */
export function openGiveBackViews(
  { state }: Pick<Engine, 'state'>,
  store: Pick<Store, 'loadSale'>,
): GiveBackView[] {
  return Object.values(state.giveBacks)
    .filter(isOpenGiveBack)
    .sort((a, b) => (a.giveBackId < b.giveBackId ? -1 : 1))
    .map((one) => {
      const sale = state.sales[one.saleId] ?? store.loadSale(one.saleId);
      return giveBackView(one, sale?.receiptNumber ?? null);
    });
}
