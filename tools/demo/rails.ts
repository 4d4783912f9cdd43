// The act of the direct contracts, from the shop with its three acquirers to the comparison with their own books.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Rail, railsOf, withDirectContracts } from '../lab/rails.ts';
import { openShop } from '../lab/shop.ts';
import { openWallets } from '../lab/wallets.ts';
import { auditJournal } from './audit.ts';
import { paperProblems, pictureProblems } from './pictures.ts';
import { collectPapers, log, play } from './play.ts';
import { railSteps } from './rail-steps.ts';
import { type SaleSummary, summarize } from './summary.ts';
import { headlessTill, kioskTill } from './till.ts';

type Options = {
  out: string;
  headless: boolean;
  size: { width: number; height: number };
  hands: 'touch' | 'keys';
};

/** What the till believes to have kept of each payment, against the books of its own rail. */
async function differences(sales: readonly SaleSummary[], rails: readonly Rail[]): Promise<string[]> {
  const found: string[] = [];
  for (const { step, saleId, attempts } of sales) {
    const rail = rails.find(({ name }) => step.startsWith(`${name}-`));
    if (rail === undefined || attempts.length !== 1)
      found.push(`${step} ${saleId}: ${attempts.length} attempts`);
    for (const { orderNumber, kept_fen } of attempts) {
      const booked_fen = (await rail?.kept_fen(orderNumber)) ?? 0;
      if (booked_fen !== kept_fen)
        found.push(`${step} ${orderNumber}: till ${kept_fen}, acquirer ${booked_fen}`);
    }
  }
  return found;
}

export async function playRails(options: Options): Promise<boolean> {
  const wallets = await openWallets(join(options.out, 'wallets'));
  const shop = await openShop({
    directory: join(options.out, 'shop'),
    configure: (lab) => withDirectContracts(lab, wallets),
  });
  const rails = railsOf(wallets, shop.acquirer);
  try {
    const till = await (options.headless ? headlessTill(shop) : kioskTill(shop, options.size, options.hands));
    let played;
    let papers;
    try {
      played = await play(till, shop, { ...options, steps: (pick) => railSteps(rails, pick) });
      papers = await collectPapers(shop, options.out);
    } finally {
      await till.stop();
    }
    const sales = summarize(shop.stateDirectory, played.steps, papers);
    writeFileSync(join(options.out, 'summary.json'), `${JSON.stringify({ sales }, null, 2)}\n`);
    for (const { step, saleId, outcome } of sales) log(`  ${step.padEnd(18)} ${saleId} ${outcome}`);
    const files = [...papers.values()].flat().map((bin) => join(options.out, bin.replace(/bin$/, 'png')));
    const problems = [...pictureProblems(played.pictures, options.size), ...paperProblems(files)];
    for (const problem of problems) log(`PICTURE ${problem}`);
    const found = await differences(sales, rails);
    for (const one of found) log(`DIFFERENCE ${one}`);
    log(`${sales.length} sales on ${rails.length} rails, ${found.length} differences`);
    const isAudited = auditJournal(shop.stateDirectory, options.out, false);
    return isAudited && found.length === 0 && problems.length === 0 && sales.length === 5 * rails.length;
  } finally {
    await shop.stop();
    await wallets.stop();
  }
}
