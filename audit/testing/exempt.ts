// Fields of records whose alteration the audit can't see when all hashes after it were made anew: and why. Without new hashes
// the chain shows every one of them. Kept short.

const never: readonly { paths: RegExp; because: string }[] = [
  {
    paths: /(name_zh|name_en|unit|barcode|reason|detail|problem|print|story\[\]\.\w+)$/,
    because: 'words for people: names of goods, reasons, how a print ended, a payment told as a story',
  },
  {
    paths:
      /^(payment|giveBack)\.(moved|noted) (event|code)$|acquirerCode$|machine\.state\.(result|reference|code)$/,
    because: 'what an acquirer said: figures come from the state that followed',
  },
  {
    paths:
      /machine\.(due|state\.(sentAt_ms|startedAt_ms|expiresAt_ms|inquiries|reversals|tries|phase|from|resend|giveBack|isAsked|isKnown))/,
    because: 'how an open payment or give-back goes on: figures come from the kind of its state',
  },
  {
    paths: /machine\.state\.proof\.(?!rail)/,
    because: "the acquirer's references; of a proof only the rail is in a report",
  },
  {
    paths: /attempt\.(codeMask|codeHmac|takenAt|tillSequence)$/,
    because: 'which code was shown and which number was drawn; the order number is there once more',
  },
  {
    paths:
      /^(sale\.(parked|cashTaken|cancelled)|(payment|giveBack)\.noted|giveBack\.(moved|paidInCash|retried|lossSeen|checked)|drawer\.asked|exception\.closed) at_ms$|(move|return)\.at_ms$/,
    because: 'no figure has the time of it: the period follows from its place in the journal',
  },
  {
    paths:
      /^(sale\.(opened|parked|recalled|cancelling|cashTaken)|shift\.opened|receipt\.reprintAsked|till\.locked) operatorId$/,
    because: 'no figure is by the person who did it',
  },
  {
    paths:
      /^(till\.installed|till\.languageSet|core\.started|clock\.stepped|operator\.\w+|route\.changed|drawer\.ended outcome|receipt\.reprintAsked count)/,
    because: 'counted, or not even that: no figure has what it says',
  },
  {
    paths: /^(cash\.moved move\.moveId|giveBack\.slipAsked number|giveBack\.opened giveBack\.slipPrinted)$/,
    because: 'names of papers that no later record repeats',
  },
  {
    paths: /^finding\.settled adjustment\.(?!operatorId|approverId)/,
    because: 'what a person says of a bill: figures come from what followed, and who approved it in place',
  },
  {
    paths: /^sale\.walletPartSet amount_fen$/,
    because: 'a wish: what a wallet paid stands in its payment',
  },
];

/** No figure depends on it. */
export function noFigure(path: string): boolean {
  return never.some(({ paths }) => paths.test(path));
}

const override = 'it counts whether another person allowed it, not which one';
const paper = 'seen when the paper is printed, or its slip is asked for';
const carried = 'in a report while it is open, and when its outcome comes late';
const unsold = 'a sale that was neither completed, nor cancelled, nor open at a report, is in no figure';

/** Seen wherever a figure comes from it, and there is not always one. */
export const sometimes: Readonly<Record<string, string>> = {
  'cash.moved move.approverId': override,
  'cash.moved move.operatorId': override,
  'cash.moved receiptId': paper,
  'drawer.asked approverId': override,
  'drawer.asked operatorId': 'only an opening without a sale is counted',
  'drawer.asked openId': 'seen when the drawer answers',
  'exception.closed approverId': override,
  'exception.closed operatorId': override,
  'exception.raised at_ms': carried,
  'giveBack.opened giveBack.openedAt_ms': carried,
  'giveBack.opened giveBack.requestNumber': carried,
  'giveBack.paidInCash approverId': override,
  'giveBack.slipAsked receiptId': paper,
  'giveBack.paidInCash operatorId': override,
  'giveBack.retried approverId': override,
  'giveBack.retried operatorId': override,
  'giveBack.lossSeen approverId': override,
  'giveBack.lossSeen operatorId': override,
  'giveBack.checked approverId': override,
  'giveBack.checked operatorId': override,
  'finding.settled adjustment.approverId': override,
  'finding.settled adjustment.operatorId': override,
  'payment.moved at_ms': 'its date counts in the expected loss, once there are enough outcomes',
  'payment.moved machine.state.cause': 'told of payments that a manager cancelled after their Z',
  'payment.opened attempt.amount_fen': 'a part that was declined is in no figure',
  'payment.opened attempt.openedAt_ms': carried,
  'payment.opened attempt.orderNumber': carried,
  'payment.opened attempt.routeId': 'seen when money of it is given back',
  'payment.opened attempt.scheme': 'of a payment that was not approved in no figure',
  'return.opened return.approverId': override,
  'sale.completed receiptId': paper,
  'sale.lineAdded goods.price_fen': unsold,
  'sale.lineAdded goods.tax_bp': unsold,
  'sale.lineAdded lineId': unsold,
  'sale.lineAdded quantity': unsold,
  'sale.opened at_ms': 'first of its period, or open at a report',
  'sale.quantitySet quantity': unsold,
  'shift.closed receiptId': paper,
  'shift.opened at_ms': 'first of its period, and at the count of its shift',
  'shift.opened shiftId': 'seen when the shift is counted',
};
