// Promises about the offline queue, from records alone: it takes no code that is spent, and what waits in it is spent nowhere else; it takes
// no more than it may, what it loses it loses for a reason, it waits while the acquirer refuses our configuration, and it goes on whatever
// becomes of those before it, also where one order alone may be what the acquirer can't take.
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { isEndedKind } from '../ledger.ts';
import { SLOW_ms } from './disk.ts';
import { holds } from './failure.ts';

export type QueueFacts = { queueAge_ms: number; perPayment_fen: number; mostOpen_count: number };
export type QueueDependencies = {
  facts: QueueFacts;
  now_ms(): number;
  /** The wall clock of this day was not set yet. */
  isClockRight(): boolean;
  /** As the till's machine has it. */
  wall_ms(): number;
  saw(kind: string): void;
  /** What is taken now is a backup's: the code of a payment that was queued then is not there any more. */
  isOfBackup(): boolean;
};

type Attempt = Extract<TillRecord, { type: 'payment.opened' }>['body']['attempt'];
type Moved = Extract<TillRecord, { type: 'payment.moved' }>['body'];
type Lost = Extract<TillRecord, { type: 'exception.raised' }>['body'];
type One = Pick<Attempt, 'attemptId' | 'saleId' | 'codeHmac' | 'amount_fen' | 'takenAt'> & {
  kind: string;
  deferred: boolean;
  /** Its first sending may still be on its way. */
  isSentAgain: boolean;
  openedAt_ms: number;
  queuedAt_ms: number | null;
  isOfBackup: boolean;
};

/** The protocol page's words for a terminal that is not set up as the acquirer has it. */
const configurationWords: ReadonlySet<string> = new Set([
  'MERCHANT_INVALID',
  'TERMINAL_INVALID',
  'PARAM_ERROR',
]);

/** Those that are about the terminal, not about the order: nobody has looked at it. */
const terminalWords: ReadonlySet<string> = new Set(['MERCHANT_INVALID', 'TERMINAL_INVALID']);
/** Of one order, perhaps: the next one tries. A second such word is of all. */
const ORDER_word = 'PARAM_ERROR';

/** What is asked about quickly takes a minute, and may be sent again a few times. */
const LONGEST_stop_ms = 5 * 60_000;

/** A clock that was set by less may be taken for one that is a little wrong. */
const UNSEEN_step_ms = 2 * 60_000;

export class Queue {
  readonly #deps: QueueDependencies;
  readonly #payments = new Map<string, One>();
  readonly #parked = new Set<string>();
  /** What the acquirer called wrong with us, since the last approval or start; a word that may be of one order alone is not it. */
  #refusal: string | null = null;
  /** Such a word stood at a start, or one of an order alone was heard, and nothing was approved since. */
  #isOnTrial = false;
  /** Such words since then, whoever heard them; what one hears that was sent again may be the first of them once more. */
  #words_count = 0;
  /** The line, as the till has it. */
  #line: { online: boolean; alarm: string | null } = { online: false, alarm: null };
  /** Since then some wait that could go, and none has gone. */
  #stoppedAt_ms: number | null = null;

  constructor(deps: QueueDependencies) {
    this.#deps = deps;
  }

  take(record: TillRecord): void {
    this.#follow(record);
    this.#goesOn();
  }

  #follow({ type, body }: TillRecord): void {
    switch (type) {
      case 'payment.opened': {
        const { attemptId, saleId, codeHmac, amount_fen, takenAt } = body.attempt;
        const isOfBackup = this.#deps.isOfBackup();
        const known = { attemptId, saleId, codeHmac, amount_fen, takenAt, isOfBackup };
        const openedAt_ms = this.#deps.now_ms();
        const one = {
          ...known,
          kind: '',
          deferred: false,
          isSentAgain: false,
          openedAt_ms,
          queuedAt_ms: null,
        };
        this.#differs(one, this.#open());
        this.#payments.set(attemptId, one);
        return this.#change(one, body.attempt.machine);
      }
      case 'payment.moved':
        return this.#move(body);
      case 'payment.noted':
        return this.#hear(body);
      case 'exception.raised':
        return this.#lose(body);
      case 'sale.parked':
        return this.#park(body.saleId);
      case 'sale.recalled':
        return void this.#parked.delete(body.saleId);
      case 'route.changed':
        this.#line = body.facts;
        return;
      case 'core.started':
        this.#isOnTrial ||= this.#refusal !== null;
        this.#refusal = null;
        this.#words_count = this.#isOnTrial ? 1 : 0;
        this.#stoppedAt_ms = null;
        return;
      default:
    }
  }

  /** The line is up, and no refusal is known that may be of all. */
  #isOpen(): boolean {
    const { online, alarm } = this.#line;
    return online && (alarm === null || (alarm === ORDER_word && this.#words_count < 2));
  }

  /** Whatever the acquirer makes of those that went before. */
  #goesOn(): void {
    const waits = this.#open().some(({ kind }) => kind === 'queued');
    if (!this.#isOpen() || !waits || this.#deps.isOfBackup()) {
      this.#stoppedAt_ms = null;
      return;
    }
    const now_ms = this.#deps.now_ms();
    this.#stoppedAt_ms ??= now_ms;
    const stopped_ms = now_ms - this.#stoppedAt_ms;
    holds('queueGoesOn', stopped_ms <= LONGEST_stop_ms, () => `nothing was forwarded for ${stopped_ms} ms`);
  }

  #move(moved: Moved): void {
    const one = this.#payments.get(moved.attemptId);
    if (one === undefined) return;
    this.#hear(moved);
    if (one.kind === 'queued' && moved.event === 'submitted') this.#forward(one);
    const { kind } = moved.machine.state;
    const isThrownAway = one.deferred && kind === 'declined' && terminalWords.has(moved.code ?? '');
    holds('lostForAReason', !isThrownAway, () => `${one.attemptId} is lost, and nobody has looked at it`);
    if (moved.event === 'declined' && kind === 'queued') this.#deps.saw('queue.refusedAndKept');
    this.#change(one, moved.machine);
  }

  #forward({ attemptId }: One): void {
    this.#stoppedAt_ms = null;
    const because = this.#refusal;
    holds(
      'queueWaits',
      because === null,
      () => `${attemptId} is forwarded, and the acquirer has said ${because}`,
    );
    const others = this.#open().filter(({ kind }) => kind === 'authorizing');
    const isAlone = !this.#isOnTrial || others.length === 0;
    holds('queueWaits', isAlone, () => `${attemptId} tries the route beside ${others[0]?.attemptId}`);
  }

  /** An answer to a payment, before it changes anything; what an inquiry says of configuration is the old order's. */
  #hear({ attemptId, event, code }: Pick<Moved, 'attemptId' | 'event' | 'code'>): void {
    if (event === 'approved') {
      this.#refusal = null;
      this.#isOnTrial = false;
      this.#words_count = 0;
    }
    if (event !== 'declined' || code === null || !configurationWords.has(code)) return;
    const { kind, isSentAgain } = this.#payments.get(attemptId) ?? {};
    const isFirstSending = kind === 'authorizing' && isSentAgain === false;
    if (code === ORDER_word && this.#words_count > 0 && !isFirstSending) return;
    this.#words_count += 1;
    if (kind !== 'authorizing') return;
    const isOfOne = code === ORDER_word && this.#words_count === 1;
    if (isOfOne) this.#isOnTrial = true;
    else this.#refusal = code;
    if (this.#open().some((one) => one.kind === 'queued'))
      this.#deps.saw(isOfOne ? 'queue.tries' : 'queue.waits');
  }

  #open(): One[] {
    return [...this.#payments.values()].filter(({ deferred, kind }) => deferred && !isEndedKind(kind));
  }

  /** Its customer may go: no code of his waits for the line, neither then nor later. */
  #park(saleId: string): void {
    this.#parked.add(saleId);
    for (const one of this.#payments.values()) if (one.saleId === saleId) this.#waitsAtCounter(one);
  }

  #waitsAtCounter({ attemptId, saleId, kind }: One): void {
    const isHeld = kind === 'held' && this.#parked.has(saleId);
    holds('trustAtCounter', !isHeld, () => `${attemptId} is held, and ${saleId} is put aside`);
  }

  #change(one: One, { deferred, state }: Moved['machine']): void {
    const { kind } = state;
    const isNew = kind === 'queued' && one.queuedAt_ms === null;
    Object.assign(one, { kind, deferred, isSentAgain: kind === 'authorizing' && state.resend });
    this.#waitsAtCounter(one);
    if (!isNew) return;
    one.queuedAt_ms = this.#deps.now_ms();
    this.#enters(one);
  }

  /** In its code; one of ours has none. */
  #differs({ attemptId, codeHmac }: One, from: readonly One[]): void {
    const twin = from.find(
      (other) => other.attemptId !== attemptId && codeHmac !== '' && other.codeHmac === codeHmac,
    );
    holds(
      'queuedCodesDiffer',
      twin === undefined,
      () => `${attemptId} has the code of ${twin?.attemptId}, which is ${twin?.kind}`,
    );
  }

  /** Nobody but the till knows of a code of which nothing has left. A slow disk may stand between its clock and the record. */
  #spent(): One[] {
    if (!this.#deps.isClockRight()) return [];
    const since_ms = this.#deps.now_ms() - this.#deps.facts.queueAge_ms + SLOW_ms + UNSEEN_step_ms;
    return [...this.#payments.values()].filter(
      ({ kind, openedAt_ms }) => kind !== 'notSent' && kind !== 'expiredUnsent' && openedAt_ms > since_ms,
    );
  }

  /** Its goods leave on trust. */
  #enters(one: One): void {
    const { attemptId, saleId, amount_fen } = one;
    const isParked = this.#parked.has(saleId);
    holds('trustAtCounter', !isParked, () => `${attemptId} is queued, and ${saleId} is put aside`);
    const { perPayment_fen, mostOpen_count } = this.#deps.facts;
    const open = this.#open();
    this.#differs(one, [...open, ...this.#spent()]);
    const isSmall = amount_fen <= perPayment_fen && open.length <= mostOpen_count;
    holds(
      'riskBounded',
      isSmall,
      () => `${attemptId} is queued with ${amount_fen} fen, beside ${open.length - 1}`,
    );
  }

  /** E-OFF-08 is the acquirer's own word. Codes are lost with a disk alone, since no backup has them. */
  #lose({ attemptId, reason }: Lost): void {
    const isGone = reason === 'E-OFF-10' && this.#payments.get(attemptId)?.isOfBackup !== true;
    holds('lostForAReason', !isGone, () => `${attemptId} is lost as if its code were`);
    const { queuedAt_ms, takenAt = '' } = this.#payments.get(attemptId) ?? {};
    if (reason !== 'E-OFF-09' || this.#deps.isOfBackup()) return;
    const trueAge_ms = this.#deps.now_ms() - (queuedAt_ms ?? Infinity);
    // All that a till can know whose clock was set: what that said then, and says now.
    const age_ms = Math.max(trueAge_ms, this.#deps.wall_ms() - Date.parse(takenAt));
    const isOld = age_ms >= this.#deps.facts.queueAge_ms - SLOW_ms - UNSEEN_step_ms;
    holds('lostForAReason', isOld, () => `${attemptId} is lost as too old after ${age_ms} ms`);
  }
}
