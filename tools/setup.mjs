// Prepares this checkout for `npm start` and `npm test`: Debian packages, npm packages, the Electron runtime.
// Plain JavaScript without dependencies: it runs under the machine's own Node (20 or newer) before anything is
// installed. A repeated run changes nothing, needs no network and takes well under a second.
import { ensureDebianPackages } from './setup/debian.mjs';
import { ensureNodeModules, nodeModulesMatch } from './setup/modules.mjs';
import { ensureLoopback } from './setup/loopback.mjs';
import { withSetupLock } from './setup/lock.mjs';
import { ensureRuntime, readyRuntime } from './setup/runtime.mjs';
import { SetupFailure, report } from './setup/say.mjs';

async function main() {
  ensureDebianPackages();
  ensureLoopback();
  if (nodeModulesMatch() && readyRuntime() !== undefined) return;
  await withSetupLock(async () => {
    ensureNodeModules();
    await ensureRuntime();
  });
}

try {
  await main();
} catch (error) {
  if (!(error instanceof SetupFailure)) throw error;
  report(error);
  process.exitCode = 1;
}
