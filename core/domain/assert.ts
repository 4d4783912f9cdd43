// Defects throw here; the core exits and recovers from disk (DESIGN section 7, "three kinds of failure").

export class Defect extends Error {
  override readonly name = 'Defect';
}

export function assert(condition: unknown, message: string): asserts condition {
  if (!condition) throw new Defect(message);
}

/** Closes a `switch` over a union: a new member is a type error here. */
export function assertNever(value: never, where: string): never {
  throw new Defect(`${where}: unexpected ${JSON.stringify(value)}`);
}
