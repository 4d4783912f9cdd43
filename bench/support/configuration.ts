// A till's configuration file for timing its start: nothing that it names is there, and it opens all the same.
import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { hashPin } from '../../core/rpc/operators.ts';
import type { ConfigurationInput } from '../../tools/lab/shop.ts';

const PIN = '1357';
export const CASHIER = '林晓';

export const benchTerminal = {
  merchantCode: '898420157220001',
  terminalCode: '20260002',
  serial: 'YM-BENCH-0001',
  ip: '127.0.0.1',
};

type Ends = {
  scannerPath: string;
  acquirerPort: number;
  appId: string;
  appKeyFile: string;
  printerPort: number;
};

/** Plain HTTP on this machine: what is timed is the till, not TLS. */
export function benchConfiguration(ends: Ends): ConfigurationInput {
  const { scannerPath, acquirerPort, appId, appKeyFile, printerPort } = ends;
  return {
    store: { name_zh: '江岸路便利店', name_en: 'Riverside Road Store', address: '江城市', phone: '027' },
    terminal: benchTerminal,
    catalogueFile: resolve('fixtures/catalogue/goods.csv'),
    operators: [{ id: 'lin', name: CASHIER, role: 'cashier', pin: hashPin(PIN) }],
    scanners: [{ id: 'counter', transport: { kind: 'serial', path: scannerPath, baudRate: 9600 } }],
    printer: {
      id: 'receipt',
      transport: { kind: 'tcp', host: '127.0.0.1', port: printerPort },
      profile: 'generic80',
    },
    lockAfter_s: 7200,
    route: {
      id: 'gateway',
      adapter: 'gateway',
      baseUrl: `http://127.0.0.1:${acquirerPort}`,
      appId,
      appKeyFile,
    },
  };
}

export const benchSignIn = { operatorId: 'lin', pin: PIN };

/** The file, in `directory`. */
export function writeConfiguration(directory: string, configuration: ConfigurationInput): string {
  const file = join(directory, 'config.json');
  writeFileSync(file, JSON.stringify(configuration), { mode: 0o600 });
  return file;
}

/** Nothing answers on port 1 of this machine, and the scanner is not plugged in. */
export function writeLonelyConfiguration(directory: string): string {
  const appKeyFile = join(directory, 'app.key');
  writeFileSync(appKeyFile, '0123456789abcdef', { mode: 0o600 });
  const ends = { scannerPath: join(directory, 'scanner'), acquirerPort: 1, printerPort: 1 };
  return writeConfiguration(directory, benchConfiguration({ ...ends, appId: 'YIMA', appKeyFile }));
}
