// A cashier beside a drain: a payment is scanned at each due time; noted is how long after that it was durable.
import { maskCode } from '../../core/domain/scan/router.ts';
import type { CodeMaker } from '../../fixtures/codes.ts';
import { tea } from '../../fixtures/databases/till.ts';
import { type BenchTill, fingerprint, ROUTE } from './bench-till.ts';

export type Cashier = {
  /** Due time to durable, milliseconds. */
  samples: number[];
  /** Due times at which the customer before was not served yet. */
  missed: number;
  stop(): void;
};

function mustAsk(
  { engine }: BenchTill,
  event: Parameters<BenchTill['engine']['ask']>[0],
  code?: string,
): void {
  const refusal = engine.ask(event, code === undefined ? {} : { code });
  if (refusal !== null) throw new Error(`${event.kind}: ${JSON.stringify(refusal)}`);
}

/** The sale before is left, the next one is ready for its code. */
function prepare(till: BenchTill): boolean {
  const { state } = till.engine;
  const sale = state.sales[state.currentSaleId ?? ''];
  if (sale?.state === 'tendering') return sale.attemptIds.length === 0;
  mustAsk(till, { kind: 'goodsEntered', goods: tea });
  mustAsk(till, { kind: 'tenderStarted' });
  return true;
}

function scanCode(till: BenchTill, code: string): void {
  const scanned = { codeMask: maskCode(code), codeHmac: fingerprint(code), queuedBefore: false };
  mustAsk(
    till,
    { kind: 'codeScanned', routeId: ROUTE, scheme: 'WECHAT', ...scanned, deferrable: true },
    code,
  );
}

/** The next goods are entered half an interval before the next code is due. */
export function startCashier(till: BenchTill, codes: CodeMaker, every_ms: number): Cashier {
  const cashier = { samples: [] as number[], missed: 0, stop: () => undefined as void };
  let isOn = true;
  const after = (at_ms: number, run: () => void) =>
    setTimeout(() => isOn && run(), Math.max(0, at_ms - performance.now()));
  function serve(due_ms: number): void {
    if (prepare(till)) {
      scanCode(till, codes.wechat());
      cashier.samples.push(performance.now() - due_ms);
    } else cashier.missed += 1;
    plan(due_ms + every_ms);
  }
  function plan(due_ms: number): void {
    after(due_ms - every_ms / 2, () => {
      prepare(till);
      after(due_ms, () => serve(due_ms));
    });
  }
  plan(performance.now() + every_ms);
  cashier.stop = () => {
    isOn = false;
  };
  return cashier;
}
