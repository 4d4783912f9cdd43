// The real till, driven without its engine: each event's records are chained as the journal chains them.
import { hash } from 'node:crypto';
import { gatewayPolicy, type PaymentPolicy } from '../../core/domain/payment/policy.ts';
import type { OfflineLimits, TillEvent } from '../../core/domain/till/events.ts';
import type { TillRecord } from '../../core/domain/till/records.ts';
import { emptyTill, type TillState } from '../../core/domain/till/state.ts';
import { transition } from '../../core/domain/till/transition.ts';
import type { JournalRow } from '../chain.ts';

export const ROUTES = ['gateway', 'other'];

/** The second one's refunds keep their number when they are tried again. */
const policyOf = (routeId: string): PaymentPolicy => ({
  ...gatewayPolicy,
  refundKeepsNumber: routeId === ROUTES[1],
});

const limits: OfflineLimits = { mode: 'queue', perPayment_fen: 50_000, openTotal_fen: 200_000, count: 20 };

/** A chain of its own, so that a wrong formula in the audit shows. */
export function chained(previous: string, row: Omit<JournalRow, 'hash'>): JournalRow {
  const { sequence, at, type, body } = row;
  return { ...row, hash: hash('sha256', `${previous}\n${sequence}\n${at}\n${type}\n${body}`) };
}

export class RandomTill {
  state: TillState = emptyTill;
  /** 2026-11-23, 08:00 in Shanghai. */
  now_ms = 1_795_392_000_000;
  readonly rows: JournalRow[] = [];
  #head = '0'.repeat(64);
  #events = 0;

  constructor() {
    this.tell({ kind: 'installed', epoch: 1 });
    this.tell({ kind: 'signedIn', operatorId: '1', role: 'cashier' });
    for (const route of ROUTES) this.line(route, true);
  }

  line(routeId: string, online: boolean): boolean {
    const cause = online ? null : 'DNS';
    return this.tell({ kind: 'routeObserved', routeId, online, cause, layer: null, storeAndForward: true });
  }

  /** False when the till refused it. */
  tell(event: TillEvent): boolean {
    this.#events += 1;
    const result = transition(this.state, event, {
      now_ms: this.now_ms,
      startedAt_ms: -Infinity,
      now_iso: new Date(this.now_ms).toISOString(),
      entropy: this.#events.toString(16).padStart(16, '0'),
      terminalCode: '00000001',
      routes: Object.fromEntries(ROUTES.map((id) => [id, { policy: policyOf(id), offline: limits }])),
      clockTrusted: true,
      cash: { roundDownTo_fen: 10, roundDownAlways: false },
      head: this.#head,
    });
    this.state = result.state;
    for (const record of result.records) this.#keep(record);
    return result.refusal === null;
  }

  #keep(record: TillRecord): void {
    const row = {
      sequence: this.rows.length + 1,
      at: new Date(this.now_ms).toISOString(),
      type: record.type,
      body: JSON.stringify(record.body),
    };
    const kept = chained(this.#head, row);
    this.#head = kept.hash;
    this.rows.push(kept);
  }
}
