// What the technician's samples show: an examination under way, with failures, and a good one.
import {
  type CheckLine,
  type CheckName,
  checkNames,
  type DeviceReportView,
  type DiagnosisView,
  type Finding,
  type Verdict,
} from '../../contract/diagnostics.ts';
import { NOW_ms } from './goods.ts';

type Told = readonly [Verdict, Finding, string?, string?];

const good: Record<CheckName, Told> = {
  'till.core': ['pass', 'coreRuns', '0.4.0, node 24.21.0, pid 1182, 18422 s'],
  'till.clock': ['pass', 'good', '2026-11-23T02:43:31.204Z, journal 2026-11-23T02:43:08.117Z'],
  'disk.space': ['pass', 'spaceLeft', '21407 MiB / 29610 MiB'],
  'disk.write': ['pass', 'diskWrites', '6.4 ms'],
  'disk.backup': ['pass', 'backupFresh', '2 h, 18301'],
  'disk.database': ['pass', 'databaseSound'],
  'disk.journal': ['pass', 'journalSound', '18342, #e3a91c07'],
  'work.outbox': ['pass', 'nothingOpen'],
  'work.queue': ['pass', 'queueEmpty'],
  scanner: [
    'pass',
    'scannerReady',
    'serial /dev/serial/by-id/usb-Newland_NLS-FM430_A1B2-if00 9600',
    'counter',
  ],
  'printer.connection': ['pass', 'printerReached', 'tcp 192.168.1.60:9100', 'receipt'],
  'printer.state': ['pass', 'printerReady', '', 'receipt'],
  'printer.identity': ['pass', 'identityKnown', 'EPSON, TM-T82III, 3.04 ESC/POS, X6QH018342', 'receipt'],
  'printer.proof': ['pass', 'provesByProcessId', '', 'receipt'],
  drawer: ['skipped', 'drawerUntold'],
  customerDisplay: ['skipped', 'noDisplay'],
  'network.link': ['pass', 'good', 'eth0', 'gateway'],
  'network.gateway': ['pass', 'good', 'eth0', 'gateway'],
  'network.dns': ['pass', 'good', '203.0.113.24', 'gateway'],
  'network.tcp': ['pass', 'good', '203.0.113.24:443', 'gateway'],
  'network.tls': ['pass', 'good', 'TLSv1.3', 'gateway'],
  'network.echo': ['pass', 'echoGood', '38 ms', 'gateway'],
  'network.clock': ['pass', 'clockAgrees', '+0 s', 'gateway'],
  'network.certificates': ['pass', 'certificatesFresh', 'caFile 327 d (2027-10-21)', 'gateway'],
  'network.notices': ['skipped', 'noticesNone', '', 'gateway'],
  'lists.serial': ['pass', 'listed', '/dev/serial/by-id/usb-Newland_NLS-FM430_A1B2-if00 Newland'],
  'lists.hid': ['pass', 'listedNone'],
  'lists.usbPrinters': ['pass', 'listedNone'],
};

function lineOf(check: CheckName, [verdict, finding, detail = '', subject = '']: Told): CheckLine {
  return { check, subject, verdict, finding, detail, took_ms: check === 'disk.journal' ? 1_840 : 12 };
}

function linesOf(
  change: Partial<Record<CheckName, Told>>,
  names: readonly CheckName[] = checkNames,
): CheckLine[] {
  return names.map((check) => lineOf(check, change[check] ?? good[check]));
}

export const sampleDevices: DeviceReportView[] = [
  {
    id: 'counter',
    category: 'scanner',
    connection: 'serial /dev/serial/by-id/usb-Newland_NLS-FM430_A1B2-if00 9600',
    identity: { maker: 'Newland', model: 'NLS-FM430', serial: 'A1B2', firmware: null },
    lastError: null,
    statistics: { GoodScanCount: 1204, BadScanCount: 3, ConnectionCount: 2, ReceivedByteCount: 17_455 },
  },
  {
    id: 'receipt',
    category: 'printer',
    connection: 'tcp 192.168.1.60:9100',
    identity: { maker: 'EPSON', model: 'TM-T82III', serial: 'X6QH018342', firmware: '3.04 ESC/POS' },
    lastError: {
      at_ms: NOW_ms - 5_400_000,
      code: 'tcp.timedOut',
      detail: 'no answer from 192.168.1.60:9100 for 3000 ms',
    },
    statistics: {
      ReceiptPrintedCount: 387,
      FailedReceiptCount: 2,
      UnconfirmedReceiptCount: 0,
      PaperOutCount: 4,
      CoverOpenCount: 9,
      DrawerGoodOpenCount: 121,
      DrawerFailedOpenCount: 1,
      CommunicationErrorCount: 2,
      ConnectionCount: 391,
      SentByteCount: 1_284_113,
      ReceivedByteCount: 9_210,
    },
  },
];

export const idle: DiagnosisView = {
  runId: 0,
  state: 'none',
  startedAt_ms: 0,
  running: [],
  lines: [],
  devices: sampleDevices,
  scanTest: { state: 'off' },
  printTest: { state: 'none', detail: '' },
  drawerTest: { state: 'none', detail: '' },
};

const done = { ...idle, runId: 1, state: 'done', startedAt_ms: NOW_ms - 4_000 } as const;

export const allGood: DiagnosisView = { ...done, lines: linesOf({}) };

const wrong: Partial<Record<CheckName, Told>> = {
  scanner: [
    'fail',
    'scannerMissing',
    'serial /dev/serial/by-id/usb-Newland_NLS-FM430_A1B2-if00 9600: serial.notFound no such device',
    'counter',
  ],
  'printer.state': ['fail', 'coverOpen', 'DLE EOT 2: 36', 'receipt'],
  'printer.identity': ['skipped', 'identityUnknown', '', 'receipt'],
  'printer.proof': ['skipped', 'notAsked', '', 'receipt'],
  'network.tls': ['fail', 'certificateUntrusted', 'UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'gateway'],
  'network.echo': ['skipped', 'lowerFailed', '', 'gateway'],
  'network.clock': ['skipped', 'lowerFailed', '', 'gateway'],
  'network.certificates': ['fail', 'certificateEnds', 'caFile 7 d (2026-12-05)', 'gateway'],
};

export const threeWrong: DiagnosisView = { ...done, lines: linesOf(wrong) };

const known: CheckName[] = checkNames.filter(
  (check) =>
    !/^(disk\.(database|journal)|printer|drawer|customerDisplay|network\.(tls|echo|clock)|lists)/.test(check),
);

export const running: DiagnosisView = {
  ...done,
  state: 'running',
  lines: linesOf({ scanner: wrong.scanner ?? good.scanner }, known),
  running: checkNames.filter((check) => !known.includes(check)),
};

export const runningGood: DiagnosisView = { ...running, lines: linesOf({}, known) };
