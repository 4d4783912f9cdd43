// A scanned frame becomes goods in the sale, a payment, or a message: heard and seen, never a guess.
import { currentSale } from '../domain/till/queries.ts';
import { maskCode, routeScan, type Scan, visible } from '../domain/scan/router.ts';
import type { Acquirer } from '../ports/acquirer.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { CodeVault } from '../ports/code-vault.ts';
import type { Store } from '../ports/journal.ts';
import type { ScannerEvent } from '../ports/scanner.ts';
import type { Engine } from './engine.ts';

export type ScanningDependencies = {
  engine: Engine;
  store: Store;
  vault: CodeVault;
  catalogue: Catalogue;
  /** The route that takes payment codes. */
  acquirer: Acquirer;
};

export function createScanning(deps: ScanningDependencies) {
  const { engine } = deps;

  /** Goods by barcode, from a scanner or typed. Returns the reason when they can't be sold. */
  function enterGoods(barcode: string): string | null {
    const goods = deps.catalogue.find(barcode);
    if (goods === null) return 'E-SCAN-02';
    return engine.ask({ kind: 'goodsEntered', goods });
  }

  function payWith(scan: Extract<Scan, { kind: 'paymentCode' }>): string | null {
    const codeHmac = deps.vault.fingerprint(scan.code);
    return engine.ask(
      {
        kind: 'codeScanned',
        routeId: deps.acquirer.id,
        scheme: scan.scheme,
        codeMask: maskCode(scan.code),
        codeHmac,
        deferrable: scan.deferrable,
        queuedBefore: deps.store.isCodeQueued(codeHmac),
      },
      { code: scan.code },
    );
  }

  function tell(refusal: string | null, shown: string): void {
    if (refusal !== null) engine.showNotice(refusal, 'bad', shown);
    else if (engine.ui.notice !== null) engine.updateUi({ notice: null });
  }

  /** In the tender step long digits that no rule knows are an unknown payment code; elsewhere they are unknown goods. */
  function unknownCode(shown: string): void {
    const isTendering = currentSale(engine.state)?.state === 'tendering';
    engine.showNotice(isTendering ? 'E-SCAN-05' : 'E-SCAN-02', 'bad', shown);
  }

  function onScan(bytes: Uint8Array): void {
    const scan = routeScan(bytes, deps.acquirer.rules);
    switch (scan.kind) {
      case 'goods':
        return tell(enterGoods(scan.barcode), scan.barcode);
      case 'paymentCode':
        return tell(payWith(scan), maskCode(scan.code));
      case 'unknownCode':
        return unknownCode(scan.shown);
      case 'collectionCode':
        return engine.showNotice('E-SCAN-04', 'bad', scan.shown);
      case 'garbage':
        return engine.showNotice('E-SCAN-01', 'bad', scan.shown);
    }
  }

  return {
    enterGoods,
    onEvent: (event: ScannerEvent): void => {
      if (event.kind === 'status') {
        const now = { state: event.state, fault: event.fault };
        engine.updateUi({ scanners: { ...engine.ui.scanners, [event.scannerId]: now } });
        return;
      }
      if (event.tooLong) return engine.showNotice('E-SCAN-07', 'bad', visible(event.bytes));
      if (engine.state.operatorId === null) return engine.showNotice('E-SCAN-10', 'bad', '');
      onScan(event.bytes);
    },
  };
}
