type Kind = 'paid' | 'declined' | 'unknown';

export function missesOne(kind: Kind): number {
  switch (kind) {
    case 'paid':
      return 1;
    case 'declined':
      return 2;
  }
  return 0;
}

export function loose(value: any, other: number | undefined): boolean {
  const unused = 1;
  return value == other!;
}

export function swallowing(): void {
  try {
    missesOne('paid');
  } catch {}
  throw 'a string';
}
