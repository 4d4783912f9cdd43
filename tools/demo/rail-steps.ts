// The act of the direct contracts: on each rail one sale is paid, awaited, found after a lost answer, given up, partly refunded. What is given up
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
  await stage.day.cashInstead(payment?.amount_fen ?? 0);
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
    ];
  });
}
