// Holds docs/configuration.md and its example to the schema: no key missing or invented, and every default, example and
// message in the tables is what the schema really does.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { configurationSchema } from '../contract/configuration.ts';
import { loadConfiguration } from '../core/configuration.ts';
import { gatewayPolicy } from '../core/domain/payment/policy.ts';

type Row = { meaning: string; fallback: string; example: string; wrong: string };
type Key = { path: string; fallback: string };

const page = readFileSync(new URL('configuration.md', import.meta.url), 'utf8');
const exampleFile = new URL('configuration.example.json', import.meta.url);
const freshExample = () => JSON.parse(readFileSync(exampleFile, 'utf8')) as Record<string, unknown>;
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
  const name = path.replace('route.timings.', '') as keyof typeof gatewayPolicy;
  return `adapter’s ${quoted(gatewayPolicy[name])}`;
}

/** Every key that can stand in the file, with what the page must say in *Default*. */
function keysOf(schema: z.core.$ZodType, path = '', fallback = 'required'): Key[] {
  if (schema instanceof z.ZodObject) {
    const shape = schema.shape as Record<string, z.core.$ZodType>;
    return Object.entries(shape).flatMap(([key, child]) =>
      keysOf(child, path === '' ? key : `${path}.${key}`),
    );
  }
  if (schema instanceof z.ZodDefault) {
    return keysOf(schema.unwrap(), path, quoted(schema.def.defaultValue));
  }
  if (schema instanceof z.ZodPrefault) return keysOf(schema.unwrap(), path);
  if (schema instanceof z.ZodOptional) {
    return keysOf(schema.unwrap(), path, path.startsWith('route.timings.') ? profileFallback(path) : 'none');
  }
  if (schema instanceof z.ZodArray && schema.element instanceof z.ZodObject) {
    return [{ path, fallback }, ...keysOf(schema.element, `${path}[]`)];
  }
  return [{ path, fallback }];
}

/** The example with one value changed; `a[].b` means the first entry of `a`. */
function exampleWith(path: string, value: unknown): unknown {
  const steps = path.replaceAll('[]', '.0').split('.');
  const changed = freshExample();
  let inner = changed;
  for (const step of steps.slice(0, -1)) inner = inner[step] as Record<string, unknown>;
  inner[steps.at(-1) ?? ''] = value;
  return changed;
}

const rows = documented();
const keys = keysOf(configurationSchema);

describe('docs/configuration.md', () => {
  it('has every key of the schema and no other', () => {
    expect(keys.length).toBeGreaterThan(50);
    expect([...rows.keys()].toSorted()).toEqual(keys.map(({ path }) => path).toSorted());
  });

  it.each(keys)('says of $path what the schema does', ({ path, fallback }) => {
    const row = rows.get(path);
    expect(row?.meaning).not.toBe('');
    expect(row?.fallback).toBe(fallback);
    if (row?.example !== 'see the example') {
      const value = JSON.parse(row?.example.replace(/^`|`$/g, '') ?? '') as unknown;
      expect(configurationSchema.safeParse(exampleWith(path, value)).error?.issues).toBeUndefined();
    }
    const [, wrong = '', message = ''] = /^`(.*?)`: (.+)$/.exec(row?.wrong ?? '') ?? [];
    const refused = configurationSchema.safeParse(exampleWith(path, JSON.parse(wrong)));
    const issues = refused.error?.issues.map((issue) => ({
      path: issue.path.join('.'),
      message: issue.message,
    }));
    expect(issues).toContainEqual({ path: path.replaceAll('[]', '.0'), message });
  });
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
    const shown = keys.filter(({ path }) => valueAt(path) === undefined);
    expect(shown).toEqual([]);
  });
});

function valueAt(path: string): unknown {
  const steps = path.replaceAll('[]', '.0').split('.');
  return steps.reduce<unknown>(
    (inner, step) => (inner as Record<string, unknown> | undefined)?.[step],
    freshExample(),
  );
}
