// What ends a month: the first thing that is not as it must be.
export class MonthFailure extends Error {
  override readonly name = 'MonthFailure';
}

export function must(isTrue: boolean, what: string): asserts isTrue {
  if (!isTrue) throw new MonthFailure(what);
}

export function mustEqual(what: string, till: unknown, model: unknown): void {
  if (till !== model)
    throw new MonthFailure(`${what}: the till says ${String(till)}, the model ${String(model)}`);
}
