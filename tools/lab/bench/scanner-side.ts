// The scanners on the counter: goods and telephones held under them, their plugs pulled. The bytes go to the real device.
import { codeMaker } from '../../../fixtures/codes.ts';
import type { Phone, ScannerView } from '../../../fixtures/lab/shared/view.ts';
import type { VirtualScanner } from '../../../fixtures/devices/scanner/scanner.ts';
import { BenchRefused, type Fields, type Handlers, type Said, type Side } from './side.ts';

/** One scanner of whatever make, as far as the bench uses it. */
export type LabScanner = {
  id: string;
  zh: string;
  en: string;
  isHeard(): boolean;
  /** False: nobody had the device open, the scan is lost. */
  scan(text: string): Promise<boolean>;
  unplug(): Promise<void>;
  replug(): Promise<void>;
};

export function serialScanner(scanner: VirtualScanner): LabScanner {
  return {
    id: 'serial',
    zh: '串口扫码枪',
    en: 'Serial scanner',
    isHeard: () => scanner.opened,
    scan: (text) => scanner.scan(text),
    unplug: () => scanner.unplug(),
    replug: () => scanner.replug(),
  };
}

type PhoneMaker = Phone & { code: () => string };

/** Wallets by what their codes look like; each call is a fresh code, as a telephone makes one every minute. */
function phoneMakers(): PhoneMaker[] {
  const codes = codeMaker();
  const digits = (count: number): string => codes.unionpay().slice(2, 2 + count);
  return [
    { id: 'wechat', zh: '微信支付', en: 'WeChat', color: '#07944a', code: codes.wechat },
    { id: 'alipay', zh: '支付宝', en: 'Alipay', color: '#1166d8', code: codes.alipay },
    { id: 'unionpay', zh: '云闪付', en: 'UnionPay', color: '#c0202b', code: codes.unionpay },
    { id: 'bank', zh: '银行 App', en: 'Bank app', color: '#8a2f6b', code: codes.unionpay },
    { id: 'ecny', zh: '数字人民币', en: 'e-CNY', color: '#b3261e', code: codes.ecny },
    { id: 'jd', zh: '京东支付', en: 'JD Pay', color: '#c8102e', code: codes.jd },
    { id: 'bestpay', zh: '翼支付', en: 'BestPay', color: '#b45309', code: codes.bestpay },
    {
      id: 'unknown',
      zh: '未知钱包',
      en: 'unknown',
      color: '#51606e',
      code: () => `97${digits(16)}`,
    },
    {
      id: 'collect',
      zh: '误亮收款码',
      en: 'shop QR',
      color: '#51606e',
      code: () => `https://qr.alipay.com/fkx${digits(12)}`,
    },
  ];
}

export const labPhones: Phone[] = phoneMakers().map(({ code: _code, ...phone }) => phone);

export type ScannerSide = Side<ScannerView[]> & {
  last(): { text: string; what: string; isHeard: boolean; at_ms: number } | null;
};

function isCode(text: string): boolean {
  return /^\d{16,24}$/.test(text);
}

/** A payment code is shown as the till prints it: nobody can pay with what stands on a picture of the bench. */
function shown(text: string): string {
  return isCode(text) ? `${text.slice(0, 6)}******${text.slice(-4)}` : text.slice(0, 40);
}

/** A button's word that came over the socket. */
function textOf(fields: Fields, name: string): string {
  const value = fields[name];
  return typeof value === 'string' ? value : '';
}

type Counter = {
  scanners: readonly LabScanner[];
  unplugged: Set<string>;
  last: ReturnType<ScannerSide['last']>;
  /** For the customer who shows the same code twice. */
  lastCode: { code: string; what: string } | null;
};

function scannerOf({ scanners }: Counter, fields: Fields): LabScanner {
  const found = scanners.find((one) => one.id === fields['scanner']) ?? scanners[0];
  if (found === undefined) throw new BenchRefused({ zh: '没有扫码枪', en: 'There is no scanner' });
  return found;
}

async function scan(counter: Counter, fields: Fields, text: string, what: string): Promise<Said> {
  const scanner = scannerOf(counter, fields);
  if (counter.unplugged.has(scanner.id))
    throw new BenchRefused({ zh: '扫码枪已拔下', en: 'The scanner is unplugged' });
  const isHeard = await scanner.scan(text);
  counter.last = { text: shown(text), what, isHeard, at_ms: Date.now() };
  if (isCode(text)) counter.lastCode = { code: text, what };
  if (!isHeard) {
    throw new BenchRefused({
      zh: '收银机还没有打开扫码枪，这次扫码丢了',
      en: 'The till has not opened the scanner: this scan is lost',
    });
  }
  return { zh: `已扫 ${what}`, en: `Scanned ${shown(text)}` };
}

function plugHandlers(counter: Counter): Handlers {
  return {
    'scanner.unplug': async (fields) => {
      const scanner = scannerOf(counter, fields);
      if (counter.unplugged.has(scanner.id)) return { zh: '已经拔下', en: 'Unplugged already' };
      counter.unplugged.add(scanner.id);
      await scanner.unplug();
      return { zh: '扫码枪已拔下', en: 'Scanner unplugged' };
    },
    'scanner.replug': async (fields) => {
      const scanner = scannerOf(counter, fields);
      if (!counter.unplugged.delete(scanner.id)) return { zh: '本来就插着', en: 'It is plugged in' };
      await scanner.replug();
      return { zh: '扫码枪已插上', en: 'Scanner plugged in' };
    },
  };
}

function scanHandlers(counter: Counter): Handlers {
  const makers = phoneMakers();
  return {
    'scan.text': (fields) => scan(counter, fields, textOf(fields, 'text'), textOf(fields, 'what')),
    'scan.phone': (fields) => {
      const maker = makers.find((one) => one.id === fields['phone']);
      if (maker === undefined) throw new BenchRefused({ zh: '没有这种钱包', en: 'No such wallet' });
      return scan(counter, fields, maker.code(), maker.zh);
    },
    'scan.again': (fields) => {
      const { lastCode } = counter;
      if (lastCode === null)
        throw new BenchRefused({ zh: '还没有扫过付款码', en: 'No code was scanned yet' });
      return scan(counter, fields, lastCode.code, `${lastCode.what}（同一个码）`);
    },
  };
}

export function openScannerSide(scanners: readonly LabScanner[]): ScannerSide {
  const counter: Counter = { scanners, unplugged: new Set(), last: null, lastCode: null };
  const view = (): ScannerView[] =>
    scanners.map((one) => ({
      id: one.id,
      zh: one.zh,
      en: one.en,
      isPlugged: !counter.unplugged.has(one.id),
      isHeard: one.isHeard(),
    }));
  let before = '';
  return {
    view,
    handlers: { ...scanHandlers(counter), ...plugHandlers(counter) },
    look: () => {
      const now = JSON.stringify([view(), counter.last]);
      const isNew = now !== before;
      before = now;
      return isNew;
    },
    last: () => counter.last,
  };
}
