// The machine's monotonic clock in milliseconds: the same in every process, also in the bench's own C programs.
export function monotonic_ms(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}

/** What a C program printed: nanoseconds of the same clock. */
export function fromNanoseconds(text: string): number {
  return Number(BigInt(text.trim())) / 1e6;
}
