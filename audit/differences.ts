// Two values, field by field: where they differ, and what each holds there.

function shown(value: unknown): string {
  return value === undefined ? 'nothing' : JSON.stringify(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

function compare(first: unknown, second: unknown, path: string, found: string[]): void {
  if (Object.is(first, second)) return;
  if (!isObject(first) || !isObject(second) || Array.isArray(first) !== Array.isArray(second)) {
    found.push(`${path === '' ? '(all)' : path}: ${shown(first)} != ${shown(second)}`);
    return;
  }
  if (Array.isArray(first) && Array.isArray(second)) {
    const length = Math.max(first.length, second.length);
    for (let index = 0; index < length; index += 1) {
      compare(first[index], second[index], `${path}[${index}]`, found);
    }
    return;
  }
  for (const name of new Set([...Object.keys(first), ...Object.keys(second)])) {
    compare(first[name], second[name], path === '' ? name : `${path}.${name}`, found);
  }
}

/** `path: a != b` for each field in which they differ, lists by index; nothing when they are equal. */
export function differences(a: unknown, b: unknown): string[] {
  const found: string[] = [];
  compare(a, b, '', found);
  return found;
}
