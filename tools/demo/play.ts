// Plays the steps of an act on a till, and gathers its pictures and papers.
import { copyFileSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { codeMaker } from '../../fixtures/codes.ts';
import type { Shop } from '../lab/shop.ts';
import type { Stage, Step } from './stage.ts';
import type { Till } from './till.ts';

/** Barcodes of the catalogue by its rows. */
export type Pick = (...indexes: number[]) => string[];

export type PlayOptions = { out: string; headless: boolean; steps(pick: Pick): Step[] };

export function log(line: string): void {
  process.stdout.write(`${line}\n`);
}

const FLOAT_fen = 50_000;

function tally(start_fen: number) {
  let sum_fen = start_fen;
  return {
    add: (amount_fen: number) => {
      sum_fen += amount_fen;
    },
    sum_fen: () => sum_fen,
  };
}

function pickOf(barcodes: readonly string[]): Pick {
  return (...indexes) =>
    indexes.map((index) => {
      const barcode = barcodes[index];
      if (barcode === undefined) throw new Error(`the catalogue has no row ${index + 2}`);
      return barcode;
    });
}

export type Played = { steps: Map<string, string>; pictures: string[] };

/** Signs in, opens a shift and does the steps; each says that it is done, and how long it took. */
export async function play(till: Till, shop: Shop, options: PlayOptions): Promise<Played> {
  const csv = readFileSync(resolve('fixtures/catalogue/goods.csv'), 'utf8')
    .split('\n')
    .slice(1)
    .filter(Boolean);
  const barcodes = csv.map((row) => row.split(',')[0] ?? '');
  const played: Played = { steps: new Map(), pictures: [] };
  let step = '';
  const stage: Stage = {
    shop,
    codes: codeMaker(),
    cashier: till.cashier,
    day: till.day,
    drawer: tally(FLOAT_fen),
    until: till.observer.until,
    picture: async (name) => {
      if (options.headless) return;
      const file = join(options.out, `${String(played.pictures.length + 1).padStart(2, '0')}-${name}.png`);
      await till.picture(file);
      played.pictures.push(file);
    },
    killCore: till.killCore,
    claim: (saleId) => played.steps.set(saleId, step),
    log,
  };
  await stage.until(
    'everything is ready',
    (now) => now.routes.every(({ state }) => state === 'online') && now.scanners[0]?.state === 'ready',
  );
  await stage.picture('sign-in');
  await till.cashier.signIn();
  await stage.until('signed in', (now) => now.operator !== null);
  await stage.picture('shift-open');
  await till.day.openShift(FLOAT_fen);
  await stage.until('a shift is open', (now) => now.shift !== null);
  await stage.picture('empty');
  for (const one of options.steps(pickOf(barcodes))) {
    step = one.name;
    const started = performance.now();
    await one.run(stage);
    log(`✓ ${one.title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  return played;
}

/** Receipt number -> its papers, copied beside the summary as `receipt-NNNN.bin` and `.png`. */
export async function collectPapers(shop: Shop, out: string): Promise<Map<string, string[]>> {
  const papers = new Map<string, string[]>();
  for (const job of await shop.paper.jobs()) {
    await shop.paper.waitFor('paper.drawn', { number: job.number });
    const name = `receipt-${String(job.number).padStart(4, '0')}`;
    copyFileSync(job.bin, join(out, `${name}.bin`));
    copyFileSync(job.png, join(out, `${name}.png`));
    const number = /票号 No\.\s+(\d{8})/.exec(job.text)?.[1] ?? 'unreadable';
    papers.set(number, [...(papers.get(number) ?? []), `${name}.bin`]);
    for (const fault of job.faults) log(`! printer fault in ${name}: ${JSON.stringify(fault)}`);
  }
  return papers;
}
