// A PinGuard that keeps its counts in memory, as the engine keeps them in the journal.
import type { PinGuard } from '../../core/rpc/operators.ts';

export function pinMemory(now_ms: () => number = () => 0): PinGuard {
  const wrong = new Map<string, { count: number; lockedUntil_ms: number }>();
  return {
    now_ms,
    wrong: (operatorId) => wrong.get(operatorId) ?? { count: 0, lockedUntil_ms: 0 },
    recordWrong: (operatorId, lockedUntil_ms) => {
      wrong.set(operatorId, { count: (wrong.get(operatorId)?.count ?? 0) + 1, lockedUntil_ms });
    },
    clear: (operatorId) => void wrong.delete(operatorId),
  };
}
