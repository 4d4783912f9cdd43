// The closed union of error codes a person may see. Texts: error-texts.ts; every code has one (checked by types).
export const errorCodes = [
  'E-AUTH-01', // wrong PIN or operator
  'E-AUTH-02', // not signed in
  'E-AUTH-03', // role may not
  'E-AUTH-04', // too many wrong PINs, wait
  'E-AUTH-05', // a manager's approval is needed
  'E-AUTH-06', // the approving person may not approve
  'E-RPC-01', // malformed message
  'E-RPC-02', // unknown command
  'E-RPC-03', // bad parameters
  'E-CFG-01', // configuration invalid
  'E-CFG-02', // catalogue invalid
  'E-DB-01', // database corrupt
  'E-DB-02', // database newer than this program
  'E-DB-03', // journal tail lost
  'E-DB-04', // journal chain broken
  'E-DB-05', // another core holds the lock
  'E-DB-06', // database cannot be opened
  'E-DB-07', // a restore was not finished
  'E-SCAN-01', // garbage or control characters
  'E-SCAN-02', // goods not in the catalogue
  'E-SCAN-03', // payment code outside the tender step
  'E-SCAN-04', // merchant collection code shown by mistake
  'E-SCAN-05', // payment code format unknown
  'E-SCAN-06', // goods scanned while a payment is under way
  'E-SCAN-07', // too long
  'E-SCAN-08', // payment code scanned while another payment is unproven
  'E-SCAN-09', // scanner disconnected
  'E-SCAN-10', // signed out: nothing can be scanned
  'E-SCAN-11', // payment code from a scanner in keyboard mode
  'E-SALE-01', // no goods
  'E-SALE-02', // not possible in this state of the sale
  'E-SALE-03', // a payment is unproven
  'E-SALE-04', // part already paid
  'E-SALE-05', // amount or line count over the limit
  'E-SALE-06', // too many parked sales
  'E-SALE-07', // no shift is open
  'E-SALE-08', // the sale is being dropped: money goes back first
  'E-CASH-01', // less than what is due
  'E-CASH-02', // cash handed over is absurdly much
  'E-CASH-03', // the wallet's part is more than what is due
  'E-CASH-04', // more paid out than the drawer holds
  'E-CASH-05', // the drawer did not open
  'E-CASH-06', // not known whether the drawer opened
  'E-CASH-07', // cash was moved since this was asked for
  'E-CASH-08', // the drawer was opened since this was asked for
  'E-SHIFT-01', // a shift is open already
  'E-SHIFT-02', // a sale is on the counter: finish, park or drop it first
  'E-RET-01', // no such receipt
  'E-RET-02', // more than what was sold and not yet returned
  'E-RET-03', // more than the tenders hold
  'E-RET-04', // a payment of it is not proven yet
  'E-RET-09', // chosen before another return of the same goods
  'E-RET-07', // paid on a route that is not configured any more
  'E-RET-06', // sold before the restore: nothing goes back until confirmed
  'E-RET-05', // only the whole: its payment is deferred
  'E-RET-08', // the receipt is another till's
  'E-REF-01', // refund in progress
  'E-REF-02', // refund in doubt, inquiring
  'E-REF-03', // refund failed: nothing given back
  'E-REF-04', // not failed: no cash instead
  'E-REF-05', // refund waits for the line
  'E-REF-06', // refund refused: the money may have gone back by other means
  'E-REF-07', // refund that the customer's account does not take
  'E-REF-08', // given back twice: to be looked into
  'E-REF-09', // not given back twice, or looked into already
  'E-REF-10', // failed, and another one would be stuck as well: cash
  'E-REF-11', // in doubt, and the office says that nothing is back: asked once more, never sent again
  'E-REP-01', // the two computations differ: not sealed
  'E-REP-02', // no such report
  'E-REP-03', // the second computation doubts a record
  'E-REP-04', // just started: the second computation has not read the journal yet
  'E-REP-05', // this Z is sealed already, or not next
  'E-PAY-01', // code expired, invalid or used
  'E-PAY-02', // balance not enough
  'E-PAY-03', // limit exceeded
  'E-PAY-04', // risk rejected
  'E-PAY-05', // not supported
  'E-PAY-06', // order closed
  'E-PAY-07', // unknown outcome, inquiring
  'E-PAY-08', // configuration alarm: signature, merchant, terminal
  'E-PAY-09', // not sent: no connection, nothing charged
  'E-PAY-10', // awaiting customer
  'E-PAY-11', // being reversed
  'E-PAY-12', // given back
  'E-PAY-13', // disputed
  'E-PAY-14', // too early to give up
  'E-PAY-15', // answer does not match what was asked: alarm
  'E-PAY-16', // declined by the acquirer for another listed reason
  'E-PAY-17', // no payment of this till is meant by that number
  'E-PAY-18', // a number of another till
  'E-PAY-19', // a payment's number scanned while a sale is on the counter
  'E-PAY-20', // our code is being closed
  'E-PAY-21', // no code of ours came
  'E-PAY-22', // our code is closed, unpaid
  'E-PAY-23', // a code of ours is not shown: our clock is not the acquirer's
  'E-PAY-24', // the acquirer makes no code for such a payment
  'E-OFF-01', // offline and queue refused: mode
  'E-OFF-02', // over the per-payment limit
  'E-OFF-03', // over the open total
  'E-OFF-04', // over the count
  'E-OFF-05', // the same code once more: queued already, or offline and spent
  'E-OFF-06', // acquirer does not allow deferred payments
  'E-OFF-07', // clock not trusted
  'E-OFF-08', // declined after forwarding
  'E-OFF-09', // queued payment too old
  'E-OFF-10', // key lost: cannot be forwarded
  'E-OFF-11', // held: the line did not come back in time
  'E-OFF-12', // no such exception
  'E-OFF-13', // restored from a backup: no queue until confirmed
  'E-OFF-14', // offline, and the acquirer refuses this till's configuration: nothing on trust
  'E-OFF-15', // another sum is missing than the one that was asked about
  'E-PRN-01', // paper out
  'E-PRN-02', // cover open
  'E-PRN-03', // cutter or mechanical
  'E-PRN-04', // unreachable
  'E-PRN-05', // lost in mid-receipt: may be printed
  'E-PRN-06', // printer answers garbage
  'E-PRN-07', // sent, not confirmed
  'E-PRN-08', // in the printer's buffer: may come out when somebody loads paper
  'E-PRN-09', // a marked copy of it waits already
  'E-PRN-10', // a slip of this kind waits already: evidence, or the paper of a code
  'E-PRN-11', // a paper that this program can't draw: a defect of its own
  'E-RST-01', // no restore waits for a confirmation
  'E-RST-02', // restored from a backup: quarantine
  'E-RST-03', // money of a sale of before the restore: it is not given up or dropped yet
  'E-RST-04', // a restore from the backup of another journal
  'E-BAK-01', // the backup could not be made
  'E-BAK-02', // the journal did not verify: no backup of it
  'E-BILL-01', // not a bill, damaged, or of an acquirer that this till does not have
  'E-BILL-02', // the file can't be read
  'E-BILL-03', // a bill is being compared already
  'E-BILL-04', // no such compared bill or difference, or dealt with already
  'E-BILL-05', // the comparison ended without a result
  'E-BILL-06', // the bill of that day is not made yet
  'E-BILL-07', // the acquirer has none of that day
  'E-BILL-08', // it could not be fetched
  'E-BILL-09', // the acquirer sends another bill under the same name
  'E-BILL-11', // confirmed by the acquirer's office, but proven by now, not sent yet, or sent a moment ago and asked about
  'E-BILL-12', // a payment of an older comparison, which does not say whether its return was done: compare again
  'E-BILL-10', // proven by the acquirer, and not to be read here: kept as .unread
  'E-BATCH-01', // a gateway's settled batch differs from the till's
  'E-BATCH-02', // a gateway's batch could not be settled for a day
  'E-DIAG-01', // the report could not be written
] as const;

export type ErrorCode = (typeof errorCodes)[number];
