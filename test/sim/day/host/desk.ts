// What every call of the host works with, and what it answers.
import type { Ledger } from './ledger.ts';
import type { Chance, Mood } from './mood.ts';

export type Answer = Record<string, unknown>;

export type Desk = {
  books: Ledger;
  mood(): Mood;
  tombstones: boolean;
  reversalWindow_ms: number;
  forgetsRefusals: boolean;
  /** A presented code is closed at once; without, one that nobody has scanned can only run out. */
  endsCodes: boolean;
  /** A payment's own answer says that it was accepted; only a query approves or declines. */
  answersLater: boolean;
  chance: Chance;
  now_ms(): number;
  after(delay_ms: number, run: () => void): void;
  saw(kind: string): void;
};

export const paramError: Answer = { errCode: 'PARAM_ERROR', errInfo: '参数错误' };
