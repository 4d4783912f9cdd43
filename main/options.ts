// Command line and environment of the kiosk.
import { resolve } from 'node:path';
import { findRefused, refusal } from './arguments.ts';

export type Options = {
  configFile: string;
  stateFolder: string;
  /** Full screen without frame; otherwise a window of 1280 x 800. */
  kiosk: boolean;
  /** Developer tools allowed; never in a packaged till. */
  dev: boolean;
  /** A window for the customer's screen though there is no second monitor; never in a packaged till. */
  customerWindow: boolean;
};

/** `isTestBuild` is compiled in (tools/build/targets.ts). */
export type Build = { isPackaged: boolean; isTestBuild: boolean; isRoot: boolean };

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
  { isPackaged, ...starter }: Build,
): OptionsResult {
  const refused = isPackaged ? findRefused(args, starter) : undefined;
  if (refused !== undefined) return { ok: false, problem: refusal(refused) };
  const configFile = valueOf(args, 'config') ?? env.YIMA_CONFIG;
  const stateFolder = valueOf(args, 'state') ?? env.YIMA_STATE;
  if (!configFile || !stateFolder) {
    return {
      ok: false,
      problem: [
        '缺少配置或状态目录,没有启动,钱款不受影响 / configuration or state folder not named: not started, no money has moved',
        '用法 / usage: --config FILE --state FOLDER [--kiosk] (YIMA_CONFIG, YIMA_STATE)',
      ].join('\n'),
    };
  }
  return {
    ok: true,
    options: {
      configFile: resolve(configFile),
      stateFolder: resolve(stateFolder),
      kiosk: args.includes('--kiosk'),
      dev: args.includes('--dev') && !isPackaged,
      customerWindow: args.includes('--customer-window') && !isPackaged,
    },
  };
}
