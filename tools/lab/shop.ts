// A whole shop on this machine: acquirer simulator, virtual printer, serial scanner on a pty, operators and configuration.
// The demonstration, the tests and `npm start` without a configuration all sell in it.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import type { configurationSchema } from '../../contract/configuration.ts';
import { hashPin } from '../../core/rpc/operators.ts';
import { connectGatewayControl, type GatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import {
  type GatewayProcess,
  startGateway,
  type StartGatewayOptions,
} from '../../fixtures/acquirers/gateway/spawn.ts';
import { connectPrinterControl, type PrinterControl } from '../../fixtures/devices/printer/client.ts';
import {
  type PrinterProcess,
  startPrinter,
  type StartPrinterOptions,
} from '../../fixtures/devices/printer/spawn.ts';
import { type ForwarderProcess, startForwarder } from '../../fixtures/network/spawn.ts';
import { startScanner, type VirtualScanner } from '../../fixtures/devices/scanner/scanner.ts';

export type FileInput = z.input<typeof configurationSchema>;
/** The lab's own has one gateway. */
export type ConfigurationInput = FileInput & { route: NonNullable<FileInput['route']> };

export type Shop = {
  directory: string;
  configFile: string;
  stateDirectory: string;
  controlSocket: string;
  pins: Readonly<Record<string, string>>;
  gateway: GatewayProcess;
  acquirer: GatewayControl;
  printer: PrinterProcess;
  paper: PrinterControl;
  scanner: VirtualScanner;
  /** The line between till and acquirer, where the shop was opened with one that can break. */
  network: ForwarderProcess | null;
  stop(): Promise<void>;
};

export type ShopOptions = {
  directory: string;
  /** Changes the configuration before it is written. */
  configure?: (configuration: ConfigurationInput) => FileInput;
  /** Till and acquirer are joined by a line that can be cut. */
  withNetwork?: boolean;
  /** Where the acquirer is, when it isn't on this machine's loopback. */
  acquirer?: Partial<StartGatewayOptions>;
  /** How the printer is connected, when it isn't by TCP. */
  printer?: Partial<StartPrinterOptions>;
};

/** The short timings of the lab: a demonstration takes minutes. The real ones are the adapter's default. */
export const labTimings = {
  answerTimeout_ms: 4000,
  inquiryAt_ms: [1000, 2000, 4000],
  giveUpAt_ms: 10_000,
  giveUpFrom_ms: 2000,
  awaitingEvery_ms: 1000,
  awaitingLimit_ms: 15_000,
  callTimeout_ms: 3000,
  reverseAt_ms: [0, 1000, 2000],
  reverseEvery_ms: 2000,
  deferredInquiryEvery_ms: 2000,
};

/** PINs of the lab, shown to whoever runs it. A real till's are made by `yima setup` and printed once. */
export const labPins = { lin: '1357', chen: '2468', wu: '9753' } as const;

export const labCatalogue = resolve('fixtures/catalogue/goods.csv');

function labConfiguration(
  gateway: GatewayProcess,
  printer: PrinterProcess,
  scanner: VirtualScanner,
): ConfigurationInput {
  return {
    store: {
      name_zh: '江岸路便利店',
      name_en: 'Riverside Road Store',
      address: '江城市江岸路 18 号',
      phone: '027-5550-0118',
    },
    terminal: {
      merchantCode: '898420157220001',
      terminalCode: '20260002',
      serial: 'YM-LAB-0001',
      ip: '127.0.0.1',
    },
    catalogueFile: labCatalogue,
    operators: [
      { id: 'lin', name: '林晓', role: 'cashier', pin: hashPin(labPins.lin) },
      { id: 'chen', name: '陈岚', role: 'manager', pin: hashPin(labPins.chen) },
      { id: 'wu', name: '吴工', role: 'technician', pin: hashPin(labPins.wu) },
    ],
    scanners: [{ id: 'counter', transport: { kind: 'serial', path: scanner.path, baudRate: 9600 } }],
    printer: {
      id: 'receipt',
      transport: { kind: 'tcp', host: '127.0.0.1', port: printer.port },
      profile: 'generic80',
      poll_ms: 1000,
    },
    route: {
      id: 'gateway',
      adapter: 'gateway',
      baseUrl: gateway.url,
      appId: gateway.appId,
      appKeyFile: gateway.appKeyFile,
      caFile: gateway.caFile,
      connectTimeout_ms: 2000,
      probeEvery_ms: 500,
      timings: labTimings,
      offline: { mode: 'queue', perPayment_fen: 20_000, openTotal_fen: 150_000, count: 20 },
      forward: { concurrency: 1 },
    },
  };
}

export async function openShop(options: ShopOptions): Promise<Shop> {
  const directory = resolve(options.directory);
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const gateway = await startGateway({ directory: join(directory, 'acquirer'), ...options.acquirer });
  const printer = await startPrinter({ directory: join(directory, 'printer'), ...options.printer });
  const scanner = await startScanner({ link: join(directory, 'scanner.tty') });
  const network = options.withNetwork === true ? await startForwarder({ to: gateway.url }) : null;
  const acquirer = await connectGatewayControl(gateway.control);
  const paper = await connectPrinterControl(printer.control);
  const configFile = join(directory, 'config.json');
  const url = new URL(gateway.url);
  if (network !== null) url.port = String(network.port);
  const configuration = labConfiguration({ ...gateway, url: url.origin }, printer, scanner);
  const chosen = options.configure ? options.configure(configuration) : configuration;
  writeFileSync(configFile, `${JSON.stringify(chosen, null, 2)}\n`, { mode: 0o600 });
  const stateDirectory = join(directory, 'state');
  return {
    directory,
    configFile,
    stateDirectory,
    controlSocket: join(stateDirectory, 'control.sock'),
    pins: labPins,
    gateway,
    acquirer,
    printer,
    paper,
    scanner,
    network,
    stop: async () => {
      acquirer.close();
      paper.close();
      await Promise.all([scanner.stop(), printer.stop(), gateway.stop(), network?.stop()]);
    },
  };
}

/** The process of the core that holds the shop's state directory now. @throws Error when none ever did. */
export function corePid(shop: Pick<Shop, 'stateDirectory'>): number {
  const holder = /^process (\d+)$/m.exec(readFileSync(join(shop.stateDirectory, 'lock.holder'), 'utf8'));
  if (!holder?.[1]) throw new Error('lock.holder names no process');
  return Number(holder[1]);
}
