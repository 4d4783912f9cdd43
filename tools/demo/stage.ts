// What a demonstration step works with: the shop, the cashier's hands, a pair of eyes on the screen, and a place for pictures.
import type { Snapshot } from '../../contract/snapshot.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import type { Shop } from '../lab/shop.ts';
import type { DayHands } from './hands.ts';

/** The cashier's hands: through the kiosk's own keys, or through the control socket when headless. */
export type Cashier = {
  signIn(): Promise<void>;
  tender(): Promise<void>;
  giveUp(): Promise<void>;
  cancelSale(): Promise<void>;
  next(): Promise<void>;
};

export type Stage = {
  shop: Shop;
  codes: CodeMaker;
  cashier: Cashier;
  day: DayHands;
  /** The drawer as somebody standing by would count it. */
  drawer: { add(amount_fen: number): void; sum_fen(): number };
  /** Resolves with the first snapshot for which `is` holds; survives a restart of the core. */
  until(what: string, is: (snapshot: Snapshot) => boolean): Promise<Snapshot>;
  /** A picture of the screen as it is, named by the step; none when headless. */
  picture(name: string): Promise<void>;
  /** SIGKILL to the core process; resolves when a new core serves. Returns the milliseconds it took. */
  killCore(): Promise<number>;
  /** The step that the current sale belongs to, for the summary. */
  claim(saleId: string): void;
  log(line: string): void;
};

export type Step = { name: string; title: string; run(stage: Stage): Promise<void> };
