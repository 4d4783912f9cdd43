// English texts of backups and restores.
import type { ErrorText } from './error-texts-type.ts';
import type { ErrorCode } from './errors.ts';

export const enKeeping = {
  'E-DB-07': {
    what: 'A restore from a backup was not finished',
    money: 'The records before it are kept aside, nothing is charged.',
    todo: 'Call the technician to run the restore again.',
  },
  'E-RST-04': {
    what: 'This backup is not of the journal of this till',
    money: 'No record was changed, nothing is charged.',
    todo: 'Take one of its own. Installed anew since? Add --other-journal.',
  },
  'E-OFF-13': {
    what: 'Restored from a backup: no offline payments',
    money: 'Nothing was charged.',
    todo: 'Take cash. The manager compares and confirms the restore.',
  },
  'E-OFF-14': {
    what: 'The acquirer refuses this till: nothing on trust',
    money: 'Nothing was taken.',
    todo: 'Take cash, and call the technician about the settings.',
  },
  'E-RET-06': {
    what: 'Sold before the restore: nothing can be returned yet',
    money: 'Nothing was given back. It may have been returned already.',
    todo: 'The manager compares and confirms the restore first.',
  },
  'E-RET-07': {
    what: 'Its route is not configured any more',
    money: 'Nothing was given back.',
    todo: 'A technician puts the route back. If urgent, call the acquirer.',
  },
  'E-RET-09': {
    what: 'Some of these goods came back just now',
    money: 'Nothing more was given back this time.',
    todo: 'See what was returned; if more comes back, choose again.',
  },
  'E-RST-01': {
    what: 'No restore waits for a confirmation',
    money: 'Nothing was changed.',
    todo: 'Look at the newest report: it says who confirmed.',
  },
  'E-RST-02': {
    what: 'Restored from a backup, in quarantine',
    money: 'Payments after the backup may be taken and not recorded.',
    todo: 'The manager compares with the acquirer, then confirms.',
  },
  'E-RST-03': {
    what: 'Open since before the restore: it can not be dropped yet',
    money: 'Nothing was given back. It may be paid, the goods gone.',
    todo: 'If sold, finish it as it was; else park it for the manager.',
  },
  'E-BAK-01': {
    what: 'The last backup failed',
    money: 'The records are safe; the till goes on selling.',
    todo: 'Tell the technician to check the disk and the backup directory.',
  },
  'E-BATCH-01': {
    what: "A gateway batch differs from the acquirer's books",
    money: 'No money was moved; the day report stays as it is.',
    todo: "Fetch that day's bill and compare it in Reconcile.",
  },
  'E-BATCH-02': {
    what: 'A gateway batch has not been settled for over a day',
    money: 'Sales and books are not affected.',
    todo: 'If the cause stays, call the acquirer or the technician.',
  },
  'E-BAK-02': {
    what: 'The records do not verify: no backup was made of them',
    money: 'The earlier backups are sound and were kept.',
    todo: 'Call the technician today: examine the till, then restore.',
  },
} satisfies Partial<Record<ErrorCode, ErrorText>>;
