// npm run demo -- --out DIR [--headless] [--size 1280x800] [--hands touch|keys] [--act all|selling|day] [--sabotage ...]
// The whole main job through the real kiosk, real ptys and sockets, compared with the acquirer's own ledger.
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { codeMaker } from '../../fixtures/codes.ts';
import { openShop, type Shop } from '../lab/shop.ts';
import { paperProblems, pictureProblems } from './pictures.ts';
import { auditJournal } from './audit.ts';
import type { HandKind } from './kiosk-hands.ts';
import type { Stage, Step } from './stage.ts';
import { demoSteps } from './steps.ts';
import { type SaleSummary, summarize } from './summary.ts';
import { headlessTill, kioskTill, type Till } from './till.ts';

const sabotages = ['fen', 'step', 'picture', 'report'] as const;
const acts = ['all', 'selling', 'day'] as const;
type Sabotage = (typeof sabotages)[number];

type Options = {
  out: string;
  headless: boolean;
  size: { width: number; height: number };
  hands: HandKind;
  act: (typeof acts)[number];
  sabotage: Sabotage | null;
};

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      out: { type: 'string', default: 'out/demo' },
      headless: { type: 'boolean', default: false },
      size: { type: 'string', default: '1280x800' },
      hands: { type: 'string', default: 'touch' },
      act: { type: 'string', default: 'all' },
      sabotage: { type: 'string' },
    },
  });
  const size = /^(\d{3,4})x(\d{3,4})$/.exec(values.size);
  if (!size) throw new Error(`--size ${values.size} is not WIDTHxHEIGHT`);
  const sabotage = sabotages.find((one) => one === values.sabotage) ?? null;
  if (values.sabotage !== undefined && sabotage === null)
    throw new Error(`--sabotage is one of ${sabotages.join(', ')}`);
  const act = acts.find((one) => one === values.act);
  if (act === undefined) throw new Error(`--act is one of ${acts.join(', ')}`);
  if (values.hands !== 'touch' && values.hands !== 'keys') throw new Error('--hands is touch or keys');
  return {
    hands: values.hands,
    act,
    out: resolve(values.out),
    headless: values.headless,
    size: { width: Number(size[1]), height: Number(size[2]) },
    sabotage,
  };
}

function log(line: string): void {
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

function stepsOf(options: Options, barcodes: readonly string[]): Step[] {
  const { selling, day } = demoSteps(barcodes);
  const chosen = options.act === 'all' ? [...selling, ...day] : options.act === 'day' ? day : selling;
  return chosen.filter((one) => !(options.sabotage === 'step' && one.name === 'unionpay'));
}

type Played = { steps: Map<string, string>; pictures: string[] };

async function play(till: Till, shop: Shop, options: Options): Promise<Played> {
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
    (now) => now.routes[0]?.state === 'online' && now.scanners[0]?.state === 'ready',
  );
  await stage.picture('sign-in');
  await till.cashier.signIn();
  await stage.until('signed in', (now) => now.operator !== null);
  await stage.picture('shift-open');
  await till.day.openShift(FLOAT_fen);
  await stage.until('a shift is open', (now) => now.shift !== null);
  await stage.picture('empty');
  const steps = stepsOf(options, barcodes);
  for (const one of steps) {
    step = one.name;
    const started = performance.now();
    await one.run(stage);
    log(`✓ ${one.title} (${((performance.now() - started) / 1000).toFixed(1)} s)`);
  }
  return played;
}

/** Receipt number -> its papers, copied beside the summary as `receipt-NNNN.bin` and `.png`. */
async function collectPapers(shop: Shop, out: string): Promise<Map<string, string[]>> {
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

function spoil(sabotage: Sabotage | null, sales: SaleSummary[], pictures: readonly string[]): void {
  const [first] = sales;
  if (sabotage === 'fen' && first) first.amount_fen += 1;
  const [picture] = pictures;
  if (sabotage === 'picture' && picture) {
    const { width, height } = PNG.sync.read(readFileSync(picture));
    writeFileSync(picture, PNG.sync.write(new PNG({ width, height })));
  }
}

function compareWithLedger(summaryFile: string, ledgerFile: string, act: string): boolean {
  const script = resolve(import.meta.dirname, 'compare.mjs');
  return (
    spawnSync(process.execPath, [script, summaryFile, ledgerFile, act], { stdio: 'inherit' }).status === 0
  );
}

async function run(): Promise<boolean> {
  const options = readOptions();
  rmSync(options.out, { recursive: true, force: true });
  mkdirSync(options.out, { recursive: true });
  const shop = await openShop({ directory: join(options.out, 'shop') });
  let till: Till | null = null;
  let played: Played;
  let papers: Map<string, string[]>;
  try {
    till = options.headless ? await headlessTill(shop) : await kioskTill(shop, options.size, options.hands);
    played = await play(till, shop, options);
    papers = await collectPapers(shop, options.out);
  } finally {
    await till?.stop();
    await shop.stop();
  }
  const sales = summarize(shop.stateDirectory, played.steps, papers);
  const paperFiles = [...papers.values()].flat().map((bin) => join(options.out, bin.replace(/bin$/, 'png')));
  spoil(options.sabotage, sales, [...played.pictures, ...paperFiles]);
  const summaryFile = join(options.out, 'summary.json');
  writeFileSync(summaryFile, `${JSON.stringify({ sales }, null, 2)}\n`);
  for (const sale of sales)
    log(`  ${sale.step.padEnd(12)} ${sale.saleId} ${sale.outcome} ${sale.receipts.join(' ')}`);
  const problems = [...pictureProblems(played.pictures, options.size), ...paperProblems(paperFiles)];
  for (const problem of problems) log(`PICTURE ${problem}`);
  const isSame = compareWithLedger(summaryFile, shop.gateway.ledgerFile, options.act);
  const isAudited = auditJournal(shop.stateDirectory, options.out, options.sabotage === 'report');
  log(
    `${played.pictures.length} screens and ${paperFiles.length} papers, ${problems.length} bad; everything is in ${options.out}`,
  );
  return isSame && isAudited && problems.length === 0;
}

const isGood = await run();
log(isGood ? 'DEMO OK' : 'DEMO FAILED');
process.exitCode = isGood ? 0 : 1;
