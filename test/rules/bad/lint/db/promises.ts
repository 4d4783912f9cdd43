async function work(): Promise<boolean> {
  return true;
}

export function floating(): void {
  work();
}

export function misused(): string {
  return work() ? 'always' : 'never';
}
