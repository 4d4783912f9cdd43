// The act of the direct contracts: on each rail one sale is paid, awaited, found after a lost answer, given up, partly refunded, paid and not paid by a
// code of ours. What is given up
// is reversed and proven; where no answer would prove it, it is a dispute, and the customer pays in cash.
import type { Rail } from '../lab/rails.ts';
import { basket, lastPayment, next, untilPayment, untilReceipt } from './actions.ts';
import { partialRefund } from './day-steps.ts';
import type { Pick } from './play.ts';
import type { Stage, Step } from './stage.ts';

type Goods = readonly string[];

async function pay(stage: Stage, rail: Rail, goods: Goods): Promise<void> {
  await basket(stage, goods);
  await stage.shop.scanner.scan(rail.code(stage.codes));
}

async function paid(stage: Stage, rail: Rail, goods: Goods): Promise<void> {
  await pay(stage, rail, goods);
  await untilReceipt(stage, 'completed');
  await stage.picture(`${rail.name}-paid`);
  await next(stage);
}

async function awaited(stage: Stage, rail: Rail, goods: Goods): Promise<void> {
  await rail.askCustomer();
  await pay(stage, rail, goods);
  const asked = await untilPayment(stage, rail.waitsIn);
  await stage.picture(`${rail.name}-awaiting`);
  await rail.customerPays(lastPayment(asked)?.orderNumber ?? '');
  await untilReceipt(stage, 'completed');
  await next(stage);
}

async function found(stage: Stage, rail: Rail, goods: Goods): Promise<void> {
  await rail.loseAnswer();
  await pay(stage, rail, goods);
  const { sale } = await untilReceipt(stage, 'completed');
  const steps = sale?.payments.at(-1)?.story.map(({ what }) => what) ?? [];
  if (!steps.includes('noAnswer')) throw new Error(`the answer was not lost: ${steps.join()}`);
  await stage.picture(`${rail.name}-found`);
  await next(stage);
}

/** Reversed there, and nothing says so: the dispute stays open until a person compares with the bill; this sale goes on. */
async function disputed(stage: Stage, rail: Rail, payment: ReturnType<typeof lastPayment>): Promise<void> {
  await rail.refuseReversals?.(payment?.orderNumber ?? '');
  await untilPayment(stage, 'disputed');
  await stage.picture(`${rail.name}-disputed`);
  // No question before it: cash changes nothing for what is in dispute.
  await stage.day.cash(payment?.amount_fen ?? 0, { roundDown: false });
  stage.drawer.add(payment?.amount_fen ?? 0);
  await untilReceipt(stage, 'completed');
  await next(stage);
}

async function reversed(stage: Stage, rail: Rail, goods: Goods): Promise<void> {
  await rail.askCustomer();
  await pay(stage, rail, goods);
  const asked = await stage.until('the cashier may give up', (now) => lastPayment(now)?.canGiveUp === true);
  await stage.cashier.giveUp();
  // The worst moment: the customer pays after all.
  if (!rail.reversesUndecided) await rail.customerPays(lastPayment(asked)?.orderNumber ?? '');
  if (rail.refuseReversals !== null) return disputed(stage, rail, lastPayment(asked));
  await untilPayment(stage, 'reversed');
  await stage.picture(`${rail.name}-reversed`);
  await stage.cashier.cancelSale();
  await next(stage);
}

/** A code of ours on the screen, for the whole amount. Returns what a customer's phone reads. */
async function show(stage: Stage, rail: Rail, place: number, goods: Goods): Promise<string> {
  await basket(stage, goods);
  await stage.day.showCode({ routeId: rail.name, label: rail.mainScan.label, place });
  const now = await stage.until('the code', (each) => (lastPayment(each)?.code ?? null) !== null);
  return lastPayment(now)?.code?.content ?? '';
}

async function scanned(stage: Stage, rail: Rail, place: number, goods: Goods): Promise<void> {
  const content = await show(stage, rail, place, goods);
  await stage.picture(`${rail.name}-code`);
  await rail.mainScan.scan(content, true);
  await untilReceipt(stage, 'completed');
  await stage.picture(`${rail.name}-code-paid`);
  await next(stage);
}

/** The customer looks and does not pay. Where no call ends a code it stays payable until its time is over: there he pays after all. */
async function closed(stage: Stage, rail: Rail, place: number, goods: Goods): Promise<void> {
  const content = await show(stage, rail, place, goods);
  await rail.mainScan.scan(content, false);
  await stage.day.closeCode();
  if (rail.mainScan.endsScanned) {
    await untilPayment(stage, 'closed');
    await stage.picture(`${rail.name}-code-closed`);
    await stage.cashier.cancelSale();
    return next(stage);
  }
  await untilPayment(stage, 'closing');
  await stage.picture(`${rail.name}-code-closing`);
  await rail.mainScan.scan(content, true);
  await untilReceipt(stage, 'completed');
  await next(stage);
}

export function railSteps(rails: readonly Rail[], pick: Pick): Step[] {
  return rails.flatMap((rail, index): Step[] => {
    const { name } = rail;
    const at = index * 10;
    return [
      { name: `${name}-paid`, title: `${name}: paid`, run: (s) => paid(s, rail, pick(at)) },
      {
        name: `${name}-awaited`,
        title: `${name}: awaited, then paid`,
        run: (s) => awaited(s, rail, pick(at + 1)),
      },
      {
        name: `${name}-found`,
        title: `${name}: the answer lost, then found`,
        run: (s) => found(s, rail, pick(at + 2)),
      },
      {
        name: `${name}-reversed`,
        title:
          rail.refuseReversals === null
            ? `${name}: given up, reversed`
            : `${name}: given up, disputed, paid in cash`,
        run: (s) => reversed(s, rail, pick(at + 3)),
      },
      {
        name: `${name}-refunded`,
        title: `${name}: one piece of three refunded`,
        run: (s) => partialRefund(s, pick(at + 4, at + 5, at + 6), rail.code(s.codes)),
      },
      {
        name: `${name}-scanned`,
        title: `${name}: our code scanned and paid`,
        run: (s) => scanned(s, rail, index + 1, pick(at + 7)),
      },
      {
        name: `${name}-closed`,
        title: rail.mainScan.endsScanned
          ? `${name}: our code closed`
          : `${name}: our code paid while it is being closed`,
        run: (s) => closed(s, rail, index + 1, pick(at + 8)),
      },
    ];
  });
}
