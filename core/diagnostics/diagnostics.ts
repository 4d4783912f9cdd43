// The technician's service: examinations, the tests that he asks for, and the report that leaves the shop.
import type { DiagnosisReport, DiagnosisView } from '../../contract/diagnostics.ts';
import type { DeviceLists } from '../ports/device-lists.ts';
import type { PrinterEvent } from '../ports/printer.ts';
import type { ScanFrame } from '../ports/scanner.ts';
import { diskGroup } from './check-disk.ts';
import { networkGroup } from './check-network.ts';
import { printerGroup } from './check-printer.ts';
import { listsGroup, scannerGroup } from './check-scanners.ts';
import { tillGroup } from './check-till.ts';
import { createDrawerTest, createPrintTest } from './part-tests.ts';
import type { Parts } from './parts.ts';
import { createExaminations } from './run.ts';
import { createScanTest } from './scan-test.ts';
import { buildTestPage } from './test-page.ts';

export type Diagnostics = {
  view(): DiagnosisView;
  /** Examines everything, unless an examination is under way; answers its number. */
  start(): number;
  /** These three: null when begun, else why not. */
  scanTest(on: boolean): string | null;
  printTest(): null;
  drawerTest(operatorId: string): string | null;
  report(): DiagnosisReport;
  /** True when the scan is the technician's and no sale's. */
  takesScan(frame: ScanFrame): boolean;
  /** True when the event belongs to a test page. */
  takesPrinterEvent(event: PrinterEvent): boolean;
};

/** `changed`: something that the screen shows is new. */
export function createDiagnostics(parts: Parts, changed: () => void): Diagnostics {
  const { engine, clock, printer, scanners, version, terminalCode, storeName } = parts;
  const rules = parts.lines.flatMap(({ acquirer }) => acquirer.rules);
  const scanTest = createScanTest({ engine, rules, clock, changed });
  const printTest = createPrintTest({ printer, changed });
  const drawerTest = createDrawerTest(engine);
  let lists: DeviceLists | null = null;
  const plugged = listsGroup((found) => {
    lists = found;
  });
  const groups = [tillGroup, diskGroup, scannerGroup, printerGroup, networkGroup, plugged];
  const examinations = createExaminations(groups, parts, changed);
  const devices = () => [...scanners, printer].map((one) => one.report());
  const head = () => ({ sequence: engine.head.sequence, shortHash: engine.head.hash.slice(0, 8) });
  return {
    view: () => ({
      ...examinations.facts(),
      devices: devices(),
      scanTest: scanTest.view(),
      printTest: printTest.view(),
      drawerTest: drawerTest.view(),
    }),
    start: examinations.start,
    scanTest: scanTest.set,
    printTest: () => {
      const at = engine.surroundings().now_iso;
      const { lines } = examinations.facts();
      printTest.start(buildTestPage({ storeName, terminalCode, version, at, journal: head(), lines }));
      return null;
    },
    drawerTest: drawerTest.start,
    report: () => ({
      format: 'yima-diagnosis-1',
      at: engine.surroundings().now_iso,
      terminalCode,
      version,
      runtime: `node ${process.versions.node}`,
      system: parts.system(),
      journal: head(),
      lines: examinations.facts().lines,
      devices: devices(),
      lists,
      configuration: parts.configuration,
    }),
    takesScan: scanTest.takes,
    takesPrinterEvent: printTest.takes,
  };
}
