// A key that came from outside, looked up in a record: `__proto__`, `constructor` and their kin are nobody's.

export function own<Value>(record: Readonly<Record<string, Value>>, key: string): Value | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
