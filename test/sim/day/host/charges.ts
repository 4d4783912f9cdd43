// `pay`, `query` and `voidpayment`: rules 1, 2, 3 and 5 of the protocol page.
import { type Answer, type Desk, paramError } from './desk.ts';
import { type Fields, readOrderNumber, readPay, type PayFields } from './fields.ts';
import type { Order } from './ledger.ts';
import { acceptedFirst, isStruck, payFate, payVerdict } from './mood.ts';
import { wordOnCode } from './presented.ts';
import { isoOf, settlementDateOf } from './times.ts';

const LAG_ms = 60_000;

export function pay(desk: Desk, fields: Fields): Answer {
  const request = readPay(fields);
  if (request === null) return paramError;
  const known = desk.books.order(request.orderNumber);
  if (known?.shown) return { errCode: 'DUPLICATE_ORDER' };
  known?.submittedAt_ms.push(desk.now_ms());
  if (known === undefined) {
    const word = desk.books.wordOfUnkept(request.orderNumber);
    return word === undefined ? firstSeen(desk, request) : { errCode: word };
  }
  if (known.state === 'closed' || known.state === 'voided' || known.state === 'reversed') {
    desk.saw('payOnClosedNumber');
    return { errCode: 'ORDER_CLOSED' };
  }
  const isSame = known.content === request.content;
  desk.saw(isSame ? 'payRepeated' : 'payOtherContent');
  return isSame ? wordOn(known) : { errCode: 'DUPLICATE_ORDER' };
}

function firstSeen(desk: Desk, request: PayFields): Answer {
  const { books, chance } = desk;
  const fate = payFate(desk.mood(), chance, request.isDeferred);
  desk.saw(fate);
  const verdict = payVerdict(fate, chance);
  // Refused before anybody looked at the order: the number stays free.
  if (fate === 'configurationError') return { errCode: verdict.failCode };
  if (fate === 'notKept') {
    books.keepNothing(request.orderNumber, verdict.word);
    return { errCode: verdict.word };
  }
  const order = books.open(request.orderNumber, 'processing');
  order.amount_fen = request.amount_fen;
  order.code = request.code;
  order.deferred = request.isDeferred;
  order.content = request.content;
  order.submittedAt_ms.push(desk.now_ms());
  // A real issuer takes a code once. This one charges again, so that a till that submits twice shows in the books.
  if (books.chargesOfCode(request.code) > 0) desk.saw('codeAgainUnderNewNumber');
  const { word, failCode, after_ms } = desk.answersLater ? acceptedFirst(verdict, chance) : verdict;
  order.word = word;
  const decide = (): void => {
    // Its office was faster.
    if (order.state !== 'processing') return;
    if (failCode === null) return books.charge(order);
    order.state = 'failed';
    order.failCode = failCode;
  };
  if (after_ms === 0) decide();
  else if (Number.isFinite(after_ms)) desk.after(after_ms, decide);
  return wordOn(order);
}

function wordOn(order: Order): Answer {
  if (order.state === 'paid') return { errCode: '00', ...paidFields(order) };
  return { errCode: order.state === 'failed' ? order.failCode : order.word };
}

function paidFields(order: Order): Answer {
  const serial = String(order.serial);
  const settlementDate = settlementDateOf(order.paidAt_ms);
  return {
    merchantOrderId: order.orderNumber,
    transactionAmount: order.amount_fen,
    orderId: `H${settlementDate}${serial.padStart(9, '0')}`,
    retrievalRefNum: serial.padStart(12, '0'),
    systemTraceNum: serial.slice(-6).padStart(6, '0'),
    batchNo: settlementDate.slice(2),
    transactionTime: isoOf(order.paidAt_ms),
    settlementDate,
    rail: railOf(order.code),
    thirdPartyOrderId: `T${serial.padStart(20, '0')}`,
    actualTransactionAmount: order.amount_fen,
    // Optional ones come and go, and one that no page knows.
    ...(order.serial % 2 === 0 ? { payerApp: '钱包', buyerId: '138****0000' } : {}),
    hostBuild: 7,
  };
}

function railOf(code: string): string {
  if (code.startsWith('62')) return 'UNIONPAY';
  if (code.startsWith('01')) return 'DCEP';
  if (code.startsWith('1')) return 'WECHAT';
  return code.startsWith('2') || code.startsWith('30') ? 'ALIPAY' : 'NETSUNION';
}

export function query(desk: Desk, fields: Fields): Answer {
  const orderNumber = readOrderNumber(fields);
  if (orderNumber === null) return paramError;
  const order = desk.books.order(orderNumber);
  if (order === undefined) {
    desk.saw('queryOfUnknownNumber');
    return found('FF', {});
  }
  if (deniesOnce(desk, order)) return found('FF', {});
  const word = wordOnCode(desk, order);
  if (word !== null) return found(word, {});
  switch (order.state) {
    case 'processing':
    case 'presented':
      return found('1', {});
    case 'voided':
      return found('2', {});
    case 'reversed':
    case 'closed':
      return found('4', {});
    case 'failed':
      return found('5', { failCode: order.failCode });
    case 'paid':
      return order.refunded_fen === 0
        ? found('0', paidFields(order))
        : found('3', { ...paidFields(order), refundedAmount: order.refunded_fen });
  }
}

function found(queryResCode: string, fields: Answer): Answer {
  return { errCode: '00', queryResCode, ...fields };
}

/** "Not found" for a charge that exists: a copy of the books that lags behind. It never touches `voidpayment`. */
function deniesOnce(desk: Desk, order: Order): boolean {
  if (order.charges === 0 || order.wasDenied) return false;
  // Of a code that can only run out the till relies on books that lag for a minute at most (docs/adr/0019).
  if (order.shown !== null && desk.now_ms() - order.paidAt_ms > LAG_ms) return false;
  order.wasDenied = isStruck(desk.mood(), desk.chance, 'notFoundOnce');
  if (order.wasDenied) desk.saw('notFoundOnce');
  return order.wasDenied;
}

export function voidPayment(desk: Desk, fields: Fields): Answer {
  const orderNumber = readOrderNumber(fields);
  const { reason } = fields;
  if (orderNumber === null || (reason !== 'REVERSAL' && reason !== 'VOID')) return paramError;
  const order = desk.books.order(orderNumber);
  if (order === undefined) {
    if (desk.tombstones) desk.books.open(orderNumber, 'closed');
    desk.saw(desk.tombstones ? 'tombstone' : 'undoOfUnknownNumber');
    return undone('NOT_CHARGED');
  }
  switch (order.state) {
    case 'processing':
    case 'presented':
      desk.saw('undoWhileProcessing');
      return { errCode: 'PROCESSING' };
    case 'closed':
    case 'failed':
      return undone('NOT_CHARGED');
    case 'voided':
      return undone('VOIDED');
    case 'reversed':
      return undone('REVERSED');
    case 'paid':
      return reason === 'REVERSAL' ? reverse(desk, order) : voidPaid(desk, order);
  }
}

function undone(voidResult: 'REVERSED' | 'NOT_CHARGED' | 'VOIDED'): Answer {
  return { errCode: '00', voidResult };
}

function reverse(desk: Desk, order: Order): Answer {
  const [first_ms = 0] = order.submittedAt_ms;
  if (desk.now_ms() > first_ms + desk.reversalWindow_ms) {
    desk.saw('reversalRefused');
    return { errCode: 'REVERSAL_WINDOW_OVER' };
  }
  if (order.refunded_fen + order.reserved_fen > 0) desk.saw('reversalAfterRefund');
  desk.saw('reversedCharge');
  desk.books.undo(order, 'reversal');
  return undone('REVERSED');
}

function voidPaid(desk: Desk, order: Order): Answer {
  if (order.refunded_fen + order.reserved_fen > 0) {
    desk.saw('voidAfterRefund');
    return { errCode: 'REFUND_EXISTS' };
  }
  // Refused for good: a copy of the same request on its way must not be let through after it.
  order.isVoidRefused ||= isAfterCutOff(desk, order);
  if (order.isVoidRefused) return { errCode: 'CUTOFF_PASSED' };
  desk.saw('voidedCharge');
  desk.books.undo(order, 'void');
  return undone('VOIDED');
}

/** `voidRefused` is a cut-off that came early. */
function isAfterCutOff(desk: Desk, order: Order): boolean {
  if (settlementDateOf(order.paidAt_ms) < settlementDateOf(desk.now_ms())) {
    desk.saw('cutOffPassed');
    return true;
  }
  const isRefused = isStruck(desk.mood(), desk.chance, 'voidRefused');
  if (isRefused) desk.saw('voidRefused');
  return isRefused;
}
