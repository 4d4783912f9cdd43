// Where in a job a fault strikes, and the words for one series.
import type { Series } from './series.ts';

/** Every so many bytes, the first and the last included. */
export function everyBytes(step_bytes: number): (job_bytes: number) => number[] {
  return (job_bytes) => {
    const count = Math.ceil(job_bytes / step_bytes) + 1;
    return Array.from({ length: count }, (_, index) => Math.min(job_bytes, index * step_bytes));
  };
}

export function nameOf({ fault, model, wire, isLate, isBlip }: Series): string {
  const help = isBlip ? 'back by itself' : isLate ? 'help comes late' : 'help comes soon';
  return `${fault} ${model} ${wire}, ${help}`;
}
