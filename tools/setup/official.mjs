// The official Electron binary, by electron's own installer. One attempt; given up once nothing has arrived for
// five seconds; the outcome is remembered until its file is removed or YIMA_ELECTRON_RETRY=1 asks again.
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, readJson, writeJson } from './files.mjs';
import { node24, officialAttemptFile, officialRuntime, root, toolchain } from './paths.mjs';
import { say } from './say.mjs';

const silence_ms = 5_000;
const look_ms = 250;
const download = join(toolchain, 'download');

/** @param {string} version the electron that package-lock.json names @returns {Promise<boolean>} */
export async function tryOfficial(version) {
  if (installed(version)) return true;
  const earlier = readJson(officialAttemptFile);
  if (earlier?.electron === version && process.env.YIMA_ELECTRON_RETRY !== '1') return false;
  say(`asking for the official Electron ${version}`);
  const detail = await install();
  if (detail === undefined && installed(version)) return true;
  const outcome = detail ?? 'the installer ended well but left no binary';
  writeJson(officialAttemptFile, { electron: version, outcome, at: new Date().toISOString() });
  say(`not to be had here (${outcome}); remembered, ask again with YIMA_ELECTRON_RETRY=1`);
  return false;
}

function installed(version) {
  const versionFile = join(officialRuntime, 'version');
  if (!existsSync(versionFile) || !existsSync(join(officialRuntime, 'electron'))) return false;
  return readFileSync(versionFile, 'utf8').trim().replace(/^v/, '') === version;
}

/** @returns {Promise<string | undefined>} what went wrong */
async function install() {
  rmSync(download, { recursive: true, force: true });
  mkdirSync(download, { recursive: true });
  // The installer keeps its parts in TMPDIR and its archive in the cache: both here, so that growth can be seen.
  const env = { ...process.env, TMPDIR: download, electron_config_cache: download };
  const installer = spawn(node24, [join(root, 'node_modules/electron/install.js')], {
    env,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const stopWatching = stopWhenSilent(installer);
  const detail = await outcomeOf(installer);
  stopWatching();
  rmSync(download, { recursive: true, force: true });
  return detail;
}

function outcomeOf(installer) {
  let said = '';
  installer.stderr.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => {
    installer.on('error', (error) => resolve(error.message));
    installer.on('close', (code, signal) => {
      if (code === 0) return resolve(undefined);
      const firstLine = said.split('\n').find((line) => line.trim() !== '');
      resolve(signal === null ? (firstLine ?? `exit code ${code}`) : 'nothing arrived for 5 s');
    });
  });
}

function stopWhenSilent(installer) {
  let size = -1;
  let grownAt = performance.now();
  const timer = setInterval(() => {
    const now = bytesArrived();
    if (now !== size) [size, grownAt] = [now, performance.now()];
    if (performance.now() - grownAt > silence_ms) installer.kill('SIGKILL');
  }, look_ms);
  return () => clearInterval(timer);
}

/** Counts the downloaded archive and what has been unpacked from it. */
function bytesArrived() {
  const folders = [download, officialRuntime].filter((folder) => existsSync(folder));
  const files = folders.flatMap((folder) => filesBelow(folder));
  return files.reduce((sum, path) => sum + (statSync(path, { throwIfNoEntry: false })?.size ?? 0), 0);
}
