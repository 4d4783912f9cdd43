// What waits in a list: payments on trust, and those that were lost.
import { lostBy } from '../domain/till/queries.ts';
import type { CommandDependencies, Handlers } from './command-types.ts';

export function listHandlers({
  engine,
  store,
}: CommandDependencies): Pick<Handlers, 'queue.list' | 'exceptions.list'> {
  return {
    'queue.list': () => ({
      ok: true,
      result: Object.values(engine.state.attempts)
        .filter((attempt) => attempt.machine.deferred)
        .map(({ attemptId, orderNumber, saleId, amount_fen, codeMask, takenAt, machine }) => ({
          attemptId,
          orderNumber,
          saleId,
          amount_fen,
          codeMask,
          takenAt,
          state: machine.state.kind,
        })),
    }),
    'exceptions.list': () => {
      // What is still missing, not what was once asked for.
      const lost = lostBy(engine.state);
      const rows = store.exceptions();
      const result = rows.map((row) => ({ ...row, amount_fen: lost.get(row.attemptId) ?? row.amount_fen }));
      return { ok: true, result };
    },
  };
}
