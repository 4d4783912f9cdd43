// Voids and refunds as the screen shows them: only proof is called given back.
import type { ErrorCode } from '../../contract/errors.ts';
import type { GiveBackView } from '../../contract/snapshot.ts';
import { type GiveBack, isPerhapsBack } from '../domain/giveback/give-back.ts';
import { type GiveBackStateKind, isGiveBackProven } from '../domain/giveback/machine.ts';
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

/** WeChat Pay's word for a refund that the customer's account does not take: only the shop can end it, on the merchant's platform. */
const ABNORMAL = 'ABNORMAL';

function reasonOf(one: GiveBack): ErrorCode | null {
  const { machine, acquirerCode } = one;
  const { state } = machine;
  if (isPerhapsBack(one)) return 'E-REF-06';
  return acquirerCode === ABNORMAL && !isGiveBackProven(state) ? 'E-REF-07' : reasons[state.kind];
}

export function giveBackView(one: GiveBack, receiptNumber: string | null): GiveBackView {
  const { state, due } = one.machine;
  return {
    giveBackId: one.giveBackId,
    requestNumber: one.requestNumber,
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
    reason: one.paidInCash ? null : reasonOf(one),
    acquirerCode: one.acquirerCode,
    paidInCash: one.paidInCash,
  };
}

/** A refused void was followed by a refund of the same money, which is shown in its place. */
export function isShown(one: GiveBack): boolean {
  return !(one.method === 'void' && one.machine.state.kind === 'failed');
}

/** Without proof, or failed and owed: what somebody at the till must know of. */
export function openGiveBackViews(
  { state }: Pick<Engine, 'state'>,
  store: Pick<Store, 'loadSale'>,
): GiveBackView[] {
  return Object.values(state.giveBacks)
    .filter((one) => isShown(one) && one.machine.state.kind !== 'done' && !one.paidInCash)
    .sort((a, b) => (a.giveBackId < b.giveBackId ? -1 : 1))
    .map((one) => {
      const sale = state.sales[one.saleId] ?? store.loadSale(one.saleId);
      return giveBackView(one, sale?.receiptNumber ?? null);
    });
}
