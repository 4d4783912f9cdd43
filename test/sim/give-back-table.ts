// The state x event table of a give-back, written by hand from DESIGN section 4, where a refused refund keeps its number. The test walks every cell.
//   name  the state that follows        ·  noted: nothing changes
// send*: sent again under the same number. inq:p, inq:u: inquiring, from pending or unknown. done:by: by the bill or the office; done:else: found after a refusal. failed?: perhaps back. A !: denied by the office. failed.: nothing more under this number. ~: on its way.
import type { GiveBackEvent, GiveBackState } from '../../core/domain/giveback/machine.ts';

export const giveBackTable = `
            done accepted refused undecided noAnswer notSent processing notFound inquiryFailed timer lineUp sendAgain restarted:sent restarted:unsent billShows officeSaysBack officeSaysNot doubted backByAnother
requested   done ·        fail    ·         ·        ·       ·          ·        ·             send  send   ·         reqd           reqd             done      ·              ·             ·       ·
sending     done pend     fail    unkn      unkn     reqd    ·          ·        ·             unkn  ·      ·         inq:u          reqd             done      ·              ·             ·       ·
sending*    done pend     fail    unkn      unkn     unkn    ·          ·        ·             unkn  ·      ·         inq:u          inq:u            done      ·              ·             ·       ·
pending     done ·        fail    ·         ·        ·       ·          ·        ·             inq:p inq:p  ·         inq:p          inq:p            done      done           pend          ·       ·
unknown     done ·        fail    ·         ·        ·       ·          ·        ·             inq:u inq:u  ·         inq:u          inq:u            done      done           unkn          ·       ·
inquiring:p done ·        fail    ·         ·        ·       pend       send*    pend          pend  ·      ·         inq:p          inq:p            done      done           inq:p         ·       ·
inquiring:u done ·        fail    ·         ·        ·       pend       send*    unkn          unkn  ·      ·         inq:u          inq:u            done      done           inq:u         ·       ·
inquiring~  done ·        fail    ·         ·        ·       pend       unkn     unkn          unkn  ·      ·         inq:u          inq:u            done      done           inq:u         ·       ·
pending!    done ·        fail    ·         ·        ·       ·          ·        ·             inq:p inq:p  ·         inq:p          inq:p            done      done           ·             ·       ·
unknown!    done ·        fail    ·         ·        ·       ·          ·        ·             inq:u inq:u  ·         inq:u          inq:u            done      done           ·             ·       ·
inquiring!  done ·        fail    ·         ·        ·       pend       unkn     unkn          unkn  ·      ·         inq:u          inq:u            done      done           ·             ·       ·
done        ·    ·        ·       ·         ·        ·       ·          ·        ·             ·     ·      ·         ·              ·                ·         ·              ·             ·       ·
done:by     ·    ·        fail    ·         ·        ·       ·          ·        ·             ·     ·      ·         ·              ·                ·         ·              ·             ·       ·
done:else   done ·        fail    ·         ·        ·       ·          ·        ·             ·     ·      ·         ·              ·                done      ·              ·             ·       fail
failed      done ·        ·       ·         ·        ·       ·          ·        ·             ·     ·      send      ·              ·                done      ·              ·             fail       ·
failed?     done ·        ·       ·         ·        ·       ·          ·        ·             ·     ·      ·         ·              ·                done      done           ·             ·       ·
failed.     done ·        ·       ·         ·        ·       ·          ·        ·             ·     ·      ·         ·              ·                done      ·              ·             fail       ·`;

export const SENT_ms = 1_000_000;
const sent = { sentAt_ms: SENT_ms, tries: 1 };
const asked = { ...sent, inquiries: 1 };

export const giveBackRows: readonly [name: string, state: GiveBackState][] = [
  ['requested', { kind: 'requested', tries: 0 }],
  ['sending', { kind: 'sending', ...sent }],
  ['sending*', { kind: 'sending', ...sent, tries: 2 }],
  ['pending', { kind: 'pending', ...sent, inquiries: 0 }],
  ['unknown', { kind: 'unknown', ...sent, inquiries: 0 }],
  ['inquiring:p', { kind: 'inquiring', ...asked, from: 'pending' }],
  ['inquiring:u', { kind: 'inquiring', ...asked, from: 'unknown' }],
  ['inquiring~', { kind: 'inquiring', ...asked, from: 'unknown', flying: true }],
  ['pending!', { kind: 'pending', ...sent, inquiries: 0, denied: true }],
  ['unknown!', { kind: 'unknown', ...sent, inquiries: 0, denied: true }],
  ['inquiring!', { kind: 'inquiring', ...asked, from: 'unknown', denied: true }],
  ['done', { kind: 'done', result: 'REFUNDED', reference: null }],
  ['done:by', { kind: 'done', result: 'CONFIRMED', reference: null, by: 'office' }],
  ['done:else', { kind: 'done', result: 'CONFIRMED', reference: null, by: 'office', elsewhere: true }],
  ['failed', { kind: 'failed', code: 'REFUND_NOT_ALLOWED' }],
  ['failed?', { kind: 'failed', code: 'ORDER_NOT_PAID', perhapsBack: true }],
  ['failed.', { kind: 'failed', code: 'CLOSED', spent: true }],
];

type Beside = 'billShows' | 'officeSaysBack' | 'officeSaysNot' | 'doubted' | 'backByAnother';

const events: Record<Exclude<GiveBackEvent['kind'], 'restarted' | Beside>, GiveBackEvent> = {
  done: { kind: 'done', result: 'REFUNDED', reference: 'F1' },
  accepted: { kind: 'accepted', code: 'PROCESSING' },
  refused: { kind: 'refused', code: 'NOT_ALLOWED' },
  undecided: { kind: 'undecided', code: 'SYSTEM_ERROR' },
  noAnswer: { kind: 'noAnswer', cause: 'ECONNRESET' },
  notSent: { kind: 'notSent', cause: 'ECONNREFUSED' },
  processing: { kind: 'processing' },
  notFound: { kind: 'notFound' },
  inquiryFailed: { kind: 'inquiryFailed', cause: 'TIMEOUT' },
  timer: { kind: 'timer' },
  lineUp: { kind: 'lineUp' },
  sendAgain: { kind: 'sendAgain' },
};

/** Proof beside the wire. */
const besides: Record<Beside, GiveBackEvent> = {
  billShows: { kind: 'billShows' },
  officeSaysBack: { kind: 'officeSaysBack' },
  officeSaysNot: { kind: 'officeSaysNot' },
  doubted: { kind: 'doubted' },
  backByAnother: { kind: 'backByAnother', code: 'BACK_ALREADY' },
};

export const giveBackColumns: readonly [name: string, event: GiveBackEvent][] = [
  ...Object.entries(events),
  ['restarted:sent', { kind: 'restarted', sent: true }],
  ['restarted:unsent', { kind: 'restarted', sent: false }],
  ...Object.entries(besides),
];

export function giveBackName(state: GiveBackState): string {
  switch (state.kind) {
    case 'requested':
      return 'reqd';
    case 'sending':
      return state.tries > 1 ? 'send*' : 'send';
    case 'pending':
      return 'pend';
    case 'unknown':
      return 'unkn';
    case 'inquiring':
      return state.from === 'pending' ? 'inq:p' : 'inq:u';
    case 'done':
      return 'done';
    case 'failed':
      return 'fail';
  }
}
