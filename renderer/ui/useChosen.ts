// One row of a list is chosen, by the arrow keys or by hand.
import { useState } from 'react';
import { useKeys } from '../lib/keyboard.ts';

/** `chosen` stays within a list that has become shorter; 0 of an empty one. */
export function useChosen(count: number): { chosen: number; choose: (index: number) => void } {
  const [wanted, choose] = useState(0);
  const last = Math.max(0, count - 1);
  const chosen = Math.min(wanted, last);
  useKeys({
    ArrowUp: () => choose(Math.max(0, chosen - 1)),
    ArrowDown: () => choose(Math.min(last, chosen + 1)),
  });
  return { chosen, choose };
}
