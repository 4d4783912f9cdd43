// Serves the page on app://till/ from a table filled once at start: no path is ever built from what was asked for.
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join, relative, sep } from 'node:path';

export const PAGE_ORIGIN = 'app://till';
export const PAGE_URL = `${PAGE_ORIGIN}/index.html`;
export const CUSTOMER_URL = `${PAGE_ORIGIN}/customer.html`;

export const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join('; ');

const typeByExtension: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

const headers = {
  'content-security-policy': contentSecurityPolicy,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
};

export type FileTable = ReadonlyMap<string, { body: Uint8Array; type: string }>;

/** Reads the built page into memory, keyed by URL path. Files of other types are left out. */
export function readFileTable(folder: string): FileTable {
  const table = new Map<string, { body: Uint8Array; type: string }>();
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const type = typeByExtension[extname(entry.name)];
    if (!entry.isFile() || type === undefined) continue;
    const file = join(entry.parentPath, entry.name);
    table.set(`/${relative(folder, file).split(sep).join('/')}`, { body: readFileSync(file), type });
  }
  return table;
}

export function answerRequest(table: FileTable, method: string, url: string): Response {
  if (method !== 'GET') return new Response(null, { status: 405, headers: { ...headers, allow: 'GET' } });
  const parsed = URL.canParse(url) ? new URL(url) : null;
  const isOurs = parsed?.protocol === 'app:' && parsed.host === 'till' && parsed.username === '';
  const file = isOurs ? table.get(parsed.pathname) : undefined;
  if (!file) return new Response(null, { status: 404, headers });
  return new Response(file.body as Uint8Array<ArrayBuffer>, {
    headers: { ...headers, 'content-type': file.type },
  });
}
