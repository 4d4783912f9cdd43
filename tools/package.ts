// `npm run package`: builds, and packs the till into out/package/<name>. YIMA_TEST_BUILD=1 packs `yima-test` instead, the only
// build that can be driven from outside (docs/packaging.md).
import { spawnSync } from 'node:child_process';
import { join, relative } from 'node:path';
import { root } from './build/paths.ts';
import { chooseBuild, readRuntime } from './package/builds.ts';
import { sizeOf } from './package/contents.ts';
import { readFuses } from './package/fuses.ts';
import { pack } from './package/pack.ts';

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

const isTestBuild = process.env['YIMA_TEST_BUILD'] === '1';
const build = chooseBuild(readRuntime(), isTestBuild);
const start_ms = performance.now();

const built = spawnSync(process.execPath, ['tools/build.ts', ...(isTestBuild ? ['--test-build'] : [])], {
  cwd: root,
  stdio: 'inherit',
});
if (built.status !== 0) process.exit(1);

const { folder, faults } = await pack(build);
for (const fault of faults) say(`包有误 / wrong package: ${fault}`);
if (faults.length > 0) {
  say(
    '没有生成安装目录。修正后再运行一次 / nothing was put into out/package. Put this right, then run it again',
  );
  process.exit(1);
}
const fuses = Object.entries(readFuses(join(folder, build.name)));
say(`fuses read back: ${fuses.map(([name, state]) => `${name} ${state}`).join(', ')}`);
if (build.runtime.kind !== 'official')
  say(
    `运行时来自第三方,不可用于门店 / a third party's runtime (Electron ${build.runtime.electron}): not for shops`,
  );
const size_MB = Math.round(sizeOf(folder) / 1e6);
say(
  `${relative(root, folder)}/${build.name}: ${size_MB} MB, ${Math.round((performance.now() - start_ms) / 1000)} s`,
);
