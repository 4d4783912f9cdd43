// Command line and environment of the kiosk.
import { resolve } from 'node:path';

export type Options = {
  configFile: string;
  stateFolder: string;
  /** Full screen without frame; otherwise a window of 1280 x 800. */
  kiosk: boolean;
  /** Developer tools allowed; never in a packaged till. */
  dev: boolean;
};

export type OptionsResult = { ok: true; options: Options } | { ok: false; problem: string };

function valueOf(args: readonly string[], name: string): string | undefined {
  const index = args.findIndex((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`));
  const found = args[index];
  if (found === undefined) return undefined;
  return found.includes('=') ? found.slice(found.indexOf('=') + 1) : args[index + 1];
}

/** `--config FILE --state FOLDER [--kiosk] [--dev]`, or YIMA_CONFIG and YIMA_STATE. */
export function readOptions(
  args: readonly string[],
  env: Record<string, string | undefined>,
  isPackaged: boolean,
): OptionsResult {
  const configFile = valueOf(args, 'config') ?? env.YIMA_CONFIG;
  const stateFolder = valueOf(args, 'state') ?? env.YIMA_STATE;
  if (!configFile || !stateFolder) {
    return {
      ok: false,
      problem: 'usage: --config FILE --state FOLDER [--kiosk] (or YIMA_CONFIG, YIMA_STATE)',
    };
  }
  // Whoever can reach the debugging port of a till can press its keys (reference electron.md 5).
  if (isPackaged && args.some((arg) => arg.startsWith('--remote-debugging-'))) {
    return { ok: false, problem: 'a packaged till does not start with a remote debugging port' };
  }
  return {
    ok: true,
    options: {
      configFile: resolve(configFile),
      stateFolder: resolve(stateFolder),
      kiosk: args.includes('--kiosk'),
      dev: args.includes('--dev') && !isPackaged,
    },
  };
}
