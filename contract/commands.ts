// Every command a client may send, with the shape of its parameters and the role that may use it.
import { z } from 'zod';
import { MOST_findings } from './reconciliation.ts';

export const roles = ['cashier', 'manager', 'technician'] as const;
export type Role = (typeof roles)[number];

const none = z.strictObject({});
const identifier = z.string().min(1).max(64);
const fen = z.int().min(0).max(1_000_000_000);
/** Why: kept in the journal, printed on slips. */
const reason = z.string().trim().min(1).max(60);
/**
 * Lines of a sold sale, with the pieces of each that come back. `returned`: how many of it were back when they were chosen. A call that is
 * made again, because its answer was late or lost, is then refused and not a second return. Without it that is not looked at.
 */
const piecesBack = z
  .array(
    z.strictObject({
      lineId: identifier,
      quantity: z.int().min(1).max(999),
      returned: z.int().min(0).max(999).optional(),
    }),
  )
  .min(1)
  .max(200);
/**
 * How many there were when this was asked for, by the snapshot's `counts`. A call that is made again, because its answer was lost, is then
 * refused and done once.
 */
const after = z.int().min(0);
/** A manager's consent in place: who, and his PIN. The command's own `reason` says why. */
const approval = z.strictObject({ operatorId: identifier, pin: z.string().regex(/^\d{4,12}$/) });

/** Parameters by command. `operator.signIn` takes a PIN, or the token of an earlier sign-in on this core. */
export const commandSchemas = {
  'operator.signIn': z.union([
    z.strictObject({ operatorId: identifier, pin: z.string().regex(/^\d{4,12}$/) }),
    z.strictObject({ token: z.string().min(16).max(128) }),
  ]),
  'operator.signOut': none,
  'snapshot.get': none,
  'snapshot.subscribe': none,
  'till.setLanguage': z.strictObject({ language: z.enum(['zh', 'en']) }),
  'goods.enter': z.strictObject({ barcode: z.string().min(1).max(64) }),
  'goods.search': z.strictObject({ text: z.string().min(1).max(40) }),
  'line.setQuantity': z.strictObject({ lineId: identifier, quantity: z.int().min(1).max(999) }),
  'line.remove': z.strictObject({ lineId: identifier }),
  'sale.tender': none,
  'sale.backToGoods': none,
  'sale.cancel': none,
  'sale.next': none,
  'sale.park': none,
  'sale.recall': z.strictObject({ saleId: identifier }),
  /** How much the next payment code shall pay; null: all that is due. */
  'tender.walletPart': z.strictObject({ amount_fen: fen.min(1).nullable() }),
  /** Cash for all that is due. `roundDown`: 抹零, off the cash part only. Gives up a payment in doubt first. */
  'tender.cash': z.strictObject({ received_fen: fen, roundDown: z.boolean().default(false) }),
  'shift.open': z.strictObject({ float_fen: fen }),
  /** The blind count: pieces by denomination; what was expected is told afterwards. */
  'shift.close': z.strictObject({
    counted: z.array(z.strictObject({ value_fen: fen.min(1), count: z.int().min(0).max(100_000) })).max(30),
  }),
  'cash.paidIn': z.strictObject({ amount_fen: fen.min(1), reason, after }),
  'cash.paidOut': z.strictObject({ amount_fen: fen.min(1), reason, after, approval: approval.optional() }),
  /** Without a sale; also again when the last pulse was lost. */
  'drawer.open': z.strictObject({ reason, after, approval: approval.optional() }),
  /** A sold sale by its receipt: the printed number, or what its barcode or QR holds. Answers SaleFound. */
  'sale.find': z.strictObject({
    text: z.string().min(1).max(80),
    /** Taken from SoldFound: no receipt of another till can be meant. */
    isListed: z.boolean().optional(),
  }),
  'sale.forget': none,
  /**
   * Sold sales, newest first, a page at a time; null: any. `sum_fen`: the whole, before or after 抹零, or one payment or the cash of it.
   * Answers SoldFound.
   */
  'sales.browse': z.strictObject({
    from_ms: z.int().min(0).nullable(),
    to_ms: z.int().min(0).nullable(),
    sum_fen: fen.nullable(),
    /** A scheme, or CASH. */
    wallet: z
      .string()
      .regex(/^[A-Z0-9_]{1,32}$/)
      .nullable(),
    /** The last receipt number of the page before. */
    before: z
      .string()
      .regex(/^\d{1,16}$/)
      .nullable(),
  }),
  /** A payment that a customer says he has made: any of its numbers, or their or the code's last digits. Answers PaymentsFound. */
  'payment.find': z.strictObject({ text: z.string().trim().min(4).max(64) }),
  'payment.forget': none,
  /** On paper, what is known of it now. */
  'evidence.print': z.strictObject({ attemptId: identifier }),
  /** What the return of these pieces would give back now; nothing is done. Answers ReturnPreview. */
  'return.preview': z.strictObject({ saleId: identifier, lines: piecesBack }),
  /** Answers ReturnMoney, as it was recorded. */
  'return.open': z.strictObject({
    saleId: identifier,
    lines: piecesBack,
    reason,
    approval: approval.optional(),
  }),
  /** Cash for a refund that provably failed. */
  'giveBack.payCash': z.strictObject({ giveBackId: identifier, reason, approval: approval.optional() }),
  /** Another refund in the place of one that provably failed. */
  'giveBack.retry': z.strictObject({ giveBackId: identifier, reason, approval: approval.optional() }),
  /** Somebody has looked into money that went back twice. */
  'giveBack.seeLoss': z.strictObject({ giveBackId: identifier, reason, approval: approval.optional() }),
  /** Somebody has looked for a refund that was refused, perhaps because it was back already: the customer has it. */
  'giveBack.confirmBack': z.strictObject({ giveBackId: identifier, reason, approval: approval.optional() }),
  'giveBacks.list': none,
  /** Puts the sale of an exception back on the counter, to be paid again. */
  'exception.collect': z.strictObject({ attemptId: identifier }),
  /** `missing_fen`: what the list says is missing of it; nothing, when another try stands for all of it. */
  'exception.writeOff': z.strictObject({
    attemptId: identifier,
    missing_fen: fen,
    reason,
    approval: approval.optional(),
  }),
  'report.x': z.strictObject({ approval: approval.optional() }),
  /** `zNumber`: which Z it shall be, by the snapshot's `counts`. Asked for again it answers the Z that is sealed. */
  'day.close': z.strictObject({ zNumber: z.int().min(1), approval: approval.optional() }),
  /** A manager has compared the lost time with the acquirer: ends the quarantine after a restore. */
  'restore.confirm': z.strictObject({ reason }),
  /** The bills' folder, and what was compared. Answers BillsFound. */
  'bills.list': none,
  /** The acquirer's bill of a day into the folder; the snapshot's `comparing` tells what came. */
  'bills.fetch': z.strictObject({ routeId: identifier, date: z.iso.date() }),
  /** Compares one; the snapshot's `comparing` tells how it ends. `routeId`: where the till has several that it may be of. */
  'bills.compare': z.strictObject({ file: z.string().min(1).max(255), routeId: identifier.optional() }),
  /** Answers ReconciliationFound. */
  'reconciliation.get': z.strictObject({ reconciliationId: identifier }),
  /** Somebody has dealt with a difference: how, for the journal and the sheet; or says a word about it. */
  'finding.settle': z.strictObject({
    reconciliationId: identifier,
    index: z.int().min(0).max(MOST_findings),
    reason,
    /** The acquirer's office says that nothing of this payment in dispute was kept, or will be: that ends it. */
    isConfirmed: z.boolean().default(false),
    /** With isConfirmed, of a give-back: the office says that nothing went back by it; without, that all of it did. */
    isNotBack: z.boolean().default(false),
    /** A remark: the difference stays open. */
    isNote: z.boolean().default(false),
  }),
  /** What the acquirer's office says of a payment in dispute, or of a give-back in doubt, of which no compared bill has a row. */
  'office.confirm': z.strictObject({
    orderNumber: identifier,
    /** Of a give-back: its number on the wire. */
    refundNumber: identifier.optional(),
    reason,
    /** Of a give-back: nothing went back by it; else all of it did. */
    isNotBack: z.boolean().default(false),
    approval: approval.optional(),
  }),
  /** Payments that the office's word would end. Answers UndecidedView[]. */
  'undecided.list': none,
  'reports.list': none,
  /** Answers ReportFound. */
  'report.get': z.strictObject({ reportId: identifier }),
  'notice.dismiss': none,
  'payment.giveUp': z.strictObject({ attemptId: identifier }),
  /** Main scan: a code of this route's for what is due. */
  'payment.present': z.strictObject({ routeId: identifier }),
  /** Main scan: the code on paper, while it may be scanned. */
  'code.print': z.strictObject({ attemptId: identifier }),
  /** A copy. X, Z, compared bills and the count of another's shift only by a manager's word: they tell what the drawer should hold. */
  'receipt.reprint': z.strictObject({ receiptId: identifier.optional(), approval: approval.optional() }),
  'queue.list': none,
  'exceptions.list': none,
  'journal.verify': none,
  /** Examines every part; lines come in the snapshot's `diagnosis`. Answers DiagnosisStarted. */
  'diagnostics.start': none,
  /** The next scan is shown to the technician and goes nowhere else; ends by itself after a minute. */
  'diagnostics.scanTest': z.strictObject({ on: z.boolean() }),
  /** A test page: text in every size, Chinese, a QR code, a bar code. */
  'diagnostics.printTest': none,
  /** One pulse, journaled like any opening of the drawer. */
  'diagnostics.drawerTest': none,
  /** Writes the report of the last run to a file in the state directory. Answers DiagnosisWritten. */
  'diagnostics.report': none,
  /** Which wallet this till takes, and by which route. Answers WalletsView. */
  'diagnostics.wallets': none,
  /** What the core takes of the machine. Answers CoreMeasures. */
  'diagnostics.measures': none,
} as const;

export type CommandName = keyof typeof commandSchemas;
export type CommandParams<Name extends CommandName> = z.infer<(typeof commandSchemas)[Name]>;

const everyone: readonly Role[] = roles;
const sellers: readonly Role[] = ['cashier', 'manager'];
const managers: readonly Role[] = ['manager'];
const carers: readonly Role[] = ['manager', 'technician'];

/** Which roles may use a command; the core checks it whatever the transport. */
export const commandRoles: Record<CommandName, readonly Role[]> = {
  'operator.signIn': everyone,
  'operator.signOut': everyone,
  'snapshot.get': everyone,
  'snapshot.subscribe': everyone,
  'till.setLanguage': everyone,
  'goods.enter': sellers,
  'goods.search': sellers,
  'line.setQuantity': sellers,
  'line.remove': sellers,
  'sale.tender': sellers,
  'sale.backToGoods': sellers,
  'sale.cancel': sellers,
  'sale.next': sellers,
  'sale.park': sellers,
  'sale.recall': sellers,
  'tender.walletPart': sellers,
  'tender.cash': sellers,
  'shift.open': sellers,
  'shift.close': sellers,
  'cash.paidIn': sellers,
  'cash.paidOut': managers,
  'drawer.open': managers,
  'sale.find': sellers,
  'sale.forget': sellers,
  'sales.browse': sellers,
  'payment.find': sellers,
  'payment.forget': sellers,
  'evidence.print': sellers,
  'return.preview': sellers,
  'return.open': managers,
  'giveBack.payCash': managers,
  'giveBack.retry': managers,
  'giveBack.seeLoss': managers,
  'giveBack.confirmBack': managers,
  'giveBacks.list': everyone,
  'exception.collect': sellers,
  'exception.writeOff': managers,
  'report.x': managers,
  'day.close': managers,
  'restore.confirm': managers,
  'bills.list': managers,
  'bills.fetch': managers,
  'bills.compare': managers,
  'reconciliation.get': managers,
  'finding.settle': managers,
  'office.confirm': managers,
  'undecided.list': everyone,
  'reports.list': managers,
  'report.get': managers,
  'notice.dismiss': everyone,
  'payment.giveUp': sellers,
  'payment.present': sellers,
  'code.print': sellers,
  'receipt.reprint': sellers,
  'queue.list': everyone,
  'exceptions.list': everyone,
  'journal.verify': carers,
  'diagnostics.start': carers,
  'diagnostics.scanTest': carers,
  'diagnostics.printTest': carers,
  'diagnostics.drawerTest': carers,
  'diagnostics.report': carers,
  'diagnostics.wallets': carers,
  'diagnostics.measures': carers,
};

/** Commands a cashier may give with a manager's `approval` in place; without one the answer is E-AUTH-05. */
export const approvableCommands: readonly CommandName[] = [
  'cash.paidOut',
  'drawer.open',
  'return.open',
  'giveBack.payCash',
  'giveBack.retry',
  'giveBack.seeLoss',
  'giveBack.confirmBack',
  'office.confirm',
  'exception.writeOff',
  'report.x',
  'day.close',
  'receipt.reprint',
];

/** Commands a connection may use before it has signed in (the sign-in screen needs its snapshot). */
export const openCommands: readonly CommandName[] = [
  'operator.signIn',
  'snapshot.get',
  'snapshot.subscribe',
  'till.setLanguage',
];

export type SignInResult = { token: string; operator: { id: string; name: string; role: Role } };
/** Answer of shift.close: told only after the count is committed. */
export type ShiftClosed = {
  receiptId: string;
  counted_fen: number;
  expected_fen: number;
  overShort_fen: number;
};
/** Answer of tender.cash. */
export type CashTaken = { change_fen: number; rounding_fen: number };
export type GoodsFound = {
  barcode: string;
  name_zh: string;
  name_en: string;
  unit: string;
  price_fen: number;
};
