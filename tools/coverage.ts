// Writes docs/coverage.md: which wallets the two example configurations take. `--check` only compares.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Configuration, configurationSchema, withRoutes } from '../contract/configuration.ts';
import type { Coverage, WhyNot } from '../core/domain/scan/coverage.ts';
import { coverageOfShop } from '../core/wallets.ts';
import { confidenceText, waysText, whyNotText } from './yima/coverage-words.ts';

const docs = join(import.meta.dirname, '..', 'docs');
const page = join(docs, 'coverage.md');

function shopOf(name: string): Configuration {
  return withRoutes(configurationSchema.parse(JSON.parse(readFileSync(join(docs, name), 'utf8'))));
}

function told(ways: Coverage['taken'], why: WhyNot | null, system: Coverage['system']): string {
  return why === null ? waysText(ways) : `none: ${whyNotText(why, system)}`;
}

function table(name: string): string {
  const rows = coverageOfShop(shopOf(name)).map((one) => {
    const { system, taken, notTaken, shown, notShown } = one;
    const { name_zh, name_en, note_en } = system;
    const ways = `${told(taken, notTaken, system)} | ${told(shown, notShown, system)}`;
    return `| ${name_zh} ${name_en} | ${ways} | ${note_en} | ${confidenceText(one)} |`;
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

How sure a format is: H read in an official page or SDK, M one good source or several that agree, L a single weak one (docs/payment-codes.md); a shop's own rule says it itself, or not.

Main scan (主扫) is off until a route has \`mainScan\`, passive scan (被扫) on until it has \`passiveScan: false\`. e-CNY is taken in its pilot regions only, once the shop says
where it is (\`store.region\`); \`regions\` of a route says otherwise. A gateway's code is AGGREGATE: for every wallet of its contract. Whose apps scan whose merchants' codes since when: core/domain/scan/coverage.ts.

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
