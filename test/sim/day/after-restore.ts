// Promises of a till that goes on from a backup (docs/adr/0012): nothing that the backup knows is sent a second time, and what was sold in
// the lost time keeps its money.
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import type { Ledger } from '../ledger.ts';
import { holds } from './failure.ts';
import type { HostEntry } from './host/ledger.ts';
import type { Host } from './host/host.ts';
import { tillsNumber } from './host/platform.ts';
import { nameOf, nameOfBack } from './leaving-backs.ts';
import { keptPayments, LostTime } from './lost-time.ts';

/** The watch of the till that was lost. */
type Before = {
  ledger: Ledger;
  payments: ReadonlyMap<string, { orderNumber: string }>;
  giveBackNames(): Iterable<string>;
  saidFree(): Iterable<string>;
};

export class AfterRestore {
  readonly lost: LostTime;
  /** Order numbers of every payment that the lost till had. */
  readonly #orders = new Set<string>();
  /** As they leave. */
  readonly #giveBacks: ReadonlySet<string>;
  /** Orders and requests of which the lost till had said that nothing came of them: to a customer, perhaps. */
  readonly #saidFree: ReadonlySet<string>;
  /** Orders of kept payments, each with its sale. */
  readonly #kept = new Map<string, string>();
  readonly #returnedSales = new Set<string>();
  /** Give-backs since the restore, for goods that came back. */
  readonly #ofReturns = new Set<string>();
  /** Give-backs since the restore. */
  readonly #given = new Set<string>();
  /** Payments since the restore. */
  readonly #opened = new Set<string>();
  #isQuarantined = true;

  constructor(host: Host, before: Before, lost: readonly TillRecord[]) {
    this.lost = new LostTime(host, before.ledger);
    for (const record of lost) this.lost.take(record);
    for (const { orderNumber } of before.payments.values()) this.#orders.add(orderNumber);
    for (const attemptId of keptPayments(before.ledger))
      this.#kept.set(
        before.payments.get(attemptId)?.orderNumber ?? '',
        before.ledger.payments.get(attemptId)?.saleId ?? '',
      );
    this.#giveBacks = new Set(before.giveBackNames());
    this.#saidFree = new Set(before.saidFree());
  }

  /** A record since the restore. */
  take({ type, body }: TillRecord): void {
    if (type === 'restore.confirmed') this.#isQuarantined = false;
    if (type === 'giveBack.opened') {
      const name = nameOfBack(body.giveBack);
      this.#given.add(name);
      if (body.giveBack.returnId !== null) this.#ofReturns.add(name);
    }
    if (type === 'giveBack.paidInCash')
      this.#holdsBack(this.lost.books.backs.has(body.giveBackId), body.giveBackId);
    if (type === 'return.opened') {
      this.#holdsBack(this.lost.books.sold.has(body.return.saleId), body.return.returnId);
      this.#returnedSales.add(body.return.saleId);
    }
    if (type === 'payment.opened') {
      this.#opened.add(body.attempt.attemptId);
      this.#trusts(body.attempt.attemptId, body.attempt.machine.state.kind);
    }
    if (type === 'payment.moved') this.#trusts(body.attemptId, body.machine.state.kind);
  }

  /** Of before the restore nothing goes back until a manager has compared the lost time. */
  #holdsBack(isOfBackup: boolean, id: string): void {
    holds('quarantineHolds', !(this.#isQuarantined && isOfBackup), () => `${id} in quarantine`);
  }

  /** Nor are goods given on trust. */
  #trusts(attemptId: string, kind: string): void {
    const isOnTrust = this.#isQuarantined && kind === 'queued' && this.#opened.has(attemptId);
    holds('quarantineHolds', !isOnTrust, () => `${attemptId} is queued in quarantine`);
  }

  /** The first byte of a request. */
  leaving(request: CallRequest): void {
    const order = String(request.body['merchantOrderId']);
    const isPay = request.path.endsWith('/pay');
    holds(
      'restoredSendsNothingAgain',
      !isPay || !this.#orders.has(order),
      () => `pay of ${order}, which is older than the restore`,
    );
    const name = nameOf(request);
    // A void is known by its order: another one of the same may be opened anew.
    const isOld = name !== null && this.#giveBacks.has(name) && !this.#given.has(name);
    holds('restoredSendsNothingAgain', !isOld, () => `${name} leaves, which is older than the restore`);
  }

  #wordHolds({ kind, orderNumber, requestNumber }: HostEntry): void {
    const isCharge = kind === 'charge' && this.#saidFree.has(orderNumber);
    holds('noChargeAfterFree', !isCharge, () => `${orderNumber}, free before the till was lost, is charged`);
    const isBack = requestNumber !== null && this.#saidFree.has(requestNumber);
    holds(
      'failedMeansNotBack',
      !isBack,
      () => `${requestNumber} failed before the till was lost, and goes back`,
    );
  }

  /** A movement in the acquirer's ledger, after the restore. */
  moves(entry: HostEntry): void {
    this.#wordHolds(entry);
    const { kind, orderNumber, requestNumber } = entry;
    const saleId = this.#kept.get(orderNumber);
    if (kind === 'charge' || saleId === undefined) return;
    // A payment that is still on trust when its goods come back is cancelled.
    if (kind === 'reversal' && this.#returnedSales.has(saleId)) return;
    const name = kind === 'refund' ? `refund ${tillsNumber(requestNumber ?? '')}` : `${kind} ${orderNumber}`;
    // What was on its way when the till was lost, and goods that come back.
    holds(
      'restoredTakesNothingBack',
      this.#giveBacks.has(name) || this.#ofReturns.has(name),
      () => `${name} of ${orderNumber}, whose goods were sold before the till was lost`,
    );
  }
}
