// What the core would give back for the chosen pieces: asked anew whenever the choice or the sale changes.
import { useEffect, useState } from 'react';
import type { ReturnPreview, SaleFound } from '../../../contract/snapshot.ts';
import { useTill } from '../../lib/till.tsx';
import { linesOf, type Selection } from './selection.ts';

type Asked = { lines: ReturnType<typeof linesOf>; found: SaleFound };

/**
 * As text, so that what is the same is not asked again. Of the sale too: a payment or a refund of it may end meanwhile. When a refund is looked
 * at next changes nothing: a screen that nobody is at would ask for ever, and keep the till from its lock.
 */
export function askedAs(found: SaleFound, lines: Asked['lines']): string {
  const giveBacks = found.giveBacks.map((one) => ({ ...one, nextStepAt_ms: null, inquiries: 0 }));
  return JSON.stringify({ lines, found: { ...found, giveBacks } } satisfies Asked);
}

/** Null while nothing is chosen, or the answer to this choice is not here yet. */
export function useReturnPreview(found: SaleFound, selection: Selection): ReturnPreview | null {
  const { send } = useTill();
  const [answer, setAnswer] = useState<{ chosen: string; preview: ReturnPreview } | null>(null);
  const lines = linesOf(selection, found);
  const chosen = JSON.stringify(lines);
  const asked = askedAs(found, lines);
  useEffect(() => {
    const { lines: pieces, found: sale } = JSON.parse(asked) as Asked;
    if (pieces.length === 0) return;
    void send('return.preview', { saleId: sale.saleId, lines: pieces }).then((reply) => {
      if (reply.ok) setAnswer({ chosen: JSON.stringify(pieces), preview: reply.result as ReturnPreview });
    });
  }, [send, asked]);
  return answer?.chosen === chosen ? answer.preview : null;
}
