// Mistakes in what papers and screens say: the money is right, and somebody acts by a wrong word.
import type { Mutant } from '../mutant.ts';

export const paperMutants: readonly Mutant[] = [
  {
    name: 'queuedPrintedAsPaid',
    mistake: 'the receipt of a queued payment has no band that says so',
    file: 'core/domain/receipt/build.ts',
    from: `  const isPending = paying.some(isDeferredOpen);`,
    to: `  const isPending = paying.length === 0 && paying.some(isDeferredOpen);`,
  },
  {
    name: 'pendingPrintedAsRefunded',
    mistake: 'a slip calls a refund refunded that the acquirer has only accepted',
    file: 'core/domain/receipt/slips.ts',
    from: `  pending: '退款处理中 PENDING',`,
    to: `  pending: '已退款 REFUNDED',`,
  },
  {
    name: 'totalBeforeRounding',
    mistake: 'the total on the receipt is the one before 抹零',
    file: 'core/domain/receipt/build.ts',
    from: "    pair('合计 TOTAL', `￥${yuanText(total_fen - rounding_fen)}`, { size: 2, bold: true }),\n  ];",
    to: "    pair('合计 TOTAL', `￥${yuanText(total_fen)}`, { size: 2, bold: true }),\n  ];",
  },
  {
    name: 'leavingNotPrinted',
    mistake: 'the receipt does not name the payment in doubt that was given up beside cash',
    file: 'core/domain/receipt/build.ts',
    from: `      ...leavingBlocks(header, attempts),`,
    to: `      ...leavingBlocks(header, attempts.slice(0, 0)),`,
  },
  {
    name: 'doubtPrintedAsUnpaid',
    mistake: 'the slip of a return calls money not received whose payment is being reversed',
    file: 'core/domain/receipt/return-money.ts',
    from: `  const open_fen = inDoubt_fen(attempts);`,
    to: `  const open_fen = inDoubt_fen(attempts.slice(0, 0));`,
  },
  {
    name: 'resolvingNotShown',
    mistake: 'a payment in doubt of an earlier sale is not shown while nobody is served',
    file: 'core/rpc/view.ts',
    from: `(attempt) => isBlocking(attempt) && attempt.saleId !== sale?.saleId,`,
    to: `(attempt) => isBlocking(attempt) && sale !== null && attempt.saleId !== sale.saleId,`,
  },
  {
    name: 'exposureTellsNewest',
    mistake: 'the age of what is at risk is that of the newest payment',
    file: 'core/domain/till/queries.ts',
    from: `Math.min(oldest, attempt.openedAt_ms)`,
    to: `Math.max(oldest, attempt.openedAt_ms)`,
  },
  {
    name: 'parkedQueues',
    mistake: 'a payment that could not be sent is queued, also where its sale was put aside meanwhile',
    file: 'core/domain/till/payments.ts',
    from: `if (!isOnCounter || !takesTender(state, sale)) return`,
    to: `if (sale === undefined || !(takesTender(state, sale) || sale.state === 'parked')) return`,
  },
  {
    name: 'writesOffTheWhole',
    mistake: 'what is written off of a payment that was collected in part is all of it',
    file: 'core/domain/till/exceptions.ts',
    from: `  const amount_fen = lostBy(state).get(attemptId) ?? exception.amount_fen;`,
    to: `  const amount_fen = lostBy(state).size > 0 ? exception.amount_fen : 0;`,
  },
  {
    name: 'ageByTheRun',
    mistake: 'what was queued while the run had an old time is too old for the next run',
    file: 'core/domain/payment/unsent.ts',
    from: `  const moved_ms = expiresAt_ms + setBy_ms;`,
    to: `  if (policy.queueMaxAge_ms > 0) return expiresAt_ms;
  const moved_ms = expiresAt_ms + setBy_ms;`,
    days: 'setAhead',
  },
  {
    name: 'reversedTooEarly',
    mistake: "WeChat Pay's profile has the gateway's times: given up after 5 s, and reversed at once",
    file: 'acquirers/wechatpay/profile.ts',
    from: `  giveUpFrom_ms: 15 * second_ms,
  awaitingEvery_ms: 5 * second_ms,
  // WeChat revokes an unpaid quick pay order after 45 s by itself [W4]
  awaitingLimit_ms: 45 * second_ms,
  callTimeout_ms: 10 * second_ms,
  reverseFrom_ms: 15 * second_ms,`,
    to: `  giveUpFrom_ms: 5 * second_ms,
  awaitingEvery_ms: 5 * second_ms,
  // WeChat revokes an unpaid quick pay order after 45 s by itself [W4]
  awaitingLimit_ms: 45 * second_ms,
  callTimeout_ms: 10 * second_ms,
  reverseFrom_ms: 0 * second_ms,`,
  },
  {
    name: 'tombstonesEverywhere',
    mistake: "Alipay's profile says that a cancel of an unknown number closes it",
    file: 'acquirers/alipay/profile.ts',
    from: `  tombstones: false,`,
    to: `  tombstones: true,`,
  },
];
