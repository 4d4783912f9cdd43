// Mistakes in what a till does that goes on from a backup.
import type { Mutant } from '../mutant.ts';

const mutants: readonly Mutant[] = [
  {
    name: 'restoredCounters',
    mistake: 'printed numbers go on where the backup ends',
    file: 'core/domain/till/evolve/restoring.ts',
    from: `    counters: rebasedCounters(state.counters, epoch),`,
    to: `    counters: epoch === 0 ? rebasedCounters(state.counters, epoch) : state.counters,`,
  },
  {
    name: 'restoreIsAStart',
    mistake: 'the first start after a restore is taken for any other start',
    file: 'core/domain/till/recovery.ts',
    from: `state.restored?.isAsked === false ?`,
    to: `state.restored?.isAsked === false && state.epoch === 0 ?`,
  },
  {
    name: 'restoredDoubtIsPlain',
    mistake: 'after a restore one question without an answer is enough to reverse',
    file: 'core/domain/payment/restored.ts',
    from: `inquiries: 0, restored: true } as const;`,
    to: `inquiries: 0 } as const;`,
  },
  {
    name: 'restoredRefundGoes',
    mistake: 'a refund of the backup that the acquirer does not know is sent',
    file: 'core/domain/till/give-backs.ts',
    from: `  if (!isFromBackup(draft.state, one.giveBackId)) return null;`,
    to: `  if (!isFromBackup(draft.state, one.giveBackId) || one.amount_fen > 0) return null;`,
  },
  {
    name: 'restoredRefusalIsFinal',
    mistake: 'a refund of the backup that was refused may be tried again, or paid in cash, unseen',
    file: 'core/domain/till/give-backs.ts',
    from: `  if (isFromBackup(draft.state, owner.giveBackId) || isBackInDoubt(othersOf(draft, owner)))`,
    to: `  if (isBackInDoubt(othersOf(draft, owner)))`,
  },
  {
    name: 'slipsAreOriginals',
    mistake: 'the slip of a shift that was open in the backup comes out as an original again',
    file: 'core/domain/till/ids.ts',
    from: `  return !receiptId.includes('-') && epochOf(receiptId) < state.epoch;`,
    to: `  return !receiptId.includes('-') && epochOf(receiptId) < state.epoch && state.epoch === 0;`,
  },
  {
    name: 'givenUpInQuarantine',
    mistake: 'a payment in doubt of the backup may be given up before the lost time was compared',
    file: 'core/domain/till/payments.ts',
    from: `  if (isDoubtOfLostTime(state, attempt))`,
    to: `  if (isDoubtOfLostTime(state, attempt) && state.epoch === 0)`,
  },
  {
    name: 'returnInQuarantine',
    mistake: 'goods of before the restore may be returned before the lost time was compared',
    file: 'core/domain/till/returns.ts',
    from: `  if (isOfLostTime(state, sale.saleId)) return 'E-RET-06';`,
    to: `  if (isOfLostTime(state, sale.saleId) && state.epoch === 0) return 'E-RET-06';`,
  },
  {
    name: 'trustInQuarantine',
    mistake: 'payments are queued offline before the lost time was compared',
    file: 'core/domain/till/offline.ts',
    from: `  if (isQuarantined(state)) return 'E-OFF-13';`,
    to: `  if (isQuarantined(state) && state.epoch === 0) return 'E-OFF-13';`,
  },
];

/** A restore is on one day in ten. */
export const restoreMutants: readonly Mutant[] = mutants.map((one) => ({ ...one, days: 'restored' }));
