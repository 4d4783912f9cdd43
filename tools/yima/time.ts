// How the command line tells a time.

export function shanghaiText(at_ms: number): string {
  return new Date(at_ms).toLocaleString('sv-SE', { timeZone: 'Asia/Shanghai' });
}
