// The state x event table of a payment attempt, written by hand from DESIGN section 4. The test walks every cell.
//   name  the state that follows        ·  noted: nothing changes        !  Defect: only we can send it, and never here
// inq: inquiring, inq:w from awaiting the customer, inq:< to give back what it finds. auth*: sent again under the same number.
// P: presenting, our code (make: asked for, wait: until it is asked for again, show, ask: asked about). C: closing it (ask, wait).
// R: reversing (ask, wait, hor: until nothing can be in flight, chk: the inquiry after it, last: the last inquiry).

export type Short =
  | 'P:make'
  | 'P:wait'
  | 'P:show'
  | 'P:ask'
  | 'C:ask'
  | 'C:wait'
  | 'clos'
  | 'held'
  | 'queu'
  | 'auth'
  | 'auth*'
  | 'wait'
  | 'unkn'
  | 'inq'
  | 'inq:w'
  | 'inq:<'
  | 'appr'
  | 'decl'
  | 'nots'
  | 'expi'
  | 'R:ask'
  | 'R:wait'
  | 'R:hor'
  | 'R:chk'
  | 'R:last'
  | 'revd'
  | 'disp';

/** People, clocks, restarts. */
const own = `
                         submitted gaveUp cancelled codeLost restarted:sent restarted:unsent timer  timer:late timer:early timer:early:late
making                   !         clos   ·         ·        P:make         P:make           P:wait P:wait     P:wait      P:wait
making.again             !         clos   ·         ·        P:make         P:make           P:wait P:wait     P:wait      P:wait
making.last              !         clos   ·         ·        P:make         P:make           clos   clos       clos        clos
remaking                 !         clos   ·         ·        P:make         P:make           P:make P:make     P:make      P:make
shown                    !         C:ask  ·         ·        P:ask          P:ask            P:ask  C:ask      P:ask       C:ask
shown.asking             !         C:ask  ·         ·        P:ask          P:ask            P:show P:show     P:show      P:show
closing                  !         ·      ·         ·        C:ask          C:ask            C:wait C:wait     C:wait      C:wait
closing.waiting          !         ·      ·         ·        C:ask          C:ask            C:ask  C:ask      C:ask       C:ask
closed                   !         ·      ·         ·        ·              ·                !      !          !           !
declined.presented       !         ·      ·         ·        ·              ·                !      !          !           !
held                     auth      expi   ·         expi     expi           expi             expi   expi       expi        expi
queued                   auth      ·      nots      expi     ·              ·                expi   expi       expi        expi
authorizing              !         R:ask  ·         expi     inq            nots             unkn   unkn       unkn        unkn
authorizing.deferred     !         ·      R:ask     expi     inq            queu             unkn   unkn       unkn        unkn
authorizing.resend       !         ·      R:ask     unkn     inq            inq              unkn   unkn       unkn        unkn
awaiting                 !         R:ask  ·         ·        inq:w          inq:w            inq:w  inq:w      inq:w       inq:w
unknown                  !         R:ask  ·         ·        inq            inq              inq    inq        inq         ·
unknown.spent            !         R:ask  ·         ·        inq            inq              inq    R:ask      inq         ·
unknown.deferred         !         ·      R:ask     ·        inq            inq              inq    inq        ·           ·
unknown.restored         !         R:ask  ·         ·        inq            inq              inq    inq        inq         inq
inquiring                !         R:ask  ·         ·        ·              ·                unkn   unkn       unkn        unkn
inquiring.awaiting       !         R:ask  ·         ·        ·              ·                wait   R:ask      wait        R:ask
inquiring.giveBack       !         R:ask  ·         ·        ·              ·                R:ask  R:ask      R:ask       R:ask
inquiring.restored       !         R:ask  ·         ·        ·              ·                unkn   unkn       unkn        unkn
inquiring.deferred       !         ·      R:ask     ·        ·              ·                unkn   unkn       unkn        unkn
inquiring.resent         !         ·      R:ask     ·        ·              ·                unkn   unkn       unkn        unkn
inquiring.resent.long    !         ·      R:ask     ·        ·              ·                unkn   unkn       unkn        unkn
inquiring.deferred.plain !         ·      R:ask     ·        ·              ·                unkn   unkn       unkn        unkn
asking                   !         ·      ·         ·        ·              ·                R:wait R:wait     R:wait      R:wait
asking.plain             !         ·      ·         ·        ·              ·                R:wait R:wait     R:wait      R:wait
waiting                  !         ·      ·         ·        ·              ·                R:ask  R:last     R:ask       R:last
waiting.plain            !         ·      ·         ·        ·              ·                R:ask  R:last     R:ask       R:last
horizon.plain            !         ·      ·         ·        ·              ·                R:ask  R:last     R:ask       R:last
checking.plain           !         ·      ·         ·        ·              ·                R:hor  R:hor      R:hor       R:hor
checking.final.plain     !         ·      ·         ·        ·              ·                R:hor  R:hor      R:hor       R:hor
lastCheck                !         ·      ·         ·        ·              ·                disp   disp       disp        disp
lastCheck.plain          !         ·      ·         ·        ·              ·                disp   disp       disp        disp
approved                 !         ·      ·         ·        ·              ·                !      !          !           !
approved.deferred        !         ·      ·         ·        ·              ·                !      !          !           !
declined                 !         ·      ·         ·        ·              ·                !      !          !           !
declined.deferred        !         ·      ·         ·        ·              ·                !      !          !           !
notSent                  !         ·      ·         ·        ·              ·                !      !          !           !
expired                  !         ·      ·         ·        ·              ·                !      !          !           !
expired.deferred         !         ·      ·         ·        ·              ·                !      !          !           !
reversed                 !         ·      ·         ·        ·              ·                !      !          !           !
reversed.deferred        !         ·      ·         ·        ·              ·                !      !          !           !
disputed                 !         ·      ·         ·        ·              ·                disp   disp       disp        disp
disputed.asked           !         ·      ·         ·        ·              ·                disp   disp       disp        disp
disputed.asked.plain     !         ·      ·         ·        ·              ·                disp   disp       disp        disp
disputed.known.plain     !         ·      ·         ·        ·              ·                disp   disp       disp        disp
disputed.missed.plain    !         ·      ·         ·        ·              ·                disp   disp       disp        disp`;

/** Answers to the authorization; approvals and declines come from inquiries too. */
const authorization = `
                         approved declined misconfigured malformed awaiting undecided paidThere noAnswer notSent:end notSent:hold notSent:queue
making                   appr     ·        ·             ·         ·        P:wait    C:ask     P:wait   nots        nots         nots
making.again             appr     ·        ·             ·         ·        P:wait    C:ask     P:wait   P:wait      P:wait       P:wait
making.last              appr     ·        ·             ·         ·        clos      C:ask     clos     clos        clos         clos
remaking                 appr     ·        ·             ·         ·        ·         C:ask     ·        ·           ·            ·
shown                    appr     clos     ·             ·         ·        ·         ·         ·        ·           ·            ·
shown.asking             appr     clos     P:show        P:show    P:show   ·         ·         ·        ·           ·            ·
closing                  appr     clos     ·             ·         ·        ·         ·         ·        ·           ·            ·
closing.waiting          appr     clos     ·             ·         ·        ·         ·         ·        ·           ·            ·
closed                   appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
declined.presented       appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
held                     inq:<    ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
queued                   appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
authorizing              appr     decl     decl          decl      wait     unkn      unkn      unkn     nots        held         queu
authorizing.deferred     appr     decl     queu          decl      unkn     unkn      unkn      unkn     queu        queu         queu
authorizing.resend       appr     decl     unkn          unkn      unkn     unkn      unkn      unkn     unkn        unkn         unkn
awaiting                 appr     decl     decl          decl      ·        ·         ·         ·        ·           ·            ·
unknown                  appr     decl     decl          decl      wait     ·         ·         ·        ·           ·            ·
unknown.spent            appr     decl     decl          decl      wait     ·         ·         ·        ·           ·            ·
unknown.deferred         appr     decl     ·             ·         ·        ·         ·         ·        ·           ·            ·
unknown.restored         appr     decl     decl          decl      ·        ·         ·         ·        ·           ·            ·
inquiring                appr     decl     decl          decl      wait     ·         ·         ·        ·           ·            ·
inquiring.awaiting       appr     decl     decl          decl      wait     ·         ·         ·        ·           ·            ·
inquiring.giveBack       R:ask    R:ask    R:ask         R:ask     ·        ·         ·         ·        ·           ·            ·
inquiring.restored       appr     decl     decl          decl      unkn     ·         ·         ·        ·           ·            ·
inquiring.deferred       appr     decl     unkn          unkn      ·        ·         ·         ·        ·           ·            ·
inquiring.resent         appr     decl     unkn          unkn      ·        ·         ·         ·        ·           ·            ·
inquiring.resent.long    appr     decl     unkn          unkn      ·        ·         ·         ·        ·           ·            ·
inquiring.deferred.plain appr     decl     unkn          unkn      ·        ·         ·         ·        ·           ·            ·
asking                   ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
asking.plain             ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
waiting                  ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
waiting.plain            ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
horizon.plain            ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
checking.plain           R:wait   revd     ·             ·         R:wait    ·         ·         ·        ·           ·            ·
checking.final.plain     R:wait   revd     ·             ·         R:wait    ·         ·         ·        ·           ·            ·
lastCheck                disp     revd     ·             ·         ·        ·         ·         ·        ·           ·            ·
lastCheck.plain          disp     revd     ·             ·         ·        ·         ·         ·        ·           ·            ·
approved                 ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
approved.deferred        ·        ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
declined                 inq:<    ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
declined.deferred        appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
notSent                  inq:<    ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
expired                  inq:<    ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
expired.deferred         appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
reversed                 inq:<    ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
reversed.deferred        appr     ·        ·             ·         ·        ·         ·         ·        ·           ·            ·
disputed                 ·        revd     ·             ·         ·        ·         ·         ·        ·           ·            ·
disputed.asked           appr     revd     ·             ·         ·        ·         ·         ·        ·           ·            ·
disputed.asked.plain     appr     revd     ·             ·         disp     ·         ·         ·        ·           ·            ·
disputed.known.plain     appr     revd     ·             ·         ·        ·         ·         ·        ·           ·            ·
disputed.missed.plain    appr     revd     ·             ·         disp     ·         ·         ·        ·           ·            ·`;

/** Answers to inquiries and to reversals. */
const later = `
                         processing notFound notFound:late inquiryFailed undecidedThere hostReversed acknowledged pending refused
making                   ·          ·        ·             ·             ·              ·            ·            ·       ·
making.again             ·          ·        ·             ·             ·              ·            ·            ·       ·
making.last              ·          ·        ·             ·             ·              ·            ·            ·       ·
remaking                 ·          ·        ·             ·             ·              ·            ·            ·       ·
shown                    ·          ·        ·             ·             ·              clos         ·            ·       ·
shown.asking             P:show     P:show   P:show        P:show        P:show         clos         ·            ·       ·
closing                  ·          ·        ·             ·             ·              clos         ·            ·       ·
closing.waiting          ·          ·        ·             ·             ·              clos         ·            ·       ·
closed                   ·          ·        ·             ·             ·              ·            ·            ·       ·
declined.presented       ·          ·        ·             ·             ·              ·            ·            ·       ·
held                     ·          ·        ·             ·             ·              ·            ·            ·       ·
queued                   ·          ·        ·             ·             ·              ·            ·            ·       ·
authorizing              ·          ·        ·             ·             ·              ·            ·            ·       ·
authorizing.deferred     ·          ·        ·             ·             ·              ·            ·            ·       ·
authorizing.resend       ·          ·        ·             ·             ·              ·            ·            ·       ·
awaiting                 ·          ·        ·             ·             ·              ·            ·            ·       ·
unknown                  ·          ·        ·             ·             ·              ·            ·            ·       ·
unknown.spent            ·          ·        ·             ·             ·              ·            ·            ·       ·
unknown.deferred         ·          ·        ·             ·             ·              ·            ·            ·       ·
unknown.restored         ·          ·        ·             ·             ·              ·            ·            ·       ·
inquiring                unkn       unkn     unkn          unkn          unkn           revd         ·            ·       ·
inquiring.awaiting       wait       wait     R:ask         wait          wait           revd         ·            ·       ·
inquiring.giveBack       R:ask      R:ask    R:ask         R:ask         R:ask          revd         ·            ·       ·
inquiring.restored       unkn       unkn     unkn          unkn          unkn           revd         ·            ·       ·
inquiring.deferred       unkn       auth*    auth*         unkn          unkn           revd         ·            ·       ·
inquiring.resent         unkn       unkn     unkn          unkn          unkn           revd         ·            ·       ·
inquiring.resent.long    unkn       auth*    auth*         unkn          unkn           revd         ·            ·       ·
inquiring.deferred.plain unkn       unkn     unkn          unkn          unkn           revd         ·            ·       ·
asking                   ·          ·        ·             ·             ·              revd         revd         R:wait  R:last
asking.plain             ·          ·        ·             ·             ·              revd         R:chk        R:wait  R:last
waiting                  ·          ·        ·             ·             ·              revd         revd         ·       ·
waiting.plain            ·          ·        ·             ·             ·              revd         R:chk        ·       ·
horizon.plain            ·          ·        ·             ·             ·              revd         ·            ·       ·
checking.plain           R:wait     R:hor    R:hor         R:hor         R:hor          revd         ·            ·       ·
checking.final.plain     R:wait     revd     revd          R:hor         R:hor          revd         ·            ·       ·
lastCheck                disp       disp     disp          disp          disp           revd         revd         ·       ·
lastCheck.plain          disp       disp     disp          disp          disp           revd         R:chk        ·       ·
approved                 ·          ·        ·             ·             ·              ·            ·            ·       ·
approved.deferred        ·          ·        ·             ·             ·              ·            ·            ·       ·
declined                 ·          ·        ·             ·             ·              ·            ·            ·       ·
declined.deferred        ·          ·        ·             ·             ·              ·            ·            ·       ·
notSent                  ·          ·        ·             ·             ·              ·            ·            ·       ·
expired                  ·          ·        ·             ·             ·              ·            ·            ·       ·
expired.deferred         ·          ·        ·             ·             ·              ·            ·            ·       ·
reversed                 ·          ·        ·             ·             ·              ·            ·            ·       ·
reversed.deferred        ·          ·        ·             ·             ·              ·            ·            ·       ·
disputed                 ·          disp     disp          ·             ·              revd         revd         ·       ·
disputed.asked           ·          disp     disp          ·             ·              revd         revd         ·       ·
disputed.asked.plain     disp       ·        disp          ·             disp           revd         ·            ·       ·
disputed.known.plain     ·          ·        ·             ·             ·              revd         ·            ·       ·
disputed.missed.plain    disp       ·        revd          ·             disp           revd         ·            ·       ·`;

/** Answers to the request for a code of ours, and to its closing; and a manager's word about the bill. */
const mainScan = `
                         presented codeRefused closed stillOpen billClears billClears:late
making                   P:show    decl        ·      ·        ·          ·
making.again             P:show    clos        ·      ·        ·          ·
making.last              P:show    clos        ·      ·        ·          ·
remaking                 P:show    decl        ·      ·        ·          ·
shown                    ·         ·           ·      ·        ·          ·
shown.asking             ·         ·           ·      ·        ·          ·
closing                  ·         ·           clos   C:wait   clos       clos
closing.waiting          ·         ·           clos   ·        clos       clos
closed                   ·         ·           ·      ·        ·          ·
declined.presented       ·         ·           ·      ·        ·          ·
authorizing              ·         ·           ·      ·        ·          ·
authorizing.deferred     ·         ·           ·      ·        ·          ·
authorizing.resend       ·         ·           ·      ·        ·          ·
awaiting                 ·         ·           ·      ·        ·          ·
unknown                  ·         ·           ·      ·        ·          ·
unknown.spent            ·         ·           ·      ·        ·          ·
unknown.deferred         ·         ·           ·      ·        ·          revd
unknown.restored         ·         ·           ·      ·        ·          ·
inquiring                ·         ·           ·      ·        ·          ·
inquiring.awaiting       ·         ·           ·      ·        ·          ·
inquiring.giveBack       ·         ·           ·      ·        ·          ·
inquiring.restored       ·         ·           ·      ·        ·          ·
inquiring.deferred       ·         ·           ·      ·        ·          revd
inquiring.resent         ·         ·           ·      ·        ·          revd
inquiring.resent.long    ·         ·           ·      ·        ·          revd
inquiring.deferred.plain ·         ·           ·      ·        ·          revd
asking                   ·         ·           ·      ·        ·          ·
asking.plain             ·         ·           ·      ·        ·          ·
waiting                  ·         ·           ·      ·        ·          ·
waiting.plain            ·         ·           ·      ·        ·          ·
horizon.plain            ·         ·           ·      ·        ·          ·
checking.plain           ·         ·           ·      ·        ·          ·
checking.final.plain     ·         ·           ·      ·        ·          ·
lastCheck                ·         ·           ·      ·        ·          ·
lastCheck.plain          ·         ·           ·      ·        ·          ·
approved                 ·         ·           ·      ·        ·          ·
approved.deferred        ·         ·           ·      ·        ·          ·
declined                 ·         ·           ·      ·        ·          ·
declined.deferred        ·         ·           ·      ·        ·          ·
notSent                  ·         ·           ·      ·        ·          ·
expired                  ·         ·           ·      ·        ·          ·
expired.deferred         ·         ·           ·      ·        ·          ·
reversed                 ·         ·           ·      ·        ·          ·
reversed.deferred        ·         ·           ·      ·        ·          ·
disputed                 ·         ·           ·      ·        revd       revd
disputed.asked           ·         ·           ·      ·        revd       revd
disputed.asked.plain     ·         ·           ·      ·        revd       revd
disputed.known.plain     ·         ·           ·      ·        revd       revd
disputed.missed.plain    ·         ·           ·      ·        revd       revd
held                     ·         ·           ·      ·        ·          ·
queued                   ·         ·           ·      ·        ·          ·`;

/** Cells by row, then column. A ragged row is an error. */
export function tableCells(): Map<string, Map<string, string>> {
  const cells = new Map<string, Map<string, string>>();
  for (const block of [own, authorization, later, mainScan]) {
    const [head = '', ...lines] = block.trim().split('\n');
    const columns = head.split(/\s+/);
    for (const line of lines) {
      const [row = '', ...words] = line.split(/\s+/);
      if (words.length !== columns.length)
        throw new Error(`row ${row} has ${words.length} of ${columns.length} cells`);
      const known = cells.get(row) ?? new Map<string, string>();
      for (const [index, column] of columns.entries()) known.set(column, words[index] ?? '');
      cells.set(row, known);
    }
  }
  return cells;
}
