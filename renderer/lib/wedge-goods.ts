// What becomes of a keyboard scanner's burst: goods, or a word why not. Never a payment: a key has no origin, and whoever
// can type could pay with a code that nobody showed.
import type { ErrorCode } from '../../contract/errors.ts';
import type { Send } from './session.ts';
import type { ScreenState, Store } from './store.ts';
import { listenToWedge } from './wedge-listener.ts';
import type { Ending } from './wedge.ts';

/** Wallets' codes have 16 to 24 digits, goods at most 14; two codes may run into each other. Or an EMV payload, in base64. */
const paymentLike = /^(?:\d{16,}$|hQVDUFY)/;

/** Whoever is signed in or not: a burst that nobody listens to would try PINs and press the technician's keys. */
export function isWedgeOn({ snapshot }: ScreenState): boolean {
  return snapshot !== null && snapshot.refusal === null && snapshot.wedge.goods;
}

/** Why nothing can be sold now, or null. A scanner that is tried out must not sell: that test hears devices only. */
export function wedgeBar({ snapshot, link, me }: ScreenState): ErrorCode | null {
  if (link !== 'online') return 'E-SALE-02';
  if (me === null) return 'E-SCAN-10';
  const isTriedOut = (snapshot?.diagnosis?.scanTest.state ?? 'off') !== 'off';
  return isTriedOut || me.role === 'technician' ? 'E-SALE-02' : null;
}

/** A barcode for `goods.enter`, or the code of what is wrong. */
export function wedgeGoods(ending: Ending): { barcode: string } | { refusal: ErrorCode } {
  if (ending.kind === 'unreadable') {
    return { refusal: ending.reason === 'tooLong' ? 'E-SCAN-07' : 'E-SCAN-01' };
  }
  return paymentLike.test(ending.text) ? { refusal: 'E-SCAN-11' } : { barcode: ending.text };
}

export function wedgeOn(store: Store, send: Send): void {
  listenToWedge({
    isOn: () => isWedgeOn(store.get()),
    ended: (ending) => {
      const bar = wedgeBar(store.get());
      const goods = bar === null ? wedgeGoods(ending) : { refusal: bar };
      if ('barcode' in goods) void send('goods.enter', goods);
      // without the code: it may be a customer's
      else store.set({ refusal: { code: goods.refusal, detail: '' } });
    },
  });
}
