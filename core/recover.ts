// Recovery at the start: what was marked sent and never answered is in doubt; everything else goes on from the disk.
import type { Engine } from './engine/engine.ts';
import type { OutboxKind, OutboxRow, Store } from './ports/journal.ts';

/**
 * What is open and may have been sent: all of it, but what the disk says was not. A row that is gone or can't be understood
 * (a bad disk) leads to an inquiry, never to a second sending.
 */
function maybeSent(rows: readonly OutboxRow[], kind: OutboxKind, openIds: readonly string[]): string[] {
  const unsent = new Set(
    rows.filter((row) => row.kind === kind && row.state === 'pending').map((row) => row.reference),
  );
  return openIds.filter((id) => !unsent.has(id));
}

/** Needed for what is queued alone: the end of its wait was reckoned by the clock of the run that ends here. */
function clockOf({ state }: Engine, store: Store): { clockSetBy_ms?: number; firstTaken?: number | null } {
  const isQueued = Object.values(state.attempts).some(
    ({ machine }) =>
      machine.deferred && (machine.state.kind === 'queued' || machine.state.kind === 'authorizing'),
  );
  if (!isQueued) return {};
  const setBy_ms = store.clockSetBy_ms();
  return { firstTaken: store.firstTaken(), ...(setBy_ms !== 0 && { clockSetBy_ms: setBy_ms }) };
}

/** Answers the printing rows that had begun: their papers come again as copies. */
export function recover(engine: Engine, store: Store, version: string): ReadonlySet<number> {
  const rows = store.openRows();
  if (engine.state.epoch === 0) engine.post({ kind: 'installed', epoch: 1 });
  const attempts = Object.values(engine.state.attempts).filter(
    ({ machine }) => machine.state.kind === 'authorizing',
  );
  const giveBacks = Object.values(engine.state.giveBacks).filter(
    ({ machine }) => machine.state.kind === 'sending',
  );
  const sentIds = [
    ...maybeSent(
      rows,
      'authorize',
      attempts.map((one) => one.attemptId),
    ),
    ...maybeSent(
      rows,
      'giveBack',
      giveBacks.map((one) => one.giveBackId),
    ),
  ];
  const sentDrawerIds = rows.flatMap((row) =>
    row.kind === 'openDrawer' && row.state === 'sent' ? [row.reference] : [],
  );
  const runtime = `node ${process.versions.node}`;
  const clock = clockOf(engine, store);
  engine.post({ kind: 'coreStarted', version, runtime, sentIds, sentDrawerIds, ...clock });
  return new Set(rows.filter((row) => row.kind === 'print' && row.state === 'sent').map((row) => row.rowId));
}
