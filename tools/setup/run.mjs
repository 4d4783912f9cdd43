// Runs the programs that set-up needs, with an environment fit for them.
import { spawnSync } from 'node:child_process';
import { delimiter } from 'node:path';

/**
 * The environment without what the surrounding `npm run` put in: a nested npm must neither take over this
 * package's lifecycle values nor start with the Node below node_modules, which it may be about to replace.
 */
function cleanEnvironment() {
  const environment = {};
  for (const [name, value] of Object.entries(process.env)) {
    if (/^npm_(package|lifecycle|config_local_prefix|command)/.test(name)) continue;
    environment[name] = value;
  }
  const entries = (process.env.PATH ?? '').split(delimiter);
  environment.PATH = entries
    .filter((entry) => !/node_modules\/\.bin\/?$|node-gyp-bin/.test(entry))
    .join(delimiter);
  return environment;
}

/**
 * Runs to the end with the output shown.
 * @param {string} program @param {string[]} parameters @param {{ cwd?: string, env?: NodeJS.ProcessEnv }} [options]
 * @returns {string | undefined} what went wrong, or undefined after exit code 0
 */
export function run(program, parameters, options = {}) {
  const outcome = spawnSync(program, parameters, { env: cleanEnvironment(), ...options, stdio: 'inherit' });
  if (outcome.error !== undefined) return outcome.error.message;
  if (outcome.status === 0) return undefined;
  return `${program} ${parameters[0] ?? ''} ended with ${outcome.signal ?? `exit code ${outcome.status}`}`;
}

/** @returns {string} stdout; throws with stderr where the program fails */
export function output(program, parameters, options = {}) {
  const outcome = spawnSync(program, parameters, { encoding: 'utf8', ...options });
  if (outcome.error !== undefined) throw outcome.error;
  if (outcome.status !== 0) {
    throw new Error(`${program} ended with ${outcome.signal ?? outcome.status}: ${outcome.stderr.trim()}`);
  }
  return outcome.stdout;
}

/**
 * `npm ci` without scripts. Offline it gives up within half a minute instead of npm's own ten.
 * @param {string} folder with package.json and package-lock.json @returns {string | undefined} what went wrong
 */
export function npmCi(folder) {
  const retries = ['--fetch-retries=2', '--fetch-retry-mintimeout=1000', '--fetch-retry-maxtimeout=5000'];
  const quiet = ['--no-audit', '--no-fund', '--loglevel=error'];
  return run('npm', ['ci', '--ignore-scripts', ...quiet, ...retries], { cwd: folder });
}
