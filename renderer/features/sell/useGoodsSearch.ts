// Searches the catalogue while somebody types: one question at a time, the newest text wins.
import { useEffect, useState } from 'react';
import type { GoodsFound } from '../../../contract/commands.ts';
import { useTill } from '../../lib/till.tsx';

const PAUSE_ms = 120;

/** Null before the first answer to this text. */
export function useGoodsSearch(text: string): readonly GoodsFound[] | null {
  const { send } = useTill();
  const [answer, setAnswer] = useState<{ text: string; found: readonly GoodsFound[] } | null>(null);
  useEffect(() => {
    if (text === '') return undefined;
    let isStale = false;
    const timer = setTimeout(() => {
      void send('goods.search', { text }).then((reply) => {
        if (!isStale && reply.ok) setAnswer({ text, found: reply.result as GoodsFound[] });
      });
    }, PAUSE_ms);
    return () => {
      isStale = true;
      clearTimeout(timer);
    };
  }, [text, send]);
  return answer !== null && answer.text === text ? answer.found : null;
}
