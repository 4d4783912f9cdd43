// A sale whose goods left on trust in two parts.
import { codeScan, goods, ROUTE, TestTill } from './till-kit.ts';

/** 15 yuan, for three pieces: 8 by one wallet on trust, 7 by another; both are on their way. */
export function twoParts(): { till: TestTill; first: string; second: string } {
  const till = TestTill.ready();
  for (let piece = 0; piece < 3; piece += 1) till.tell({ kind: 'goodsEntered', goods: goods(500) });
  till.tell({ kind: 'tenderStarted' });
  till.line(false);
  till.tell({ kind: 'walletPartSet', amount_fen: 800 });
  till.tell(codeScan());
  till.tell(codeScan({ codeHmac: 'hmac-2' }));
  const [first = '', second = ''] = Object.keys(till.state.attempts);
  till.line(true);
  till.tell({ kind: 'forwarded', routeId: ROUTE, window: 2 });
  return { till, first, second };
}
