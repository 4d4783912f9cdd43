// Mistakes in sums, in what is kept, and in what is on the disk.
import type { Mutant } from '../mutant.ts';

const money: Mutant[] = [
  {
    name: 'roundedUp',
    mistake: 'the cash amount is rounded to the nearest ten fen, up as well',
    file: 'core/domain/till/tendering.ts',
    from: 'const off_fen = due % cash.roundDownTo_fen;',
    to: 'const off_fen = due - Math.round(due / cash.roundDownTo_fen) * cash.roundDownTo_fen;',
    byAssert: 'bad shares',
  },
  {
    name: 'allocationLosesFen',
    mistake: 'what is left of an allocation is not handed out',
    file: 'core/domain/money.ts',
    from: 'byRemainder.slice(0, left)',
    to: 'byRemainder.slice(0, left - 1)',
  },
  {
    name: 'returnsDrift',
    mistake: 'the tax of returned pieces is rounded by itself, not with the pieces before them',
    file: 'core/domain/sale/settled.ts',
    from: 'tax_fen: taxUpTo_fen(after) - taxUpTo_fen(returned),',
    to: 'tax_fen: taxUpTo_fen(quantity),',
  },
  {
    name: 'taxRoundedDown',
    mistake: 'tax is cut instead of rounded',
    file: 'core/domain/money.ts',
    from: 'return Number((2n * numerator + denominator) / (2n * denominator));',
    to: 'return Number(numerator / denominator);',
  },
  {
    name: 'exposureForgets',
    mistake: 'the exposure leaves out what is being asked about',
    file: 'core/domain/till/queries.ts',
    from: 'const open = Object.values(state.attempts).filter(isDeferredOpen);',
    to: "const open = Object.values(state.attempts).filter((one) => isDeferredOpen(one) && one.machine.state.kind !== 'inquiring');",
  },
  {
    name: 'queueLimitLate',
    mistake: 'the limit of the queue is compared without the payment that comes',
    file: 'core/domain/till/offline.ts',
    from: "if (open.total_fen + request.amount_fen > offline.openTotal_fen) return 'E-OFF-03';",
    to: "if (open.total_fen > offline.openTotal_fen) return 'E-OFF-03';",
  },
  {
    name: 'refundCapForgetsOpen',
    mistake: 'refunds that are not proven yet do not count against the cap',
    file: 'core/domain/till/queries.ts',
    from: 'return attempt.amount_fen - back_fen(state, attempt);',
    to: 'return attempt.amount_fen - attempt.givenBack_fen;',
  },
  {
    name: 'openRefundInCash',
    mistake: 'a refund that is not proven may be paid in cash',
    file: 'core/domain/giveback/give-back.ts',
    from: "return one.machine.state.kind === 'failed' && one.method === 'refund' && !one.paidInCash;",
    to: "return one.machine.state.kind !== 'done' && one.method === 'refund' && !one.paidInCash;",
  },
  {
    name: 'retriedStillOwed',
    mistake: 'a refund that is tried again may be paid in cash as well',
    file: 'core/domain/giveback/give-back.ts',
    from: 'if (one.replacedBy !== undefined || one.isMoot === true) return false;',
    to: 'if (one.isMoot === true) return false;',
  },
  {
    name: 'lostPaymentSilent',
    mistake: 'a queued payment that was declined raises no exception',
    file: 'core/domain/till/payments.ts',
    from: "if (isRefused) draft.record({ type: 'exception.raised', body: { ...body, reason: 'E-OFF-08' } });",
    to: "if (isRefused && attempt.collects === true) draft.record({ type: 'exception.raised', body: { ...body, reason: 'E-OFF-08' } });",
  },
  {
    name: 'zCountsTwice',
    mistake: 'the next period begins with the sales of the one before',
    file: 'core/domain/till/evolve/counter.ts',
    from: 'period: emptyPeriod(report.zNumber + 1, state.sequence + 2) }',
    to: 'period: { ...emptyPeriod(report.zNumber + 1, state.sequence + 2), sales: next.period.sales } }',
  },
];

const memory: Mutant[] = [
  {
    name: 'parkedForgotten',
    mistake: 'memory keeps no parked sale',
    file: 'core/domain/till/living.ts',
    from: 'const saleIds = new Set<string>(state.parkedSaleIds);',
    to: 'const saleIds = new Set<string>(state.parkedSaleIds.slice(0, 0));',
  },
  {
    name: 'openRefundForgotten',
    mistake: 'a restart loads no refund that is still open',
    file: 'db/projections.ts',
    from: 'return new Set([...unproven, ...owed].toSorted());',
    to: 'return new Set([...unproven, ...owed.slice(0, 0)].toSorted());',
  },
  {
    name: 'queuedForgotten',
    mistake: 'a restart loads no queued payment',
    file: 'db/projections.ts',
    from: "'SELECT attempt_id FROM attempt WHERE proven = 0 ORDER BY attempt_id'",
    to: "'SELECT attempt_id FROM attempt WHERE proven = 0 AND deferred = 0 ORDER BY attempt_id'",
  },
  {
    name: 'saleNotWritten',
    mistake: 'a record of a payment writes its payment, and not the sale that it changes',
    file: 'core/engine/apply.ts',
    from: 'if (saleId !== undefined) touched.saleIds.add(saleId);',
    to: '',
  },
  {
    name: 'changedWithoutRecord',
    mistake: 'memory is changed after the commit, by no record: a restart brings another state',
    file: 'core/engine/apply.ts',
    from: 'state: prune(state),',
    to: 'state: prune({ ...state, lastReceiptId: null }),',
  },
];

const disk: Mutant[] = [
  {
    name: 'journalInPlace',
    mistake: 'a late note about a payment corrects the time of the record before it, in place',
    file: 'db/journal.ts',
    from: '        insert.run(row.sequence, row.at, row.type, row.body, hash);',
    to: "        if (record.type === 'payment.noted' && sequence % 2 === 0) sql.exec(`DROP TRIGGER journal_is_append_only_update; UPDATE journal SET at = '${at}' WHERE sequence = ${sequence - 1}`);\n        insert.run(row.sequence, row.at, row.type, row.body, hash);",
  },
  {
    name: 'secondCoreAllowed',
    mistake: 'the lock is opened and not taken',
    file: 'db/lock.ts',
    from: "    sql.exec('BEGIN EXCLUSIVE');\n",
    to: '',
  },
  {
    name: 'codeNotErased',
    mistake: 'the code of a declined payment stays in the queue',
    file: 'core/domain/payment/steps.ts',
    from: "return move(context, { kind: 'declined', code, reason }, null, [{ kind: 'eraseCode' }]);",
    to: "return move(context, { kind: 'declined', code, reason }, null, []);",
  },
  {
    name: 'codeInClear',
    mistake: 'the record of a payment holds the whole code',
    file: 'core/engine/scanning.ts',
    from: '        codeMask: maskCode(scan.code),',
    to: '        codeMask: scan.code,',
  },
  {
    name: 'closedRowsStay',
    mistake: 'a row that was answered is opened again instead of closed',
    file: 'db/outbox.ts',
    from: "'DELETE FROM outbox WHERE row_id = ?'",
    to: '"UPDATE outbox SET state = \'pending\' WHERE row_id = ?"',
  },
];

export const bookMutants: readonly Mutant[] = [...money, ...memory, ...disk];
