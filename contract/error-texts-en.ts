// What a person reads for each error code, in English.
import { enCounter } from './error-texts-en-counter.ts';
import { enKeeping } from './error-texts-en-keeping.ts';
import { enPrinting } from './error-texts-en-printing.ts';
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const en: Record<ErrorCode, ErrorText> = {
  ...enCounter,
  ...enKeeping,
  ...enPrinting,
  'E-AUTH-01': {
    what: 'Wrong PIN or operator',
    money: 'No payment is affected.',
    todo: 'Enter the PIN again.',
  },
  'E-AUTH-02': { what: 'Nobody is signed in', money: 'Nothing was charged.', todo: 'Sign in first.' },
  'E-AUTH-03': { what: 'You may not do this', money: 'Nothing was changed.', todo: 'Ask the manager.' },
  'E-AUTH-04': {
    what: 'Too many wrong PINs',
    money: 'No payment is affected.',
    todo: 'Wait a little, or let someone else sign in.',
  },
  'E-RPC-01': {
    what: 'Broken message inside the till',
    money: 'Nothing was changed.',
    todo: 'Press again. If it comes back, call the technician.',
  },
  'E-RPC-02': {
    what: 'Program parts do not match',
    money: 'Nothing was changed.',
    todo: 'Restart the till. If it comes back, call the technician.',
  },
  'E-RPC-03': {
    what: 'This entry is not valid',
    money: 'Nothing was changed.',
    todo: 'Check it and enter it again.',
  },
  'E-CFG-01': {
    what: 'The configuration is wrong',
    money: 'The records are safe.',
    todo: 'Call the technician to correct it.',
  },
  'E-CFG-02': {
    what: 'The goods list is wrong',
    money: 'The records are safe.',
    todo: 'Call the technician to import it again.',
  },
  'E-DB-01': {
    what: 'The journal file is damaged',
    money: 'To protect the records, this till takes no payments.',
    todo: 'Leave it switched on and call the technician.',
  },
  'E-DB-02': {
    what: 'The journal was written by a newer program',
    money: 'The records are safe and left untouched.',
    todo: 'Call the technician to update the program.',
  },
  'E-DB-03': {
    what: 'The end of the journal is missing',
    money: 'The last payments may be taken but not recorded.',
    todo: 'Keep receipts and slips, call the technician to compare.',
  },
  'E-DB-04': {
    what: 'The journal does not add up; it may have been altered',
    money: 'To protect the records, this till takes no payments.',
    todo: 'Leave it switched on, tell manager and technician.',
  },
  'E-DB-05': {
    what: 'The till program is running already',
    money: 'The records are safe.',
    todo: 'Use the open window, or restart the till.',
  },
  'E-DB-06': {
    what: 'The journal cannot be opened',
    money: 'Without a record nothing is charged: this till takes no payments.',
    todo: 'Check the disk space and call the technician.',
  },
  'E-SCAN-01': { what: 'The scan cannot be read', money: 'Nothing was charged.', todo: 'Scan again.' },
  'E-SCAN-02': {
    what: 'Goods not in the list',
    money: 'Nothing was added.',
    todo: 'Check the barcode, or press F2 to find the goods.',
  },
  'E-SCAN-03': {
    what: 'Not ready for a payment code',
    money: 'Nothing was charged.',
    todo: 'Press "Take payment" first, then scan.',
  },
  'E-SCAN-04': {
    what: "This is a shop's code, not a payment code",
    money: 'Nothing was charged.',
    todo: 'Ask the customer to open "Pay" and scan that code.',
  },
  'E-SCAN-05': {
    what: 'Unknown kind of payment code',
    money: 'Nothing was charged.',
    todo: 'Ask for another wallet, or to refresh the code.',
  },
  'E-SCAN-06': {
    what: 'No goods while a payment is under way',
    money: 'The total has not changed.',
    todo: 'Press "Back to goods", or finish this sale first.',
  },
  'E-SCAN-07': {
    what: 'The scan is too long',
    money: 'Nothing was charged.',
    todo: 'Make sure it is a goods barcode or a payment code.',
  },
  'E-SCAN-08': {
    what: 'The payment before has no result yet',
    money: 'Nothing was charged again.',
    todo: 'Wait for its result; do not let the customer pay again.',
  },
  'E-SCAN-09': {
    what: 'The scanner is disconnected',
    money: 'Money taken is not affected.',
    todo: 'Check its cable or battery; press F2 to enter goods.',
  },
  'E-SCAN-10': {
    what: 'Nobody is signed in',
    money: 'Nothing was charged.',
    todo: 'Sign in, then scan again.',
  },
  'E-SCAN-11': {
    what: 'A scanner in keyboard mode takes no payments',
    money: 'Nothing was charged.',
    todo: 'Scan the code with a scanner in serial or HID mode.',
  },
  'E-SALE-01': { what: 'No goods in this sale', money: 'Nothing was charged.', todo: 'Scan goods first.' },
  'E-SALE-02': {
    what: 'Not possible now',
    money: 'Nothing was changed.',
    todo: 'Follow what the screen says.',
  },
  'E-SALE-03': {
    what: 'A payment has no result yet',
    money: 'Nothing was charged twice.',
    todo: 'Wait for its result before leaving this sale.',
  },
  'E-SALE-04': {
    what: 'Part of this sale is paid',
    money: 'That money is recorded with this sale.',
    todo: 'Take the rest.',
  },
  'E-SALE-05': {
    what: 'Over the limit of one sale',
    money: 'Nothing was added.',
    todo: 'Split it into two sales.',
  },
  'E-PAY-01': {
    what: 'Payment code expired or used',
    money: 'Not charged.',
    todo: 'Ask the customer to refresh it, then scan again.',
  },
  'E-PAY-02': {
    what: 'Not enough balance',
    money: 'Not charged.',
    todo: 'Ask for another card or wallet, then scan.',
  },
  'E-PAY-03': {
    what: "Over the customer's limit",
    money: 'Not charged.',
    todo: 'Another card or wallet, or smaller parts; then scan.',
  },
  'E-PAY-04': {
    what: 'Stopped by risk control',
    money: 'Not charged.',
    todo: "The customer's phone says why; or use another wallet.",
  },
  'E-PAY-05': {
    what: 'This way of paying is not supported',
    money: 'Not charged.',
    todo: 'Ask for another wallet.',
  },
  'E-PAY-06': { what: 'This order is closed', money: 'Not charged.', todo: 'Scan the payment code again.' },
  'E-PAY-07': {
    what: 'Result unknown',
    money: 'Nothing was charged twice.',
    todo: 'Asking the acquirer. Do not charge again.',
  },
  'E-PAY-08': {
    what: 'The acquirer refuses this till',
    money: 'Not charged.',
    todo: 'Call the technician about the settings; take cash meanwhile.',
  },
  'E-PAY-09': {
    what: 'No connection, not sent',
    money: 'Not charged.',
    todo: 'You may scan the payment code again.',
  },
  'E-PAY-10': {
    what: 'Waiting for the customer',
    money: 'Not paid yet.',
    todo: 'Ask the customer to enter the password on the phone.',
  },
  'E-PAY-11': {
    what: 'Being reversed',
    money: 'If charged, it goes back to the customer.',
    todo: 'Until then do not let the customer pay again.',
  },
  'E-PAY-12': {
    what: 'Reversed',
    money: 'Not paid; if it was charged, it has been given back.',
    todo: 'You may take the payment anew.',
  },
  'E-PAY-13': {
    what: 'Disputed, to be checked',
    money: 'Not certain whether paid; if charged, it will be given back.',
    todo: 'Note the order number; the manager asks the acquirer.',
  },
  'E-PAY-14': {
    what: 'Too early to give up',
    money: 'Nothing was changed.',
    todo: 'Wait a few seconds more.',
  },
  'E-PAY-15': {
    what: "The acquirer's answer does not match",
    money: 'That answer was not used; asking again.',
    todo: 'Do not charge again. Tell the manager.',
  },
  'E-PAY-16': {
    what: 'Payment declined',
    money: 'Not charged.',
    todo: 'Once more with a new code, or another card or wallet.',
  },
  'E-PAY-17': {
    what: 'No payment was found by this number',
    money: 'Nothing was changed.',
    todo: 'One in doubt is found by its merchant number only: scan that.',
  },
  'E-PAY-18': {
    what: 'This order belongs to another till',
    money: 'This till has never taken that money.',
    todo: 'Look there: the number begins with its terminal code.',
  },
  'E-PAY-19': {
    what: 'A sale is on the counter',
    money: 'Nothing was changed.',
    todo: 'F2 prints the slip of the payment at hand; else end the sale.',
  },
  'E-PAY-20': {
    what: 'Our code is being closed',
    money: 'If it was paid, it counts; what is not needed goes back.',
    todo: 'Until then scan no payment code; cash works.',
  },
  'E-PAY-21': {
    what: 'No code came from the acquirer',
    money: 'Nothing was charged; nobody has seen the code.',
    todo: "Try again, or scan the customer's payment code.",
  },
  'E-PAY-23': {
    what: 'The clock is wrong; the code was not shown',
    money: 'Nothing was charged; nobody has seen the code.',
    todo: "Have the clock set; scan the customer's payment code.",
  },
  'E-PAY-24': {
    what: 'The acquirer makes no code for this payment',
    money: 'Nothing was charged; nobody has seen the code.',
    todo: "Scan the customer's code, take smaller parts, or cash.",
  },
  'E-PAY-22': {
    what: 'Our code is closed',
    money: 'Nobody has paid it, and nobody can any more.',
    todo: 'Take the payment anew.',
  },
  'E-OFF-01': {
    what: 'Offline: no electronic payments',
    money: 'Not charged.',
    todo: 'Take cash, or scan again when the line is back.',
  },
  'E-OFF-02': {
    what: 'Over the offline limit for one payment',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection, or split the sale.',
  },
  'E-OFF-03': {
    what: 'Offline total used up',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; what was taken is sent by itself.',
  },
  'E-OFF-04': {
    what: 'Too many offline payments waiting',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; what was taken is sent by itself.',
  },
  'E-OFF-05': {
    what: 'This code was used at this till before',
    money: 'Nothing was taken this time.',
    todo: 'Ask the customer to refresh it, then scan.',
  },
  'E-OFF-06': {
    what: 'This wallet cannot be taken offline',
    money: 'Nothing was taken.',
    todo: 'Ask for another wallet, or wait for the connection.',
  },
  'E-OFF-07': {
    what: 'Clock not trusted: no offline payments',
    money: 'Nothing was taken.',
    todo: 'Wait for the connection; the technician sets the clock.',
  },
  'E-OFF-08': {
    what: 'An offline payment was declined later',
    money: 'This money was not received.',
    todo: 'Note the order number for the manager.',
  },
  'E-OFF-09': {
    what: 'An offline payment grew too old in the queue',
    money: 'This money was not received.',
    todo: 'Note the order number for the manager.',
  },
  'E-OFF-10': {
    what: 'The key to an offline payment is lost',
    money: 'This money cannot be collected.',
    todo: 'Note the order number, tell manager and technician.',
  },
  'E-BILL-01': {
    what: 'This bill can not be used',
    money: 'Nothing was changed.',
    todo: "Put your acquirer's own file there; the detail says what is wrong.",
  },
  'E-BILL-02': {
    what: 'The bill can not be read',
    money: 'Nothing was changed.',
    todo: 'Copy the bill again and try once more.',
  },
  'E-BILL-03': {
    what: 'Another bill is being compared',
    money: 'Nothing was changed.',
    todo: 'Wait until that is done.',
  },
  'E-BILL-04': {
    what: 'No such difference, or already dealt with',
    money: 'Nothing was changed.',
    todo: 'Open this reconciliation again.',
  },
  'E-BILL-05': {
    what: 'The comparison ended without a result',
    money: 'Nothing was changed, not a fen was adjusted.',
    todo: 'Try once more, then tell the technician the detail.',
  },
  'E-BILL-06': {
    what: 'The bill of that day is not made yet',
    money: 'Nothing was changed.',
    todo: 'Ask again later: mostly from the next morning on.',
  },
  'E-BILL-07': {
    what: 'The acquirer has no bill of that day, or none yet',
    money: 'Nothing was changed.',
    todo: 'A day without payments has none: check the date.',
  },
  'E-BILL-08': {
    what: 'The bill could not be fetched',
    money: 'Nothing was changed.',
    todo: "See the detail, try again, or take it from the acquirer's site.",
  },
  'E-BILL-09': {
    what: 'The acquirer sends another bill under the same name',
    money: 'Nothing was changed; the file that was there stays.',
    todo: 'Move that one away, fetch again, and ask which of them counts.',
  },
  'E-BILL-10': {
    what: "The acquirer's own bill, and not to be read here",
    money: 'Nothing was changed; the file is kept with the bills.',
    todo: 'Give it and the detail to the technician.',
  },
  'E-BILL-11': {
    what: 'Proven by now, not sent yet, or sent just a moment ago',
    money: 'Nothing was changed.',
    todo: 'Compare again to see what became of it.',
  },
  'E-BILL-12': {
    what: 'An older comparison, which can not end this payment',
    money: 'Nothing was changed.',
    todo: 'Compare this bill again and settle it there.',
  },
  'E-DIAG-01': {
    what: 'The diagnosis could not be written to the disk',
    money: 'The books are not affected.',
    todo: 'See the disk lines; yima doctor --report writes it elsewhere.',
  },
};
