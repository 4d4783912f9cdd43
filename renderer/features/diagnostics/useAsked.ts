// A dialog that begins something when it opens: asked for once, and again by its key. Until the core has answered, the
// snapshot may still show how the last one ended.
import { useEffect, useState } from 'react';
import type { CommandName, CommandParams } from '../../../contract/commands.ts';
import { useTill } from '../../lib/till.tsx';

export const NOTHING = {};

type Asked = { isAsking: boolean; result: unknown; ask: () => void };

/** `params` must stay the same object: a new one is asked for anew. */
export function useAsked<Name extends CommandName>(command: Name, params: CommandParams<Name>): Asked {
  const { send } = useTill();
  const [answered, setAnswered] = useState(-1);
  const [result, setResult] = useState<unknown>(null);
  /** How often it was asked for again. */
  const [round, setRound] = useState(0);
  useEffect(() => {
    let isOver = false;
    void send(command, params).then((reply) => {
      if (isOver) return;
      setResult(reply.ok ? reply.result : null);
      setAnswered(round);
    });
    return () => {
      isOver = true;
    };
  }, [send, command, params, round]);
  return { isAsking: answered !== round, result, ask: () => setRound(round + 1) };
}
