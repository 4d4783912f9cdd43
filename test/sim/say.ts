// Prints what a search saw: its size, its bounds, and for a planted bug the shortest way to it.
import type { Report } from './explore.ts';

type Limits = { flyingLimit: number; deliveryLimit: number; restartLimit: number };

export function say(name: string, bounds: Limits, report: Report): void {
  const { states, edges, depth, seconds } = report;
  const limits = `in flight <= ${bounds.flyingLimit}, deliveries <= ${bounds.deliveryLimit}, restarts <= ${bounds.restartLimit}`;
  process.stdout.write(
    `${name}: ${states} states, ${edges} edges, depth ${depth}, ${seconds} s (${limits})\n`,
  );
}

export function sayFound(name: string, report: Report): void {
  process.stdout.write(
    `planted: ${name}\n  -> ${report.found?.property}: ${report.found?.path.join('; ')}\n`,
  );
}
