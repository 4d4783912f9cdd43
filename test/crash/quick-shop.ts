// The shop in which tills are killed: a whole one whose doubts are resolved within seconds.
import { readFileSync } from 'node:fs';
import { type ConfigurationInput, openShop, type Shop } from '../../tools/lab/shop.ts';

/** Doubt is resolved within seconds here; the order of things is the same as with the real timings. */
export const quickTimings = {
  answerTimeout_ms: 3000,
  inquiryAt_ms: [100, 300, 600],
  giveUpAt_ms: 900,
  giveUpFrom_ms: 100,
  awaitingEvery_ms: 200,
  awaitingLimit_ms: 2000,
  callTimeout_ms: 2000,
  reverseAt_ms: [0, 200, 400],
  reverseEvery_ms: 400,
  deferredInquiryEvery_ms: 300,
  presenting: { inquireEvery_ms: 150, closeAt_ms: [0, 200, 400], closeEvery_ms: 400 },
};

export function quick(configuration: ConfigurationInput): ConfigurationInput {
  const { route } = configuration;
  return { ...configuration, route: { ...route, mainScan: true, probeEvery_ms: 150, timings: quickTimings } };
}

export function openQuickShop(directory: string): Promise<Shop> {
  return openShop({ directory, configure: quick });
}

export function firstBarcode(configFile: string): string {
  const { catalogueFile } = JSON.parse(readFileSync(configFile, 'utf8')) as ConfigurationInput;
  const [, row = ''] = readFileSync(catalogueFile, 'utf8').split('\n');
  return row.split(',')[0] ?? '';
}
