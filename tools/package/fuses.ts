// Reads the fuses back from a packed program. Not with the package that blew them: a second reader notices its mistakes.
import { readFileSync } from 'node:fs';

/** Electron's marker before the fuses: version, count, then one character each. */
const MARKER = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';

/** In the order in which they stand in the program. */
const names = [
  'runAsNode',
  'cookieEncryption',
  'nodeOptions',
  'nodeInspect',
  'asarIntegrity',
  'onlyAppFromAsar',
  'browserSnapshot',
  'fileProtocolPrivileges',
] as const;

export type Fuse = (typeof names)[number];
export type Fuses = Record<Fuse, 'on' | 'off' | 'removed'>;

/** What every packed till must have (electron-builder.yml sets it, docs/packaging.md says why). */
export const wantedFuses: Fuses = {
  runAsNode: 'off',
  cookieEncryption: 'off',
  nodeOptions: 'off',
  nodeInspect: 'off',
  asarIntegrity: 'on',
  onlyAppFromAsar: 'on',
  browserSnapshot: 'off',
  fileProtocolPrivileges: 'off',
};

const states: Record<string, Fuses[Fuse]> = { '0': 'off', '1': 'on', r: 'removed' };

/** @throws Error where the program has no fuses, or others than we know */
export function parseFuses(program: Buffer): Fuses {
  const at = program.indexOf(MARKER);
  if (at < 0 || program.indexOf(MARKER, at + 1) >= 0)
    throw new Error('the program has not exactly one set of fuses');
  const [version, count = 0] = program.subarray(at + MARKER.length, at + MARKER.length + 2);
  if (version !== 1 || count < names.length)
    throw new Error(`unknown fuses: version ${version}, ${count} of them`);
  const wire = program.subarray(at + MARKER.length + 2, at + MARKER.length + 2 + count).toString('latin1');
  const entries = names.map((name, index) => {
    const state = states[wire[index] ?? ''];
    if (state === undefined) throw new Error(`the fuse ${name} has the unknown state ${wire[index]}`);
    return [name, state] as const;
  });
  return Object.fromEntries(entries) as Fuses;
}

export function readFuses(programFile: string): Fuses {
  return parseFuses(readFileSync(programFile));
}

/** In words, what is not as it must be. */
export function fuseFaults(fuses: Fuses): string[] {
  return names
    .filter((name) => fuses[name] !== wantedFuses[name])
    .map((name) => `the fuse ${name} is ${fuses[name]}, and must be ${wantedFuses[name]}`);
}
