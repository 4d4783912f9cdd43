// The act of the direct contracts, from the shop with its four acquirers to the comparison with their own books.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bookLines } from '../../fixtures/bills/books.ts';
import { type Rail, railsOf, withDirectContracts } from '../lab/rails.ts';
import { openShop, type Shop } from '../lab/shop.ts';
import { openWallets, type Wallets } from '../lab/wallets.ts';
import { auditJournal } from './audit.ts';
import { type BillRails, billProblems } from './bills.ts';
import { paperProblems, pictureProblems } from './pictures.ts';
import { collectPapers, log, type Pick, play } from './play.ts';
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

/** Of each rail: its books as the lines of a bill, and the order numbers by what was done with them. */
function billRailsOf(sales: readonly SaleSummary[], wallets: Wallets, shop: Shop): BillRails {
  const files = { ...wallets.ledgerFiles, gateway: shop.gateway.ledgerFile };
  const billed = {
    wechat: 'wechatpay',
    alipay: 'alipay',
    unionpay: 'unionpay',
    gateway: 'gateway',
  } as const;
  return (['wechat', 'alipay', 'unionpay', 'gateway'] as const).map((routeId) => {
    const own = sales.filter(({ step }) => step.startsWith(`${routeId}-`));
    const numbers = own.map(({ step, attempts }): [string, string] => [
      step.slice(routeId.length + 1),
      attempts[0]?.orderNumber ?? '',
    ]);
    const amounts = own.map(({ step, amount_fen }): [string, number] => [
      step.slice(routeId.length + 1),
      amount_fen,
    ]);
    // An order number begins with the terminal's.
    const lines = bookLines(billed[routeId], files[routeId], numbers[0]?.[1].slice(0, 8) ?? '');
    const disputed = own.flatMap(({ attempts }) => attempts.filter(({ state }) => state === 'disputed'));
    return {
      rail: billed[routeId],
      routeId,
      lines,
      orders: Object.fromEntries(numbers),
      amounts_fen: Object.fromEntries(amounts),
      open: disputed.map(({ orderNumber }) => ({ class: 'stillPending', orderNumber, effect_fen: 0 })),
    };
  });
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
    let stepCount = 0;
    const steps = (pick: Pick) => {
      const all = railSteps(rails, pick);
      stepCount = all.length;
      return all;
    };
    try {
      played = await play(till, shop, { ...options, steps });
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
    const { stateDirectory } = shop;
    const unexplained = billProblems(billRailsOf(sales, wallets, shop), {
      out: options.out,
      stateDirectory,
    });
    for (const one of unexplained) log(`BILL ${one}`);
    const isAudited = auditJournal(shop.stateDirectory, options.out, false);
    const isAll = sales.length === stepCount && found.length === 0;
    return isAudited && isAll && problems.length === 0 && unexplained.length === 0;
  } finally {
    await shop.stop();
    await wallets.stop();
  }
}
