// One picture: a state of the screen, and the keys pressed before it is taken.
import type { DisplayShow } from '../../contract/display.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import type { ScreenState } from '../lib/store.ts';
import { base } from './goods.ts';

/** `keys` are pressed before the picture is taken. `refuses`: commands that the pretended core answers with this code. `answers`: its answers to others, in place of the common ones. `loses`: commands whose answer is lost though they were carried out, each with the snapshot that follows it. `customer`: it is the customer's screen. */
export type Sample = Pick<ScreenState, 'snapshot'> &
  Partial<ScreenState> & {
    keys?: string[];
    refuses?: Record<string, string>;
    answers?: Record<string, unknown>;
    loses?: Record<string, (before: Snapshot) => Snapshot>;
    customer?: DisplayShow;
  };

export const screen = (change: Partial<Snapshot>): Sample => ({ snapshot: { ...base, ...change } });
