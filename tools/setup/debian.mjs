// Debian packages that Electron, the tests and the tools need. Checked on every start (one dpkg-query), installed
// only where something is missing.
import { spawnSync } from 'node:child_process';
import { run } from './run.mjs';
import { SetupFailure, say } from './say.mjs';

const packages = [
  // Libraries that Electron links to, and the X server its tests draw on.
  'libgtk-3-0',
  'libnss3',
  'libgbm1',
  'libasound2',
  'xvfb',
  'xauth',
  'fonts-noto-cjk',
  'unzip', // unpacks the runtime
  'udev', // serialport lists ports through udevadm
  'libusb-1.0-0', // what node-hid's binary is linked to, beside libudev1
  'libudev1',
  'openssl', // test certificates
  'strace', // counts the syncs per commit
  'gcc', // compiles the write log of test/power
  'libc6-dev',
];

export function ensureDebianPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  const install = `apt-get update && apt-get install -y --no-install-recommends ${missing.join(' ')}`;
  if (process.getuid?.() !== 0) {
    throw new SetupFailure({
      zh: `缺少 Debian 软件包：${missing.join(' ')}，安装需要 root 权限`,
      en: `Debian packages are missing: ${missing.join(' ')}; installing them needs root`,
      remedy: `sudo sh -c '${install}'\n然后再运行一次 / then run this again`,
    });
  }
  say(`installing Debian packages: ${missing.join(' ')}`);
  installPackages(missing, install);
}

function installPackages(missing, install) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o', 'Dpkg::Use-Pty=0', '-o', 'DPkg::Lock::Timeout=120'];
  const failed =
    run('apt-get', [...quiet, 'update'], { env }) ??
    run('apt-get', [...quiet, 'install', '-y', '--no-install-recommends', ...missing], { env });
  const left = missingPackages();
  if (left.length === 0) return;
  throw new SetupFailure({
    zh: `Debian 软件包没有装上：${left.join(' ')}`,
    en: `Debian packages could not be installed: ${left.join(' ')}`,
    remedy: `检查网络与 apt 源，再手动运行 / check the network and the apt sources, then run by hand:\n${install}`,
    cause: failed,
  });
}

/** @returns {string[]} the packages that dpkg doesn't call installed */
function missingPackages() {
  const query = spawnSync('dpkg-query', ['-W', '-f', '${Package} ${db:Status-Status}\n', ...packages], {
    encoding: 'utf8',
  });
  if (query.error !== undefined) {
    throw new SetupFailure({
      zh: '没有 dpkg-query：开发环境需要 Debian 12（或同系）',
      en: 'there is no dpkg-query: development needs Debian 12 or a relative of it',
      remedy: `在 Debian 12 上运行，所需软件包 / run on Debian 12; packages needed:\n${packages.join(' ')}`,
      cause: query.error,
    });
  }
  // dpkg-query exits with 1 where it has never heard of a package; its stdout still lists the others.
  const installed = new Set(
    query.stdout
      .split('\n')
      .filter((line) => line.endsWith(' installed'))
      .map(firstWord),
  );
  return packages.filter((name) => !installed.has(name));
}

/** @param {string} line */
function firstWord(line) {
  return line.slice(0, line.indexOf(' '));
}
