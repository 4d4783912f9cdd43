// Does a mutated product type-check? One program of the product's own projects, its files overlaid one mutant at a time: only the
// file and what depends on its types is checked anew. What was found out of the very same texts is remembered.
import { hash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';
import { mutated } from './change.ts';
import type { Mutant } from './mutant.ts';

const root = join(import.meta.dirname, '..', '..', '..');
const cacheFile = join(root, '.cache', 'mutants', 'types.json');
const projects = ['contract', 'domain', 'engine', 'acquirers', 'audit', 'db', 'drivers', 'core'];

type Project = { files: string[]; options: ts.CompilerOptions };

function projectOf(): Project {
  const files = new Set<string>();
  let options: ts.CompilerOptions = {};
  for (const name of projects) {
    const file = join(root, 'tsconfig', `${name}.json`);
    const { config } = ts.readConfigFile(file, ts.sys.readFile) as { config: unknown };
    const parsed = ts.parseJsonConfigFileContent(config, ts.sys, join(root, 'tsconfig'));
    // What stands in for Node where there is none would be declared twice here.
    for (const one of parsed.fileNames) if (!one.endsWith('every-environment.d.ts')) files.add(one);
    options = parsed.options;
  }
  // The last one is core's: it has all that the others have. Nothing is written, and no project waits for another.
  const { composite: _c, incremental: _i, tsBuildInfoFile: _b, ...rest } = options;
  return { files: [...files].toSorted(), options: { ...rest, declaration: true } };
}

type Builder = ts.SemanticDiagnosticsBuilderProgram;

class Overlay {
  readonly #project: Project;
  readonly #host: ts.CompilerHost;
  readonly #parsed = new Map<string, ts.SourceFile>();
  #over: { file: string; text: string } | null = null;
  #builder: Builder | undefined;

  constructor(project: Project) {
    this.#project = project;
    this.#host = ts.createCompilerHost(project.options, true);
    const plain = this.#host.getSourceFile.bind(this.#host);
    this.#host.createHash = (text) => hash('sha256', text);
    this.#host.getSourceFile = (file, language, onError) => {
      if (this.#over?.file === file)
        return versioned(ts.createSourceFile(file, this.#over.text, language, true));
      const known = this.#parsed.get(file) ?? plain(file, language, onError);
      if (known === undefined) return undefined;
      this.#parsed.set(file, known);
      return versioned(known);
    };
  }

  /** What the compiler says of the product with this text in the place of the file's; null is the product as it is. */
  errors(over: { file: string; text: string } | null): string[] {
    this.#over = over;
    const { files, options } = this.#project;
    const next = ts.createSemanticDiagnosticsBuilderProgram(files, options, this.#host, this.#builder);
    this.#builder = next;
    // Of all files: what no change has touched is remembered by the builder.
    const found = [...next.getSyntacticDiagnostics(), ...next.getSemanticDiagnostics()];
    return found.map(textOf);
  }
}

function versioned(file: ts.SourceFile): ts.SourceFile {
  return Object.assign(file, { version: hash('sha256', file.text) });
}

function textOf({ file, start, messageText }: ts.Diagnostic): string {
  const place =
    file === undefined
      ? ''
      : `${relative(root, file.fileName)}:${file.getLineAndCharacterOfPosition(start ?? 0).line + 1} `;
  return `${place}${ts.flattenDiagnosticMessageText(messageText, ' ')}`;
}

type Cache = Record<string, string[]>;

function readCache(): Cache {
  return existsSync(cacheFile) ? (JSON.parse(readFileSync(cacheFile, 'utf8')) as Cache) : {};
}

function textIn(file: string): string {
  return readFileSync(join(root, file), 'utf8');
}

/** By mutant: the compiler's complaints, none if it type-checks. @throws Error when the product itself does not. */
export function typeErrors(mutants: readonly Mutant[]): Map<string, string[]> {
  const project = projectOf();
  const product = hash(
    'sha256',
    [ts.version, ...project.files.map((file) => readFileSync(file, 'utf8'))].join('\n'),
  );
  const keyOf = ({ file, from, to }: Mutant) => hash('sha256', [product, file, from, to].join('\n'));
  const cache = readCache();
  const missing = mutants.filter((one) => !(keyOf(one) in cache));
  const kept: Cache = Object.fromEntries(
    mutants.flatMap((one) =>
      cache[keyOf(one)] === undefined ? [] : [[keyOf(one), cache[keyOf(one)] ?? []]],
    ),
  );
  if (missing.length > 0) {
    const overlay = new Overlay(project);
    const own = overlay.errors(null);
    if (own.length > 0) throw new Error(`the product does not type-check: ${own.slice(0, 3).join('; ')}`);
    for (const one of missing) {
      kept[keyOf(one)] = overlay.errors({ file: join(root, one.file), text: mutated(textIn(one.file), one) });
      // Back again, so that the next mutant is compared with the product and not with this one.
      overlay.errors(null);
    }
    mkdirSync(join(root, '.cache', 'mutants'), { recursive: true });
    writeFileSync(cacheFile, `${JSON.stringify(kept)}\n`);
  }
  return new Map(mutants.map((one) => [one.name, kept[keyOf(one)] ?? []]));
}
