// Adds to package-lock.json the optional packages of other platforms that the registry at hand doesn't serve.
//   node tools/setup/complete-lock.mjs            after each `npm install <package>`
//   node tools/setup/complete-lock.mjs --check    changes nothing; exit code 1 where something is missing
// npm leaves such packages out when it writes the lock file, and `npm ci` then refuses the very same file
// ("Missing: @biomejs/cli-win32-x64@ from lock file"). Only name, version and platform are added: npm skips an
// optional package of another platform before it asks the registry for it.
import { join } from 'node:path';
import { readJson, writeJson } from './files.mjs';
import { root } from './paths.mjs';
import { say } from './say.mjs';

const systems = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const processors = [
  'arm',
  'arm64',
  'ia32',
  'loong64',
  'mips64el',
  'ppc64',
  'riscv64',
  's390x',
  'x64',
  'wasm32',
];

const lockFile = join(root, 'package-lock.json');
const lock = readJson(lockFile);
const added = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !resolvable(path, name) && platformOf(name) !== undefined)
    .map(([name, version]) => [`node_modules/${name}`, absentEntry(entry, name, version)]),
);
const checking = process.argv.includes('--check');
if (!checking && added.length > 0) write();
say(`${added.length} packages of other platforms ${checking ? 'are missing from' : 'added to'} ${lockFile}`);
process.exitCode = checking && added.length > 0 ? 1 : 0;

function write() {
  const packages = Object.entries({ ...lock.packages, ...Object.fromEntries(added) });
  const sorted = Object.fromEntries(packages.sort(([a], [b]) => a.localeCompare(b, 'en')));
  writeJson(lockFile, { ...lock, packages: sorted });
}

/** Node's own look-up: from the dependent's node_modules up to the root's. */
function resolvable(path, name) {
  for (let folder = path; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf('/node_modules/')))) {
    if (`${folder === '' ? '' : `${folder}/`}node_modules/${name}` in lock.packages) return true;
    if (folder === '') return false;
  }
}

/** @returns {{ os?: string[], cpu?: string[], libc?: string[] } | undefined} undefined: the name tells no platform */
function platformOf(name) {
  const words = name.split(/[-/]/);
  const os = words.find((word) => systems.includes(word));
  const cpu = words.find((word) => processors.includes(word));
  if (cpu === undefined) return undefined;
  const musl = words.some((word) => word.startsWith('musl'));
  return { cpu: [cpu], ...(musl && { libc: ['musl'] }), ...(os && { os: [os] }) };
}

function absentEntry(dependent, name, version) {
  // In npm's own order of keys, so that the next `npm install` leaves the entry as it is.
  const { cpu, libc, os } = platformOf(name);
  return {
    version,
    cpu,
    ...(dependent.dev && { dev: true }),
    ...(libc && { libc }),
    optional: true,
    ...(os && { os }),
  };
}
