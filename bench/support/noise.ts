// Whether the disk was quiet around a measurement: raw syncs before, between and after it, judged by their median.
import { percentile } from './figures.ts';
import { openRawFile } from './raw-sync.ts';

/** Above this the neighbours are measured, not the product (reference performance.md). */
export const QUIET_sync_ms = 1;
const BURST = 100;

export type Noise = {
  /** A hundred raw syncs now. */
  sample(): void;
  /** p50 of all samples since the last call. */
  take_ms(): number;
  close(): void;
};

/** @throws Error when `directory` is in memory. */
export function openNoise(directory: string): Noise {
  const raw = openRawFile(directory);
  let samples: number[] = [];
  return {
    sample: () => {
      for (let count = 0; count < BURST; count += 1) samples.push(raw.sync());
    },
    take_ms: () => {
      const p50_ms = percentile(samples, 0.5);
      samples = [];
      return p50_ms;
    },
    close: raw.close,
  };
}
