// How far the search over give-backs goes, what its acquirer and line are like, and which bugs are planted for it to find.
import type { GiveBackEvent } from '../../core/domain/giveback/machine.ts';

export type Planted = {
  /** Read this answer as another one. */
  misread?: (event: GiveBackEvent) => GiveBackEvent;
  /** A sending again under a number of its own. */
  renumber?: boolean;
  /** What is refused is taken for spent. */
  spent?: boolean;
};

export type GiveBackBounds = {
  flyingLimit: number;
  restartLimit: number;
  method: 'void' | 'refund';
  /**
   * So often a refused refund may be asked for again, of an acquirer that keeps nothing of what it refuses: a request, and a copy of one, has a
   * chance of its own then. 0: what is refused stays refused.
   */
  againLimit?: number;
  /** Another try of a refused refund goes under a number of its own. */
  anew?: true;
  /**
   * As lines are: nobody makes two requests of one, and an answer reaches the call that asked for it or nobody. Without: anything arrives at any
   * time, twice as well.
   */
  isOrderly?: true;
  planted?: Planted;
};
