// The page of sold sales that fits what is asked for, and the pages before and after it.
import { useEffect, useState } from 'react';
import type { SoldFound } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';

export type Wanted = {
  from_ms: number | null;
  to_ms: number | null;
  sum_fen: number | null;
  wallet: string | null;
};

/** `found` null: nothing has come yet. `older` and `newer` null: there is no such page. */
export function useSold(wanted: Wanted): {
  found: SoldFound | null;
  page: number;
  older: (() => void) | null;
  newer: (() => void) | null;
} {
  const { send } = useTill();
  const asked = JSON.stringify(wanted);
  const [turned, setTurned] = useState<{ asked: string; befores: readonly string[] }>({ asked, befores: [] });
  const [found, setFound] = useState<SoldFound | null>(null);
  // Other sales are asked for: from their newest.
  const befores = turned.asked === asked ? turned.befores : [];
  const before = befores.at(-1) ?? null;
  useEffect(() => {
    let isLate = false;
    void send('sales.browse', { ...(JSON.parse(asked) as Wanted), before }).then((reply) => {
      if (reply.ok && !isLate) setFound(reply.result as SoldFound);
    });
    return () => {
      isLate = true;
    };
  }, [send, asked, before]);
  const last = found?.rows.at(-1)?.receiptNumber;
  const turn = (next: readonly string[]) => () => setTurned({ asked, befores: next });
  return {
    found,
    page: befores.length,
    older: found?.hasMore === true && last !== undefined ? turn([...befores, last]) : null,
    newer: befores.length > 0 ? turn(befores.slice(0, -1)) : null,
  };
}
