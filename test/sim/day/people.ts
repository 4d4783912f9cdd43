// The cashier, the customers and the manager of one simulated day. They act by what the screen shows, in haste, twice, too early,
// or not at all; a refusal is an answer like any other.
import type { Sale } from '../../../core/domain/sale/sale.ts';
import {
  currentSale,
  due_fen,
  isBlocking,
  isDeferredOpen,
  isLeaving,
} from '../../../core/domain/till/queries.ts';
import type { TillEvent } from '../../../core/domain/till/events.ts';
import { isQuarantined } from '../../../core/domain/till/restoring.ts';
import type { Attempt, TillState } from '../../../core/domain/till/state.ts';
import type { CodeVault } from '../../../core/ports/code-vault.ts';
import type { Chance } from '../../month/random.ts';
import { newCode } from './codes.ts';
import { backOffice } from './back-office.ts';
import { Customers } from './customers.ts';
import type { World } from './world.ts';

const hour_ms = 3_600_000;
/** A day is over then, whatever is left to do: the rest is for the calm after it. */
const LONGEST_day_ms = 6 * hour_ms;
const LEAST_payments = 20;
/** So many codes back one may be shown once more. */
const RECENT_codes = 12;
/** So many times the customers that were planned, when hardly anybody gets to pay by wallet. */
const MOST_times_customers = 12;
/** So often an act of the cashier's has somebody call the acquirer's office first, about refunds that stay open. */
const TELEPHONES = 0.25;

export class People {
  readonly #world: World;
  readonly #chance: Chance;
  /** Its own: who telephones changes nothing else of a day. */
  readonly #telephone: Chance;
  readonly #again: Chance;
  #customers = 0;
  readonly #atScreen: Customers;
  /** The code on the phone of the customer at the counter. */
  #code: string | null = null;
  /** Of each code that was shown: the till's key is the same all day. */
  readonly #fingerprints = new Map<string, string>();
  isOver = false;
  /** Nobody comes before that; since the day's start. */
  #quietUntil_ms = 0;
  #isExpected = false;
  #acts = 0;
  #quarantined_acts = 0;

  constructor(world: World) {
    this.#world = world;
    this.#chance = world.chance('people');
    this.#telephone = world.chance('telephone');
    this.#again = world.chance('a queued code again');
    this.#atScreen = new Customers(world);
    world.onStep = () => this.#atScreen.look();
    world.onRefundsDue = () => backOffice.seeToRefunds(world, world.chance('lost time'));
  }

  get customers(): number {
    return this.#customers;
  }

  begin(): void {
    this.#later();
  }

  #later(): void {
    const { paceFrom_ms, paceTo_ms } = this.#world.plan;
    const { time } = this.#world;
    const quiet_ms = this.#quietUntil_ms - time.sinceStart_ms();
    time.after(Math.max(quiet_ms, this.#chance.whole(paceFrom_ms, paceTo_ms)), () => {
      if (this.isOver) return;
      this.#later();
      this.#act();
    });
  }

  /** One act, and perhaps the same again at once. */
  #act(): void {
    this.#acts += 1;
    const { state, time, plan, watch } = this.#world;
    if (state === null) return;
    const now_ms = time.sinceStart_ms();
    if (now_ms < this.#quietUntil_ms) return;
    const isCalmed = now_ms >= plan.troubleEnds_ms;
    const isDone = isCalmed && this.#customers >= plan.customers && watch.sums.payRequests >= LEAST_payments;
    const isLong = this.#customers >= plan.customers * MOST_times_customers;
    if (isDone || isLong || now_ms > LONGEST_day_ms) {
      this.isOver = true;
      return;
    }
    if (this.#telephone.happens(TELEPHONES)) backOffice.askOffice(this.#world);
    if (this.#endsQuarantine(state)) return;
    if (this.#happens('secondCore')) this.#world.tryToOpenTwice();
    if (this.#happens('closeInMiddle')) return void backOffice.closeDay(this.#world);
    if (state.operatorId === null)
      return this.#tell({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
    if (state.shift === null)
      return this.#tell({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
    const sale = currentSale(state);
    if (sale === null || isEnded(sale)) return this.#between(state);
    if (this.#world.lost?.sold.has(sale.saleId) === true) return this.#finishSold(state, sale);
    if (this.#world.lost?.dropped.has(sale.saleId) === true) return this.#dropAgain();
    if (sale.state === 'open') return this.#goods(sale);
    return this.#tender(state, sale);
  }

  /** When he has compared the lost time; he may do so at once, or long after. */
  #endsQuarantine(state: TillState): boolean {
    if (!isQuarantined(state)) return false;
    this.#quarantined_acts += 1;
    if (this.#quarantined_acts <= (this.#world.plan.restore?.confirmsAfter_acts ?? 0)) return false;
    backOffice.endQuarantine(this.#world);
    return true;
  }

  /** It lies there again since a restore, and its customer has gone with the goods: what he paid is booked again, in cash (docs/backup.md). */
  #finishSold(state: TillState, sale: Sale): void {
    if (sale.state === 'open') {
      if (sale.lines.length === 0) return this.#tell({ kind: 'saleCancelled' });
      return this.#tell({ kind: 'tenderStarted' });
    }
    if (isQuarantined(state) && this.#chance.happens(0.2)) return this.#mistakeIt(state, sale);
    if (attemptsOf(state, sale).some(isBlocking)) {
      if (this.#chance.happens(0.2)) this.#tell({ kind: 'saleParked' });
      return;
    }
    const due = due_fen(state, sale);
    if (due <= 0) return this.#tell({ kind: 'saleLeft' });
    this.#tell({ kind: 'cashTaken', received_fen: due, roundDown: false });
  }

  /** It lies there again since a restore, and was dropped before: nobody has its goods. In quarantine it waits. */
  #dropAgain(): void {
    if (this.#world.ask({ kind: 'saleCancelled' }) !== null) this.#tell({ kind: 'saleParked' });
  }

  /** Who was not there takes it for a sale like any other: until the manager has compared the lost time the till must know better. */
  #mistakeIt(state: TillState, sale: Sale): void {
    const doubtful = attemptsOf(state, sale).find(isBlocking);
    if (doubtful === undefined) return this.#tell({ kind: 'saleCancelled' });
    this.#tell({ kind: 'gaveUp', attemptId: doubtful.attemptId });
  }

  #happens(habit: keyof World['plan']['people']): boolean {
    return this.#chance.happens(this.#world.plan.people[habit]);
  }

  #tell(event: TillEvent): void {
    const act = this.#acts;
    this.#world.ask(event);
    if (!this.#happens('doubleTap')) return;
    this.#world.saw('person.doubleTap');
    if (this.#chance.happens(0.5)) return void this.#world.ask(event);
    // Both taps of it come before whatever he does next: the second one is for the same sale.
    this.#world.time.after(this.#chance.whole(1, 400), () => {
      if (act === this.#acts) this.#world.ask(event);
    });
  }

  /** The counter is free. */
  #between(state: TillState): void {
    if (this.#happens('goodsBack')) return backOffice.goodsBack(this.#world, this.#chance, null);
    if (state.parkedSaleIds.length > 0 && this.#chance.happens(0.3))
      return this.#tell({ kind: 'saleRecalled', saleId: this.#chance.pick(state.parkedSaleIds) });
    if (this.#happens('errands')) return backOffice.someErrand(this.#world, this.#chance);
    if (this.#awaitsNext()) return;
    this.#customers += 1;
    this.#code = null;
    this.#scanGoods();
  }

  /** Customers come in their time, so that some meet every trouble of the day, and not all of them the first one. */
  #awaitsNext(): boolean {
    const { plan, time } = this.#world;
    const now_ms = time.sinceStart_ms();
    const left_ms = plan.troubleEnds_ms - now_ms;
    this.#isExpected = !this.#isExpected && left_ms > 0;
    if (!this.#isExpected) return false;
    const each_ms = left_ms / Math.max(1, plan.customers - this.#customers);
    this.#quietUntil_ms = now_ms + Math.round(each_ms * 2 * this.#chance.unit());
    return true;
  }

  #scanGoods(): void {
    const { goods, scanner } = this.#world;
    scanner.scan(this.#chance.pick(goods).barcode);
  }

  #goods(sale: Sale): void {
    if (sale.lines.length === 0) return this.#scanGoods();
    const line = this.#chance.pick(sale.lines);
    const { lineId } = line;
    if (this.#happens('drop')) return this.#tell({ kind: 'saleCancelled' });
    if (this.#happens('park')) return this.#tell({ kind: 'saleParked' });
    const choice = this.#chance.weighted({ more: 40, tender: 50, quantity: 6, remove: 4 });
    switch (choice) {
      case 'more':
        return this.#scanGoods();
      case 'tender':
        return this.#tell({ kind: 'tenderStarted' });
      case 'quantity':
        return this.#tell({ kind: 'quantitySet', lineId, quantity: this.#chance.whole(1, 5) });
      case 'remove':
        return this.#tell({ kind: 'lineRemoved', lineId });
    }
  }

  #tender(state: TillState, sale: Sale): void {
    const doubtful = attemptsOf(state, sale).find(isBlocking);
    if (doubtful !== undefined) return this.#onSilence(doubtful);
    if (due_fen(state, sale) <= 0) return this.#tell({ kind: 'saleLeft' });
    // With a part of it paid a customer changes his mind as well: that part must go back.
    const isPartPaid = attemptsOf(state, sale).some((one) => one.machine.state.kind === 'approved');
    if (isPartPaid && sale.state === 'completedPending' && this.#chance.happens(0.7)) {
      this.#world.saw('person.collectsPart');
      return this.#tell({ kind: 'saleLeft' });
    }
    if (this.#happens('drop') || (isPartPaid && this.#chance.happens(0.2)))
      return this.#tell({ kind: 'saleCancelled' });
    // Or pays the rest in cash.
    if (isPartPaid && this.#chance.happens(0.4)) return this.#payCash(due_fen(state, sale));
    if (this.#happens('walkAway'))
      return this.#tell({ kind: sale.state === 'completedPending' ? 'saleLeft' : 'saleParked' });
    const choice = this.#chance.weighted({
      wallet: 70,
      cash: 10,
      part: 16,
      back: 2,
      goods: 2,
      code: this.#world.plan.mainScan.weight,
    });
    switch (choice) {
      case 'wallet':
        return this.#showCode();
      case 'cash':
        return this.#payCash(due_fen(state, sale));
      case 'part':
        return this.#payPart(due_fen(state, sale));
      case 'back':
        return this.#tell({ kind: 'backToGoods' });
      case 'goods':
        return this.#scanGoods();
      case 'code':
        return this.#askForCode();
    }
  }

  #askForCode(): void {
    this.#world.askForCode();
    if (this.#happens('doubleTap')) this.#world.askForCode();
  }

  /** A fresh code; now and then the old one again, as customers do who have not touched their phone. */
  #showCode(): void {
    const old = this.#queuedCode() ?? this.#oldCode();
    if (old !== undefined) return void this.#world.scanner.scan(old);
    if (this.#code === null || this.#chance.happens(0.85)) {
      this.#code = newCode(this.#chance);
      this.#world.codes.push(this.#code);
    } else this.#world.saw('person.sameCode');
    this.#world.scanner.scan(this.#code);
  }

  /** Who has got goods for a picture of a code comes again with it while that payment is queued, or forwarded and in doubt. */
  #queuedCode(): string | undefined {
    const { life, state, codes } = this.#world;
    if (life === null || state === null) return undefined;
    const owed = Object.values(state.attempts).filter(isDeferredOpen);
    if (owed.length === 0 || !this.#again.happens(0.15)) return undefined;
    const { codeHmac } = this.#again.pick(owed);
    const code = codes.find((one) => this.#fingerprintOf(one, life.vault) === codeHmac);
    if (code !== undefined) this.#world.saw('person.queuedCode');
    return code;
  }

  #fingerprintOf(code: string, vault: CodeVault): string {
    const known = this.#fingerprints.get(code) ?? vault.fingerprint(code);
    this.#fingerprints.set(code, known);
    return known;
  }

  /** A code that was shown here before, and is mostly spent: while the line is down the acquirer does not say so. */
  #oldCode(): string | undefined {
    const { state, codes } = this.#world;
    const recent = codes.slice(-RECENT_codes);
    const isDown = state?.routes['gateway']?.online === false;
    if (recent.length === 0 || !this.#again.happens(isDown ? 0.1 : 0.01)) return undefined;
    this.#world.saw('person.oldCode');
    return this.#again.pick(recent);
  }

  #payCash(due: number): void {
    const received_fen = Math.ceil(due / 1000) * 1000 - (this.#chance.happens(0.1) ? 1000 : 0);
    this.#tell({ kind: 'cashTaken', received_fen, roundDown: this.#chance.happens(0.4) });
  }

  #payPart(due: number): void {
    if (due < 300) return this.#showCode();
    const amount_fen = this.#chance.whole(100, due - 100);
    if (this.#chance.happens(0.7)) {
      this.#tell({ kind: 'walletPartSet', amount_fen });
      const { weight } = this.#world.plan.mainScan;
      if (weight > 0 && this.#chance.happens(weight / (weight + 70))) return this.#askForCode();
      return this.#showCode();
    }
    this.#tell({ kind: 'cashTaken', received_fen: amount_fen, roundDown: false });
  }

  /** For a customer who can't see the screen. */
  #printsCode({ attemptId, machine }: Attempt): boolean {
    if (!machine.presented || !this.#chance.happens(0.02)) return false;
    this.#world.saw('person.printsCode');
    this.#tell({ kind: 'codePrintAsked', attemptId, operatorId: 'lin' });
    return true;
  }

  /** The wallet says nothing yet: wait, scan again, give up, take cash, put it aside, drop it. */
  #onSilence(doubtful: Attempt): void {
    if (this.#printsCode(doubtful)) return;
    if (!this.#happens('giveUp')) {
      if (this.#happens('walkAway')) this.#tell({ kind: 'saleParked' });
      else if (this.#chance.happens(0.05)) this.#showCode();
      return;
    }
    const { state } = this.#world;
    const sale = state === null ? null : currentSale(state);
    if (state === null || sale === null) return;
    if (this.#world.plan.mainScan.weight > 0) this.#atScreen.hurry();
    const choice = this.#chance.weighted({
      giveUp: isLeaving(doubtful) ? 0 : 40,
      cash: 30,
      drop: 10,
      park: 10,
      scan: 10,
    });
    switch (choice) {
      case 'giveUp':
        return this.#tell({ kind: 'gaveUp', attemptId: doubtful.attemptId });
      case 'cash':
        return this.#payCash(Math.max(1000, due_fen(state, sale)));
      case 'drop':
        return this.#tell({ kind: 'saleCancelled' });
      case 'park':
        return this.#tell({ kind: 'saleParked' });
      case 'scan':
        return this.#showCode();
    }
  }
}

/** Nothing more is wanted of the customer on the counter. */
function isEnded(sale: Sale): boolean {
  return sale.state !== 'open' && sale.state !== 'tendering' && sale.state !== 'completedPending';
}

function attemptsOf(state: TillState, sale: Sale): Attempt[] {
  return sale.attemptIds.flatMap((attemptId) => state.attempts[attemptId] ?? []);
}
