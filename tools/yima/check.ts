// `yima config check` and `yima catalogue check`: everything that would make the core refuse, before it does.
import type { Command } from 'commander';
import { loadConfiguration, readCertificates, readSecret } from '../../core/configuration.ts';
import { openCatalogue } from '../../db/catalogue.ts';
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

async function checkConfiguration(file: string): Promise<void> {
  const configuration = loadConfiguration(file);
  const { route, catalogueFile } = configuration;
  const problems = [
    problemOf(() => readSecret('route.appKeyFile', route.appKeyFile)),
    problemOf(() => route.caFile !== undefined && readCertificates('route.caFile', route.caFile)),
    problemOf(() => openCatalogue(catalogueFile)),
  ].filter((problem) => problem !== null);
  if (problems.length > 0) throw new Refused(problems.join('\n'));
  const { terminal, operators, scanners, printer } = configuration;
  await print(
    `${file} is good: terminal ${terminal.terminalCode}, ${operators.length} operators, ${scanners.length} scanners, ` +
      `printer ${printer.id}, route ${route.id} to ${route.baseUrl}`,
  );
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
  const catalogue = program.command('catalogue').description('the catalogue of goods');
  catalogue
    .command('check')
    .description('name every bad row')
    .argument('<file>', 'catalogue (CSV)')
    .action(checkCatalogue);
}
