// The promise about money that a Z carries: the next Z carries it too, or says what became of it.
type Closed = {
  zNumber: number;
  carried: { kind: string; id: string; number: string }[];
  late: { what: string; id: string }[];
};

/** A sale is no money yet: it is paid or dropped, and counted with that. */
const sales: ReadonlySet<string> = new Set(['parkedSale', 'openSale']);

/** What a Z carried, and the one after it says nothing of. In the order of the journal. */
export function withoutEnd(closed: readonly Closed[]): string[] {
  return closed.slice(1).flatMap((next, index) => {
    const told = new Set([...next.carried, ...next.late].map(({ id }) => id));
    const before = closed[index];
    return (before?.carried ?? [])
      .filter(({ kind, id }) => !sales.has(kind) && !told.has(id))
      .map(({ kind, number }) => `${kind} ${number} of Z${before?.zNumber} is missing on Z${next.zNumber}`);
  });
}
