// What the technician sees: every part of the till examined, one line each, with the reason and the remedy.
// Texts of the findings: diagnosis-texts.ts.

/** In the order of the report: from the machine up to the acquirer. */
export const checkNames = [
  'till.core',
  'till.clock',
  'disk.space',
  'disk.write',
  'disk.backup',
  'disk.database',
  'disk.journal',
  'work.outbox',
  'work.queue',
  'scanner',
  'printer.connection',
  'printer.state',
  'printer.identity',
  'printer.proof',
  'drawer',
  'customerDisplay',
  'network.link',
  'network.gateway',
  'network.dns',
  'network.tcp',
  'network.tls',
  'network.echo',
  'network.clock',
  'network.certificates',
  'network.notices',
  'lists.serial',
  'lists.hid',
  'lists.usbPrinters',
] as const;
export type CheckName = (typeof checkNames)[number];

export type Verdict = 'pass' | 'fail' | 'skipped';

/** What was found; each has a text in both languages, and a remedy where it is a failure. */
export const findings = [
  'good',
  'coreRuns',
  'recordingOff',
  'coreSilent',
  'coreRefuses',
  'clockBehindJournal',
  'spaceLeft',
  'spaceShort',
  'diskWrites',
  'diskSlow',
  'diskReadOnly',
  'diskFull',
  'diskFails',
  'backupFresh',
  'backupOld',
  'backupNone',
  'backupFailed',
  'backupUntold',
  'databaseSound',
  'databaseBroken',
  'journalSound',
  'journalBroken',
  'projectionsDiffer',
  'notReadable',
  'nothingOpen',
  'workInTime',
  'workOverdue',
  'printWaits',
  'queueOff',
  'queueEmpty',
  'queueMoving',
  'queueStuck',
  'queueOffline',
  'scannerReady',
  'scannerMissing',
  'scannerBusy',
  'scannerDenied',
  'scannerDown',
  'noScanner',
  'printerReached',
  'printerUnreachable',
  'printerReady',
  'paperLow',
  'paperOut',
  'coverOpen',
  'cutterJammed',
  'printerOffline',
  'printerGarbage',
  'printerMute',
  'identityKnown',
  'identityUnknown',
  'provesByProcessId',
  'provesByStatus',
  'provesNothing',
  'profileTooHigh',
  'drawerUntold',
  'noDisplay',
  'lowerFailed',
  'linkDown',
  'noRoute',
  'nameUnknown',
  'connectRefused',
  'connectTimedOut',
  'connectFailed',
  'certificateUntrusted',
  'certificateExpired',
  'certificateWrongName',
  'tlsFailed',
  'plainHttp',
  'echoGood',
  'echoRefused',
  'echoFailed',
  'clockAgrees',
  'clockOff',
  'clockUntold',
  'certificatesFresh',
  'certificateEnds',
  'certificateEndsThisWeek',
  'certificateEndsNow',
  'certificatesNone',
  'noticesNone',
  'noticesUntold',
  'noticesHeard',
  'noticesAway',
  'noticesRefused',
  'noticesDoubtful',
  'listed',
  'listedNone',
  'listRefused',
  'configuredElsewhere',
  'notAsked',
] as const;
export type Finding = (typeof findings)[number];

export type CheckLine = {
  check: CheckName;
  /** Device id, route id, or '' where there is only one. */
  subject: string;
  verdict: Verdict;
  finding: Finding;
  /** Figures, paths, the system's own words: alike in both languages. */
  detail: string;
  took_ms: number;
};

/** As core/ports/device.ts has it: names of statistics are UnifiedPOS's. */
export type DeviceReportView = {
  id: string;
  category: 'scanner' | 'printer';
  connection: string;
  identity: Record<'maker' | 'model' | 'serial' | 'firmware', string | null> | null;
  lastError: { at_ms: number; code: string; detail: string } | null;
  statistics: Readonly<Record<string, number>>;
};

/** The next scan goes to the technician and not to a sale. A payment code is shown masked, never whole. */
export type ScanTestView =
  | { state: 'off' }
  | { state: 'waiting'; endsAt_ms: number }
  | {
      state: 'seen';
      endsAt_ms: number;
      scannerId: string;
      kind: 'goods' | 'paymentCode' | 'receipt' | 'other';
      shown: string;
      length_bytes: number;
      symbology: string | null;
    };

/** `detail`: the proof, or why not. */
export type PartTestView = { state: 'none' | 'running' | 'done' | 'unsure' | 'failed'; detail: string };

export type DiagnosisView = {
  runId: number;
  state: 'none' | 'running' | 'done';
  startedAt_ms: number;
  /** What is being looked at; lines come as they are known, and stand in the order of `checkNames`. */
  running: CheckName[];
  lines: CheckLine[];
  devices: DeviceReportView[];
  scanTest: ScanTestView;
  printTest: PartTestView;
  drawerTest: PartTestView;
};

/** Answer of diagnostics.start: of the run that was begun, or of the one that is still under way. */
export type DiagnosisStarted = { runId: number };

/** Answer of diagnostics.report: where the core wrote it, and all of it. No secret, no payment code, no PIN hash stands in it. */
export type DiagnosisReport = {
  format: 'yima-diagnosis-1';
  at: string;
  terminalCode: string;
  version: string;
  runtime: string;
  system: Record<string, string | number>;
  journal: { sequence: number; shortHash: string };
  lines: CheckLine[];
  devices: DeviceReportView[];
  lists: unknown;
  /** The configuration with every secret blanked. */
  configuration: unknown;
};
export type DiagnosisWritten = { path: string; report: DiagnosisReport };

/**
 * Why no route does it. `region`: not where the shop is; `passiveOff`, `mainOff`: the product is not enabled on a route that could; `noFormat`:
 * no rule knows its codes; `detection`: nor here, but these routes hand them to acquirers that may recognise them; `noSource`: nobody says whose codes its app scans; `noContract`, `noCode`: no route has to do with it.
 */
export const whyNotReasons = [
  'region',
  'passiveOff',
  'mainOff',
  'noFormat',
  'detection',
  'noSource',
  'noContract',
  'noCode',
] as const;

/** `routeIds`: the routes that it is about. */
export type WhyNotView = { reason: (typeof whyNotReasons)[number]; routeIds: string[] };

/** A wallet of the interconnection. `taken`: by which code scheme, and by which routes in order of preference; empty: not taken. */
export type WalletView = {
  name_zh: string;
  name_en: string;
  note_zh: string;
  note_en: string;
  taken: { scheme: string; routeIds: string[] }[];
  /** Null: it is taken. */
  notTaken: WhyNotView | null;
  /** Main scan: which codes of ours its app scans. */
  shown: { scheme: string; routeIds: string[] }[];
  /** Null: it scans one. */
  notShown: WhyNotView | null;
  /** Its codes as far as a rule knows them, and how sure that is (docs/payment-codes.md); null: the shop's own rule, which does not say. */
  formats: { scheme: string; confidence: 'H' | 'M' | 'L' | null }[];
};

/** Answer of diagnostics.wallets: every system of the interconnection, under the routes that this till runs with. */
export type WalletsView = { wallets: WalletView[] };

/** Answer of diagnostics.measures. `recent_ms`: the last commits, oldest first; `count`: all since the core started. */
export type CoreMeasures = {
  memory_bytes: number;
  heap_bytes: number;
  outsideHeap_bytes: number;
  commits: { count: number; recent_ms: number[] };
};
