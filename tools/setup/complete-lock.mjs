// Adds to package-lock.json the optional packages of other platforms that the registry at hand doesn't serve.
//   node tools/setup/complete-lock.mjs [package-lock.json]     after each `npm install <package>`
// npm leaves such packages out when it writes the lock file, and `npm ci` then refuses the very same file
// ("Missing: @biomejs/cli-win32-x64@ from lock file"). Only name, version and platform are added: npm skips an
// optional package of another platform before it asks the registry for it.
import { resolve } from 'node:path';
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

const lockFile = resolve(root, process.argv[2] ?? 'package-lock.json');
const lock = readJson(lockFile);
const added = Object.entries(lock.packages).flatMap(([path, entry]) =>
  Object.entries(entry.optionalDependencies ?? {})
    .filter(([name]) => !resolvable(path, name) && platformOf(name) !== undefined)
    .map(([name, version]) => [`node_modules/${name}`, absentEntry(entry, name, version)]),
);
const packages = { ...lock.packages, ...Object.fromEntries(added) };
const sorted = Object.fromEntries(Object.entries(packages).sort(([a], [b]) => a.localeCompare(b, 'en')));
if (added.length > 0) writeJson(lockFile, { ...lock, packages: sorted });
say(`${added.length} packages of other platforms added to ${lockFile}`);

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
