// The scenes: how two payments and a give-back can meet. Each begins where the two are about to touch, and lets people do what
// they can do there.
import type { Act } from './pair-people.ts';
import { aCode, aLine, aReturn, goods } from './pair-people.ts';
import type { Director, Scene } from './pair-search.ts';
import { TOTAL_fen } from './pair-world.ts';
import { answers } from './till-kit.ts';

function open({ say }: Director): void {
  say({ kind: 'signedIn', operatorId: '1', role: 'cashier' });
  say({ kind: 'shiftOpened', operatorId: '1', float_fen: 0 });
  say(aLine(true));
}

function tendering({ say }: Director): void {
  say({ kind: 'goodsEntered', goods });
  say({ kind: 'tenderStarted' });
}

function soldByWallet(director: Director, at: number): void {
  tendering(director);
  director.say(aCode(at));
  director.pay(at, answers.approved, 'paid');
}

function returned({ say, world }: Director, index: number): void {
  const sale = Object.values(world().till.sales)[index];
  say(aReturn(sale?.saleId ?? '', sale?.lines[0]?.lineId ?? ''));
}

function queued(director: Director, at: number): void {
  director.say(aLine(false));
  tendering(director);
  director.say(aCode(at));
}

const acts = (...list: Act[]): ReadonlySet<Act> => new Set(list);

export const scenes: readonly Scene[] = [
  {
    name: 'one sale: a payment in doubt is reversed, another is taken, the goods come back',
    method: 'refund',
    acts: acts('scan', 'giveUp', 'cash', 'drop', 'return'),
    begin: (director) => {
      open(director);
      tendering(director);
      director.say(aCode(0));
    },
  },
  {
    name: 'one sale, two wallets: the first has paid its part, the second is in doubt, the sale is dropped',
    method: 'void',
    acts: acts('scan', 'giveUp', 'cash', 'drop', 'return'),
    begin: (director) => {
      open(director);
      tendering(director);
      director.say({ kind: 'walletPartSet', amount_fen: (TOTAL_fen * 2) / 5 });
      director.say(aCode(0));
      director.pay(0, answers.approved, 'paid');
      director.say({ kind: 'walletPartSet', amount_fen: null });
      director.say(aCode(1));
    },
  },
  {
    name: 'one sale: a queued payment was declined, it is collected anew, and the first is charged after all',
    method: 'refund',
    acts: acts('scan', 'giveUp', 'cash', 'return', 'collect', 'chargedAfterAll'),
    begin: (director) => {
      open(director);
      queued(director, 0);
      director.say(aLine(true));
      director.say({ kind: 'forwarded', routeId: 'gateway', window: 1 });
      director.pay(0, answers.declined, 'failed');
    },
  },
  {
    name: 'two sales: a queued payment is forwarded while a refund of the other is in flight',
    method: 'refund',
    acts: acts('line', 'forward', 'return'),
    begin: (director) => {
      open(director);
      soldByWallet(director, 0);
      queued(director, 1);
      returned(director, 0);
    },
  },
  {
    name: 'two sales: the first is parked with a payment in doubt, the second is paid and returned',
    method: 'refund',
    acts: acts('giveUp', 'drop', 'recall', 'return', 'park'),
    begin: (director) => {
      open(director);
      tendering(director);
      director.say(aCode(0));
      director.say({ kind: 'saleParked' });
      tendering(director);
      director.say(aCode(1));
    },
  },
  {
    name: 'one sale: the reversal is refused, the payment is in dispute, found charged and refunded, another is taken',
    method: 'refund',
    refusesReversals: true,
    acts: acts('scan', 'giveUp', 'cash', 'drop', 'return'),
    begin: (director) => {
      open(director);
      tendering(director);
      director.say(aCode(0));
    },
  },
];
