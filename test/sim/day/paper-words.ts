// What a paper says at the moment when it is drawn, against the records and the acquirer's ledger: its sums, which payments it names and
// as what, what is called offline, pending, refunded, not received. The words are written down here once more.
import type { GiveBack } from '../../../core/domain/giveback/give-back.ts';
import type { ReceiptDocument } from '../../../core/domain/receipt/document.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import { type Back, isEndedKind, type Ledger } from '../ledger.ts';
import { holds } from './failure.ts';
import type { Host } from './host/host.ts';

type Pair = { left: string; right: string; bold: boolean };
type Said = Pick<Pair, 'left' | 'right'>;
type Expected = { number: string; total: Said | null; saleId: string | null };
type Says = (isTrue: boolean, what: string) => void;
type Payment = { attemptId: string; saleId: string };
type Returned = {
  saleId: string;
  worth_fen: number;
  back_fen: number;
  /** Money that its sale did not need goes back since then. */
  isMoreBack: boolean;
};
/** A band of money that has not come, with its sum. */
type Missing = '结果未定' | '未付' | '未收到';

/** Of payments without a result beside other money: what the word may stand for. */
const openWords: Readonly<Record<string, (kind: string) => boolean>> = {
  撤销中: (kind) => kind === 'reversing',
  有争议: (kind) => kind === 'disputed',
  查询中: (kind) => kind === 'inquiring',
  结果未定: (kind) => !isEndedKind(kind) && kind !== 'reversing' && kind !== 'disputed',
};

function yuan(amount_fen: number): string {
  return (amount_fen / 100).toFixed(2);
}

function total(left: string, amount_fen: number, sign = '￥'): Said {
  return { left, right: `${sign}${yuan(amount_fen)}` };
}

/** Of a void or refund, by what became of it. */
function backWord({ kind, method, paidInCash, perhapsBack }: Back): string {
  if (paidInCash) return kind === 'done' ? '已退两次 BACK TWICE' : '已退现金 PAID IN CASH';
  if (kind === 'failed') return perhapsBack ? '退款被拒,待核对 CHECK' : '退款失败 FAILED';
  if (kind !== 'done') return '退款处理中 PENDING';
  return method === 'void' ? '已撤销 VOIDED' : '已退款 REFUNDED';
}

export class PaperWords {
  readonly #host: Host;
  readonly #ledger: Ledger;
  /** By receipt. */
  readonly #expected = new Map<string, Expected>();
  readonly #payments = new Map<string, Payment>();
  /** By the number of the request. */
  readonly #backs = new Map<string, string>();
  /** By sale, whole: what it was sold for, and the cash that it took, with its 抹零. */
  readonly #sales = new Map<string, { total_fen: number; cash_fen: number }>();
  /** By payment: of its amount, what its sale did not need. */
  readonly #surplus = new Map<string, number>();
  /** By return: its goods' worth, and what of it goes back: what takes another one's place is the same money. */
  readonly #returns = new Map<string, Returned>();

  constructor(host: Host, ledger: Ledger) {
    this.#host = host;
    this.#ledger = ledger;
  }

  take({ type, body }: TillRecord): void {
    const expect = (number: string, sum: Expected['total'], saleId: string | null = null): void => {
      if ('receiptId' in body) this.#expected.set(body.receiptId, { number, total: sum, saleId });
    };
    switch (type) {
      case 'payment.opened': {
        const { attemptId, saleId, orderNumber } = body.attempt;
        return void this.#payments.set(orderNumber, { attemptId, saleId });
      }
      case 'giveBack.opened': {
        const { requestNumber, giveBackId } = body.giveBack;
        if (body.giveBack.replaces === undefined) this.#goesBack(body.giveBack);
        return void this.#backs.set(requestNumber, giveBackId);
      }
      case 'sale.cashTaken':
        this.#cashOf(body.saleId).cash_fen += body.cash.amount_fen + body.cash.rounding_fen;
        return;
      case 'sale.completed': {
        const { receiptNumber, total_fen, rounding_fen, saleId } = body;
        this.#cashOf(saleId).total_fen = total_fen;
        return expect(receiptNumber, total('合计 TOTAL', total_fen - rounding_fen), saleId);
      }
      case 'return.opened': {
        const { returnId, saleId, number, amount_fen, cash_fen } = body.return;
        const one = { saleId, worth_fen: amount_fen, back_fen: cash_fen, isMoreBack: false };
        this.#returns.set(returnId, one);
        return expect(number, null);
      }
      case 'cash.moved':
        return expect(body.move.number, total('金额 AMOUNT', body.move.amount_fen));
      case 'shift.closed':
        return expect(body.shift.number, total('实有 Counted', body.shift.counted_fen, ''));
      default:
    }
  }

  #cashOf(saleId: string): { total_fen: number; cash_fen: number } {
    const one = this.#sales.get(saleId) ?? { total_fen: 0, cash_fen: 0 };
    this.#sales.set(saleId, one);
    return one;
  }

  #goesBack({ cause, attemptId, saleId, returnId, amount_fen }: GiveBack): void {
    if (cause === 'surplus') {
      this.#surplus.set(attemptId, amount_fen);
      for (const one of this.#returns.values()) one.isMoreBack ||= one.saleId === saleId;
    }
    const ofReturn = this.#returns.get(returnId ?? '');
    if (ofReturn !== undefined) ofReturn.back_fen += amount_fen;
  }

  /** @throws Violation. */
  check({ receiptId, number, blocks }: ReceiptDocument): void {
    const says: Says = (isTrue, what) => holds('paperSaysTrue', isTrue, () => `${receiptId}: ${what}`);
    const pairs = blocks.filter((block) => block.kind === 'pair');
    const banners = blocks.flatMap((block) => (block.kind === 'banner' ? [block.text] : []));
    const isBackOpen = this.#givesBack(pairs, says);
    const isReturn = pairs.some(({ left }) => left.startsWith('应退'));
    if (isReturn) says(banners.includes('退款处理中') === isBackOpen, `the band says ${banners.join()}`);
    const expected = this.#expected.get(receiptId);
    if (expected === undefined) return;
    says(number === expected.number, `its number is ${number}, and ${expected.number} in the record`);
    const { saleId } = expected;
    const texts = blocks.flatMap((block) => (block.kind === 'text' ? [block.text] : []));
    for (const { left, right } of expected.total === null ? this.#ofReturn(receiptId) : [expected.total]) {
      const sum = pairs.findLast((pair) => pair.left === left)?.right;
      says(sum === right, `${left} ${sum} for ${right}`);
    }
    const returned = this.#returns.get(receiptId);
    if (returned !== undefined) this.#tellsNotGiven(returned, pairs, texts, says);
    if (saleId === null) return;
    const isOnTrust = this.#ledger.onTrust_fen(saleId) > 0;
    says(banners.includes('离线待确认') === isOnTrust, `the band says ${banners.join()}`);
    this.#tellsMissing(saleId, banners, says);
    this.#names(saleId, pairs, says);
    this.#tellsSurplus(saleId, pairs, says);
    const isBack = pairs.filter(({ left }) => left.endsWith('已退款')).length;
    const calledBack = texts.filter((one) => one === '未用于本单,已全额退回').length;
    says(calledBack === isBack, `${calledBack} payments of ${isBack} are called given back in full`);
  }

  /** What no payment covers is on top, as what is asked for or as what nobody asks for; and nothing else is. */
  #tellsMissing(saleId: string, banners: readonly string[], says: Says): void {
    const told = (word: Missing): number => {
      const sum = banners
        .map((one) => /^(\S+) .*\n￥(\d+)\.(\d\d)$/.exec(one))
        .find((one) => one?.[1] === word);
      return Number(`${sum?.[2] ?? ''}${sum?.[3] ?? ''}`);
    };
    const { total_fen, cash_fen } = this.#cashOf(saleId);
    const payments = this.#ledger.paymentsOf(saleId);
    const approved = payments.filter(([, { kind }]) => kind === 'approved');
    const kept_fen = approved.reduce(
      (sum, [id, { amount_fen }]) => sum + amount_fen - (this.#surplus.get(id) ?? 0),
      0,
    );
    const missing_fen = Math.max(0, total_fen - cash_fen - kept_fen - this.#ledger.onTrust_fen(saleId));
    const { paid_fen = 0, returned_fen = 0 } = this.#ledger.sold.get(saleId) ?? {};
    const isAllBack = returned_fen > 0 && returned_fen === paid_fen;
    const due_fen = isAllBack ? 0 : Math.max(0, missing_fen - this.#ledger.forgone_fen(saleId));
    const open_fen = this.#open_fen(saleId);
    const asked_fen = told('未付') + told('结果未定');
    const isAsked = asked_fen >= due_fen && asked_fen <= due_fen + open_fen && told('未付') <= due_fen;
    says(isAsked, `${asked_fen} fen of ${due_fen} are called not paid, ${open_fen} are open`);
    const told_fen = asked_fen + told('未收到');
    // Of goods that came back unpaid the money may have come since, and gone.
    const isLost = told_fen === missing_fen || (returned_fen > 0 && told_fen < missing_fen);
    says(isLost, `${told_fen} fen of ${missing_fen} are called not received`);
    const never_fen = Math.max(0, missing_fen - open_fen);
    says(told('未收到') <= never_fen, `${told('未收到')} fen of ${never_fen} were never charged`);
    says(told('结果未定') <= open_fen, 'a payment that nobody asks about is called undecided');
  }

  #orderOf(attemptId: string) {
    const [orderNumber = ''] = [...this.#payments].find(([, one]) => one.attemptId === attemptId) ?? [];
    return this.#host.ledger.order(orderNumber);
  }

  /** What may have been charged for nothing: it has no result in the records, or its money lies with the acquirer. */
  #open_fen(saleId: string): number {
    return this.#ledger.paymentsOf(saleId).reduce((sum_fen, [id, { kind, deferred, amount_fen }]) => {
      if (kind === 'approved' || (deferred && !isEndedKind(kind))) return sum_fen;
      const { charged_fen = 0, reversed_fen = 0, refunded_fen = 0 } = this.#orderOf(id) ?? {};
      const mayBe = !isEndedKind(kind) || charged_fen > reversed_fen + refunded_fen;
      return mayBe ? sum_fen + amount_fen : sum_fen;
    }, 0);
  }

  /** What nobody has paid for is not called money to return, and what may have been charged is not called unpaid. */
  #ofReturn(returnId: string): { left: string; right: string | undefined }[] {
    const { saleId = '', worth_fen = 0, back_fen = 0 } = this.#returns.get(returnId) ?? {};
    const right = (isSaid: boolean, amount_fen: number) => (isSaid ? yuan(amount_fen) : undefined);
    const doubt_fen = Math.min(Math.max(0, worth_fen - back_fen), this.#open_fen(saleId));
    return [
      total('应退 TO RETURN', back_fen),
      { left: '退货货款 Goods returned', right: right(worth_fen !== back_fen, worth_fen) },
      { left: '结果未定 No result yet', right: right(doubt_fen > 0, -doubt_fen) },
    ];
  }

  /** "Not received" and "nothing goes back" stand for what no payment of the sale has ever taken. */
  #tellsNotGiven(one: Returned, pairs: readonly Pair[], texts: readonly string[], says: Says): void {
    const { saleId, worth_fen, back_fen, isMoreBack } = one;
    const open_fen = this.#open_fen(saleId);
    const rest_fen = Math.max(0, worth_fen - back_fen - open_fen);
    const sumOf = (label: string) => pairs.find(({ left }) => left.startsWith(label))?.right;
    const [never, notHere] = [sumOf('未收到'), sumOf('不在此退')];
    const isOne = (never === undefined) !== (notHere === undefined);
    const isTrue = rest_fen === 0 ? never === undefined && notHere === undefined : isOne;
    says(
      isTrue && [undefined, yuan(-rest_fen)].includes(never ?? notHere),
      `${never}, ${notHere} of ${rest_fen}`,
    );
    const payments = this.#ledger.paymentsOf(saleId);
    // One that is still open is called undecided, and stands for its own part.
    const wasCharged = payments.some(
      ([id, { kind, deferred }]) =>
        (deferred || isEndedKind(kind)) && kind !== 'approved' && (this.#orderOf(id)?.charges ?? 0) > 0,
    );
    const mayHave = wasCharged || payments.some(([, { kind }]) => kind === 'reversed');
    says(never === undefined || !(mayHave || isMoreBack), `${never} is called not received`);
    const isReason = mayHave || payments.some(([id, { kind }]) => kind === 'closed' || this.#surplus.has(id));
    says(notHere === undefined || isReason, `${notHere} goes back nowhere else`);
    const isNothing = back_fen === 0 && open_fen === 0 && !mayHave && !(rest_fen > 0 && isMoreBack);
    const saysNothing = texts.some((text) => /没有钱要退|No money goes back/.test(text));
    says(!saysNothing || isNothing, 'money may go back, and it says that none does');
    const named = this.#named(saleId, pairs, says);
    if (worth_fen === back_fen) return;
    for (const [id, { kind, deferred }] of payments)
      says(
        deferred || isEndedKind(kind) || worth_fen < back_fen || named.has(id),
        `${id} is ${kind} and not named`,
      );
  }

  /** True: one of those it names has not ended. */
  #givesBack(pairs: readonly Pair[], says: Says): boolean {
    let isOpen = false;
    let word = '';
    let sum = '';
    for (const { left, right, bold } of pairs) {
      if (left === '状态 State') word = right;
      else if (bold) sum = right;
      if (left !== '退款单 Refund') continue;
      const one = this.#ledger.backs.get(this.#backs.get(right) ?? '');
      says(one !== undefined, `${right} is in no record`);
      if (one === undefined) continue;
      const { kind, amount_fen } = one;
      const isTrue = word === backWord(one) && sum === yuan(amount_fen);
      says(isTrue, `${right} is ${kind} and called ${word}, ${sum}`);
      isOpen ||= kind !== 'done' && kind !== 'failed';
    }
    return isOpen;
  }

  /** Each payment that took money, or may have, is named as what it is, and none else. */
  #names(saleId: string, pairs: readonly Pair[], says: Says): void {
    const named = this.#named(saleId, pairs, says);
    for (const [id, { kind }] of this.#ledger.paymentsOf(saleId)) {
      const mustBe = kind === 'approved' || !isEndedKind(kind);
      says(!mustBe || named.has(id), `${id} is ${kind} and not named`);
    }
  }

  /** The payments that it names by their numbers. */
  #named(saleId: string, pairs: readonly Pair[], says: Says): ReadonlySet<string> {
    const named = new Set<string>();
    let above: Pair | undefined;
    let attemptId = '';
    let isOfRefund = false;
    for (const pair of pairs) {
      const { left, right } = pair;
      if (left === '订单号 Order') {
        const payment = this.#payments.get(right);
        says(payment?.saleId === saleId, `${right} is no payment of ${saleId}`);
        attemptId = payment?.attemptId ?? '';
        named.add(attemptId);
        isOfRefund = false;
        this.#isWhatItIs(attemptId, above, says);
      } else if (left === '退款单 Refund') isOfRefund = true;
      else if (left === '收单单号 Acquirer' && !isOfRefund) this.#isCharged(attemptId, right, says);
      else if (/^\d+\.\d\d$/.test(right)) above = pair;
    }
    return named;
  }

  #isWhatItIs(attemptId: string, above: Pair | undefined, says: Says): void {
    const payment = this.#ledger.payments.get(attemptId);
    const { kind = '', deferred = false, amount_fen = 0 } = payment ?? {};
    const word = /(撤销中|有争议|查询中|结果未定|退款中|已退款|退款失败|退款待核对)$/.exec(
      above?.left ?? '',
    )?.[1];
    says(above?.right === yuan(amount_fen), `${attemptId} of ${amount_fen} fen stands with ${above?.right}`);
    const given_fen = this.#ledger.given_fen(attemptId);
    const isOpenAs = openWords[word ?? ''];
    if (isOpenAs !== undefined)
      says(!deferred && isOpenAs(kind), `${attemptId} is ${kind} and called ${word}`);
    else if (word === '已退款')
      says(kind === 'approved' && given_fen >= amount_fen, `${attemptId}: ${given_fen} fen are back`);
    else if (word === '退款失败' || word === '退款待核对')
      says(this.#isRefused(attemptId, word === '退款待核对'), `${attemptId} is called ${word}`);
    else if (word === undefined && kind !== 'closing')
      says(
        kind === 'approved' || (deferred && !isEndedKind(kind)),
        `${attemptId} is ${kind} and called paid`,
      );
  }

  /** A void or refund of it was refused, and what followed as well. */
  #isRefused(attemptId: string, perhapsBack: boolean): boolean {
    const own = [...this.#ledger.backs.values()].filter((one) => one.attemptId === attemptId);
    return own.every(({ kind }) => kind === 'failed') && own.at(-1)?.perhapsBack === perhapsBack;
  }

  /** The part of a payment that its sale did not need stands below it: what became of that is told as on a slip. */
  #tellsSurplus(saleId: string, pairs: readonly Pair[], says: Says): void {
    const parts = this.#ledger.paymentsOf(saleId).flatMap(([id, { amount_fen }]) => {
      const surplus_fen = this.#surplus.get(id) ?? 0;
      return surplus_fen > 0 && surplus_fen < amount_fen ? [yuan(surplus_fen)] : [];
    });
    const told = pairs.filter(({ left }) => left === '其中退回 Of which back').map(({ right }) => right);
    says(told.join() === parts.join(), `${told.join()} of ${parts.join()} are told as going back`);
  }

  /** By the acquirer's own ledger. */
  #isCharged(attemptId: string, number: string, says: Says): void {
    const order = this.#orderOf(attemptId);
    const serial = String(order?.serial).padStart(9, '0');
    says(order?.charges === 1 && number.endsWith(serial), `${attemptId} is called charged as ${number}`);
  }
}
