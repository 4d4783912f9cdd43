// What the journal keeps: every change of the till, as data. The state is the fold of these and nothing else.
import type { EvidenceGiven } from '../../../contract/evidence.ts';
import type { Adjustment, ReconciliationTaken } from '../../../contract/reconciliation.ts';
import type { Report } from '../../../contract/report.ts';
import type { GiveBack } from '../giveback/give-back.ts';
import type { GiveBackMachine } from '../giveback/machine.ts';
import type { PaymentMachine } from '../payment/state.ts';
import type { CashTender, Goods, SettledLine } from '../sale/sale.ts';
import type { ErrorText } from './reasons.ts';
import type { Attempt, PrintProof, RouteFacts, SettledBatch } from './state.ts';

/** Goods that came back: number and lines of the return, and how its money goes. `cash_fen`: at once, from the drawer. */
export type Return = {
  returnId: string;
  /** Gapless, own series. */
  number: string;
  saleId: string;
  receiptNumber: string;
  lines: (SettledLine & { name_zh: string; name_en: string })[];
  amount_fen: number;
  cash_fen: number;
  operatorId: string;
  approverId: string;
  reason: string;
  at_ms: number;
  zNumber: number;
  /** The Z of the sale. */
  originalZ: number;
};

export type CashMove = {
  moveId: string;
  number: string;
  direction: 'paidIn' | 'paidOut';
  amount_fen: number;
  reason: string;
  operatorId: string;
  approverId: string | null;
  at_ms: number;
};

export type CountedPiece = { value_fen: number; count: number };

export type ClosedShift = {
  shiftId: string;
  number: string;
  operatorId: string;
  openedAt_ms: number;
  closedAt_ms: number;
  float_fen: number;
  sales_fen: number;
  refunds_fen: number;
  paidIn_fen: number;
  paidOut_fen: number;
  counted: CountedPiece[];
  counted_fen: number;
  expected_fen: number;
  /** Counted - expected: positive is too much in the drawer (长款). */
  overShort_fen: number;
};

/** The paper of a code of ours: all that it says, for it is drawn long after the code was closed. */
export type CodePrinted = {
  codePaperId: string;
  at_ms: number;
  operatorId: string;
  attemptId: string;
  orderNumber: string;
  scheme: string;
  amount_fen: number;
  /** What the QR code says. */
  content: string;
  /** Its end, wall clock. */
  expiresAt_ms: number;
};

export type DrawerCause = 'cashSale' | 'cashRefund' | 'paidIn' | 'paidOut' | 'shift' | 'noSale';

type SellingRecord =
  | { type: 'sale.opened'; body: { saleId: string; operatorId: string; at_ms: number } }
  | { type: 'sale.lineAdded'; body: { saleId: string; lineId: string; goods: Goods; quantity: number } }
  | { type: 'sale.quantitySet'; body: { saleId: string; lineId: string; quantity: number } }
  | { type: 'sale.lineRemoved'; body: { saleId: string; lineId: string; operatorId: string } }
  | { type: 'sale.tendering'; body: { saleId: string } }
  | { type: 'sale.reopened'; body: { saleId: string } }
  | { type: 'sale.parked'; body: { saleId: string; operatorId: string; at_ms: number } }
  | { type: 'sale.recalled'; body: { saleId: string; operatorId: string; to: 'open' | 'tendering' } }
  | { type: 'sale.walletPartSet'; body: { saleId: string; amount_fen: number | null } }
  | { type: 'sale.cashTaken'; body: { saleId: string; cash: CashTender; operatorId: string; at_ms: number } }
  /** Money already taken goes back first. */
  | { type: 'sale.cancelling'; body: { saleId: string; operatorId: string } }
  | {
      type: 'sale.cancelled';
      body: { saleId: string; operatorId: string; total_fen: number; at_ms: number };
    }
  /** `pending`: a tender of it is queued, not yet authorized. */
  | {
      type: 'sale.completed';
      body: {
        saleId: string;
        receiptId: string;
        receiptNumber: string;
        operatorId: string;
        settled: SettledLine[];
        total_fen: number;
        rounding_fen: number;
        pending: boolean;
        at_ms: number;
        /** Paid while it was parked: its customer is not at the counter. Absent in records of before it was told. */
        isAside?: true;
      };
    }
  | { type: 'sale.confirmed'; body: { saleId: string } }
  /** Back on the counter: a deferred payment of it ended without money and is collected again. */
  | { type: 'sale.collecting'; body: { saleId: string } }
  /** `receiptId`: of one that was sold before, and collected anew. Absent in records of before it was told. */
  | { type: 'sale.left'; body: { saleId: string; receiptId?: string } };

type PaymentRecord =
  | { type: 'payment.opened'; body: { attempt: Attempt } }
  /** `event` names the cause; `code` is the acquirer's word or the fault behind it. */
  | {
      type: 'payment.moved';
      body: {
        attemptId: string;
        event: string;
        code: string | null;
        machine: PaymentMachine;
        at_ms: number;
        /** Forwarded to another party than it was taken for: the route was mended meanwhile. */
        party?: string;
      };
    }
  /** A late or odd event: kept, nothing changes. */
  | { type: 'payment.noted'; body: { attemptId: string; event: string; code: string | null; at_ms: number } }
  | {
      type: 'exception.raised';
      body: {
        attemptId: string;
        reason: ErrorText;
        acquirerCode: string | null;
        at_ms: number;
        /** Of its payment, what nobody is told of by another exception or has written off. Absent: all of it. */
        amount_fen?: number;
      };
    }
  | {
      type: 'exception.closed';
      body: {
        attemptId: string;
        how: 'collected' | 'writtenOff' | 'returned';
        /** What was written off, or came back with the goods. Absent in records of before it was told: all of the payment, or nobody knows. */
        amount_fen?: number;
        reason: string;
        operatorId: string;
        approverId: string | null;
        at_ms: number;
      };
    }
  /**
   * Money came after all, by the payment `paidBy`: so much of what was written off of `attemptId` is written off no more. Null: of what
   * records of before the amount was told have written off.
   */
  | {
      type: 'writeOff.takenBack';
      body: {
        saleId: string;
        attemptId: string | null;
        amount_fen: number;
        paidBy: string;
        at_ms: number;
      };
    };

type GiveBackRecord =
  | { type: 'return.opened'; body: { receiptId: string; return: Return } }
  /** The slip is printed now: its give-backs have had their first answer, or none came in time. */
  | { type: 'return.slipAsked'; body: { returnId: string; receiptId: string } }
  | { type: 'giveBack.opened'; body: { giveBack: GiveBack } }
  | {
      type: 'giveBack.moved';
      body: {
        giveBackId: string;
        event: string;
        code: string | null;
        machine: GiveBackMachine;
        at_ms: number;
      };
    }
  | {
      type: 'giveBack.noted';
      body: { giveBackId: string; event: string; code: string | null; at_ms: number };
    }
  /** A customer who says that he has paid gets on paper what was known then. It changes no figure. */
  | { type: 'evidence.given'; body: { receiptId: string; given: EvidenceGiven } }
  /** Main scan: a code of ours was put on paper while it could be scanned. It changes no figure. */
  | { type: 'code.printed'; body: { receiptId: string; printed: CodePrinted } }
  /** A slip of its own for an outcome that came after the return's slip. */
  | { type: 'giveBack.slipAsked'; body: { giveBackId: string; receiptId: string; number: string } }
  /** Why, and who: another refund takes its place, the next record. It changes no figure. */
  | { type: 'giveBack.retried'; body: GiveBackDecision }
  /** The customer has it twice, and a manager has looked into it. It changes no figure. */
  | { type: 'giveBack.lossSeen'; body: GiveBackDecision }
  /** Who has looked, and found that the customer has it by other means; that it is over is the next record. It changes no figure. */
  | { type: 'giveBack.checked'; body: GiveBackDecision }
  | { type: 'giveBack.paidInCash'; body: GiveBackDecision };

type CounterRecord =
  | {
      type: 'shift.opened';
      body: { shiftId: string; number: string; operatorId: string; float_fen: number; at_ms: number };
    }
  | { type: 'shift.closed'; body: { receiptId: string; shift: ClosedShift } }
  | { type: 'cash.moved'; body: { receiptId: string; move: CashMove } }
  | {
      type: 'drawer.asked';
      body: {
        openId: string;
        cause: DrawerCause;
        reason: string;
        operatorId: string;
        approverId: string | null;
        at_ms: number;
      };
    }
  | {
      type: 'drawer.ended';
      body: { openId: string; outcome: 'opened' | 'failed' | 'unknown'; detail: string };
    }
  /** An X, whole: it changes no figure. */
  | { type: 'report.taken'; body: { reportId: string; receiptId: string; report: Report } }
  /** The Z, sealed; the next record belongs to the next period. */
  | { type: 'day.closed'; body: { reportId: string; receiptId: string; report: Report } }
  /** An acquirer's bill of one day against this journal: what differs. It changes no figure. */
  | { type: 'bill.compared'; body: { receiptId: string; taken: ReconciliationTaken } }
  | { type: 'finding.settled'; body: { adjustment: Adjustment } }
  /** A gateway's batch of a day that is over against the acquirer's books: once for each answer that is new. It changes no figure. */
  | { type: 'batch.settled'; body: SettledBatch }
  /** The two computations differed: both are kept, nothing is sealed. */
  | {
      type: 'report.differed';
      body: { receiptId: string; reportId: string; ours: Report; second: unknown; differences: string[] };
    };

type TillOwnRecord =
  /** `reportRules` here and in `core.started`: by which rules it posts from now on. Absent in records of before it was told: 1. */
  | { type: 'till.installed'; body: { epoch: number; reportRules?: number } }
  /** From a backup that ends at `backup`; `lost`: what the damaged directory's head file said; `readableTo`: how far its chain held. */
  | {
      type: 'till.restored';
      body: {
        epoch: number;
        backup: { sequence: number; hash: string };
        lost: { sequence: number; hash: string } | null;
        readableTo: number | null;
        at_ms: number;
      };
    }
  | { type: 'restore.confirmed'; body: { operatorId: string; reason: string; at_ms: number } }
  | { type: 'core.started'; body: { version: string; runtime: string; reportRules?: number } }
  | { type: 'clock.stepped'; body: { by_ms: number } }
  | { type: 'operator.signedIn'; body: { operatorId: string; role: string } }
  | { type: 'operator.signedOut'; body: { operatorId: string } }
  | { type: 'operator.pinWrong'; body: { operatorId: string; lockedUntil_ms: number } }
  /** The right PIN after wrong ones: the count begins anew. */
  | { type: 'operator.pinCleared'; body: { operatorId: string } }
  | { type: 'till.locked'; body: { operatorId: string } }
  | { type: 'till.languageSet'; body: { language: 'zh' | 'en' } }
  | { type: 'route.changed'; body: { routeId: string; facts: RouteFacts } }
  | { type: 'receipt.reprintAsked'; body: { receiptId: string; count: number; operatorId: string } }
  | {
      type: 'receipt.printEnded';
      body: {
        receiptId: string;
        print: 'printed' | 'sentUnconfirmed' | 'failed';
        problem: string | null;
        /** Absent in records of before it was asked for. */
        proof?: PrintProof;
      };
    };

/** What a manager decided of a give-back, and why. */
export type GiveBackDecision = {
  giveBackId: string;
  amount_fen: number;
  reason: string;
  operatorId: string;
  approverId: string;
  at_ms: number;
};

export type TillRecord = SellingRecord | PaymentRecord | GiveBackRecord | CounterRecord | TillOwnRecord;

/** What a restore journals of the gap. */
export type RestoredGap = Omit<Extract<TillRecord, { type: 'till.restored' }>['body'], 'at_ms'>;

export type BodyOf<Type extends TillRecord['type']> = Extract<TillRecord, { type: Type }>['body'];
