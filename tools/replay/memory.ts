// The till's memory as it was: which entities, in their order, with what the store says of each.
import type { BaseLine } from '../../core/engine/recording.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import type { Store } from '../../core/ports/journal.ts';

function entities<Entity>(
  ids: readonly string[],
  load: (id: string) => Entity | null,
): Record<string, Entity> {
  return Object.fromEntries(
    ids.flatMap((id) => {
      const one = load(id);
      return one === null ? [] : [[id, one]];
    }),
  );
}

/** The ids that the journal knows nothing of; there are none unless the recording belongs to another one. */
export function unknownIn(state: TillState, memory: BaseLine['memory']): string[] {
  return (['sales', 'attempts', 'receipts', 'giveBacks'] as const).flatMap((kind) =>
    memory[kind].filter((id) => state[kind][id] === undefined),
  );
}

export function remembered(store: Store, memory: BaseLine['memory']): TillState {
  return {
    ...store.load(),
    sales: entities(memory.sales, store.loadSale),
    attempts: entities(memory.attempts, store.loadAttempt),
    receipts: entities(memory.receipts, store.loadReceipt),
    giveBacks: entities(memory.giveBacks, store.loadGiveBack),
  };
}
