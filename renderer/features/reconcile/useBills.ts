// What lies in the bills' folder and what was compared, asked again after each comparison.
import { useEffect, useState } from 'react';
import type { BillsFound, ReconciliationFound } from '../../../contract/reconciliation.ts';
import { useTill } from '../../lib/till.tsx';

/** `round`: asked anew when it changes; until the answer is here the one before it stands. Null until the first. */
export function useBills(round: string): BillsFound | null {
  const { send } = useTill();
  const [answer, setAnswer] = useState<{ round: string; bills: BillsFound } | null>(null);
  useEffect(() => {
    void send('bills.list', {}).then((reply) => {
      if (reply.ok) setAnswer({ round, bills: reply.result as BillsFound });
    });
  }, [send, round]);
  return answer?.bills ?? null;
}

/** One compared bill; `again` after a difference was dealt with. */
export function useReconciliation(reconciliationId: string) {
  const { send } = useTill();
  const [round, setRound] = useState(0);
  const [answer, setAnswer] = useState<{ round: number; found: ReconciliationFound } | null>(null);
  useEffect(() => {
    void send('reconciliation.get', { reconciliationId }).then((reply) => {
      if (reply.ok) setAnswer({ round, found: reply.result as ReconciliationFound });
    });
  }, [send, reconciliationId, round]);
  return { found: answer?.found ?? null, again: () => setRound((before) => before + 1) };
}
