// Mistakes in what is performed, when, and how often.
import type { Mutant } from '../mutant.ts';

const dispatcher = 'core/engine/dispatcher.ts';
const transition = 'core/domain/payment/transition.ts';

const sending: Mutant[] = [
  {
    name: 'sentBeforeMark',
    mistake: 'a request goes first and is marked sent after it',
    file: dispatcher,
    from: `    if (unmarked.length > 0) this.#deps.store.markSent(unmarked.map((row) => row.rowId));
    for (const row of open) this.#perform(row);`,
    to: `    for (const row of open) this.#perform(row);
    if (unmarked.length > 0) this.#deps.store.markSent(unmarked.map((row) => row.rowId));`,
  },
  {
    name: 'cashierNotMarked',
    mistake: 'only what has no number of its own is marked sent',
    file: dispatcher,
    from: "open.filter((row) => row.deliveryClass !== 'repeatable' && row.state === 'pending');",
    to: "open.filter((row) => row.deliveryClass === 'at-most-once' && row.state === 'pending');",
  },
  {
    name: 'giveBackNotMarked',
    mistake: 'voids and refunds leave without their mark: their number alone will do',
    file: dispatcher,
    from: "open.filter((row) => row.deliveryClass !== 'repeatable' && row.state === 'pending');",
    to: "open.filter((row) => row.deliveryClass !== 'repeatable' && row.deliveryClass !== 'keyed' && row.state === 'pending');",
  },
  {
    name: 'sendingShownPaid',
    mistake: 'the screen calls a payment paid as soon as its request leaves',
    file: 'core/rpc/view-sale.ts',
    from: "  if (state.kind !== 'approved') return state.kind;",
    to: "  if (state.kind === 'authorizing') return 'approved';\n  if (state.kind !== 'approved') return state.kind;",
  },
  {
    name: 'forwardedTwice',
    mistake: 'a forwarded payment is free to go again as soon as it is answered, before that is on disk',
    file: dispatcher,
    from: `        done();
        const result = { kind: 'payment', attemptId: attempt.attemptId, event } as const;`,
    to: `        done();
        this.#begun.delete(row.rowId);
        const result = { kind: 'payment', attemptId: attempt.attemptId, event } as const;`,
  },
  {
    name: 'staleRowSent',
    mistake: 'a queued payment whose turn comes is sent whatever became of it meanwhile',
    file: dispatcher,
    from: 'if (now?.machine.state !== state) {',
    to: 'if (now === undefined) {',
  },
  {
    name: 'rowsOvertakenStay',
    mistake: 'the open rows of a payment stay when it has moved on',
    file: 'core/engine/apply.ts',
    from: `      case 'payment.moved':
        return [record.body.attemptId];
      case 'giveBack.moved':`,
    to: "      case 'giveBack.moved':",
  },
  {
    name: 'diskErrorSwallowed',
    mistake: 'a write that throws is dropped and the core goes on',
    file: 'core/engine/engine.ts',
    from: `    } catch (error) {
      this.#timers.stop();`,
    to: `    } catch (error) {
      if (error instanceof Error && 'code' in error) return;
      this.#timers.stop();`,
  },
];

const numbers: Mutant[] = [
  {
    name: 'orderNumberReused',
    mistake: 'an order number is made of the minute on the clock, without counter and chance',
    file: 'core/domain/till/ids.ts',
    from: '  const chance = surroundings.entropy.slice(0, 8).toUpperCase();\n  return `${surroundings.terminalCode}${base36(state.epoch, 3)}${base36(counter, 6)}${chance}`;',
    to: '  const minute = Math.floor(surroundings.now_ms / 60_000);\n  return `${surroundings.terminalCode}${base36(state.epoch, 3)}${base36(minute, 14)}`;',
    byAssert: 'UNIQUE constraint failed: attempt.order_number',
  },
  {
    name: 'receiptNumberOfSale',
    mistake: 'the receipt takes the number of its sale, also where sales were dropped between',
    file: 'core/domain/till/settling.ts',
    from: 'const number = draft.state.counters.receipt + 1;',
    to: 'const number = draft.state.counters.sale;',
  },
  {
    name: 'zNumberReused',
    mistake: 'the Z does not raise its number',
    file: 'core/domain/till/evolve/counter.ts',
    from: 'emptyPeriod(report.zNumber + 1, state.sequence + 2)',
    to: 'emptyPeriod(report.zNumber, state.sequence + 2)',
  },
];

const lives: Mutant[] = [
  {
    name: 'holdProlonged',
    mistake: 'each sending that fails begins the hold of the code anew',
    file: transition,
    from: "if (event.then === 'hold') return hold(context, state.expiresAt_ms);",
    to: "if (event.then === 'hold') return hold(context);",
  },
  {
    name: 'holdBeginsAnew',
    mistake: 'the hold of a code that nobody could send begins anew when it ends',
    file: transition,
    from: `    case 'submitted':
      return toAuthorizing(context, { resend: false, expiresAt_ms: state.expiresAt_ms });
    case 'timer':
    case 'gaveUp':
    case 'restarted':
      return expire(context, 'holdEnded');`,
    to: `    case 'submitted':
      return toAuthorizing(context, { resend: false, expiresAt_ms: state.expiresAt_ms });
    case 'timer':
      return hold(context);
    case 'gaveUp':
    case 'restarted':
      return expire(context, 'holdEnded');`,
  },
  {
    name: 'queueNeverExpires',
    mistake: 'a queued payment that is too old stays in the queue, and is sent',
    file: transition,
    from: `    case 'timer':
      return expire(context, 'age');`,
    to: `    case 'timer':
      return queue(context);`,
  },
];

const codeUse = 'db/code-use.ts';

const queues: Mutant[] = [
  {
    name: 'queuedCodeNotFound',
    mistake: 'the question whether a code was used before is answered no, whatever it is',
    file: codeUse,
    from: `queuedBefore: isQueued === 1, usedBefore: isQueued !== null`,
    to: `queuedBefore: isQueued === 2, usedBefore: isQueued === 2`,
  },
  {
    name: 'forwardedCodeForgotten',
    mistake: 'a code that was forwarded stands in the queue no more, and its payment is in doubt',
    file: codeUse,
    from: `max(proven = 0 AND deferred = 1) AS isQueued`,
    to: `max(state = 'queued') AS isQueued`,
  },
  {
    name: 'spentCodeForgotten',
    mistake: 'a code whose payment has ended is taken on trust when the line is down',
    file: codeUse,
    from: `OR state NOT IN ('notSent', 'expiredUnsent') AND`,
    to: `OR proven = 0 AND state NOT IN ('notSent', 'expiredUnsent') AND`,
  },
  {
    name: 'alarmLiftedByAnything',
    mistake: 'whatever another payment hears lifts the alarm that the acquirer refuses our configuration',
    file: 'core/domain/till/payments.ts',
    from: "if (event.kind !== 'approved') return facts;",
    to: '',
  },
  {
    name: 'undecidedHoldsLanes',
    mistake: 'a forwarded payment takes a lane for as long as the acquirer leaves it undecided',
    file: 'core/domain/till/queries.ts',
    from: '  return nextInquiryAt_ms(policy, state, now_ms) !== undefined;',
    to: '  return deferred || nextInquiryAt_ms(policy, state, now_ms) !== undefined;',
  },
  {
    name: 'resentForEver',
    mistake:
      'what the acquirer decides neither time and does not know is asked about and sent again as if it were new',
    file: transition,
    from: 'return state.resend ? toSlowDoubt(asResent(context), state) : toUnknown(context, state.sentAt_ms, 0);',
    to: 'return toUnknown(state.resend ? { ...asResent(context), machine: context.machine } : context, state.sentAt_ms, 0);',
  },
  {
    name: 'resentAtOnce',
    mistake:
      'what the acquirer does not know is sent again as often as it is asked about: no word of a person is ever late enough',
    file: transition,
    from: 'return state.resent !== true || slow >= policy.resendAfter_inquiries;',
    to: 'return state.resent !== true || slow >= 0;',
  },
  {
    name: 'refusedTerminalIsLoss',
    mistake: 'a queued payment is lost because the acquirer does not want this terminal now',
    file: 'core/domain/payment/deferred.ts',
    from: 'return mayGoAgain ? queue(context, expiresAt_ms) : toDeclined(context, event);',
    to: 'return mayGoAgain && expiresAt_ms === null ? queue(context) : toDeclined(context, event);',
  },
  {
    name: 'queueAgainstWall',
    mistake: 'after a start the queue is sent as if the acquirer had never refused our configuration',
    file: 'core/domain/till/payments.ts',
    from: 'const window = facts?.onTrial ? 1 : event.window;',
    to: 'const window = facts?.onTrial ? event.window + 1 : event.window;',
  },
  {
    name: 'oldCalledLost',
    mistake: 'a queued payment that grew too old is told as one whose key is lost',
    file: 'core/domain/till/payments.ts',
    from: "const reason = state.cause === 'codeLost' ? 'E-OFF-10' : 'E-OFF-09';",
    to: "const reason = state.cause === 'holdEnded' ? 'E-OFF-09' : 'E-OFF-10';",
  },
  {
    name: 'queueCountLate',
    mistake: 'the count of the queue is compared without the payment that comes',
    file: 'core/domain/till/offline.ts',
    from: 'if (open.count + 1 > offline.count)',
    to: 'if (open.count > offline.count)',
  },
  {
    name: 'queuePartLimitForgotten',
    mistake: 'the limit of one queued payment is that of all of them',
    file: 'core/domain/till/offline.ts',
    from: 'if (request.amount_fen > offline.perPayment_fen)',
    to: 'if (request.amount_fen > offline.openTotal_fen)',
  },
];

const papers: Mutant[] = [
  {
    name: 'restartPrintsOriginal',
    mistake: 'a receipt that may be out already is printed after a restart without a mark',
    file: 'core/engine/printing.ts',
    from: 'const mayBeOut = wasSentBefore.has(row.rowId) || ',
    to: 'const mayBeOut = wasSentBefore.has(-1) || ',
  },
  {
    name: 'halfPrintedAgain',
    mistake: 'a receipt that tore in the middle is printed once more without a mark',
    file: 'core/engine/printing.ts',
    from: "if (outcome.kind === 'failed' && outcome.printed === 'nothing') return retryLater(row, outcome.problem);",
    to: "if (outcome.kind === 'failed') return retryLater(row, outcome.problem);",
  },
  {
    name: 'lostPulseRepeated',
    mistake: 'a drawer pulse whose answer is lost is sent again',
    file: 'core/engine/drawer.ts',
    from: '      const { outcome } = event;',
    to: "      const { outcome } = event;\n      if (outcome.kind === 'unknown') return deps.printer.pulseDrawer(event.jobId);",
  },
];

export const engineMutants: readonly Mutant[] = [...sending, ...numbers, ...lives, ...queues, ...papers];
