// A shop for timing: real core process, simulated acquirer and printer behind taps, a scanner whose device is written in C.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startGateway } from '../../fixtures/acquirers/gateway/spawn.ts';
import { startPrinter } from '../../fixtures/devices/printer/spawn.ts';
import { type CoreProcess, startCoreProcess } from '../../tools/lab/core-process.ts';
import { connectRpc, type RpcClient } from '../../tools/rpc/client.ts';
import { benchConfiguration, benchSignIn, writeConfiguration } from './configuration.ts';
import { compileProgram } from './native.ts';
import { type PtyDevice, startPtyDevice } from './pty-device.ts';
import { openTap, type Passing } from './tap.ts';

export type BenchShop = {
  device: PtyDevice;
  core: CoreProcess;
  rpc: RpcClient;
  stop(): Promise<void>;
};

export type Notes = { acquirer(passing: Passing): void; printer(passing: Passing): void };

/** Resolves when the cashier is signed in, the shift is open, and acquirer, printer and scanner are ready. */
export async function openBenchShop(directory: string, notes: Notes): Promise<BenchShop> {
  mkdirSync(directory, { recursive: true });
  const gateway = await startGateway({ directory: join(directory, 'acquirer'), tls: false, sync: false });
  const printer = await startPrinter({ directory: join(directory, 'printer'), render: false });
  const device = await startPtyDevice(compileProgram('pty-device'));
  const toAcquirer = await openTap(gateway.port, notes.acquirer);
  const toPrinter = await openTap(printer.port, notes.printer);
  const { appId, appKeyFile } = gateway;
  const ends = { scannerPath: device.path, acquirerPort: toAcquirer.port, printerPort: toPrinter.port };
  const configFile = writeConfiguration(directory, benchConfiguration({ ...ends, appId, appKeyFile }));
  const stateDirectory = join(directory, 'state');
  const core = await startCoreProcess({ configFile, stateDirectory });
  const rpc = await connectRpc(join(stateDirectory, 'control.sock'));
  await rpc.call('operator.signIn', benchSignIn);
  await rpc.call('shift.open', { float_fen: 0 });
  await rpc.subscribe();
  await rpc.until('ready', ({ routes, scanners, printers }) => {
    const isUp = routes[0]?.state === 'online' && scanners[0]?.state === 'ready';
    return isUp && printers[0]?.state === 'ready';
  });
  return {
    device,
    core,
    rpc,
    stop: async () => {
      rpc.close();
      await core.stop();
      await Promise.all([gateway.stop(), printer.stop(), device.stop()]);
      await Promise.all([toAcquirer.close(), toPrinter.close()]);
    },
  };
}
