// The catalogue: a CSV file read whole into memory; bad rows are named, all of them, and nothing is sold from a bad file.
import type { Catalogue } from '../core/ports/catalogue.ts';
import type { Goods } from '../core/domain/sale/sale.ts';
import { readSealed } from './sealed-file.ts';

const COLUMNS = ['barcode', 'name_zh', 'name_en', 'unit', 'price_fen', 'tax_bp', 'category'] as const;
const PRICE_LIMIT_fen = 10_000_000;
const SEARCH_LIMIT = 50;
const NAMED_ROWS = 20;

type Entry = { goods: Goods; searched: string };

export class CatalogueRefused extends Error {
  override readonly name = 'CatalogueRefused';
  readonly code = 'E-CFG-02';
}

/** RFC 4180: quoted fields, doubled quotes, CRLF or LF. */
export function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let isQuoted = false;
  const endField = () => {
    row.push(field);
    field = '';
  };
  const endRow = () => {
    endField();
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  };
  for (let index = 0; index < text.length; index += 1) {
    const character = text[index] ?? '';
    if (isQuoted) {
      if (character !== '"') field += character;
      else if (text[index + 1] === '"') {
        field += '"';
        index += 1;
      } else isQuoted = false;
    } else if (character === '"') isQuoted = true;
    else if (character === ',') endField();
    else if (character === '\n') endRow();
    else if (character !== '\r') field += character;
  }
  if (field !== '' || row.length > 0) endRow();
  return rows;
}

/** GS1 mod-10: EAN-8, UPC-A, EAN-13, GTIN-14. */
export function hasValidCheckDigit(barcode: string): boolean {
  const digits = [...barcode].map(Number).reverse();
  const sum = digits.slice(1).reduce((total, digit, index) => total + digit * (index % 2 === 0 ? 3 : 1), 0);
  return digits[0] === (10 - (sum % 10)) % 10;
}

function problemOf(fields: readonly string[]): string | null {
  if (fields.length !== COLUMNS.length) return `${fields.length} columns instead of ${COLUMNS.length}`;
  const [barcode = '', name_zh = '', , unit = '', price = '', tax = ''] = fields;
  if (!/^[0-9A-Za-z-]{4,40}$/.test(barcode)) return `barcode "${barcode}" is not 4 to 40 letters or digits`;
  if (/^\d{8}$|^\d{12,14}$/.test(barcode) && !hasValidCheckDigit(barcode))
    return `barcode ${barcode}: wrong check digit`;
  if (name_zh.length === 0 || name_zh.length > 60) return 'name_zh must have 1 to 60 characters';
  if (unit.length > 8) return 'unit is longer than 8 characters';
  if (!/^\d{1,9}$/.test(price) || Number(price) < 1 || Number(price) > PRICE_LIMIT_fen) {
    return `price_fen "${price}" is not a whole number from 1 to ${PRICE_LIMIT_fen}`;
  }
  if (!/^\d{1,4}$/.test(tax)) return `tax_bp "${tax}" is not a whole number from 0 to 9999`;
  return null;
}

/** @throws CatalogueRefused naming file and rows. */
export function readCatalogue(file: string): Map<string, Entry> {
  const text = new TextDecoder('utf-8', { fatal: true }).decode(readSealed(file)).replace(/^\uFEFF/, '');
  const [header, ...rows] = parseCsv(text);
  if (header?.join(',') !== COLUMNS.join(',')) {
    throw new CatalogueRefused(`${file}: the first line must be ${COLUMNS.join(',')}`);
  }
  const entries = new Map<string, Entry>();
  const problems: string[] = [];
  rows.forEach((fields, index) => {
    const [barcode = '', name_zh = '', name_en = '', unit = '', price = '', tax = '', category = ''] = fields;
    const problem = entries.has(barcode) ? `barcode ${barcode} stands there twice` : problemOf(fields);
    if (problem !== null) problems.push(`  row ${index + 2}: ${problem}`);
    const goods = { barcode, name_zh, name_en, unit, price_fen: Number(price), tax_bp: Number(tax) };
    entries.set(barcode, { goods, searched: `${barcode} ${name_zh} ${name_en} ${category}`.toLowerCase() });
  });
  if (problems.length > 0) {
    const more = problems.length > NAMED_ROWS ? `\n  and ${problems.length - NAMED_ROWS} more` : '';
    throw new CatalogueRefused(`${file}:\n${problems.slice(0, NAMED_ROWS).join('\n')}${more}`);
  }
  return entries;
}

export function openCatalogue(file: string): Catalogue {
  let entries: Map<string, Entry>;
  try {
    entries = readCatalogue(file);
  } catch (error) {
    if (error instanceof CatalogueRefused) throw error;
    throw new CatalogueRefused(`${file}: ${error instanceof Error ? error.message : String(error)}`, {
      cause: error,
    });
  }
  return {
    find: (barcode) => entries.get(barcode)?.goods ?? null,
    search: (wanted) => {
      const words = wanted.toLowerCase().split(/\s+/).filter(Boolean);
      const found: Goods[] = [];
      for (const { goods, searched } of entries.values()) {
        if (words.every((word) => searched.includes(word))) found.push(goods);
        if (found.length >= SEARCH_LIMIT) break;
      }
      return found;
    },
    count: () => entries.size,
  };
}
