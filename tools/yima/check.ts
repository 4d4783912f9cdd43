// `yima config check` and `yima catalogue check`: everything that would make the core refuse, before it does.
import type { Command } from 'commander';
import type { Configuration } from '../../contract/configuration.ts';
import type { RouteConfiguration } from '../../contract/configuration-routes.ts';
import { loadConfiguration } from '../../core/configuration.ts';
import { merchantOf, terminalNumberOf } from '../../core/party.ts';
import { placeOf, routeFiles } from '../../core/route-files.ts';
import { coverageOfShop } from '../../core/wallets.ts';
import { openCatalogue } from '../../db/catalogue.ts';
import { confidenceText, waysText, whyNotText } from './coverage-words.ts';
import { isErrorCode, print, Refused } from './program.ts';

/** Null when it works, else its message; a defect goes on as it is. */
function problemOf(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof Error && isErrorCode((error as { code?: unknown }).code)) return error.message;
    throw error;
  }
}

/** As whom its acquirer knows shop and till. */
function routeText(configuration: Configuration, route: RouteConfiguration): string {
  const merchant = merchantOf(configuration, route);
  const terminal = terminalNumberOf(configuration, route);
  const names = [
    ...(merchant === null ? [] : [`merchant ${merchant}`]),
    ...(terminal === null ? [] : [`terminal ${terminal}`]),
  ];
  return `route ${route.id} to ${route.baseUrl}${names.length === 0 ? '' : ` as ${names.join(' ')}`}`;
}

async function checkConfiguration(file: string): Promise<void> {
  const configuration = loadConfiguration(file);
  const { routes, catalogueFile } = configuration;
  const problems = [
    ...routes.flatMap((route) => routeFiles(route, placeOf(routes, route)).map(problemOf)),
    problemOf(() => openCatalogue(catalogueFile)),
  ].filter((problem) => problem !== null);
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  const { terminal, operators, scanners, printer } = configuration;
  await print(
    `${file} is good: terminal ${terminal.terminalCode}, ${operators.length} operators, ${scanners.length} scanners, ` +
      `printer ${printer.id}, ${routes.map((route) => routeText(configuration, route)).join(', ')}`,
  );
}

/** One line for each wallet of the interconnection, and by which route it is taken. */
async function showCoverage(file: string): Promise<void> {
  const lines = coverageOfShop(loadConfiguration(file)).map((one) => {
    const { system, taken, notTaken, shown, notShown } = one;
    const told = (ways: typeof taken, why: typeof notTaken) =>
      why === null ? waysText(ways) : `不收 not taken: ${whyNotText(why, system)}`;
    const { name_zh, name_en, note_en } = system;
    const how = `${note_en}; ${confidenceText(one)}`;
    return `${name_zh} ${name_en}: 被扫 passive ${told(taken, notTaken)} (${how}); 主扫 main scan ${told(shown, notShown)}`;
  });
  await print(lines.join('\n'));
}

async function checkCatalogue(file: string): Promise<void> {
  await print(`${file} is good: ${openCatalogue(file).count()} goods`);
}

export function addCheckCommands(program: Command): void {
  const config = program.command('config').description('the configuration file');
  config
    .command('check')
    .description('name every bad field; secrets are never printed')
    .argument('<file>', 'configuration (JSON)')
    .action(checkConfiguration);
  config
    .command('coverage')
    .description('which wallets the configured routes take, passive and main scan')
    .argument('<file>', 'configuration (JSON)')
    .action(showCoverage);
  const catalogue = program.command('catalogue').description('the catalogue of goods');
  catalogue
    .command('check')
    .description('name every bad row')
    .argument('<file>', 'catalogue (CSV)')
    .action(checkCatalogue);
}
