// Promises about codes of ours, from records and from what leaves the till: never reversed, dead when they are called closed, and what
// was paid is approved. Counts the rare roads of a main scan.
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { holds } from './failure.ts';
import type { Host } from './host/host.ts';

type Dependencies = { host: Host; saw(kind: string): void };
type Code = {
  saleId: string;
  orderNumber: string;
  kind: string;
  content: string | null;
  wasClosing: boolean;
};
type Moved = Extract<TillRecord, { type: 'payment.moved' }>['body'];

export class Presented {
  readonly #deps: Dependencies;
  readonly #codes = new Map<string, Code>();
  readonly #numbers = new Set<string>();

  constructor(deps: Dependencies) {
    this.#deps = deps;
  }

  /** On the disk, so on the screen. */
  contentOf(attemptId: string): string | null {
    return this.#codes.get(attemptId)?.content ?? null;
  }

  /** Somebody has seen its code, and the acquirer would still charge them. */
  isPayable(attemptId: string): boolean {
    const code = this.#codes.get(attemptId);
    return code !== undefined && code.content !== null && this.#deps.host.isPayable(code.orderNumber);
  }

  /** The first byte of a request. */
  leaving(path: string, orderNumber: string, reason: unknown): void {
    const isOurs = this.#numbers.has(orderNumber);
    const isReversal = path.endsWith('/voidpayment') && reason === 'REVERSAL';
    holds('codeNeverReversed', !(isOurs && isReversal), () => `${orderNumber} was presented and is reversed`);
    holds(
      'codeNeverReversed',
      !(isOurs && path.endsWith('/pay')),
      () => `${orderNumber} is paid and presented`,
    );
  }

  take({ type, body }: TillRecord): void {
    if (type === 'payment.opened' && body.attempt.presented) {
      const { attemptId, saleId, orderNumber, machine } = body.attempt;
      const { kind } = machine.state;
      this.#codes.set(attemptId, { saleId, orderNumber, kind, content: null, wasClosing: false });
      this.#numbers.add(orderNumber);
    }
    if (type === 'payment.moved') this.#move(body);
    if (type === 'sale.cashTaken' && this.#has(body.saleId, 'closing'))
      this.#deps.saw('presented.cashBesideClosing');
  }

  #has(saleId: string, kind: string): boolean {
    return [...this.#codes.values()].some((one) => one.saleId === saleId && one.kind === kind);
  }

  #move({ attemptId, event, code: word, machine: { state } }: Moved): void {
    const code = this.#codes.get(attemptId);
    if (code === undefined) return;
    const { saw } = this.#deps;
    if (event === 'restarted' && code.kind === 'presenting' && code.content !== null)
      saw('presented.restartedWhileShown');
    if (event === 'undecided' && word === 'CLOCKS_DIFFER') saw('presented.clocksDiffer');
    if (state.kind === 'closed' && word === 'EXPIRED') saw('presented.closedByTime');
    if (state.kind === 'closed' && code.kind === 'closing') saw(`presented.closed.${word}`);
    code.kind = state.kind;
    if (state.kind === 'presenting') code.content = state.content ?? code.content;
    if (state.kind === 'closing') code.wasClosing = true;
  }

  /** Each code that was paid is approved, and its sale has kept it or given all of it back that it did not need. */
  checkEnd(givenBack_fen: (attemptId: string) => number): void {
    for (const [attemptId, { orderNumber, kind, wasClosing }] of this.#codes) {
      const order = this.#deps.host.ledger.order(orderNumber);
      const isPaid = order !== undefined && order.charges > 0;
      // In the time that a restore has lost: paid, and all of it given back.
      const left_fen = isPaid ? order.charged_fen - order.refunded_fen - order.reversed_fen : 0;
      const isBack = isPaid && left_fen === 0 && kind === 'closed';
      holds(
        'paidCodeIsApproved',
        isBack || isPaid === (kind === 'approved'),
        () => `${attemptId} is ${kind}; the acquirer has charged ${order?.charged_fen ?? 0} for it`,
      );
      if (!isPaid || isBack || !wasClosing) continue;
      this.#deps.saw(givenBack_fen(attemptId) > 0 ? 'presented.closingGivenBack' : 'presented.closingKept');
    }
  }
}
