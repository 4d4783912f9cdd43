// English texts of the printer's errors: what became of the paper; the money is never touched by it.
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const enPrinting = {
  'E-PRN-01': {
    what: 'Printer out of paper',
    money: 'Payments are not affected.',
    todo: 'Put in paper; printing goes on.',
  },
  'E-PRN-02': {
    what: 'Printer cover open',
    money: 'Payments are not affected.',
    todo: 'Close the cover; printing goes on.',
  },
  'E-PRN-03': {
    what: 'Printer cutter or paper jammed',
    money: 'Payments are not affected.',
    todo: 'Switch it off, take the paper out, switch it on.',
  },
  'E-PRN-04': {
    what: 'Printer not reachable',
    money: 'Payments are not affected.',
    todo: 'Check its power and cable.',
  },
  'E-PRN-05': {
    what: 'Printing was interrupted',
    money: 'Payments are not affected.',
    todo: 'Look at the receipt; press F7 to print it again.',
  },
  'E-PRN-06': {
    what: 'The printer answers nonsense',
    money: 'Payments are not affected.',
    todo: 'Switch it off and on. If it comes back, call the technician.',
  },
  'E-PRN-07': {
    what: 'Sent to the printer, not confirmed',
    money: 'Payments are not affected.',
    todo: 'Look for the receipt; press F7 to print it again.',
  },
  'E-PRN-08': {
    what: 'The receipt is stuck in the printer',
    money: 'Payments are not affected.',
    todo: 'Load paper, wait; if it stays away, press F7 to print again.',
  },
  'E-PRN-09': {
    what: 'A copy of this receipt is waiting for the printer',
    money: 'Payments are not affected.',
    todo: 'Wait for it; if the printer has a problem, put that right first.',
  },
  'E-PRN-10': {
    what: 'A slip of this kind is waiting for the printer',
    money: 'Payments are not affected.',
    todo: 'Wait for it; if the printer has a problem, put that right first.',
  },
  'E-PRN-11': {
    what: 'A paper could not be prepared for printing',
    money: 'Payments and records are not affected.',
    todo: 'Give the technician its number; after an update, print it again.',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>;
