// npm run demo -- --out DIR [--headless] [--size 1280x800] [--hands touch|keys] [--act all|till|selling|day|rails] [--sabotage ...]
// The whole main job through the real kiosk, real ptys and sockets, compared with the acquirer's own ledger.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { PNG } from 'pngjs';
import { openShop } from '../lab/shop.ts';
import { paperProblems, pictureProblems } from './pictures.ts';
import { auditJournal } from './audit.ts';
import type { HandKind } from './kiosk-hands.ts';
import { collectPapers, log, type Pick, play, type Played } from './play.ts';
import { playRails } from './rails.ts';
import type { Step } from './stage.ts';
import { demoSteps } from './steps.ts';
import { type SaleSummary, summarize } from './summary.ts';
import { headlessTill, kioskTill, type Till } from './till.ts';

const sabotages = ['fen', 'step', 'picture', 'report'] as const;
/** `till`: selling and the day, by the gateway. `rails`: the same shop with direct contracts. */
const acts = ['all', 'till', 'selling', 'day', 'rails'] as const;
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

function stepsOf(options: Options, pick: Pick): Step[] {
  const { selling, day } = demoSteps(pick);
  const isBoth = options.act === 'all' || options.act === 'till';
  const chosen = isBoth ? [...selling, ...day] : options.act === 'day' ? day : selling;
  return chosen.filter((one) => !(options.sabotage === 'step' && one.name === 'unionpay'));
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

async function run(options: Options): Promise<boolean> {
  const shop = await openShop({ directory: join(options.out, 'shop') });
  let till: Till | null = null;
  let played: Played;
  let papers: Map<string, string[]>;
  try {
    till = options.headless ? await headlessTill(shop) : await kioskTill(shop, options.size, options.hands);
    played = await play(till, shop, { ...options, steps: (pick) => stepsOf(options, pick) });
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
  const isSame = compareWithLedger(
    summaryFile,
    shop.gateway.ledgerFile,
    options.act === 'till' ? 'all' : options.act,
  );
  const isAudited = auditJournal(shop.stateDirectory, options.out, options.sabotage === 'report');
  log(
    `${played.pictures.length} screens and ${paperFiles.length} papers, ${problems.length} bad; everything is in ${options.out}`,
  );
  return isSame && isAudited && problems.length === 0;
}

const options = readOptions();
rmSync(options.out, { recursive: true, force: true });
mkdirSync(options.out, { recursive: true });
const isTillGood = options.act === 'rails' || (await run(options));
const railsOut = options.act === 'all' ? join(options.out, 'rails') : options.out;
const hasRails = options.act === 'all' || options.act === 'rails';
const isGood = isTillGood && (!hasRails || (await playRails({ ...options, out: railsOut })));
log(isGood ? 'DEMO OK' : 'DEMO FAILED');
process.exitCode = isGood ? 0 : 1;
