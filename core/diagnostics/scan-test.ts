// While it is on, a scan goes to the technician and nowhere else: what came, from which scanner, and what it would be.
import type { ScanTestView } from '../../contract/diagnostics.ts';
import { type CodeRule, maskCode, maskDigits, routeScan, type Scan, visible } from '../domain/scan/router.ts';
import { currentSale, isCounterTaken, takesTender } from '../domain/till/queries.ts';
import type { TillState } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Clock } from '../ports/clock.ts';
import type { ScanFrame } from '../ports/scanner.ts';

/** It ends by itself: a cashier who comes back must be able to sell. */
const LASTS_ms = 60_000;

export type ScanTest = {
  view(): ScanTestView;
  /** Null when switched, else why not. */
  set(on: boolean): string | null;
  /** True when the frame is the technician's. */
  takes(frame: ScanFrame): boolean;
};

type Shown = Pick<Extract<ScanTestView, { state: 'seen' }>, 'kind' | 'shown'>;

function shownOf(scan: Scan): Shown {
  switch (scan.kind) {
    case 'goods':
      return { kind: 'goods', shown: maskDigits(scan.barcode) };
    case 'paymentCode':
      return { kind: 'paymentCode', shown: `${maskCode(scan.code)} ${scan.scheme}` };
    case 'receipt':
      return { kind: 'receipt', shown: scan.receiptId };
    case 'paymentNumber':
      return { kind: 'other', shown: maskDigits(scan.number) };
    default:
      return { kind: 'other', shown: maskDigits(scan.shown) };
  }
}

/** A scan is a customer's: goods are on the counter, or a payment code is awaited. */
function isServing(state: TillState): boolean {
  const sale = currentSale(state);
  return isCounterTaken(state) || (sale !== null && takesTender(state, sale));
}

export function createScanTest(deps: {
  engine: Engine;
  rules: readonly CodeRule[];
  clock: Clock;
  changed(): void;
}): ScanTest {
  const { engine, rules, clock, changed } = deps;
  let view: ScanTestView = { state: 'off' };
  let cancel = (): void => undefined;
  const turnOff = (): void => {
    cancel();
    view = { state: 'off' };
    changed();
  };
  return {
    view: () => view,
    set: (on) => {
      if (!on) {
        turnOff();
        return null;
      }
      if (isServing(engine.state)) return 'E-SHIFT-02';
      cancel();
      cancel = clock.after(LASTS_ms, turnOff);
      view = { state: 'waiting', endsAt_ms: Math.round(clock.steady_ms()) + LASTS_ms };
      changed();
      return null;
    },
    takes: ({ scannerId, bytes, tooLong, symbology = null }) => {
      if (view.state === 'off') return false;
      if (isServing(engine.state)) {
        turnOff();
        return false;
      }
      const { endsAt_ms } = view;
      const shown = tooLong
        ? { kind: 'other' as const, shown: maskDigits(visible(bytes)) }
        : shownOf(routeScan(bytes, rules));
      view = { state: 'seen', endsAt_ms, scannerId, ...shown, length_bytes: bytes.length, symbology };
      changed();
      return true;
    },
  };
}
