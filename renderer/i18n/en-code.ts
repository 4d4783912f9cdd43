// English words of main scan: our code on the screens, for the customer to scan.
import type { Texts } from './texts.ts';
import type { zhCode } from './zh-code.ts';

export const enCode: Texts<typeof zhCode> = {
  code: {
    show: 'Show code',
    showNote: 'the customer scans',
    off: 'needs the line',
    choose: 'A code of which wallet?',
    scan: 'The customer scans this',
    making: 'Getting the code',
    makingBody: 'The acquirer is asked for a code. Nothing is charged yet.',
    paying: 'The customer is paying',
    payingBody: 'The code was scanned; it is not paid yet. Wait for the result.',
    left: 'may be scanned for {{count}} s',
    over: 'Time is over, checking',
    locked: 'amount is fixed',
    nextClose: 'Closed again in {{seconds}} s',
    close: 'Close the code',
    closeNote: 'before any other payment',
    closeTitle: 'Close the code?',
    closeBody: 'The code for {{amount}} is void then. If it is paid just now, that counts.',
    closeYes: 'Close the code',
    keep: 'Keep waiting',
    cashBody: 'The code ({{scheme}}, {{amount}}) is closed first; nobody can scan it any more.',
    cashLate: 'If it is paid just now, what is not needed goes back by itself: never paid twice.',
    willCloseTitle: 'Cash closes the code first: {{scheme}} {{amount}}',
    willCloseBody: 'If it is paid just now, what is not needed goes back by itself.',
    closingTitle: 'Code being closed: {{scheme}} {{amount}}',
    closingBody: 'If it was paid, it goes back by itself. The cash is taken, go on.',
    print: 'Print the code',
    scanned: 'customer scanned',
    ours: 'a code of ours',
  },
};
