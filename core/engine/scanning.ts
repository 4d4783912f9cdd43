// A scanned frame becomes goods in the sale, a payment, or a message: heard and seen, never a guess.
import { assert, assertNever } from '../domain/assert.ts';
import { detectorFor, type Detector, UNKNOWN_SCHEME } from '../domain/scan/detection.ts';
import { isRouteGood } from '../domain/till/events.ts';
import { takerWhileDown } from '../domain/till/offline.ts';
import { currentSale, isCounterTaken, takesTender, walletDue_fen } from '../domain/till/queries.ts';
import { maskCode, maskDigits, routeScan, type Scan, visible } from '../domain/scan/router.ts';
import type { Acquirer } from '../ports/acquirer.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { Store } from '../ports/journal.ts';
import type { ScanFrame, ScannerEvent } from '../ports/scanner.ts';
import { codeUse } from './code-use.ts';
import type { Engine } from './engine.ts';

export type ScanningDependencies = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  catalogue: Catalogue;
  /** The routes that take payment codes, in order of preference. */
  acquirers: readonly Acquirer[];
  /** Of those, the ones that get what no rule knows. */
  detectors: readonly Detector[];
  /** The code of a receipt was scanned: shows its sale, or says why not. */
  findReceipt(text: string): string | null;
  /** A payment's number was scanned off a customer's phone: shows what is known of it, or says why not. */
  findPayment(number: string): string | null;
  /** True when a technician tries the scanners out: the frame is his. */
  takenByTest(frame: ScanFrame): boolean;
  /** Somebody is at the till. */
  touched(): void;
};

export type Scanning = {
  /** Goods by barcode, from a scanner or typed. Returns the reason when they can't be sold. */
  enterGoods(barcode: string): string | null;
  onEvent(event: ScannerEvent): void;
};

class ScanRouter implements Scanning {
  readonly #deps: ScanningDependencies;

  constructor(deps: ScanningDependencies) {
    this.#deps = deps;
  }

  enterGoods(barcode: string): string | null {
    const goods = this.#deps.catalogue.find(barcode);
    if (goods === null) return 'E-SCAN-02';
    const { engine } = this.#deps;
    const refusal = engine.ask({ kind: 'goodsEntered', goods });
    // The next customer's goods: whoever asked about a payment has been served.
    if (refusal === null && engine.ui.askedPayments !== null) engine.updateUi({ askedPayments: null });
    return refusal;
  }

  onEvent(event: ScannerEvent): void {
    const { engine } = this.#deps;
    if (event.kind === 'frame') this.#deps.touched();
    if (event.kind === 'frame' && this.#deps.takenByTest(event)) return;
    if (event.kind === 'status') {
      const now = { state: event.state, fault: event.fault };
      engine.updateUi({ scanners: { ...engine.ui.scanners, [event.scannerId]: now } });
    } else if (event.tooLong) engine.showNotice('E-SCAN-07', 'bad', visible(event.bytes));
    else if (engine.state.operatorId === null) engine.showNotice('E-SCAN-10', 'bad', '');
    else this.#onScan(event.bytes);
  }

  #onScan(bytes: Uint8Array): void {
    const { engine } = this.#deps;
    const taker = this.#takerOf(bytes);
    const scan = routeScan(bytes, taker?.rules ?? []);
    switch (scan.kind) {
      case 'goods':
        return this.#tell(this.enterGoods(scan.barcode), scan.barcode);
      case 'paymentCode':
        assert(taker, 'a payment code has a route');
        return this.#tell(this.#payWith(scan, taker.id), maskCode(scan.code));
      case 'receipt':
        // Goods may be numbered like our papers: what the shop sells it knows.
        if (this.#deps.catalogue.find(scan.text) !== null)
          return this.#tell(this.enterGoods(scan.text), scan.text);
        return this.#tell(this.#receipt(scan.text), scan.receiptId);
      case 'paymentNumber':
        // Digits alone may be codes that ran into each other.
        return this.#tell(this.#paymentNumber(scan.number), maskDigits(scan.number));
      case 'unknownCode':
        return this.#unknownCode(scan);
      case 'collectionCode':
        return engine.showNotice('E-SCAN-04', 'bad', scan.shown);
      case 'garbage':
        return engine.showNotice('E-SCAN-01', 'bad', scan.shown);
      default:
        return assertNever(scan, 'scan');
    }
  }

  /** Of the routes whose rules know this code, the first that is up; with none up the one that keeps most of the sale. Null: no payment code of ours. */
  #takerOf(bytes: Uint8Array): Acquirer | null {
    const { engine, acquirers } = this.#deps;
    const takers = acquirers.flatMap((acquirer) => {
      const scan = routeScan(bytes, acquirer.rules);
      const { id: routeId } = acquirer;
      return scan.kind === 'paymentCode' ? [{ acquirer, routeId, deferrable: scan.deferrable }] : [];
    });
    const [first] = takers;
    if (takers.length <= 1) return first?.acquirer ?? null;
    const { state } = engine;
    const sale = currentSale(state);
    const taker =
      takers.find(({ routeId }) => isRouteGood(state, routeId)) ??
      takerWhileDown(state, takers, engine.surroundings(), sale === null ? 0 : walletDue_fen(state, sale));
    return taker?.acquirer ?? null;
  }

  #payWith(scan: Omit<Extract<Scan, { kind: 'paymentCode' }>, 'kind'>, routeId: string): string | null {
    const { engine, vault } = this.#deps;
    const codeHmac = vault.fingerprint(scan.code);
    return engine.ask(
      {
        kind: 'codeScanned',
        routeId,
        scheme: scan.scheme,
        codeMask: maskCode(scan.code),
        codeHmac,
        deferrable: scan.deferrable,
        ...codeUse(this.#deps, { routeId, codeHmac }),
      },
      { code: scan.code },
    );
  }

  /** Not in the middle of a sale: the customer on the counter is served first. */
  #receipt(text: string): string | null {
    const { engine } = this.#deps;
    return isCounterTaken(engine.state) ? 'E-SHIFT-02' : this.#deps.findReceipt(text);
  }

  /** Nor while a finished sale is still on the screen: what was found would wait unseen behind it. */
  #paymentNumber(number: string): string | null {
    const sale = currentSale(this.#deps.engine.state);
    const isClear = sale === null || (sale.state === 'open' && sale.lines.length === 0);
    return isClear ? this.#deps.findPayment(number) : 'E-PAY-19';
  }

  /** In the tender step what no rule knows is an unknown payment code, and goes to whoever recognises it; elsewhere it is unknown goods. */
  #unknownCode({ shown, code }: Extract<Scan, { kind: 'unknownCode' }>): void {
    const { engine } = this.#deps;
    const sale = currentSale(engine.state);
    if (sale === null || !takesTender(engine.state, sale))
      return engine.showNotice('E-SCAN-02', 'bad', shown);
    const routeId = code === null ? null : this.#detectorOf(code);
    if (code === null || routeId === null) return engine.showNotice('E-SCAN-05', 'bad', shown);
    this.#tell(this.#payWith({ scheme: UNKNOWN_SCHEME, code, deferrable: false }, routeId), shown);
  }

  #detectorOf(code: string): string | null {
    const { state } = this.#deps.engine;
    return detectorFor(code, this.#deps.detectors, (routeId) => ({
      autoDetect: state.routes[routeId]?.autoDetect === true,
      isGood: isRouteGood(state, routeId),
    }));
  }

  /** A good scan answers the last complaint. */
  #tell(refusal: string | null, shown: string): void {
    const { engine } = this.#deps;
    if (refusal !== null) engine.showNotice(refusal, 'bad', shown);
    else if (engine.ui.notice !== null) engine.updateUi({ notice: null });
  }
}

export function createScanning(deps: ScanningDependencies): Scanning {
  return new ScanRouter(deps);
}
