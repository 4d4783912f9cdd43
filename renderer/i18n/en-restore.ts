// English words of a till that was restored from a backup: the page that ends its quarantine, and the block on its reports.
import type { Texts } from './texts.ts';
import type { zhRestore } from './zh-restore.ts';

export const enRestore: Texts<typeof zhRestore> = {
  restore: {
    body: 'Read this, compare, then confirm. A confirmation cannot be taken back.',
    happened: 'What happened',
    happenedAt: 'Restored from a backup at {{time}}. The backup ends with record {{sequence}}.',
    sentenceSome:
      'Records {{first}} to {{last}} were lost: their sales, payments, refunds and cash are not in the books.',
    sentenceNone: 'No record is known to be lost, but the very last ones may have left no trace.',
    sentenceUnknown: 'Nobody knows how far it was written: all after the backup may be lost.',
    means: 'While in quarantine',
    meansGoesOn: 'Cash and online payments go on.',
    before: 'Compare before you confirm',
    beforeBill: "The acquirer's bill: each payment and refund between the backup and the restore.",
    beforePaper: 'Paper receipts, return slips and the drawer: book by hand what does not match.',
    restoredAt: 'Restored',
    backupEnd: 'Backup ends with record',
    writtenTo: 'Was written up to (at least)',
    lost: 'Lost records',
    unknown: 'unknown',
    confirm: 'Compared',
    reason: 'What did you find?',
    reasonBody: 'Your choice and your name are recorded and stand on each report until the next day close.',
    askTitle: 'End the quarantine now?',
    askBody:
      'Offline payments are taken again, and sales before the restore can be returned. It cannot be taken back.',
    askNo: 'Not now',
    askYes: 'End quarantine',
    ended: 'The quarantine has ended',
    endedBody: 'Offline payments are as configured, and sales before the restore can be returned again.',
    endedReports: 'Who confirmed and why is recorded, and stands on each report until the next day close.',
    block: 'Restored from a backup',
    quarantined: 'In quarantine: a manager compares with the acquirer, then confirms',
    confirmedBy: 'Confirmed by',
    confirmedReason: 'Reason: {{reason}}',
  },
};
