// What becomes of a keyboard scanner's burst: goods, or a word why not. Never a payment: a key has no origin, and whoever
// can type could pay with a code that nobody showed.
import type { ErrorCode } from '../../contract/errors.ts';
import type { Send } from './session.ts';
import type { ScreenState, Store } from './store.ts';
import { listenToWedge } from './wedge-listener.ts';
import type { Ending } from './wedge.ts';

/** Wallets' codes have 16 to 24 digits, goods at most 14; two codes may run into each other. Or an EMV payload, in base64. */
const paymentLike = /^(?:\d{16,}$|hQVDUFY)/;

/** Only while somebody who sells is signed in and the configuration allows it. */
export function isWedgeOn({ snapshot, link, me }: ScreenState): boolean {
  if (snapshot === null || snapshot.refusal !== null || link !== 'online') return false;
  return snapshot.wedge.goods && me !== null && me.role !== 'technician';
}

/** A barcode for `goods.enter`, or the code of what is wrong. */
export function wedgeGoods(ending: Ending): { barcode: string } | { refusal: ErrorCode } {
  if (ending.kind === 'unreadable') {
    return { refusal: ending.reason === 'tooLong' ? 'E-SCAN-07' : 'E-SCAN-01' };
  }
  return paymentLike.test(ending.text) ? { refusal: 'E-SCAN-11' } : { barcode: ending.text };
}

/** A scanner that is tried out must not sell; the technician's test hears scanners that are devices only. */
function isTriedOut({ snapshot }: ScreenState): boolean {
  return (snapshot?.diagnosis?.scanTest.state ?? 'off') !== 'off';
}

export function wedgeOn(store: Store, send: Send): void {
  listenToWedge({
    isOn: () => isWedgeOn(store.get()),
    ended: (ending) => {
      const goods: ReturnType<typeof wedgeGoods> = isTriedOut(store.get())
        ? { refusal: 'E-SALE-02' }
        : wedgeGoods(ending);
      if ('barcode' in goods) void send('goods.enter', goods);
      // without the code: it may be a customer's
      else store.set({ refusal: { code: goods.refusal, detail: '' } });
    },
  });
}
