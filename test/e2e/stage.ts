// The cashier's hands at the real window, and eyes on the till beside them.
import type { SaleView } from '../../contract/snapshot.ts';
import { KioskHands } from '../../tools/demo/kiosk-hands.ts';
import { observe, type Observer } from '../../tools/demo/observer.ts';
import { barcode, type Till } from './till.ts';

export type Stage = Till & { hands: KioskHands; eyes: Observer };

/** A technician looks on over the control socket: he sees everything and sells nothing. */
export async function stageOf(till: Till): Promise<Stage> {
  const eyes = await observe({ path: till.shop.controlSocket, pin: till.shop.pins['wu'] ?? '' });
  return { ...till, eyes, hands: new KioskHands(till.kiosk.page, 'keys') };
}

export async function openTill({ shop, kiosk, hands }: Stage): Promise<void> {
  await hands.signIn({ name: '林晓', pin: shop.pins['lin'] ?? '', place: 0 });
  await kiosk.openShift('500');
  await shop.scanner.whenOpened();
}

/** Goods in the tender step. */
export async function tender({ shop, hands, eyes }: Stage, rows: readonly number[]): Promise<SaleView> {
  let count = 0;
  for (const row of rows) {
    await shop.scanner.scan(barcode(row));
    count += 1;
    await eyes.until('goods', ({ sale }) => sale?.state === 'open' && sale.itemCount === count);
  }
  await hands.use('收款', 'Enter');
  const { sale } = await eyes.until('the tender step', (now) => now.sale?.state === 'tendering');
  return sale as SaleView;
}
