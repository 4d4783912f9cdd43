// Each check's verdicts, from what disk, devices and network say.
import { expect, it } from 'vitest';
import type { CheckLine } from '../../contract/diagnostics.ts';
import { findings } from '../../contract/diagnostics.ts';
import { findingTexts } from '../../contract/diagnosis-texts.ts';
import type { DeviceLists } from '../ports/device-lists.ts';
import type { NetworkStep } from '../ports/network.ts';
import type { PrinterExamination } from '../ports/printer.ts';
import { diskGroup } from './check-disk.ts';
import { networkGroup } from './check-network.ts';
import { printerGroup } from './check-printer.ts';
import { listsGroup, scannerGroup } from './check-scanners.ts';
import type { DiskParts, Group, Parts, Verified } from './parts.ts';

/** `check verdict finding` of each line that a group tells. */
async function told<Needed>(group: Group<Needed>, parts: object): Promise<string[]> {
  const lines: CheckLine[] = [];
  await group.run(parts as Needed, (line) => lines.push(line));
  expect(new Set(lines.map(({ check }) => check))).toEqual(new Set(group.checks));
  return lines.map(({ check, verdict, finding }) => `${check} ${verdict} ${finding}`);
}

const sound: Verified = { ok: true, records: 7, head: 'ab'.repeat(32), fault: null, differences: [] };
function disk(change: Partial<DiskParts>): Pick<Parts, 'disk'> {
  return {
    disk: {
      space: async () => ({ free_bytes: 1e10, total_bytes: 2e10 }),
      trialWrite: async () => ({ ok: true, median_ms: 2 }),
      backup: () => ({ age_ms: 1000, sequence: 7, fault: null, every_ms: 1000 }),
      verify: async ({ database, journal }) => {
        database({ result: [] });
        journal({ result: sound });
      },
      ...change,
    },
  };
}
const verified = (result: Verified): Partial<DiskParts> => ({
  verify: async ({ database, journal }) => {
    database({ result: ['row 3 missing from index'] });
    journal({ result });
  },
});
const refused = (code: string): Partial<DiskParts> => ({
  trialWrite: async () => ({ ok: false, code, detail: 'open' }),
});

it.each<[string, Partial<DiskParts>, string[]]>([
  ['sound', {}, []],
  [
    'nearly full',
    { space: async () => ({ free_bytes: 1e8, total_bytes: 2e10 }) },
    ['disk.space fail spaceShort'],
  ],
  ['gone', { space: () => Promise.reject(new Error('ENOENT')) }, ['disk.space fail notReadable']],
  ['slow', { trialWrite: async () => ({ ok: true, median_ms: 900 }) }, ['disk.write fail diskSlow']],
  ['read-only', refused('EROFS'), ['disk.write fail diskReadOnly']],
  ['full', refused('ENOSPC'), ['disk.write fail diskFull']],
  ['broken', refused('EIO'), ['disk.write fail diskFails']],
  [
    'with a backup of long ago',
    { backup: () => ({ age_ms: 1e9, sequence: 7, fault: null, every_ms: 1000 }) },
    ['disk.backup fail backupOld'],
  ],
  [
    'with a backup that failed',
    {
      backup: () => ({ age_ms: 5, sequence: 7, fault: { code: 'E-BAK-01', detail: 'ENOSPC' }, every_ms: 1 }),
    },
    ['disk.backup fail backupFailed'],
  ],
  [
    'tables differ',
    verified({ ...sound, ok: false, differences: ['sale S1 differs'] }),
    ['disk.database fail databaseBroken', 'disk.journal fail projectionsDiffer'],
  ],
])('disk %s', async (_name, change, failures) => {
  const lines = await told(diskGroup, disk(change));
  expect(lines.filter((line) => line.includes(' fail '))).toEqual(failures);
});

const examined = (change: object): PrinterExamination => ({
  kind: 'examined',
  answers: true,
  state: 'ready',
  detail: '',
  identity: null,
  processId: false,
  orderedStatus: true,
  ...change,
});
function printer(found: PrinterExamination, promisesProcessId = false): object {
  const report = () => ({ connection: 'usb /dev/usb/lp0' });
  return {
    promisesProcessId,
    printer: { id: 'receipt', report, examine: (post: (one: object) => void) => post(found) },
  };
}

it.each<[string, object, string[]]>([
  [
    'away',
    printer({ kind: 'unreachable', detail: 'ENOENT' }),
    ['fail printerUnreachable', 'skipped lowerFailed', 'skipped lowerFailed', 'skipped lowerFailed'],
  ],
  [
    'good',
    printer(examined({})),
    ['pass printerReached', 'pass printerReady', 'skipped identityUnknown', 'pass provesByStatus'],
  ],
  [
    'mute',
    printer(examined({ answers: false, orderedStatus: false })),
    ['pass printerReached', 'pass printerMute', 'skipped identityUnknown', 'skipped provesNothing'],
  ],
  [
    'profile too high',
    printer(examined({}), true),
    ['pass printerReached', 'pass printerReady', 'skipped identityUnknown', 'fail profileTooHigh'],
  ],
  [
    'stopped',
    printer(examined({ state: 'paperOut', processId: null, orderedStatus: null }), true),
    ['pass printerReached', 'fail paperOut', 'skipped identityUnknown', 'skipped notAsked'],
  ],
])('printer %s', async (_name, parts, expected) => {
  const lines = await told(printerGroup, parts);
  expect(lines.slice(0, 4).map((line) => line.split(' ').slice(1).join(' '))).toEqual(expected);
});

const layers = ['link', 'gateway', 'dns', 'tcp', 'tls'] as const;
function network(cause: string | null, failing: number, echo: object = {}): object {
  const steps: NetworkStep[] = layers
    .slice(0, cause === null ? 5 : failing + 1)
    .map((layer, at) => ({ layer, ok: cause === null || at < failing, detail: cause ?? '', took_ms: 1 }));
  const seen = { online: true, cause: null, latency_ms: 9, storeAndForward: true, clockSkew_ms: 0, ...echo };
  return {
    network: { walk: (_target: object, post: (found: NetworkStep[]) => void) => post(steps) },
    lines: [
      {
        acquirer: { id: 'gateway', probe: (post: (found: object) => void) => post(seen) },
        target: {},
        certificates: [],
      },
    ],
    noticesOf: () => null,
    engine: {
      state: { routes: {} },
      surroundings: () => ({ now_iso: '2026-11-28T00:00:00Z', now_ms: Date.UTC(2026, 10, 28) }),
    },
  };
}

it.each<[string, object, string]>([
  ['no cable', network('NO_CARRIER eth0', 0), 'network.link fail linkDown'],
  ['no way out', network('NO_ROUTE', 1), 'network.gateway fail noRoute'],
  ['no name', network('ENOTFOUND', 2), 'network.dns fail nameUnknown'],
  ['refused', network('ECONNREFUSED', 3), 'network.tcp fail connectRefused'],
  ['swallowed', network('TIMED_OUT', 3), 'network.tcp fail connectTimedOut'],
  ['unreachable', network('EHOSTUNREACH', 3), 'network.tcp fail connectFailed'],
  ['certificate old', network('CERT_HAS_EXPIRED', 4), 'network.tls fail certificateExpired'],
  ['a log-in page', network('ERR_TLS_CERT_ALTNAME_INVALID', 4), 'network.tls fail certificateWrongName'],
  ['no TLS', network('EPROTO', 4), 'network.tls fail tlsFailed'],
  [
    'refused by name',
    network(null, 0, { online: false, cause: 'ECHO_REFUSED' }),
    'network.echo fail echoRefused',
  ],
  [
    'signed with a key that is not ours',
    network(null, 0, { online: false, cause: 'badSignature' }),
    'network.echo fail echoRefused',
  ],
  ...[
    'SIGN_IN_REFUSED TERMINAL_INVALID',
    'SESSION_EXPIRED SIGN_IN_KEY_WRAPPED_WRONGLY',
    'SIGN_IN_UNREADABLE badSignature',
  ].map((cause): [string, object, string] => [
    cause,
    network(null, 0, { online: false, cause }),
    'network.echo fail echoRefused',
  ]),
  ...['SIGN_IN_REFUSED SYSTEM_ERROR', 'SIGN_IN_TIMED_OUT', 'SIGN_IN_UNREADABLE HTTP_503'].map(
    (cause): [string, object, string] => [
      cause,
      network(null, 0, { online: false, cause }),
      'network.echo fail echoFailed',
    ],
  ),
  [
    'gone in between',
    network(null, 0, { online: false, cause: 'ECONNREFUSED' }),
    'network.echo fail echoFailed',
  ],
  ['broken answer', network(null, 0, { online: false, cause: 'HTTP_503' }), 'network.echo fail echoFailed'],
  ['our clock an hour ahead', network(null, 0, { clockSkew_ms: -3_600_000 }), 'network.clock fail clockOff'],
])('network: %s, and nothing above it is called broken', async (_name, parts, failure) => {
  const lines = await told(networkGroup, parts);
  expect(lines.filter((line) => line.includes(' fail '))).toEqual([failure]);
});

const nothing = { found: [], problem: null };
function shopWith(scanner: { state: string; code?: string } | null, lists: Partial<DeviceLists>): object {
  const fault = scanner?.code === undefined ? null : { code: scanner.code, retry: 'safe', detail: '' };
  return {
    scanners:
      scanner === null ? [] : [{ id: 'counter', report: () => ({ connection: 'serial /dev/ttyACM0 9600' }) }],
    printer: { id: 'receipt', report: () => ({ connection: 'tcp 1.2.3.4:9100' }) },
    engine: {
      ui: { printers: {}, scanners: scanner === null ? {} : { counter: { state: scanner.state, fault } } },
    },
    lister: {
      list: (post: (found: DeviceLists) => void) =>
        post({ serial: nothing, hid: nothing, usbPrinters: nothing, ...lists }),
    },
  };
}
const elsewhere = {
  serial: {
    found: [
      {
        path: '/dev/ttyACM1',
        stablePath: null,
        maker: 'Newland',
        serial: null,
        vendorId: null,
        productId: null,
      },
    ],
    problem: null,
  },
};

it.each<[string, object, string[]]>([
  ['none', shopWith(null, {}), ['scanner skipped noScanner']],
  [
    'ready',
    shopWith({ state: 'ready' }, elsewhere),
    ['scanner pass scannerReady', 'lists.serial pass listed'],
  ],
  [
    'on another name',
    shopWith({ state: 'down', code: 'serial.notFound' }, elsewhere),
    ['scanner fail scannerMissing', 'lists.serial fail configuredElsewhere'],
  ],
  ['held', shopWith({ state: 'down', code: 'serial.busy' }, {}), ['scanner fail scannerBusy']],
  ['forbidden', shopWith({ state: 'down', code: 'hid.denied' }, {}), ['scanner fail scannerDenied']],
  ['odd', shopWith({ state: 'down', code: 'serial.openFailed' }, {}), ['scanner fail scannerDown']],
])('scanner %s', async (_name, parts, expected) => {
  const lines = [
    ...(await told(scannerGroup, parts)),
    ...(await told(
      listsGroup(() => undefined),
      parts,
    )),
  ];
  expect(lines.filter((line) => !line.endsWith(' pass listedNone'))).toEqual(expected);
});

it('a list that can not be had says why', async () => {
  const lines = await told(
    listsGroup(() => undefined),
    shopWith(null, { hid: { found: [], problem: 'EACCES' } }),
  );
  expect(lines).toContain('lists.hid fail listRefused');
});

it('the HID list says what read it, empty or not', async () => {
  const device = { path: '/dev/hidraw0', vendorId: '0c2e', productId: '0b81', usagePage: '8c' };
  const known = { ...device, maker: null, product: 'Scanner', serial: null };
  const details: string[] = [];
  for (const found of [[], [known]]) {
    const shop = shopWith(null, { hid: { found, problem: null, reader: 'node-hid' } });
    await listsGroup(() => undefined).run(shop as Parts, ({ check, detail }) => {
      if (check === 'lists.hid') details.push(detail);
    });
  }
  expect(details).toEqual(['read by node-hid', '/dev/hidraw0 0c2e:0b81 Scanner page 8c; read by node-hid']);
});

it('every finding that can be a failure has a remedy in both languages', () => {
  for (const finding of findings) {
    const { zh, en } = findingTexts;
    expect([finding, zh[finding].todo === '']).toEqual([finding, en[finding].todo === '']);
  }
});
