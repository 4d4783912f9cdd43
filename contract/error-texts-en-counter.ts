// The English texts of cash, shifts, returns, refunds and reports: the day at the counter around the payments.
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const enCounter = {
  'E-AUTH-05': {
    what: 'This needs a manager',
    money: 'Nothing was changed yet.',
    todo: 'Ask the manager to enter the PIN here.',
  },
  'E-AUTH-06': {
    what: 'This person may not approve',
    money: 'Nothing was changed.',
    todo: 'Ask another manager to approve.',
  },
  'E-SALE-06': {
    what: 'Too many parked sales',
    money: 'This sale is still here, unchanged.',
    todo: 'Bring one back first, and finish or cancel it.',
  },
  'E-SALE-07': {
    what: 'No shift is open',
    money: 'Nothing was charged.',
    todo: 'Count the float, then open the shift.',
  },
  'E-SALE-08': {
    what: 'This sale is being cancelled',
    money: 'Money taken is going back to the customer, all recorded.',
    todo: 'Wait until it is back; take no other payment.',
  },
  'E-CASH-01': {
    what: 'Not enough cash received',
    money: 'No payment was recorded.',
    todo: 'Check what you received and confirm again.',
  },
  'E-CASH-02': {
    what: 'More cash than is plausible',
    money: 'No payment was recorded.',
    todo: 'Check for a digit too many and enter it again.',
  },
  'E-CASH-03': {
    what: 'The part is more than what is due',
    money: 'Nothing was charged.',
    todo: 'Enter no more than what is due.',
  },
  'E-CASH-04': {
    what: 'The drawer does not hold that much',
    money: 'No pay-out was recorded.',
    todo: 'Check the amount; if needed, pay cash in first.',
  },
  'E-CASH-05': {
    what: 'The drawer did not open',
    money: 'The payment is recorded and safe.',
    todo: 'Press "Open the drawer", or use its key.',
  },
  'E-CASH-06': {
    what: 'Not known whether the drawer opened',
    money: 'The payment is recorded and safe.',
    todo: 'Look at it; if it is shut, press "Open the drawer".',
  },
  'E-CASH-07': {
    what: 'Cash was paid in or out just now',
    money: 'Nothing more was recorded this time.',
    todo: 'See the last cash slip; for one more, enter it anew.',
  },
  'E-CASH-08': {
    what: 'The drawer was opened just now',
    money: 'It was not opened again.',
    todo: 'Look at it; to open it again, press once more.',
  },
  'E-SHIFT-01': {
    what: 'A shift is open already',
    money: 'Nothing was changed.',
    todo: 'You can sell; to change over, close that shift first.',
  },
  'E-SHIFT-02': {
    what: 'A sale is still on the counter',
    money: 'The sale is still here, unchanged.',
    todo: 'Finish, park or cancel it first.',
  },
  'E-RET-08': {
    what: 'This receipt is of another till',
    money: 'Nothing was given back.',
    todo: 'Return it at the terminal it names. Same one? See the manager.',
  },
  'E-RET-01': {
    what: 'No such receipt',
    money: 'Nothing was given back.',
    todo: 'Check the number, or scan the code on the receipt.',
  },
  'E-RET-02': {
    what: 'More than can still be returned',
    money: 'Nothing was given back.',
    todo: 'See what was returned before and take fewer.',
  },
  'E-RET-03': {
    what: 'More than the payments can give back',
    money: 'Nothing was given back.',
    todo: 'Wait for the refunds under way, or return fewer.',
  },
  'E-RET-04': {
    what: 'A payment of this sale has no result yet',
    money: 'Nothing was given back; it cannot be before that.',
    todo: 'Wait for the result, then return the goods.',
  },
  'E-RET-05': {
    what: 'Not yet authorized: only the whole sale',
    money: 'Nothing was given back.',
    todo: 'Press "All" for the whole sale, or wait for the result.',
  },
  'E-REF-01': {
    what: 'Refund in progress',
    money: 'The customer does not have it yet.',
    todo: 'Wait for the result; do not pay it in cash as well.',
  },
  'E-REF-02': {
    what: 'Refund result unknown, asking',
    money: 'It is never given back twice; the inquiry will show.',
    todo: 'Wait for the result; do not pay it in cash as well.',
  },
  'E-REF-03': {
    what: 'Refund failed',
    money: 'Proven: the customer got nothing back.',
    todo: 'Manager: try again or pay in cash, under "To settle".',
  },
  'E-REF-04': {
    what: 'This refund has not failed: nothing in its place',
    money: 'Nothing else was paid, or it might be given back twice.',
    todo: 'Wait for the result of the refund.',
  },
  'E-REF-05': {
    what: 'The refund waits for the line',
    money: 'Not given back yet; it is recorded.',
    todo: 'It is sent when the line is back. Do not pay it in cash.',
  },
  'E-REF-06': {
    what: 'Refund refused; it may be back by other means',
    money: 'Nothing back by this request; elsewhere is to be checked.',
    todo: 'Manager: check bill or merchant platform before any cash.',
  },
  'E-REF-07': {
    what: "Refund stuck: the customer's account takes none",
    money: 'The customer does not have it yet; the acquirer holds it.',
    todo: "Manager: end it on WeChat's merchant platform; no cash.",
  },
  'E-REF-08': {
    what: 'The same money went back twice',
    money: 'The customer has it once too often: the shop lost it.',
    todo: 'Manager: get it back by the refund number, then say how.',
  },
  'E-REF-09': {
    what: 'Not given back twice, or looked into already',
    money: 'Nothing was changed.',
    todo: 'Close "To settle" and open it again to see what is open.',
  },
  'E-REF-10': {
    what: "Refund failed: the customer's account takes none",
    money: "By the office's word, the customer got nothing back.",
    todo: 'Manager: pay in cash, under "To settle"; no other try.',
  },
  'E-REF-11': {
    what: "Not back by the office's word: asked a last time",
    money: 'Nothing more is sent; the last request may just arrive.',
    todo: 'Wait some minutes; then it is refunded anew or in cash.',
  },
  'E-REP-01': {
    what: 'Two computations differ: the day is NOT closed',
    money: 'The records are untouched; this day is not sealed.',
    todo: 'Keep both printed results and call the technician.',
  },
  'E-REP-02': {
    what: 'No such report',
    money: 'The records are not affected.',
    todo: 'Choose another one from the list of reports.',
  },
  'E-REP-03': {
    what: 'The check doubts a record',
    money: 'Both computations of the report agree; it is sealed.',
    todo: 'Export the journal and have a technician look at it.',
  },
  'E-REP-04': {
    what: 'Just started: reading the records first',
    money: 'The records are safe; nothing is sealed.',
    todo: 'Try again in a moment. Sales go on as usual.',
  },
  'E-REP-05': {
    what: 'This day is closed already',
    money: 'It is sealed; nothing more was sealed this time.',
    todo: 'See the list of reports; to close again, begin anew.',
  },
  'E-OFF-11': {
    what: 'The line did not come back in time',
    money: 'Not charged.',
    todo: 'Take cash, or scan again when the line is back.',
  },
  'E-OFF-12': {
    what: 'This is no longer open',
    money: 'Nothing was changed.',
    todo: 'Close and open "To settle" to see the latest.',
  },
  'E-OFF-15': {
    what: 'Another sum is missing now; nothing was written off',
    money: 'Nothing was changed.',
    todo: 'Look at the new sum under "To settle", then decide.',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>;
