// What the customer's screen shows (顾客屏): of the sale on the counter its sums, its code and its end, and nothing else of the till.
import type { Answer } from './envelope.ts';

export type DisplayShow =
  | { kind: 'idle' }
  /** Goods are being scanned, or it is to be paid (`isToPay`). `isWorking`: a payment of it is under way. */
  | {
      kind: 'sale';
      itemCount: number;
      total_fen: number;
      due_fen: number;
      isToPay: boolean;
      isWorking: boolean;
    }
  /** Main scan. `scheme`: the wallet that scans it. `isScanned`: somebody is paying, by the acquirer's last word. */
  | {
      kind: 'code';
      scheme: string;
      amount_fen: number;
      content: string;
      endsAt_ms: number;
      isScanned: boolean;
    }
  /** `change_fen`: null where no cash was taken. */
  | { kind: 'paid'; amount_fen: number; change_fen: number | null; at_ms: number }
  /** Taken offline: the goods go, the money is not authorized yet. */
  | { kind: 'pending'; amount_fen: number; at_ms: number };

export type DisplayView = {
  now_ms: number;
  store: { name_zh: string; name_en: string };
  show: DisplayShow;
};

/** The one request that such a screen's connection takes: the view now, and again after each change. */
export const DISPLAY_command = 'display.subscribe';

/** Core -> customer's screen: the answer to its request, then each view. */
export type DisplayOutbound = Answer | { push: 'display'; view: DisplayView };
