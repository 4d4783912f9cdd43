// The goods list as the till keeps it, beside a bare Map and beside SQLite: barcodes and searches, with and without a match.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { openCatalogue } from '../../db/catalogue.ts';
import type { Catalogue } from '../../core/ports/catalogue.ts';
import { generator } from '../../fixtures/codes.ts';
import { type BenchGoods, goodsCsv, makeGoods } from '../support/goods.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type CatalogueInput = { directory: string; count: number; rounds: number; seed: number };
type Search = { what: string; ours: number[]; like: number[]; found: number };
type LookupRound = { ours: number; map: number; single: number[] };
/** Microseconds a lookup, milliseconds a search. */
export type CatalogueResult = {
  load_ms: number;
  heap_MB: number;
  lookups: LookupRound[];
  searches: Search[];
};

const LOOKUPS = 2000;
const SEARCHES_ms = 4000;
const SEARCHES_most = 1000;

function timed_ms(run: () => unknown): number {
  const started_ms = performance.now();
  run();
  return performance.now() - started_ms;
}

/** Many lookups under one clock for the ratio; one by one for the tail. */
function lookupRound(catalogue: Catalogue, map: Map<string, BenchGoods>, pick: () => string): LookupRound {
  const barcodes = Array.from({ length: LOOKUPS }, pick);
  const each_us = (find: (barcode: string) => unknown): number =>
    (timed_ms(() => {
      for (const barcode of barcodes) find(barcode);
    }) *
      1000) /
    LOOKUPS;
  return {
    ours: each_us(catalogue.find),
    map: each_us((barcode) => map.get(barcode)),
    single: barcodes.map((barcode) => timed_ms(() => catalogue.find(barcode)) * 1000),
  };
}

function openSqlite(directory: string, goods: readonly BenchGoods[]): (word: string) => unknown[] {
  const sql = new Database(join(directory, 'goods.db'));
  sql.pragma('journal_mode = OFF');
  sql.exec('CREATE TABLE goods (barcode TEXT PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID');
  const insert = sql.prepare('INSERT INTO goods VALUES (?, ?)');
  sql.exec('BEGIN');
  for (const { barcode, name_zh } of goods) insert.run(barcode, name_zh);
  sql.exec('COMMIT');
  const like = sql.prepare(
    "SELECT barcode, name FROM goods WHERE name LIKE '%' || ? || '%' ORDER BY barcode LIMIT 50",
  );
  return (word) => like.all(word);
}

/** A common word, a word of one kind of goods, two words, and one that stands nowhere: all goods are then looked at. */
const wanted = ['有机', '乌龙茶', '有机 乌龙茶', '火箭'];

/** In turns, as many as the time allows: a p99 of few would be the worst one. */
function searchesFor(what: string, catalogue: Catalogue, like: (word: string) => unknown[]): Search {
  const found = catalogue.search(what).length;
  const search: Search = { what, ours: [], like: [], found };
  const end_ms = performance.now() + SEARCHES_ms;
  while (search.ours.length < SEARCHES_most && performance.now() < end_ms) {
    search.ours.push(timed_ms(() => catalogue.search(what)));
    search.like.push(timed_ms(() => like(what.split(' ')[0] ?? '')));
  }
  return search;
}

function measure({ directory, count, rounds, seed }: CatalogueInput): CatalogueResult {
  const goods = makeGoods(count, seed);
  const file = join(directory, 'goods.csv');
  writeFileSync(file, goodsCsv(goods));
  globalThis.gc?.();
  const before = process.memoryUsage().heapUsed;
  const started_ms = performance.now();
  const catalogue = openCatalogue(file);
  const load_ms = performance.now() - started_ms;
  globalThis.gc?.();
  const heap_MB = (process.memoryUsage().heapUsed - before) / 2 ** 20;
  const map = new Map(goods.map((one) => [one.barcode, one]));
  const like = openSqlite(directory, goods);
  const random = generator(seed);
  const pick = () => goods[Math.floor(random() * goods.length)]?.barcode ?? '';
  lookupRound(catalogue, map, pick);
  const lookups = Array.from({ length: rounds }, () => lookupRound(catalogue, map, pick));
  const searches = wanted.map((what) => searchesFor(what, catalogue, like));
  return { load_ms, heap_MB, lookups, searches };
}

trialResult(measure(trialInput<CatalogueInput>()));
