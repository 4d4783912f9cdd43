// What is longer than its box scrolls by keys too: a step by the arrows, nearly a whole box by the page keys.
import type { RefObject } from 'react';
import { useKeys } from '../lib/keyboard.ts';

const STEP_px = 160;

export function useScrollKeys(box: RefObject<HTMLElement | null>): void {
  const scroll = (by_px: number) => box.current?.scrollBy({ top: by_px });
  const page_px = () => (box.current?.clientHeight ?? STEP_px) - STEP_px / 2;
  useKeys({
    ArrowDown: () => scroll(STEP_px),
    ArrowUp: () => scroll(-STEP_px),
    PageDown: () => scroll(page_px()),
    PageUp: () => scroll(-page_px()),
  });
}
