// What the second computation reads of each record. Fields that no figure and no check needs are not named here.
import {
  amount,
  anything,
  fields,
  flag,
  list,
  oneOf,
  orAbsent,
  orNull,
  type Of,
  type Shape,
  text,
  whole,
} from './shape.ts';

const who = { operatorId: text, at_ms: whole };

const goods = fields({ price_fen: amount, tax_bp: amount });

const cash = fields({ received_fen: amount, amount_fen: amount, rounding_fen: amount, change_fen: amount });

const settledLine = fields({
  lineId: text,
  quantity: amount,
  tax_bp: amount,
  gross_fen: amount,
  rounding_fen: amount,
  tax_fen: amount,
});

const paymentKind = oneOf(
  'presenting',
  'closing',
  'closed',
  'held',
  'queued',
  'authorizing',
  'awaitingCustomer',
  'unknown',
  'inquiring',
  'approved',
  'declined',
  'notSent',
  'expiredUnsent',
  'reversing',
  'reversed',
  'disputed',
);

const plainState = fields({ kind: paymentKind });
const approvedState = fields({ kind: paymentKind, proof: fields({ rail: text }) });
const unsentState = fields({ kind: paymentKind, cause: text });

type PaymentState = Of<typeof plainState> & { proof?: { rail: string }; cause?: string };

/** Two states carry what a figure needs: who settles the money, and why nothing was sent. */
const paymentState: Shape<PaymentState> = (value) => {
  const problem = plainState(value);
  if (problem !== null) return problem;
  const { kind } = value as PaymentState;
  if (kind === 'approved') return approvedState(value);
  return kind === 'notSent' ? unsentState(value) : null;
};

const paymentMachine = fields({
  deferred: flag,
  state: paymentState,
});

const giveBackMachine = fields({
  state: fields({
    kind: oneOf('requested', 'sending', 'pending', 'unknown', 'inquiring', 'done', 'failed'),
    by: orAbsent(oneOf('bill', 'office')),
  }),
});

const attempt = fields({
  attemptId: text,
  saleId: text,
  orderNumber: text,
  routeId: text,
  scheme: text,
  amount_fen: amount,
  openedAt_ms: whole,
  machine: paymentMachine,
  wasDeferred: flag,
  zNumber: whole,
  givenBack_fen: amount,
  givingBack_fen: amount,
  surplus_fen: amount,
  collects: orAbsent(flag),
  inPlaceOf: orAbsent(list(fields({ attemptId: text, amount_fen: amount }))),
});

const giveBack = fields({
  giveBackId: text,
  requestNumber: text,
  method: oneOf('void', 'refund'),
  returnId: orNull(text),
  cause: oneOf('return', 'dropped', 'surplus'),
  saleId: text,
  attemptId: text,
  orderNumber: text,
  routeId: text,
  scheme: text,
  rail: text,
  amount_fen: amount,
  openedAt_ms: whole,
  zNumber: whole,
  machine: giveBackMachine,
  paidInCash: flag,
  slipPrinted: flag,
  replaces: orAbsent(text),
});

const goodsReturn = fields({
  returnId: text,
  number: text,
  saleId: text,
  receiptNumber: text,
  lines: list(settledLine),
  amount_fen: amount,
  cash_fen: amount,
  operatorId: text,
  approverId: orNull(text),
  at_ms: whole,
  zNumber: whole,
  originalZ: whole,
});

const closedShift = fields({
  shiftId: text,
  number: text,
  operatorId: text,
  openedAt_ms: whole,
  closedAt_ms: whole,
  float_fen: amount,
  sales_fen: amount,
  refunds_fen: amount,
  paidIn_fen: amount,
  paidOut_fen: amount,
  counted: list(fields({ value_fen: amount, count: amount })),
  counted_fen: amount,
  expected_fen: whole,
  overShort_fen: whole,
});

const cashMove = fields({
  moveId: text,
  number: text,
  direction: oneOf('paidIn', 'paidOut'),
  amount_fen: amount,
  operatorId: text,
  approverId: orNull(text),
  at_ms: whole,
});

const batchFigures = fields({
  paymentCount: amount,
  payment_fen: amount,
  voidCount: amount,
  void_fen: amount,
  refundCount: amount,
  refund_fen: amount,
});

const takenReport = fields({
  reportId: text,
  receiptId: text,
  report: fields({ takenAt_ms: whole, terminalCode: text, operatorId: text }),
});

const sale = { saleId: text };
const byHand = { ...who, approverId: orNull(text) };

export const recordShapes = {
  'sale.opened': fields({ ...sale, ...who }),
  'sale.lineAdded': fields({ ...sale, lineId: text, goods, quantity: amount }),
  'sale.quantitySet': fields({ ...sale, lineId: text, quantity: amount }),
  'sale.lineRemoved': fields({ ...sale, lineId: text, operatorId: text }),
  'sale.tendering': fields(sale),
  'sale.reopened': fields(sale),
  'sale.parked': fields({ ...sale, ...who }),
  'sale.recalled': fields({ ...sale, operatorId: text, to: oneOf('open', 'tendering') }),
  'sale.walletPartSet': fields({ ...sale, amount_fen: orNull(amount) }),
  'sale.cashTaken': fields({ ...sale, ...who, cash }),
  'sale.cancelling': fields({ ...sale, operatorId: text }),
  'sale.cancelled': fields({ ...sale, ...who, total_fen: amount }),
  'sale.completed': fields({
    ...sale,
    ...who,
    receiptId: text,
    receiptNumber: text,
    settled: list(settledLine),
    total_fen: amount,
    rounding_fen: amount,
    pending: flag,
    isAside: orAbsent(flag),
  }),
  'sale.confirmed': fields(sale),
  'sale.collecting': fields(sale),
  'sale.left': fields({ ...sale, receiptId: orAbsent(text) }),
  'payment.opened': fields({ attempt }),
  'payment.moved': fields({ attemptId: text, machine: paymentMachine, at_ms: whole }),
  'payment.noted': fields({ attemptId: text }),
  'exception.raised': fields({ attemptId: text, at_ms: whole, amount_fen: orAbsent(amount) }),
  'exception.closed': fields({
    ...byHand,
    attemptId: text,
    how: oneOf('collected', 'writtenOff', 'returned'),
    amount_fen: orAbsent(amount),
  }),
  'writeOff.takenBack': fields({
    saleId: text,
    attemptId: orNull(text),
    amount_fen: amount,
    paidBy: text,
    at_ms: whole,
  }),
  'return.opened': fields({ receiptId: text, return: goodsReturn }),
  'return.slipAsked': fields({ returnId: text, receiptId: text }),
  'giveBack.opened': fields({ giveBack }),
  'giveBack.moved': fields({ giveBackId: text, machine: giveBackMachine, at_ms: whole }),
  'giveBack.noted': fields({ giveBackId: text }),
  'giveBack.slipAsked': fields({ giveBackId: text, receiptId: text }),
  'giveBack.retried': fields({ ...byHand, giveBackId: text, amount_fen: amount }),
  'giveBack.lossSeen': fields({ ...byHand, giveBackId: text, amount_fen: amount }),
  'giveBack.checked': fields({ ...byHand, giveBackId: text, amount_fen: amount }),
  'giveBack.paidInCash': fields({ ...byHand, giveBackId: text, amount_fen: amount }),
  'shift.opened': fields({ ...who, shiftId: text, number: text, float_fen: amount }),
  'shift.closed': fields({ receiptId: text, shift: closedShift }),
  'cash.moved': fields({ receiptId: text, move: cashMove }),
  'drawer.asked': fields({
    ...byHand,
    openId: text,
    cause: oneOf('cashSale', 'cashRefund', 'paidIn', 'paidOut', 'shift', 'noSale'),
  }),
  'drawer.ended': fields({ openId: text }),
  'report.taken': takenReport,
  'day.closed': takenReport,
  'report.differed': fields({ receiptId: text, reportId: text }),
  'evidence.given': fields({ receiptId: text }),
  'code.printed': fields({ receiptId: text }),
  'bill.compared': fields({ receiptId: text }),
  'finding.settled': fields({ adjustment: fields({ operatorId: text, approverId: text }) }),
  'batch.settled': fields({
    routeId: text,
    terminalCode: text,
    batchNo: text,
    outcome: oneOf('agreed', 'differs'),
    settledAt_ms: orNull(whole),
    till: batchFigures,
    acquirer: batchFigures,
    differenceCount: amount,
    at_ms: whole,
  }),
  'till.installed': fields({ reportRules: orAbsent(amount) }),
  'till.restored': fields({
    epoch: amount,
    backup: fields({ sequence: amount, hash: text }),
    lost: orNull(fields({ sequence: amount, hash: text })),
    at_ms: whole,
  }),
  'restore.confirmed': fields({ operatorId: text, reason: text, at_ms: whole }),
  'core.started': fields({ reportRules: orAbsent(amount) }),
  'clock.stepped': anything,
  'operator.signedIn': anything,
  'operator.signedOut': anything,
  'operator.pinWrong': anything,
  'operator.pinCleared': anything,
  'till.locked': anything,
  'till.languageSet': anything,
  'route.changed': anything,
  'receipt.reprintAsked': fields({ receiptId: text }),
  'receipt.printEnded': fields({ receiptId: text }),
};

export type RecordType = keyof typeof recordShapes;
export type Body<Type extends RecordType> = Of<(typeof recordShapes)[Type]>;
export type Settled = Of<typeof settledLine>;
export type AttemptBody = Of<typeof attempt>;
export type GiveBackBody = Of<typeof giveBack>;
export type ReturnBody = Of<typeof goodsReturn>;
export type PaymentKind = Of<typeof paymentKind>;

export function isRecordType(type: string): type is RecordType {
  return Object.hasOwn(recordShapes, type);
}
