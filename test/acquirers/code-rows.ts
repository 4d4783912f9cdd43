// What the tests of the acquirers' error tables share.

/** Codes by what they say, for a comparison with literals. */
export function byReason(map: Readonly<Record<string, string>>): Record<string, string> {
  const found: Record<string, string> = {};
  for (const code of Object.keys(map).toSorted()) {
    const reason = map[code] ?? '';
    found[reason] = found[reason] === undefined ? code : `${found[reason]} ${code}`;
  }
  return found;
}

export const listed = (codes: Iterable<string>): string => [...codes].toSorted().join(' ');
