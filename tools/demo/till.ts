// The till of a demonstration: the real kiosk, or the core alone when headless. The steps can't tell which.
import type { CommandName } from '../../contract/commands.ts';
import { startCoreProcess } from '../lab/core-process.ts';
import { startDisplay } from '../lab/display.ts';
import { openKiosk } from '../lab/kiosk.ts';
import { corePid, type Shop } from '../lab/shop.ts';
import { observe, type Observer } from './observer.ts';
import { type DayHands, rpcHands } from './hands.ts';
import { type HandKind, KioskHands, kioskCashier, kioskHands } from './kiosk-hands.ts';
import type { Cashier } from './stage.ts';

export type Till = {
  observer: Observer;
  cashier: Cashier;
  day: DayHands;
  picture(file: string): Promise<void>;
  killCore(): Promise<number>;
  stop(): Promise<void>;
};

function callOf(observer: Observer) {
  return (command: CommandName, params?: unknown) => observer.client().call(command, params);
}

function managerOf(shop: Shop) {
  return { id: 'chen', name: '陈岚', pin: shop.pins['chen'] ?? '' };
}

function rpcCashier(shop: Shop, observer: Observer): Cashier {
  const call = callOf(observer);
  return {
    signIn: async () => {
      await call('operator.signIn', { operatorId: 'lin', pin: shop.pins['lin'] });
    },
    tender: async () => void (await call('sale.tender')),
    giveUp: async () => {
      const attemptId = observer.client().snapshot().sale?.payments.at(-1)?.attemptId;
      await call('payment.giveUp', { attemptId });
    },
    cancelSale: async () => void (await call('sale.cancel')),
    next: async () => void (await call('sale.next')),
  };
}

export async function headlessTill(shop: Shop): Promise<Till> {
  let core = await startCoreProcess(shop);
  const observer = await observe({ path: shop.controlSocket, pin: shop.pins['wu'] ?? '' });
  const cashier = rpcCashier(shop, observer);
  return {
    observer,
    cashier,
    day: rpcHands(callOf(observer), managerOf(shop), () => observer.client().snapshot()),
    picture: async () => undefined,
    killCore: async () => {
      const started = performance.now();
      await core.kill();
      core = await startCoreProcess(shop);
      await observer.reconnect();
      await cashier.signIn();
      return Math.round(performance.now() - started);
    },
    stop: async () => {
      observer.close();
      await core.stop();
    },
  };
}

export async function kioskTill(
  shop: Shop,
  size: { width: number; height: number },
  kind: HandKind,
): Promise<Till> {
  const display = process.env['DISPLAY'] ? null : await startDisplay(size);
  const kiosk = await openKiosk({ ...shop, display: display?.name ?? process.env['DISPLAY'] ?? '' });
  const observer = await observe({ path: shop.controlSocket, pin: shop.pins['wu'] ?? '' });
  const hands = new KioskHands(kiosk.page, kind);
  return {
    observer,
    day: kioskHands(hands, managerOf(shop)),
    cashier: kioskCashier(hands, { name: '林晓', pin: shop.pins['lin'] ?? '' }),
    picture: async (file) => {
      await kiosk.page.screenshot({ path: file });
    },
    killCore: async () => {
      const started = performance.now();
      process.kill(corePid(shop), 'SIGKILL');
      await observer.reconnect();
      return Math.round(performance.now() - started);
    },
    stop: async () => {
      observer.close();
      await kiosk.close();
      await display?.stop();
    },
  };
}
