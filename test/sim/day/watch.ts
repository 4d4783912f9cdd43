// Looks at the till after every event: what it has just come to believe must be true at the acquirer at this moment, and what is on
// the disk must add up. Works from records and from the acquirer's ledger; asks the engine only for what a screen would show.
import type { CallRequest } from '../../../acquirers/gateway/message.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import type { ReceiptDocument } from '../../../core/domain/receipt/document.ts';
import type { Attempt, TillState } from '../../../core/domain/till/state.ts';
import type { Commit, JournalHead, Store } from '../../../core/ports/journal.ts';
import { Ledger } from '../ledger.ts';
import { Backs } from './backs.ts';
import { checkBooks } from './books.ts';
import { SLOW_ms } from './disk.ts';
import { holds, Violation } from './failure.ts';
import { AfterRestore } from './after-restore.ts';
import type { Host } from './host/host.ts';
import { type LimitFacts, Limits } from './limits.ts';
import { PaperWords } from './paper-words.ts';
import { Presented } from './presented.ts';
import { givesBack, LeavingBacks } from './leaving-backs.ts';
import { Queue, type QueueFacts } from './queue.ts';
import { checkExposure } from './risk.ts';
import { sameState } from './same-state.ts';
import type { Life } from './till.ts';

/** They claim that no byte of it ever left, or that each sending was refused without a look at the order. */
const unsentKinds: ReadonlySet<string> = new Set(['queued', 'held', 'notSent', 'expiredUnsent']);
const freeKinds: ReadonlySet<string> = new Set([
  'declined',
  'notSent',
  'expiredUnsent',
  'reversed',
  'closed',
]);
/** More open rows than this cannot come of one day's trouble. */
const OUTBOX_limit_rows = 400;
const HOLD_ms = 55_000;

/** A record as it came to the disk. */
type Taped = { record: TillRecord; at_ms: number };

/** What a restore has left of the time before it. */
type Past = {
  /** The records of the backup. */
  tape: readonly Taped[];
  afterRestore: AfterRestore;
  sentOf(orderNumber: string): number;
  entriesSeen: number;
  sums: Watch['sums'];
  limits: Limits;
};

export type WatchDependencies = {
  host: Host;
  now_ms(): number;
  limits: LimitFacts & QueueFacts;
  wall_ms(): number;
  /** The wall clock of this day was not set yet. */
  isClockRight(): boolean;
  life(): Life | null;
  saw(kind: string): void;
  story(text: string): void;
};

type Payment = Pick<Attempt, 'attemptId' | 'orderNumber' | 'amount_fen' | 'wasDeferred'> & {
  kind: string;
  opened_ms: number;
  sent: number;
  refused: number;
  wasHeld: boolean;
  isOfBackup: boolean;
};

export class Watch {
  readonly #given: WatchDependencies;
  readonly #deps: WatchDependencies;
  readonly ledger = new Ledger();
  readonly payments = new Map<string, Payment>();
  readonly #limits: Limits;
  readonly #queue: Queue;
  readonly presented: Presented;
  readonly #leavingBacks = new LeavingBacks();
  readonly #backs: Backs;
  readonly #byNumber = new Map<string, Payment>();
  readonly receipts = new Set<string>();
  head: JournalHead = { sequence: 0, hash: '' };
  /** What the newest commit on the disk says, whatever its writer heard of it. */
  #known: TillState | null = null;
  #fresh: TillRecord[] = [];
  /** Something was written in this step. */
  #hasNews = false;
  #entriesSeen = 0;
  /** Of this day's tills together. */
  readonly sums: { records: number; payRequests: number; drawersAsked: number };
  readonly #paperWords: PaperWords;
  /** Of this till, from its first record on. */
  readonly #tape: Taped[] = [];
  /** While the records of a backup are taken again, what they say is of that time. */
  #past_ms: number | null = null;
  readonly afterRestore: AfterRestore | null;

  constructor(given: WatchDependencies, past: Past | null = null) {
    const deps = {
      ...given,
      now_ms: () => this.#past_ms ?? given.now_ms(),
      isClockRight: () => this.#past_ms === null && given.isClockRight(),
      saw: (kind: string) => (this.#past_ms === null ? given.saw(kind) : undefined),
    };
    this.#given = given;
    this.sums = past?.sums ?? { records: 0, payRequests: 0, drawersAsked: 0 };
    this.#deps = deps;
    this.#limits = new Limits(deps.limits, past?.limits ?? null);
    this.#paperWords = new PaperWords(deps.host, this.ledger);
    this.#queue = new Queue({ ...deps, facts: deps.limits, isOfBackup: () => this.#past_ms !== null });
    this.presented = new Presented(deps);
    this.#backs = new Backs({
      host: deps.host,
      isNow: () => this.#past_ms === null,
      lost: past?.afterRestore.lost ?? null,
    });
    this.afterRestore = past?.afterRestore ?? null;
    if (past !== null) this.#takePast(past);
  }

  #takePast({ tape, sentOf, entriesSeen }: Past): void {
    for (const { record, at_ms } of tape) {
      this.#past_ms = at_ms;
      this.#tape.push({ record, at_ms });
      this.ledger.take(record);
      this.#take(record);
    }
    this.#past_ms = null;
    for (const payment of this.payments.values()) payment.sent = sentOf(payment.orderNumber);
    this.#entriesSeen = entriesSeen;
  }

  /** The till is lost, and goes on from a backup that ends with record `sequence`; `fresh`: what the restore itself has written. */
  restored(sequence: number, fresh: readonly TillRecord[], head: JournalHead): Watch {
    this.#takeRecords();
    const lost = this.#tape.slice(sequence).map(({ record }) => record);
    const afterRestore = new AfterRestore(this.#deps.host, this, lost);
    const next = new Watch(this.#given, {
      tape: this.#tape.slice(0, sequence),
      afterRestore,
      sentOf: (orderNumber) => this.#byNumber.get(orderNumber)?.sent ?? 0,
      entriesSeen: this.#entriesSeen,
      sums: this.sums,
      limits: this.#limits,
    });
    next.#fresh.push(...fresh);
    next.head = head;
    next.#hasNews = true;
    return next;
  }

  /** This is on the disk. */
  written(head: JournalHead, { records, state }: Pick<Commit, 'records' | 'state'>): void {
    holds('sequenceGapless', head.sequence === this.head.sequence + records.length, () => {
      return `${this.head.sequence} + ${records.length} records = ${head.sequence}`;
    });
    this.head = head;
    this.#known = state;
    this.#hasNews = true;
    this.#fresh.push(...records);
  }

  /** Opened anew after a death: nothing that was on the disk is gone, and nothing has appeared. */
  reopened(store: Store): void {
    const head = store.head();
    const isSame =
      head.sequence === this.head.sequence && (head.sequence === 0 || head.hash === this.head.hash);
    holds(
      'nothingLost',
      isSame,
      () => `the disk had record ${this.head.sequence}, reopened it has ${head.sequence}`,
    );
    if (this.#known === null) return;
    const difference = sameState(store.load(), this.#known);
    holds('restartKeepsState', difference === null, () => `${difference}`);
  }

  /** The first byte of a request leaves the till. */
  leaving(request: CallRequest): void {
    const { path, body } = request;
    const orderNumber = String(body['merchantOrderId']);
    this.#limits.leaves(request, this.#deps.now_ms());
    // A clock that jumps over a restart hides how long ago it was; the acquirer then says no, and is asked again.
    if (body['reason'] === 'REVERSAL' && this.#deps.isClockRight())
      this.#limits.reversalLeaves(orderNumber, this.#deps.now_ms());
    if (this.afterRestore !== null) {
      this.#takeRecords();
      this.afterRestore.leaving(request);
    }
    this.presented.leaving(path, orderNumber, body['reason']);
    if (path.endsWith('/present')) return this.#presentLeaves(orderNumber);
    if (givesBack(request)) {
      this.#takeRecords();
      return this.#leavingBacks.leaving(request, this.#deps.life()?.store.openRows() ?? []);
    }
    if (!path.endsWith('/pay')) return;
    this.sums.payRequests += 1;
    this.#limits.payLeaves(orderNumber, this.#deps.now_ms());
    this.#takeRecords();
    const payment = this.#byNumber.get(orderNumber);
    holds(
      'sentAfterCommit',
      payment !== undefined,
      () => `pay of ${orderNumber}, which no record on disk names`,
    );
    const rows = this.#deps.life()?.store.openRows() ?? [];
    const isMarked = rows.some(
      (row) => row.kind === 'authorize' && row.reference === payment.attemptId && row.state === 'sent',
    );
    holds('sentIsMarked', isMarked, () => `pay of ${orderNumber} leaves without its mark on disk`);
    payment.sent += 1;
    const opened_ms = this.#deps.now_ms() - payment.opened_ms;
    const deferredAge_ms = payment.wasDeferred && this.#deps.isClockRight() ? opened_ms : null;
    this.#limits.leaving(payment.attemptId, payment.sent, deferredAge_ms);
    if (payment.wasDeferred) return;
    holds('sentOnce', payment.sent === 1, () => `pay of ${orderNumber} leaves ${payment.sent} times`);
    const age_ms = this.#deps.now_ms() - payment.opened_ms;
    // A slow disk may stand between the decision and the byte.
    const isAlive = !payment.wasHeld || age_ms <= HOLD_ms + SLOW_ms;
    holds(
      'heldCodeDies',
      isAlive,
      () => `the code of ${orderNumber} is submitted ${age_ms} ms after its scan`,
    );
  }

  /** The same order under the same number, as often as its code is asked for. */
  #presentLeaves(orderNumber: string): void {
    this.#takeRecords();
    const payment = this.#byNumber.get(orderNumber);
    holds(
      'sentAfterCommit',
      payment !== undefined,
      () => `present of ${orderNumber}, which no record on disk names`,
    );
    if (payment.sent === 0) this.sums.payRequests += 1;
    payment.sent += 1;
  }

  /** A paper is drawn, to be printed now. */
  drawn(document: ReceiptDocument): void {
    this.#takeRecords();
    this.#paperWords.check(document);
  }

  /** True when the journal has grown. */
  afterStep(state: TillState | null): boolean {
    // Not whether records are new to it: those of a payment are taken as its first byte leaves, in the middle of the step.
    const hasNews = this.#hasNews;
    this.#hasNews = false;
    this.#takeRecords();
    this.#lookAtMoney();
    if (!hasNews) return false;
    checkBooks(this.ledger);
    if (state === null) return true;
    this.#lookAtState(state);
    return true;
  }

  #takeRecords(): void {
    const fresh = this.#fresh;
    this.#fresh = [];
    for (const record of fresh) {
      this.sums.records += 1;
      if (record.type === 'drawer.asked') this.sums.drawersAsked += 1;
      this.#tape.push({ record, at_ms: this.#deps.now_ms() });
      try {
        this.ledger.take(record);
      } catch (error) {
        throw new Violation(
          'booksBalance',
          `${record.type}: ${error instanceof Error ? error.message : String(error)}`,
        );
      }
      this.#take(record);
    }
  }

  /** As they leave: of every void and refund that was opened. */
  giveBackNames(): Iterable<string> {
    return this.#leavingBacks.names();
  }

  /** Numbers of what the till has called not charged, and not back. */
  saidFree(): string[] {
    const free = [...this.payments.values()].filter(({ kind }) => freeKinds.has(kind));
    return [...free.map(({ orderNumber }) => orderNumber), ...this.#backs.failed()];
  }

  #take(record: TillRecord): void {
    if (this.#past_ms === null) this.afterRestore?.take(record);
    this.#limits.take(record);
    this.#queue.take(record);
    this.presented.take(record);
    this.#leavingBacks.take(record);
    this.#backs.take(record);
    this.#paperWords.take(record);
    if (record.type === 'payment.opened') {
      const { attemptId, orderNumber, amount_fen, wasDeferred, machine } = record.body.attempt;
      holds(
        'numbersAreNew',
        !this.#byNumber.has(orderNumber),
        () => `order number ${orderNumber} is used twice`,
      );
      const payment = {
        attemptId,
        orderNumber,
        amount_fen,
        wasDeferred,
        kind: machine.state.kind,
        opened_ms: this.#deps.now_ms(),
        sent: 0,
        refused: 0,
        wasHeld: machine.state.kind === 'held',
        isOfBackup: this.#past_ms !== null,
      };
      this.payments.set(attemptId, payment);
      this.#byNumber.set(orderNumber, payment);
    }
    if (record.type === 'payment.moved') this.#move(record.body);
    if (record.type === 'giveBack.moved')
      this.#deps.saw(`giveBack.${record.body.event}>${record.body.machine.state.kind}`);
    if (record.type === 'exception.closed') this.#deps.saw(`exception.${record.body.how}`);
    if ('receiptId' in record.body) this.receipts.add(record.body.receiptId);
  }

  #move({ attemptId, event, machine }: Extract<TillRecord, { type: 'payment.moved' }>['body']): void {
    const payment = this.payments.get(attemptId);
    holds('booksBalance', payment !== undefined, () => `record of ${attemptId}, which was never opened`);
    this.#deps.saw(`payment.${payment.kind}>${machine.state.kind}${machine.deferred ? ' deferred' : ''}`);
    payment.kind = machine.state.kind;
    if (event === 'declined' && payment.kind === 'queued') payment.refused += 1;
    if (machine.deferred) payment.wasDeferred = true;
    if (payment.kind === 'held') payment.wasHeld = true;
    this.#believe(payment);
  }

  /** At the moment of the commit. */
  #believe({ attemptId, orderNumber, amount_fen, kind, sent, refused, isOfBackup }: Payment): void {
    if (this.#past_ms !== null) return;
    // Of a payment that was queued in a backup nobody says that it never left, but that it can't any more.
    const isOver = isOfBackup && kind === 'expiredUnsent';
    const order = this.#deps.host.ledger.order(orderNumber);
    const isUnseen = sent === refused && (sent === 0 || order === undefined);
    const isTold = isUnseen || isOver || !unsentKinds.has(kind);
    holds('unsentMeansUnsent', isTold, () => `${attemptId} is ${kind} and has left ${sent} times`);
    const isCharged = order !== undefined && order.charges > 0 && order.reversed_fen === 0;
    if (kind === 'approved') {
      const isTrue = isCharged && order.amount_fen === amount_fen;
      holds(
        'approvedMeansCharged',
        isTrue || order?.state === 'voided',
        () => `${attemptId} is approved; the acquirer has it ${order?.state ?? 'nowhere'}`,
      );
    }
    if (!freeKinds.has(kind)) return;
    const isKept = isCharged && order.charged_fen > order.refunded_fen;
    const mayCharge = isKept || order?.state === 'processing' || this.presented.isPayable(attemptId);
    holds(
      'freeMeansNotCharged',
      !mayCharge,
      () => `${attemptId} is ${kind}; the acquirer has it ${order?.state ?? ''}`,
    );
  }

  /** New movements in the acquirer's ledger. */
  #lookAtMoney(): void {
    const entries = this.#deps.host.ledger.entries();
    for (; this.#entriesSeen < entries.length; this.#entriesSeen += 1) {
      const entry = entries[this.#entriesSeen];
      if (entry === undefined) continue;
      this.#deps.story(`${entry.kind} ${entry.orderNumber} ${entry.amount_fen} fen`);
      if (entry.requestNumber !== null) this.#backs.paidOut(entry.requestNumber);
      this.afterRestore?.moves(entry);
      if (entry.kind !== 'charge' || this.afterRestore?.lost.orders.has(entry.orderNumber) === true) continue;
      const { orderNumber } = entry;
      const order = this.#deps.host.ledger.order(orderNumber);
      holds('oneChargeEach', order?.charges === 1, () => `${orderNumber} is charged ${order?.charges} times`);
      const payment = this.#byNumber.get(orderNumber);
      holds(
        'sentAfterCommit',
        payment !== undefined,
        () => `${orderNumber} is charged and no record names it`,
      );
      holds(
        'noChargeAfterFree',
        !freeKinds.has(payment.kind),
        () => `${orderNumber} is charged after the till called it ${payment.kind}`,
      );
    }
  }

  #lookAtState(state: TillState): void {
    this.#limits.atRisk(checkExposure(this.ledger, state));
    const rows = this.#deps.life()?.store.openRows().length ?? 0;
    holds('outboxBounded', rows <= OUTBOX_limit_rows, () => `${rows} open rows`);
  }
}
