// Sample pictures of the technician's screen: the examination in each state, and every test.
import type { DiagnosisView, ScanTestView } from '../../contract/diagnostics.ts';
import { allGood, idle, running, runningGood, threeWrong } from './diagnosis.ts';
import { NOW_ms } from './goods.ts';
import { type Sample, screen } from './sample.ts';

const technician = { id: 'zhao', name: '赵工', role: 'technician' } as const;
const manager = { id: 'wang', name: '王店长', role: 'manager' } as const;

const shown = (diagnosis: DiagnosisView, keys: string[] = []): Sample => ({
  ...screen({ operator: technician, sale: null, diagnosis }),
  keys,
});

const seen = (change: Partial<Extract<ScanTestView, { state: 'seen' }>>): Sample =>
  shown({
    ...allGood,
    scanTest: {
      state: 'seen',
      endsAt_ms: NOW_ms + 41_000,
      scannerId: 'counter',
      kind: 'paymentCode',
      shown: '130812********0584 WECHAT',
      length_bytes: 18,
      symbology: 'QR',
      ...change,
    },
  });

const printed = (state: DiagnosisView['printTest']['state'], detail: string): Sample =>
  shown({ ...allGood, printTest: { state, detail } }, ['2']);

const missing = {
  printers: [{ id: 'receipt', state: 'attention', reason: 'E-PRN-02', detail: '' } as const],
  scanners: [{ id: 'counter', state: 'down', reason: 'E-SCAN-09', detail: '' } as const],
};

export const technicianSamples: Record<string, Sample> = {
  technician: shown(idle),
  techRunning: shown(running),
  techRunningGood: shown(runningGood),
  techThree: {
    ...screen({ operator: technician, sale: null, diagnosis: threeWrong, ...missing }),
    keys: [],
  },
  techThreeBelow: shown(threeWrong, ['PageDown', 'PageDown', 'PageDown']),
  techGood: shown(allGood),
  techManager: { ...screen({ sale: null, operator: manager, diagnosis: allGood }), keys: ['F6', '0'] },
  techScanWaiting: shown({ ...allGood, scanTest: { state: 'waiting', endsAt_ms: NOW_ms + 52_000 } }),
  techScanSeen: seen({}),
  techScanGoods: seen({ kind: 'goods', shown: '6909900000014', length_bytes: 13, symbology: null }),
  techScanStrange: seen({ kind: 'other', shown: '\\x02WIFI:T:WPA;S:江岸路店-收银;P:…;;', length_bytes: 61 }),
  techScanStarting: shown(allGood, ['1']),
  techScanRefused: {
    ...screen({ operator: technician, diagnosis: allGood }),
    keys: ['1'],
    refuses: { 'diagnostics.scanTest': 'E-SHIFT-02' },
  },
  techPrintRunning: printed('running', ''),
  techPrintDone: printed('done', 'processId'),
  techPrintUnsure: printed('unsure', 'sentOnly'),
  techPrintFailed: printed('failed', 'coverOpen: DLE EOT 2: 36'),
  techDrawer: shown(allGood, ['3']),
  techDrawerDone: shown({ ...allGood, drawerTest: { state: 'done', detail: 'opened' } }, ['3']),
  techScreen: shown(allGood, ['4']),
  techScreenPlain: shown(allGood, ['4', 'Enter', 'Enter', 'Enter']),
  techSound: shown(allGood, ['5']),
  techDevices: shown(allGood, ['6']),
  techDevicesPrinter: shown(allGood, ['6', 'ArrowDown']),
  techReport: shown(threeWrong, ['7']),
  techReportNoRun: shown(idle, ['7']),
  techWallets: shown(allGood, ['8']),
};
