// A till for tests: signed in, one route, goods at hand; every step checks that the state is the fold of its records.
import { deepStrictEqual, strictEqual } from 'node:assert/strict';
import type { PaymentEvent } from '../../core/domain/payment/event.ts';
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { Goods } from '../../core/domain/sale/sale.ts';
import type { Transition } from '../../core/domain/till/draft.ts';
import type { OfflineLimits, RouteSettings, Surroundings, TillEvent } from '../../core/domain/till/events.ts';
import { evolve } from '../../core/domain/till/evolve.ts';
import { currentSale } from '../../core/domain/till/queries.ts';
import type { TillRecord } from '../../core/domain/till/records.ts';
import { type Attempt, emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import { proof } from './machine-variants.ts';

export const ROUTE = 'gateway';

export const generous: OfflineLimits = {
  mode: 'queue',
  perPayment_fen: 50_000,
  openTotal_fen: 200_000,
  count: 20,
};

export function goods(price_fen: number, barcode = '6901234567892'): Goods {
  return { barcode, name_zh: '农夫山泉', name_en: 'Water', unit: '瓶', price_fen, tax_bp: 1300 };
}

export function codeScan(options: Partial<Extract<TillEvent, { kind: 'codeScanned' }>> = {}): TillEvent {
  return {
    kind: 'codeScanned',
    routeId: ROUTE,
    scheme: 'WECHAT',
    codeMask: '130000********0007',
    codeHmac: 'hmac-1',
    deferrable: true,
    queuedBefore: false,
    ...options,
  };
}

export const answers = {
  approved: { kind: 'approved', proof },
  declined: { kind: 'declined', code: 'BALANCE_NOT_ENOUGH', reason: 'balance' },
  noAnswer: { kind: 'noAnswer', cause: 'ECONNRESET' },
  notSent: { kind: 'notSent', cause: 'ECONNREFUSED', then: 'queue' },
  acknowledged: { kind: 'reversalAcknowledged', result: 'REVERSED' },
} as const satisfies Record<string, PaymentEvent>;

/** Folds the records alone, as recovery does after reading them back from the journal. */
export function fold(start: TillState, records: readonly TillRecord[]): TillState {
  return records.reduce(
    (state, record) => evolve(state, JSON.parse(JSON.stringify(record)) as TillRecord),
    start,
  );
}

export class TestTill {
  state: TillState = emptyTill;
  now_ms = 1_000_000;
  /** Where the wall clock says something else. */
  wall_ms: number | null = null;
  clockTrusted = true;
  limits: OfflineLimits = generous;
  policy: PaymentPolicy = gatewayPolicy;
  /** The routes of the configuration. */
  configured: readonly string[] = [ROUTE];
  /** Acquirer and merchant of those routes. */
  party: string | undefined;
  cash = { roundDownTo_fen: 10, roundDownAlways: false };
  readonly records: TillRecord[] = [];

  /** Signed in, online, goods for `price_fen` in the tender step. */
  static tendering(price_fen = 1500): TestTill {
    const till = TestTill.ready();
    till.tell({ kind: 'goodsEntered', goods: goods(price_fen) });
    till.tell({ kind: 'tenderStarted' });
    return till;
  }

  /** Given up; the acquirer refuses to reverse it, and an inquiry does not say why. */
  static disputed(cause: string): TestTill {
    const till = TestTill.tendering(800);
    till.tell(codeScan());
    till.later(6000).pay({ kind: 'gaveUp' });
    till.pay({ kind: 'reversalRefused', cause: 'WINDOW_CLOSED' });
    till.pay({ kind: 'inquiryFailed', cause });
    strictEqual(till.newest().machine.state.kind, 'disputed');
    return till;
  }

  static ready(): TestTill {
    const till = new TestTill();
    till.tell({ kind: 'installed', epoch: 1 });
    till.tell({ kind: 'signedIn', operatorId: '1', role: 'cashier' });
    till.tell({ kind: 'shiftOpened', operatorId: '1', float_fen: 20_000 });
    till.line(true);
    return till;
  }

  surroundings(): Surroundings {
    return {
      now_ms: this.now_ms,
      startedAt_ms: -Infinity,
      now_iso: new Date(this.wall_ms ?? this.now_ms).toISOString(),
      entropy: '0123456789abcdef',
      terminalCode: '00000001',
      routes: Object.fromEntries(this.configured.map((id) => [id, this.#routeSettings()])),
      clockTrusted: this.clockTrusted,
      cash: this.cash,
      head: '0'.repeat(64),
    };
  }

  #routeSettings(): RouteSettings {
    const { party, policy, limits: offline } = this;
    return { policy, offline, ...(party !== undefined && { party }) };
  }

  tell(event: TillEvent): Transition {
    const result = transition(this.state, event, this.surroundings());
    deepStrictEqual(fold(this.state, result.records), result.state);
    if (result.refusal !== null) {
      deepStrictEqual([result.records, result.effects], [[], []]);
      strictEqual(result.state, this.state);
    }
    this.state = result.state;
    this.records.push(...result.records);
    return result;
  }

  line(online: boolean, storeAndForward = true): void {
    this.tell({
      kind: 'routeObserved',
      routeId: ROUTE,
      online,
      cause: online ? null : 'DNS',
      layer: online ? null : 'dns',
      storeAndForward,
    });
  }

  /** Tells the newest attempt, or the one named. */
  pay(event: PaymentEvent, attemptId = this.newest().attemptId): Transition {
    return this.tell({ kind: 'payment', attemptId, event });
  }

  attempts(): Attempt[] {
    return Object.values(this.state.attempts);
  }

  newest(): Attempt {
    const attempt = this.attempts().at(-1);
    if (attempt === undefined) throw new Error('no attempt yet');
    return attempt;
  }

  sale() {
    const sale = currentSale(this.state);
    if (sale === null) throw new Error('no current sale');
    return sale;
  }

  /** The journal is that of a backup: what came after it is lost. The core has not started yet. */
  restoreBackup(): this {
    const backup = { sequence: 1, hash: 'ab' };
    this.tell({ kind: 'restored', epoch: 2, backup, lost: null, readableTo: null, at_ms: 0 });
    return this;
  }

  later(by_ms: number): this {
    this.now_ms += by_ms;
    return this;
  }
}
