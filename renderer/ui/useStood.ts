// Whether a screen has stood long enough to be seen: a key that opened it and comes twice must not close it unread.
import { useEffect, useState } from 'react';

/** Two strokes of one impatient finger lie closer together. */
const SEEN_after_ms = 700;

export function useStood(): boolean {
  const [hasStood, setStood] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setStood(true), SEEN_after_ms);
    return () => clearTimeout(timer);
  }, []);
  return hasStood;
}
