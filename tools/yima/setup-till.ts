// Makes a new till's directory: configuration, an empty goods list, first operators. The example of docs/ is the
// template, so that what is documented, what is tested and what a technician starts from are one file.
import { randomInt } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { Role } from '../../contract/commands.ts';
import { type ConfigurationFile, configurationSchema } from '../../contract/configuration.ts';
import { gatewayRouteSchema } from '../../contract/configuration-routes.ts';
import { hashPin } from '../../core/rpc/operators.ts';

const example = new URL('../../docs/configuration.example.json', import.meta.url);
const goodsHeader = 'barcode,name_zh,name_en,unit,price_fen,tax_bp,category\n';
const PIN_digits = 6;

export type FirstOperator = { id: string; name: string; role: Role; pin: string };
export type NewTill = {
  directory: string;
  configFile: string;
  appKeyFile: string;
  operators: FirstOperator[];
};
/** `taken`: there is a configuration already. `open`: others may enter the directory. `failed`: the disk said no. */
export type SetUpFault = {
  code: 'setup.taken' | 'setup.open' | 'setup.failed';
  retry: 'never';
  detail: string;
};
export type SetUp = { ok: true; till: NewTill } | { ok: false; fault: SetUpFault };

function randomPin(): string {
  return String(randomInt(10 ** PIN_digits)).padStart(PIN_digits, '0');
}

function firstOperators(): FirstOperator[] {
  const pins = new Set<string>();
  while (pins.size < 3) pins.add(randomPin());
  const [cashier = '', manager = '', technician = ''] = pins;
  return [
    { id: 'cashier', name: '收银员', role: 'cashier', pin: cashier },
    { id: 'manager', name: '店长', role: 'manager', pin: manager },
    { id: 'technician', name: '技术员', role: 'technician', pin: technician },
  ];
}

/** Timings and code rules stay out: a till follows the adapter's own, also those of a later version. */
function firstConfiguration(operators: readonly FirstOperator[]) {
  const template = configurationSchema.parse(JSON.parse(readFileSync(example, 'utf8')));
  const { caFile: _none, ...route } = gatewayRouteSchema.parse(template.route);
  const configuration: ConfigurationFile = configurationSchema.parse({
    ...template,
    operators: operators.map((operator) => ({ ...operator, pin: hashPin(operator.pin) })),
    route: { ...route, timings: {}, codeRules: [] },
  });
  return { configuration, appKeyFile: route.appKeyFile };
}

/** Existing files are left as they are. */
export function setUpTill(chosen: string): SetUp {
  const directory = resolve(chosen);
  const configFile = join(directory, 'config.json');
  const refuse = (code: SetUpFault['code'], detail: string): SetUp => ({
    ok: false,
    fault: { code, retry: 'never', detail },
  });
  try {
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    if (existsSync(configFile)) return refuse('setup.taken', configFile);
    // A directory of somebody's choice (/tmp, /etc) is not ours to close: its owner decides.
    if ((statSync(directory).mode & 0o077) !== 0) return refuse('setup.open', directory);
    const operators = firstOperators();
    const first = firstConfiguration(operators);
    const { configuration } = first;
    const goodsFile = resolve(directory, configuration.catalogueFile);
    const text = `${JSON.stringify(configuration, null, 2)}\n`;
    writeFileSync(configFile, text, { mode: 0o600, flag: 'wx' });
    if (!existsSync(goodsFile)) writeFileSync(goodsFile, goodsHeader, { mode: 0o600, flag: 'wx' });
    const appKeyFile = resolve(directory, first.appKeyFile);
    return { ok: true, till: { directory, configFile, appKeyFile, operators } };
  } catch (error) {
    return refuse('setup.failed', error instanceof Error ? error.message : String(error));
  }
}
