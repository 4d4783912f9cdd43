// A shop whose till and acquirer are on two isolated networks, with our wire, a name server and a stranger between them.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { connectGatewayControl } from '../../fixtures/acquirers/gateway/client.ts';
import { startGateway, type StartGatewayOptions } from '../../fixtures/acquirers/gateway/spawn.ts';
import { makeTestCertificates, type TestCertificates } from '../../fixtures/acquirers/tls.ts';
import { type ControlClient, connectControl } from '../../fixtures/control/client.ts';
import { type SimulatorProcess, startProcess } from '../../fixtures/control/process.ts';
import { addresses, startWire, type Wire } from '../../fixtures/network/wire/wire.ts';
import { type ConfigurationInput, openShop, type Shop } from '../../tools/lab/shop.ts';

export const ACQUIRER_NAME = 'pay.acquirer.test';
const PORT = 443;
/** The shortest that the configuration allows. */
const HOLD_s = 5;

type Certificates = Record<'good' | 'expired' | 'otherName' | 'foreign', TestCertificates>;

export const offlineModes = ['queue', 'refuse', 'hold'] as const;
export type OfflineMode = (typeof offlineModes)[number];

export type NameRule = { kind: 'address'; address: string } | { kind: 'unknown' } | { kind: 'silent' };
/** `plain`: HTTP. `page`: a page over TLS. `proxy`: the acquirer is asked, and a page is the answer. */
export type Disguise = { mode: 'plain' | 'page' | 'proxy'; certificate: keyof Certificates };

export type IsolatedShop = {
  shop: Shop;
  wire: Wire;
  directory: string;
  /** Payload of the lightest call, an echo, by direction: what is heavier is something else. */
  readonly echo: { up: number; down: number };
  /** What the till does with a wallet while the line is down. */
  configFile(mode: OfflineMode): string;
  nameRule(rule: NameRule): Promise<void>;
  /** The stranger serves, so disguised, under its own address; null: no more. */
  disguise(as: Disguise | null): Promise<void>;
  /** How many requests the stranger was given so far. */
  givenToStranger(): number;
  killAcquirer(): Promise<void>;
  /** With the ledger that it had; nothing happens to one that lives. */
  restartAcquirer(): Promise<void>;
  stop(keep: boolean): Promise<void>;
};

/** Doubt is resolved within seconds; longer than the crash trials': a slow line has to have its chance. */
const timings = {
  answerTimeout_ms: 3000,
  inquiryAt_ms: [300, 800, 1500, 2500],
  giveUpAt_ms: 4500,
  giveUpFrom_ms: 500,
  awaitingEvery_ms: 300,
  awaitingLimit_ms: 4000,
  callTimeout_ms: 2500,
  reverseAt_ms: [0, 300, 800],
  reverseEvery_ms: 800,
  deferredInquiryEvery_ms: 600,
};

/** `product`: what a shop that configures nothing of it has. */
export type Pace = 'quick' | 'product';

function paced(route: ConfigurationInput['route'], pace: Pace): ConfigurationInput['route'] {
  const { timings: _timings, probeEvery_ms: _every, connectTimeout_ms: _timeout, ...rest } = route;
  return pace === 'product' ? rest : { ...rest, timings, probeEvery_ms: 300, connectTimeout_ms: 2000 };
}

function configured(
  configuration: ConfigurationInput,
  tty: string,
  caFile: string,
  pace: Pace,
): ConfigurationInput {
  const route = { ...configuration.route, baseUrl: `https://${ACQUIRER_NAME}`, caFile };
  return {
    ...configuration,
    printer: {
      ...configuration.printer,
      // A serial one: the printer is no part of this network.
      transport: { kind: 'serial', path: tty, baudRate: 115_200 },
    },
    route: paced(route, pace),
  };
}

/** One configuration for each mode, beside the shop's own. */
function writeModes(directory: string, configFile: string): (mode: OfflineMode) => string {
  const base = JSON.parse(readFileSync(configFile, 'utf8')) as ConfigurationInput;
  const fileOf = (mode: OfflineMode): string => join(directory, `config-${mode}.json`);
  for (const mode of offlineModes) {
    const offline = { ...base.route.offline, mode, holdFor_s: HOLD_s };
    const configuration = { ...base, route: { ...base.route, offline } };
    writeFileSync(fileOf(mode), JSON.stringify(configuration), { mode: 0o600 });
  }
  return fileOf;
}

/** Every certificate is signed by an authority of its own; the till trusts all but the foreign one. */
function makeCertificates(directory: string): { certificates: Certificates; caFile: string } {
  const ours = [`DNS:${ACQUIRER_NAME}`, `IP:${addresses.acquirer}`];
  const make = (name: string, options: { names: string[]; validity_days?: number }) =>
    makeTestCertificates(join(directory, name), options);
  const certificates = {
    // Where the simulator looks for its own.
    good: make('acquirer/tls', { names: ours }),
    expired: make('expired', { names: ours, validity_days: 0 }),
    otherName: make('otherName', { names: ['DNS:pay.elsewhere.test'] }),
    foreign: make('foreign', { names: ours }),
  };
  const { good, expired, otherName } = certificates;
  const caFile = join(directory, 'trusted.pem');
  writeFileSync(caFile, [good, expired, otherName].map((one) => readFileSync(one.caFile, 'utf8')).join(''));
  return { certificates, caFile };
}

type Helper = { process: SimulatorProcess; control: ControlClient };

async function startHelper(wire: Wire, directory: string, name: string, args: string[]): Promise<Helper> {
  const script = fileURLToPath(new URL(`../../fixtures/network/${name}/main.ts`, import.meta.url));
  const socket = join(directory, `${name}.sock`);
  const process = await startProcess(script, ['--control', socket, ...args], wire.within('acquirer'));
  return { process, control: await connectControl(socket) };
}

async function stopHelper({ process, control }: Helper): Promise<void> {
  control.close();
  await process.stop();
}

async function disguise({ control }: Helper, certificates: Certificates, as: Disguise | null): Promise<void> {
  if (as === null) return void (await control.call('silence'));
  const { certFile, keyFile } = certificates[as.certificate];
  const to = `https://${addresses.acquirer}:${PORT}`;
  await control.call('play', { mode: as.mode, port: PORT, certFile, keyFile, to });
}

export async function openIsolatedShop(seed: number, pace: Pace): Promise<IsolatedShop> {
  const wire = await startWire({ seed });
  const directory = mkdtempSync(join(tmpdir(), 'yn-'));
  const { certificates, caFile } = makeCertificates(directory);
  const tty = join(directory, 'printer.tty');
  const place = { host: addresses.acquirer, port: PORT, within: wire.within('acquirer') };
  const acquirer: StartGatewayOptions = { directory: join(directory, 'acquirer'), ...place };
  const namesArgs = ['--host', addresses.names, '--address', addresses.acquirer];
  const names = await startHelper(wire, directory, 'names', namesArgs);
  const stranger = await startHelper(wire, directory, 'stranger', ['--host', addresses.stranger]);
  const shop = await openShop({
    directory,
    configure: (configuration) => configured(configuration, tty, caFile, pace),
    acquirer: place,
    printer: { tty, render: false },
  });
  const { gateway: first } = shop;
  let isAlive = true;
  return {
    shop,
    wire,
    directory,
    echo: { up: 0, down: 0 },
    configFile: writeModes(directory, shop.configFile),
    nameRule: async (rule) => {
      await names.control.call('rule', rule);
    },
    disguise: (as) => disguise(stranger, certificates, as),
    givenToStranger: () => stranger.control.events.filter(({ event }) => event === 'request').length,
    killAcquirer: async () => {
      shop.acquirer.close();
      await shop.gateway.kill();
      isAlive = false;
    },
    restartAcquirer: async () => {
      if (isAlive) return;
      shop.gateway = await startGateway(acquirer);
      shop.acquirer = await connectGatewayControl(shop.gateway.control);
      isAlive = true;
    },
    stop: async (keep) => {
      if (shop.gateway !== first) {
        shop.acquirer.close();
        await shop.gateway.stop();
      }
      // The first acquirer may be dead by now, which its own stop would wait for.
      await Promise.all([shop.stop(), stopHelper(names), stopHelper(stranger)]);
      await wire.stop();
      if (!keep) rmSync(directory, { recursive: true, force: true });
    },
  };
}
