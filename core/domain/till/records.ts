// What the journal keeps: every change of the till, as data. The state is the fold of these and nothing else.
import type { PaymentMachine } from '../payment/state.ts';
import type { Goods } from '../sale/sale.ts';
import type { ErrorText } from './reasons.ts';
import type { Attempt, RouteFacts } from './state.ts';

export type TillRecord =
  | { type: 'till.installed'; body: { epoch: number } }
  | { type: 'core.started'; body: { version: string; runtime: string } }
  | { type: 'clock.stepped'; body: { by_ms: number } }
  | { type: 'operator.signedIn'; body: { operatorId: string; role: string } }
  | { type: 'operator.signedOut'; body: { operatorId: string } }
  | { type: 'till.languageSet'; body: { language: 'zh' | 'en' } }
  | { type: 'sale.opened'; body: { saleId: string; operatorId: string; at_ms: number } }
  | { type: 'sale.lineAdded'; body: { saleId: string; lineId: string; goods: Goods; quantity: number } }
  | { type: 'sale.quantitySet'; body: { saleId: string; lineId: string; quantity: number } }
  | { type: 'sale.lineRemoved'; body: { saleId: string; lineId: string } }
  | { type: 'sale.tendering'; body: { saleId: string } }
  | { type: 'sale.reopened'; body: { saleId: string } }
  | { type: 'sale.cancelled'; body: { saleId: string } }
  /** `pending`: a tender of it is queued, not yet authorized. */
  | {
      type: 'sale.completed';
      body: {
        saleId: string;
        receiptId: string;
        receiptNumber: string;
        total_fen: number;
        pending: boolean;
        at_ms: number;
      };
    }
  | { type: 'sale.confirmed'; body: { saleId: string } }
  | { type: 'sale.left'; body: { saleId: string } }
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
      };
    }
  /** A late or odd event: kept, nothing changes. */
  | { type: 'payment.noted'; body: { attemptId: string; event: string; code: string | null; at_ms: number } }
  | {
      type: 'exception.raised';
      body: { attemptId: string; reason: ErrorText; acquirerCode: string | null; at_ms: number };
    }
  | { type: 'route.changed'; body: { routeId: string; facts: RouteFacts } }
  | { type: 'receipt.reprintAsked'; body: { receiptId: string; count: number; operatorId: string } }
  | {
      type: 'receipt.printEnded';
      body: { receiptId: string; print: 'printed' | 'sentUnconfirmed' | 'failed'; problem: string | null };
    };
