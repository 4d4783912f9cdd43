// The shape of a record's body, checked before any figure is read from it: a wrong field is named, not summed.

type Problem = { path: string; what: string };

/** Null when the value has the shape, else the first field that hasn't. `of` only carries the type. */
export type Shape<Value> = ((value: unknown) => Problem | null) & { readonly of?: Value };

export type Of<Any> = Any extends Shape<infer Value> ? Value : never;

function leaf<Value>(what: string, holds: (value: unknown) => boolean): Shape<Value> {
  const problem = { path: '', what: `is not ${what}` };
  return (value) => (holds(value) ? null : problem);
}

export const text: Shape<string> = leaf('a text', (value) => typeof value === 'string');

export const flag: Shape<boolean> = leaf('true or false', (value) => typeof value === 'boolean');

/** Money, counts, times, rates: a whole number, never a fraction. */
export const whole: Shape<number> = leaf('a whole number', Number.isSafeInteger);

/** A whole number that is never below zero. */
export const amount: Shape<number> = leaf(
  'a whole number of 0 or more',
  (value) => Number.isSafeInteger(value) && (value as number) >= 0,
);

export const anything: Shape<unknown> = () => null;

export function oneOf<const Value extends string>(...values: Value[]): Shape<Value> {
  return leaf(`one of ${values.join(', ')}`, (value) => values.includes(value as Value));
}

export function orNull<Value>(shape: Shape<Value>): Shape<Value | null> {
  return (value) => (value === null ? null : shape(value));
}

/** Fields of newer records: not there in older ones. */
export function orAbsent<Value>(shape: Shape<Value>): Shape<Value | undefined> {
  return (value) => (value === undefined ? null : shape(value));
}

function below(name: string, { path, what }: Problem): Problem {
  const isIndex = path === '' || path.startsWith('[');
  return { path: isIndex ? `${name}${path}` : `${name}.${path}`, what };
}

/** More fields than these may be there: figures don't come from them. */
export function fields<Members extends Record<string, Shape<unknown>>>(
  members: Members,
): Shape<{ [Name in keyof Members]: Of<Members[Name]> }> {
  const entries = Object.entries(members);
  return (value) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) {
      return { path: '', what: 'is not an object' };
    }
    for (const [name, shape] of entries) {
      const problem = shape((value as Record<string, unknown>)[name]);
      if (problem !== null) return below(name, problem);
    }
    return null;
  };
}

export function list<Value>(shape: Shape<Value>): Shape<Value[]> {
  return (value) => {
    if (!Array.isArray(value)) return { path: '', what: 'is not a list' };
    for (const [index, each] of value.entries()) {
      const problem = shape(each);
      if (problem !== null) return below(`[${index}]`, problem);
    }
    return null;
  };
}
