// `yima activate`: a technician's one-time code gives a terminal of a gateway its app id and its key file. Neither code nor key is shown.
import { existsSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { type ActivationOutcome, isActivationCode } from '../../acquirers/gateway/activation.ts';
import { gatewayServices } from '../../acquirers/gateway/service-rows.ts';
import { serviceRow } from '../../acquirers/transport/service-row.ts';
import type { GatewayRoute } from '../../contract/configuration-routes.ts';
import { type Opening, openActivation } from '../../core/acquirers.ts';
import { ConfigurationRefused } from '../../core/configuration.ts';
import { causeText } from '../../core/fetch-bill.ts';
import { bad, openingOf } from './gateway-route.ts';
import { type KeyFile, openKeyFile } from './key-file.ts';
import { explain, print, Refused } from './program.ts';
import { shanghaiText } from './time.ts';

type Options = { config: string; route: string; code: string; replace: boolean };

type Failure = Exclude<ActivationOutcome, { kind: 'activated' }>;

/** Of an acquirer's code. */
export function refusalText(code: string): string {
  return serviceRow(gatewayServices, 'activate', code)?.said ?? 'the acquirer refused it';
}

function refusedBy({ kind, cause }: Failure): Refused {
  const [exitCode, text] = {
    refused: [6, refusalText(cause)] as const,
    damaged: [
      5,
      'the answer is not signed with this code (mistyped, or of another terminal?), or damaged',
    ] as const,
    noAnswer: [7, 'no answer: the same code gives the same key for ten minutes, ask again'] as const,
  }[kind];
  return new Refused(`not activated: ${text} (${causeText(cause)})`, { exitCode });
}

/** `-`: from standard input, so that no list of processes shows it. */
function codeOf({ code }: Options): string {
  const text = code === '-' ? readFileSync(0, 'utf8').trim() : code;
  if (!isActivationCode(text)) throw bad('--code: an activation code has 20 capital letters and digits');
  return text;
}

/** Asking would use the code up, so what stands in its way is found before. */
function keyFileOf({ route, clock }: Opening<GatewayRoute>, replace: boolean): KeyFile {
  const { appKeyFile } = route;
  if (existsSync(appKeyFile) && !replace)
    throw bad(`${appKeyFile} is there and stays: --replace keeps it beside the new one`);
  const stamp = shanghaiText(clock.wall_ms()).replaceAll(/\D/g, '');
  try {
    return openKeyFile(appKeyFile, `before-${stamp}`);
  } catch (error) {
    throw bad(error instanceof Error ? error.message : String(error));
  }
}

function writeKey(keyFile: KeyFile, appKey: string): void {
  try {
    keyFile.write(appKey);
  } catch (error) {
    const cause = error instanceof Error ? error.message : String(error);
    throw new Refused(
      `activated, but the key is not written: ${cause}; the same code gives it again for ten minutes`,
    );
  }
}

async function activate(options: Options): Promise<void> {
  const code = codeOf(options);
  const opening = openingOf(options.config, options.route);
  const keyFile = keyFileOf(opening, options.replace);
  const outcome = await openActivation(opening)(code);
  if (outcome.kind !== 'activated') {
    keyFile.drop();
    throw refusedBy(outcome);
  }
  const { appId, appKey } = outcome;
  writeKey(keyFile, appKey);
  const { kept } = keyFile;
  const { route, place } = opening;
  await print(`${route.appKeyFile}: the terminal's key, for its owner alone`);
  if (kept !== null) await print(`${kept}: the key before it; delete it once the new one works`);
  const isThere = route.appId === appId;
  await print(
    `${place}.appId is ${appId}${isThere ? ', as it stands in' : ': put it at once into'} ${options.config}`,
  );
}

async function run(options: Options): Promise<void> {
  try {
    await activate(options);
  } catch (error) {
    if (error instanceof ConfigurationRefused) throw bad(explain(error.code, error.message));
    throw error;
  }
}

export function addActivateCommand(program: Command): void {
  program
    .command('activate')
    .description(
      "a gateway's one-time code for this terminal's key file; exit 2 bad input, 5 damaged or another code, 6 refused, 7 no answer",
    )
    .requiredOption('--config <file>', 'configuration of the till (JSON)')
    .requiredOption('--route <id>', 'which gateway')
    .requiredOption(
      '--code <code>',
      '- reads it from standard input, so that no list of processes shows it; else the 20 capital letters and digits',
    )
    .option('--replace', 'a key file that is there is kept beside the new one', false)
    .action(run);
}
