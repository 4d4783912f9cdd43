// Mistakes in what the till believes of an answer.
import type { Mutant } from '../mutant.ts';

const adapter = 'acquirers/gateway/adapter.ts';
const codec = 'acquirers/gateway/codec.ts';
const giveBack = 'acquirers/gateway/give-back.ts';

const payments: Mutant[] = [
  {
    name: 'serverErrorIsDeclined',
    mistake: 'HTTP 5xx counts as a decline',
    file: adapter,
    from: `    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return unsentPay(outcome, order);`,
    to: `    case 'unbelievable':
      if (outcome.cause.startsWith('HTTP_5')) return { kind: 'declined', code: outcome.cause, reason: 'other' };
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return unsentPay(outcome, order);`,
  },
  {
    name: 'brokenMeansNotSent',
    mistake: 'a connection that breaks counts as never made',
    file: adapter,
    from: `      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return unsentPay(outcome, order);`,
    to: `      if (outcome.cause !== 'TIMED_OUT') return { kind: 'notSent', cause: outcome.cause, then: 'end' };
      return { kind: 'noAnswer', cause: outcome.cause };
    case 'notSent':
      return unsentPay(outcome, order);`,
  },
  {
    name: 'acceptedIsPaid',
    mistake: 'HTTP 200 with SUCCESS is paid: that the request was taken is not that the money is',
    file: codec,
    from: "if (errCode === '00') return approvedOr(json, order, undecided);",
    to: "if (['00', '0000', 'SUCCESS'].includes(errCode)) return { kind: 'approved', proof: proofOf(json as z.infer<typeof charge>) };",
  },
  {
    name: 'anyWordIsDeclined',
    mistake: 'a code that is not in the table is a decline',
    file: codec,
    from: 'if (reason === undefined) return undecided(errCode);',
    to: "if (reason === undefined) return { kind: 'declined', code: errCode, reason: 'other' };",
  },
  {
    name: 'amountNotChecked',
    mistake: 'a paid answer to a payment is believed by its number, whatever its amount',
    file: codec,
    from: `  if (isForeign(json, order)) return undecided('MISMATCH');
  const { errCode } = head.data;
  if (errCode === '00') return approvedOr(json, order, undecided);`,
    to: `  const { errCode } = head.data;
  const paid = charge.safeParse(json);
  if (errCode === '00' && paid.success && paid.data.merchantOrderId === order.orderNumber)
    return { kind: 'approved', proof: proofOf(paid.data) };`,
  },
  {
    name: 'foreignAnswerBelieved',
    mistake: 'an answer may name another order, or another amount (was so until 90ebf92 and dfb331a)',
    file: codec,
    from: 'return (merchantOrderId ?? orderNumber) !== orderNumber ||',
    to: 'return amount_fen < 0 &&',
  },
  {
    name: 'signatureNotChecked',
    mistake: 'the signature of an answer is not compared',
    file: 'acquirers/gateway/signature.ts',
    from: "if (!timingSafeEqual(expected, Buffer.from(match[2], 'base64'))) return 'badSignature';",
    to: '',
  },
  {
    name: 'signErrorIsDeclined',
    mistake: 'SIGN_ERROR is a decline (was so until cdf90a0)',
    file: 'acquirers/gateway/code-rows.ts',
    from: "SIGN_ERROR: ['签名、时间或随机数不对', copy, 'P D'],",
    to: "SIGN_ERROR: ['签名、时间或随机数不对', declined('configuration'), 'P D'],",
  },
  {
    name: 'pendingReversalBelieved',
    mistake: 'a reversal that the acquirer puts off (PROCESSING) is acknowledged',
    file: codec,
    from: "if (head.data.errCode !== '00') return { kind: 'reversalPending', cause: head.data.errCode };",
    to: "if (head.data.errCode === 'PROCESSING') return { kind: 'reversalAcknowledged', result: 'NOT_CHARGED' };\n  if (head.data.errCode !== '00') return { kind: 'reversalPending', cause: head.data.errCode };",
  },
];

const givingBack: Mutant[] = [
  {
    name: 'acceptedRefundIsDone',
    mistake: 'a refund that was accepted is done',
    file: giveBack,
    from: "if (errCode === '0000') return { kind: 'accepted', code: errCode };",
    to: "if (errCode === '0000') return { kind: 'done', result: 'REFUNDED', reference: null };",
  },
  {
    name: 'giveBackTimeoutRefused',
    mistake: 'a void or refund without an answer was refused',
    file: adapter,
    from: `      return readGiveBackAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'noAnswer', cause: outcome.cause };`,
    to: `      return readGiveBackAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };
    case 'noAnswer':
      return { kind: 'refused', code: outcome.cause };`,
  },
  {
    name: 'voidAndRefund',
    mistake: 'a void without a clear answer is refused, so the money goes back by a refund as well',
    file: adapter,
    from: `      return readGiveBackAnswer(outcome.json, order);
    case 'unbelievable':
      return { kind: 'undecided', code: outcome.cause };`,
    to: `      return readGiveBackAnswer(outcome.json, order);
    case 'unbelievable':
      if (order.method === 'void') return { kind: 'refused', code: outcome.cause };
      return { kind: 'undecided', code: outcome.cause };`,
  },
  {
    name: 'refundNewNumber',
    mistake: 'a refund that is sent again gets a number of its own',
    file: 'core/engine/dispatcher.ts',
    from: '      requestNumber,\n      giveBackOpenedAt_ms',
    to: "      requestNumber: row.kind === 'giveBack' && row.count > 1 ? `${requestNumber}${row.count}` : requestNumber,\n      giveBackOpenedAt_ms",
  },
  {
    name: 'officeBelievedEarly',
    mistake:
      'the office of the acquirer is believed that a refund is not back while its request may still arrive',
    file: 'core/domain/giveback/transition.ts',
    from: 'if (doesOfficeKnow(context, state)) return deniedByOffice();',
    to: 'if (doesOfficeKnow(context, state) || context.now_ms > 0) return deniedByOffice();',
  },
  {
    name: 'missingRefundIsRefused',
    mistake: 'a refund that an inquiry does not find was refused',
    file: giveBack,
    from: "    case 'FF':\n      return { kind: 'notFound' };",
    to: "    case 'FF':\n      return { kind: 'refused', code: 'NOT_FOUND' };",
  },
];

export const acquirerMutants: readonly Mutant[] = [...payments, ...givingBack];
