// Each configured scanner: is it there, and if not, why. And what else is plugged into this machine.
import type { CheckLine, CheckName, Finding } from '../../contract/diagnostics.ts';
import type { DeviceLists } from '../ports/device-lists.ts';
import { fail, type Found, type Group, line, type Parts, pass, skipped } from './parts.ts';

/** Fault codes are `<transport>.<what>`: serial.notFound, hid.denied... */
const byFault: Readonly<Record<string, Finding>> = {
  notFound: 'scannerMissing',
  unplugged: 'scannerMissing',
  busy: 'scannerBusy',
  denied: 'scannerDenied',
};

function scannerFound({ engine }: Parts, id: string, connection: string): Found {
  const now = engine.ui.scanners[id];
  if (now === undefined || now.state === 'ready') return pass('scannerReady', connection);
  const { fault } = now;
  if (fault === null) return fail('scannerDown', connection);
  const what = fault.code.split('.')[1] ?? '';
  return fail(byFault[what] ?? 'scannerDown', `${connection}: ${fault.code} ${fault.detail}`);
}

export const scannerGroup: Group = {
  checks: ['scanner'],
  run: async (parts, post) => {
    const started_ms = performance.now();
    if (parts.scanners.length === 0) post(line('scanner', started_ms, skipped('noScanner')));
    for (const one of parts.scanners) {
      const found = scannerFound(parts, one.id, one.report().connection);
      post(line('scanner', started_ms, { ...found, subject: one.id }));
    }
  },
};

/** `reader`: what read it, where there is more than one way. */
type List = { names: string[]; problem: string | null; reader?: string };

function listsOf(lists: DeviceLists): Partial<Record<CheckName, List>> {
  const { serial, hid, usbPrinters } = lists;
  const words = (...parts: (string | null)[]): string => parts.filter((part) => part !== null).join(' ');
  return {
    'lists.serial': {
      names: serial.found.map((one) => words(one.stablePath ?? one.path, one.maker)),
      problem: serial.problem,
    },
    'lists.hid': {
      names: hid.found.map((one) =>
        words(one.path, `${one.vendorId}:${one.productId}`, one.product, `page ${one.usagePage}`),
      ),
      problem: hid.problem,
      ...(hid.reader === undefined ? {} : { reader: hid.reader }),
    },
    'lists.usbPrinters': {
      names: usbPrinters.found.map((one) => words(one.path, one.deviceId)),
      problem: usbPrinters.problem,
    },
  };
}

/** Which list a missing device of this connection would stand in. */
const listOfConnection: Readonly<Record<string, CheckName>> = {
  serial: 'lists.serial',
  hid: 'lists.hid',
  usb: 'lists.usbPrinters',
};

/** Lists in which something is missing that the configuration names. */
function missingIn({ scanners, printer, engine }: Parts): Set<CheckName | undefined> {
  const missing = [
    ...scanners.filter(({ id }) => engine.ui.scanners[id]?.state === 'down'),
    ...(engine.ui.printers[printer.id]?.state === 'unreachable' ? [printer] : []),
  ];
  return new Set(missing.map((one) => listOfConnection[one.report().connection.split(' ')[0] ?? '']));
}

function listFound({ names, problem, reader }: List, isMissing: boolean): Found {
  const readBy = reader === undefined ? [] : [`read by ${reader}`];
  if (problem !== null) return fail('listRefused', [problem, ...readBy].join('; '));
  const detail = [...names, ...readBy].join('; ');
  if (names.length === 0) return pass('listedNone', detail);
  return isMissing ? fail('configuredElsewhere', detail) : pass('listed', detail);
}

/** `keep` gets the lists, for the report. */
export function listsGroup(keep: (lists: DeviceLists) => void): Group {
  return {
    checks: ['lists.serial', 'lists.hid', 'lists.usbPrinters'],
    run: (parts, post: (line: CheckLine) => void) =>
      new Promise((resolve) => {
        const started_ms = performance.now();
        parts.lister.list((lists) => {
          keep(lists);
          const missing = missingIn(parts);
          for (const [check, list] of Object.entries(listsOf(lists)) as [CheckName, List][])
            post(line(check, started_ms, listFound(list, missing.has(check))));
          resolve();
        });
      }),
  };
}
