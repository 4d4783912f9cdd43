// Holds docs/configuration.md and its example to the schema: no key missing or invented, and every default, example and
// message in the tables is what the schema really does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationSchema } from '../contract/configuration.ts';
import { gatewayRouteSchema } from '../contract/configuration-routes.ts';
import { loadConfiguration } from '../core/configuration.ts';
import { gatewayPolicy } from '../core/domain/payment/policy.ts';

type Row = { meaning: string; fallback: string; example: string; wrong: string };
/** `variant`: the kind (of transport, say) that alone has this key; null for a key that stands in every file. */
type Key = { path: string; fallback: string; variant: string | null };

const page = readFileSync(new URL('configuration.md', import.meta.url), 'utf8');
const exampleFile = new URL('configuration.example.json', import.meta.url);
const freshExample = () => JSON.parse(readFileSync(exampleFile, 'utf8')) as Record<string, unknown>;
const walletsFile = new URL('configuration.wallets.example.json', import.meta.url);
const freshWallets = () => JSON.parse(readFileSync(walletsFile, 'utf8')) as Record<string, unknown>;
const walletRoutes = freshWallets()['routes'] as { adapter: string }[];
const isOfRoutes = ({ path }: { path: string }) => path.startsWith('routes');
const quoted = (value: unknown) => `\`${JSON.stringify(value)}\``;

/** `| a | b |` -> ['a', 'b']; a cell's own bars are written `\|`. */
function cellsOf(line: string): string[] {
  const cells = line.split(/(?<!\\)\|/).slice(1, -1);
  return cells.map((cell) => cell.trim().replaceAll('\\|', '|'));
}

function documented(): Map<string, Row> {
  const lines = page.split('\n').filter((line) => line.startsWith('| `'));
  return new Map(
    lines.map((line) => {
      const [key = '', meaning = '', fallback = '', example = '', wrong = ''] = cellsOf(line);
      return [key.replaceAll('`', ''), { meaning, fallback, example, wrong }];
    }),
  );
}

function profileFallback(path: string): string {
  const steps = path.replace('route.timings.', '').split('.');
  const value = steps.reduce<unknown>((of, step) => (of as Record<string, unknown>)[step], gatewayPolicy);
  return `adapter’s ${quoted(value)}`;
}

/** What stands in the first column: `printer.transport.path` (usb). */
const nameOf = ({ path, variant }: Key) => (variant === null ? path : `${path} (${variant})`);

const shapeOf = (schema: z.core.$ZodType) => Object.entries((schema as z.ZodObject).shape);

/** The keys of each kind of a union, which share the key `kind`. */
function variantKeys(options: readonly z.core.$ZodType[], path: string): Key[] {
  const keysOfKind = options.flatMap((option) => {
    const [kind] = ((option as z.ZodObject).shape['kind'] as z.ZodLiteral<string>).values;
    return shapeOf(option)
      .filter(([key]) => key !== 'kind')
      .flatMap(([key, child]) => keysOf(child, `${path}.${key}`))
      .map((key) => ({ ...key, variant: kind ?? '' }));
  });
  return [{ path: `${path}.kind`, fallback: 'required', variant: null }, ...keysOfKind];
}

/** Of a route in the list only what the short form `route` does not have, or has otherwise. */
function routeKeys(options: readonly z.core.$ZodType[], path: string): Key[] {
  const plain = shapeOf(gatewayRouteSchema).flatMap(([key, child]) => keysOf(child, key));
  const isKnown = (one: Key) =>
    plain.some(({ path: key, fallback }) => key === one.path && fallback === one.fallback);
  const ofKind = options.flatMap((option) => {
    const [kind] = ((option as z.ZodObject).shape['adapter'] as z.ZodLiteral<string>).values;
    return shapeOf(option)
      .filter(([key]) => !['adapter', 'timings'].includes(key))
      .flatMap(([key, child]) =>
        child instanceof z.ZodDiscriminatedUnion ? [whole(key)] : keysOf(child, key),
      )
      .filter((one) => kind !== 'gateway' && !(isKnown(one) && !differs.has(one.path)))
      .map((one) => ({ ...one, path: `${path}.${one.path}`, variant: kind ?? '' }));
  });
  return [{ path: `${path}.adapter`, fallback: 'required', variant: null }, ...ofKind];
}

/** A choice that one row of the page describes. */
const whole = (path: string): Key => ({ path, fallback: 'required', variant: null });

/** Same form, another meaning. */
const differs = new Set(['appId', 'baseUrl']);

/** Every key that can stand in the file, with what the page must say in *Default*. */
function keysOf(schema: z.core.$ZodType, path = '', fallback = 'required'): Key[] {
  if (schema instanceof z.ZodDiscriminatedUnion) return variantKeys(schema.options, path);
  if (schema instanceof z.ZodObject) {
    return shapeOf(schema).flatMap(([key, child]) => keysOf(child, path === '' ? key : `${path}.${key}`));
  }
  if (schema instanceof z.ZodDefault) {
    return keysOf(schema.unwrap(), path, quoted(schema.def.defaultValue));
  }
  if (schema instanceof z.ZodPrefault) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodOptional) {
    return keysOf(schema.unwrap(), path, path.startsWith('route.timings.') ? profileFallback(path) : 'none');
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodDiscriminatedUnion) {
    return [{ path, fallback, variant: null }, ...routeKeys(schema.element.options, `${path}[]`)];
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return [{ path, fallback, variant: null }, ...keysOf(schema.element, `${path}[]`)];
  }
  return [{ path, fallback, variant: null }];
}

/** `a[].b` means the first entry of `a`; of the routes the one of its adapter. */
const placeOf = ({ path, variant }: Key) => {
  const at = walletRoutes.findIndex(({ adapter }) => adapter === variant);
  return path.replace('routes[]', `routes.${Math.max(0, at)}`).replaceAll('[]', '.0');
};
const stepsOf = (path: string) => path.replaceAll('[]', '.0').split('.');

function put(file: Record<string, unknown>, path: string, value: unknown): void {
  let inner = file;
  for (const step of stepsOf(path).slice(0, -1)) inner = inner[step] as Record<string, unknown>;
  inner[stepsOf(path).at(-1) ?? ''] = value;
}

const exampleOf = (key: Key): unknown =>
  JSON.parse(rows.get(nameOf(key))?.example.replace(/^`|`$/g, '') ?? '');

/** The example with one value changed; the key of a kind stands beside what that kind must have, by the page's examples. */
function exampleWith(key: Key, value: unknown): unknown {
  const changed = isOfRoutes(key) ? freshWallets() : freshExample();
  if (key.variant !== null && !isOfRoutes(key)) {
    const parent = key.path.slice(0, key.path.lastIndexOf('.'));
    put(changed, parent, { kind: key.variant });
    for (const one of keys) {
      const isBeside = one.variant === key.variant && one.path.startsWith(`${parent}.`);
      if (isBeside) put(changed, one.path, exampleOf(one));
    }
  }
  put(changed, placeOf(key), value);
  return changed;
}

const rows = documented();
const keys = keysOf(configurationSchema);

describe('docs/configuration.md', () => {
  it('has every key of the schema and no other', () => {
    expect(keys.length).toBeGreaterThan(50);
    expect([...rows.keys()].toSorted()).toEqual(keys.map(nameOf).toSorted());
  });

  it.each(keys)('says of $path $variant what the schema does', (key) => {
    const row = rows.get(nameOf(key));
    expect(row?.meaning).not.toBe('');
    expect(row?.fallback).toBe(key.fallback);
    if (row?.example !== 'see the example') {
      const taken = configurationSchema.safeParse(exampleWith(key, exampleOf(key)));
      expect(taken.error?.issues).toBeUndefined();
    }
    const [, wrong = '', message = ''] = /^`(.*?)`: (.+)$/.exec(row?.wrong ?? '') ?? [];
    const refused = configurationSchema.safeParse(exampleWith(key, JSON.parse(wrong)));
    const issues = refused.error?.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    expect(issues).toContainEqual({ path: placeOf(key), message });
  });
});

it('a HID scanner without numbers and without a name is refused', () => {
  const changed = freshExample();
  put(changed, 'scanners[].transport', { kind: 'hid', vendorId: '0c2e' });
  expect(configurationSchema.safeParse(changed).error?.issues).toMatchObject([
    { path: ['scanners', 0, 'transport'], message: 'needs vendorId and productId, or path' },
  ]);
});

describe('docs/configuration.example.json', () => {
  it('is accepted, and shows every key', () => {
    const directory = mkdtempSync(join(tmpdir(), 'yima-example-'));
    const file = join(directory, 'config.json');
    writeFileSync(file, readFileSync(exampleFile));
    expect(loadConfiguration(file).catalogueFile).toBe(join(directory, 'goods.csv'));
    rmSync(directory, { recursive: true });
    // The schema adds what is left out: nothing may be added.
    expect(configurationSchema.parse(freshExample())).toEqual(freshExample());
    // Of a choice between kinds a file shows the one that it chose. What only one contract of several has of its own its sibling shows.
    const missing = keys.filter(
      (key) => key.variant === null && !isOfRoutes(key) && valueAt(key.path) === undefined,
    );
    const shown = (walletRoutes.at(-1) ?? {}) as Record<string, unknown>;
    expect(missing.filter(({ path }) => shown[path.replace('route.', '')] === undefined)).toEqual([]);
  });

  it('has a sibling with several routes, each with every key', () => {
    expect(configurationSchema.parse(freshWallets())).toEqual(freshWallets());
    expect(walletRoutes.map(({ adapter }) => adapter)).toEqual([
      'wechatpay',
      'alipay',
      'unionpay',
      'gateway',
    ]);
    const both = { ...freshWallets(), route: freshExample()['route'] };
    const { routes: _none, ...neither } = freshWallets();
    for (const file of [both, neither]) {
      const issues = configurationSchema.safeParse(file).error?.issues;
      expect(issues).toMatchObject([{ path: ['routes'], message: 'give either route, or routes' }]);
    }
  });
});

function valueAt(path: string): unknown {
  return stepsOf(path).reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
    freshExample(),
  );
}
