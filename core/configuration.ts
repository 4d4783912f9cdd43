// Reads the configuration file: JSON, checked by the contract's schema, paths made absolute against its own folder.
import { createPrivateKey, createPublicKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { type Configuration, configurationSchema, withRoutes } from '../contract/configuration.ts';
import { readSealed } from '../db/sealed-file.ts';
import { absoluteRoute, routeFaults } from './configuration-routes.ts';
import { sameDevices } from './configuration-scanners.ts';
import { pinHashFault } from './rpc/operators.ts';

/** Names the file and the field, never a value that could be a secret. */
export class ConfigurationRefused extends Error {
  override readonly name = 'ConfigurationRefused';
  readonly code: 'E-CFG-01' | 'E-CFG-02';

  constructor(code: 'E-CFG-01' | 'E-CFG-02', detail: string, options?: ErrorOptions) {
    super(detail, options);
    this.code = code;
  }
}

function readJson(file: string): unknown {
  try {
    return JSON.parse(readSealed(file).toString('utf8'));
  } catch (error) {
    throw new ConfigurationRefused('E-CFG-01', `${file}: ${problemWithoutText(error)}`, { cause: error });
  }
}

/** JSON.parse quotes the text around the fault, which may be a secret that somebody put there. */
function problemWithoutText(error: unknown): string {
  if (!(error instanceof SyntaxError)) return error instanceof Error ? error.message : String(error);
  const place = /\(line \d+ column \d+\)/.exec(error.message)?.[0];
  return place === undefined ? 'is not valid JSON' : `is not valid JSON ${place}`;
}

function assertUnique(file: string, field: string, ids: readonly string[]): void {
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  if (twice !== undefined)
    throw new ConfigurationRefused('E-CFG-01', `${file}: ${field}: "${twice}" stands there twice`);
}

/** What has the right form and still could not be used: it would end the core in the middle of the day. */
function assertUsable(file: string, configuration: Configuration, isShort: boolean): void {
  const lines: string[] = [];
  configuration.operators.forEach(({ pin }, index) => {
    const fault = pinHashFault(pin);
    if (fault !== null) lines.push(`  operators.${index}.pin: ${fault}`);
  });
  lines.push(...sameDevices(configuration.scanners).map((line) => `  ${line}`));
  configuration.routes.forEach((route, index) => {
    const place = isShort ? 'route' : `routes.${index}`;
    lines.push(
      ...routeFaults(route, configuration.store.region).map(
        ({ key, fault }) => `  ${place}.${key}: ${fault}`,
      ),
    );
  });
  if (lines.length > 0) throw new ConfigurationRefused('E-CFG-01', `${file}:\n${lines.join('\n')}`);
}

/** @throws ConfigurationRefused E-CFG-01, every bad field on a line of its own: `route.baseUrl: must be an https URL`. */
export function loadConfiguration(file: string): Configuration {
  // Read once in a core's life: the checker that zod would compile for it costs more than it saves.
  const found = configurationSchema.safeParse(readJson(file), { jitless: true });
  if (!found.success) {
    const lines = found.error.issues.map((issue) => `  ${issue.path.join('.') || '(top)'}: ${issue.message}`);
    throw new ConfigurationRefused('E-CFG-01', `${file}:\n${lines.join('\n')}`);
  }
  const isShort = found.data.route !== undefined;
  const configuration = withRoutes(found.data);
  assertUnique(
    file,
    'operators',
    configuration.operators.map((one) => one.id),
  );
  assertUnique(
    file,
    'scanners',
    configuration.scanners.map((one) => one.id),
  );
  assertUnique(
    file,
    'routes',
    configuration.routes.map((one) => one.id),
  );
  assertUsable(file, configuration, isShort);
  const absolute = (path: string) => resolve(dirname(resolve(file)), path);
  return {
    ...configuration,
    catalogueFile: absolute(configuration.catalogueFile),
    ...(configuration.keysDirectory === undefined
      ? {}
      : { keysDirectory: absolute(configuration.keysDirectory) }),
    ...(configuration.billsDirectory === undefined
      ? {}
      : { billsDirectory: absolute(configuration.billsDirectory) }),
    ...(configuration.backup.directory === undefined
      ? {}
      : { backup: { ...configuration.backup, directory: absolute(configuration.backup.directory) } }),
    routes: configuration.routes.map((route) => absoluteRoute(route, absolute)),
  };
}

/** The text of a file that only its owner may read, without white space around it. @throws ConfigurationRefused naming field and file. */
function readPrivate(field: string, file: string): string {
  try {
    if ((statSync(file).mode & 0o077) !== 0) {
      throw new ConfigurationRefused(
        'E-CFG-01',
        `${field}: ${file} must be readable by its owner only (chmod 600)`,
      );
    }
    return readFileSync(file, 'utf8').trim();
  } catch (error) {
    if (error instanceof ConfigurationRefused) throw error;
    const detail = error instanceof Error ? error.message : String(error);
    throw new ConfigurationRefused('E-CFG-01', `${field}: ${detail}`, { cause: error });
  }
}

/** A secret stands in a file of its own that only its owner can read. @throws ConfigurationRefused naming field and file. */
export function readSecret(field: string, file: string): Buffer {
  const secret = readPrivate(field, file);
  if (secret.length < 16)
    throw new ConfigurationRefused('E-CFG-01', `${field}: ${file} is shorter than 16 characters`);
  return Buffer.from(secret, 'utf8');
}

/** What OpenSSL says of a bad key names no byte of it. */
function keyRefused(field: string, file: string, what: string, error: unknown): ConfigurationRefused {
  return new ConfigurationRefused('E-CFG-01', `${field}: ${file} is no ${what}`, { cause: error });
}

/** RSA, PEM. @throws ConfigurationRefused naming field and file. */
export function readPrivateKey(field: string, file: string): KeyObject {
  const text = readPrivate(field, file);
  try {
    return createPrivateKey(text);
  } catch (error) {
    throw keyRefused(field, file, 'PEM private key', error);
  }
}

/** Of a public key or a certificate, PEM. @throws ConfigurationRefused naming field and file. */
export function readPublicKey(field: string, file: string): KeyObject {
  try {
    return createPublicKey(readFileSync(file, 'utf8'));
  } catch (error) {
    throw keyRefused(field, file, 'PEM public key or certificate', error);
  }
}

/** PEM of one or more certificates, or of a public key, whose first can be read. @throws ConfigurationRefused naming field and file. */
export function readPublicText(field: string, file: string): string {
  readPublicKey(field, file);
  return readFileSync(file, 'utf8');
}

/** PEM of the certificates that an acquirer's server is checked against. @throws ConfigurationRefused naming field and file. */
export function readCertificates(field: string, file: string): string {
  try {
    const pem = readFileSync(file, 'utf8');
    const { validTo } = new X509Certificate(pem);
    if (Number.isNaN(Date.parse(validTo))) throw new Error('is no certificate');
    return pem;
  } catch (error) {
    const detail = `${field}: ${file}: ${error instanceof Error ? error.message : String(error)}`;
    throw new ConfigurationRefused('E-CFG-01', detail, { cause: error });
  }
}
