// Writes docs/coverage.md: which wallets the two example configurations take. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { configurationSchema, withRoutes } from '../contract/configuration.ts';
import type { RouteConfiguration } from '../contract/configuration-routes.ts';
import type { Coverage } from '../core/domain/scan/coverage.ts';
import { coverageOfRoutes } from '../core/wallets.ts';

const docs = join(import.meta.dirname, '..', 'docs');
const page = join(docs, 'coverage.md');

function routesOf(name: string): readonly RouteConfiguration[] {
  return withRoutes(configurationSchema.parse(JSON.parse(readFileSync(join(docs, name), 'utf8')))).routes;
}

function passive({ system, taken }: Coverage): string {
  if (taken.length > 0)
    return taken.map(({ scheme, routeIds }) => `${scheme} by ${routeIds.join(', ')}`).join('; ');
  return system.confidence === 'no source'
    ? 'none: its codes follow no published format, so that no rule knows them'
    : `none: no route has a contract for ${system.schemes.join(' or ')}`;
}

function main({ shown, system }: Coverage): string {
  if (shown.length > 0)
    return shown.map(({ scheme, routeIds }) => `${scheme} by ${routeIds.join(', ')}`).join('; ');
  return system.scans.length === 0
    ? 'none: no source says whose codes its app scans'
    : `none: no route shows a code of ${system.scans.join(' or ')}`;
}

function table(name: string): string {
  const rows = coverageOfRoutes(routesOf(name)).map((one) => {
    const { name_zh, name_en, confidence, note_en } = one.system;
    return `| ${name_zh} ${name_en} | ${passive(one)} | ${main(one)} | ${note_en} | ${confidence} |`;
  });
  return [
    '| System | Passive scan: the till scans the customer | Main scan: the customer scans the till | Its payment code | How sure |',
    '|---|---|---|---|---|',
    ...rows,
  ].join('\n');
}

const text = `# Which wallets a till takes

Written by \`node tools/coverage.ts\` from the code rules and the example configurations; \`yima config coverage FILE\` and the technician's screen say the same of a shop's own.
A code is a hint: what the acquirer then says of it decides. That a format is known says nothing of a contract.

Main scan (主扫) is off until a route has \`mainScan\`. A gateway's code is AGGREGATE: for every wallet of its contract. Whose apps scan whose merchants' codes since when: core/domain/scan/coverage.ts.

## One gateway: docs/configuration.example.json

${table('configuration.example.json')}

## Direct contracts beside a gateway: docs/configuration.wallets.example.json

${table('configuration.wallets.example.json')}
`;

if (process.argv.includes('--check')) {
  if (readFileSync(page, 'utf8') !== text) {
    process.stderr.write('docs/coverage.md is stale: run `node tools/coverage.ts`\n');
    process.exitCode = 1;
  }
} else {
  writeFileSync(page, text);
}
