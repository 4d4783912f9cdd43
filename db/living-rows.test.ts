// A flipped bit in the row of an open payment must not become a record: the start refuses (rot sweep, seed 21, flip 156).
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { tamper } from '../fixtures/databases/tamper.ts';
import { openDrivenTill } from '../fixtures/databases/till.ts';
import { openStore } from './store.ts';

it.each([
  ['the state', `'"expiresAt_ms":1', '"expiresAt_ms":2'`],
  ['amount_fen', `'"amount_fen":450', '"amount_fen":458'`],
  ['orderNumber', `'"orderNumber":"2', '"orderNumber":"3'`],
])('%s of a queued payment', (what, change) => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-living-'));
  const state = join(directory, 'state');
  const till = openDrivenTill(state);
  till.route(true);
  till.route(false);
  till.sell('130123456789012345');
  till.close();
  openStore(state).close();
  tamper(state, `UPDATE attempt SET body = replace(body, ${change})`);
  const refused = { code: 'E-DB-04', message: expect.stringContaining(`${what} of P001000001`) };
  expect(() => openStore(state)).toThrow(expect.objectContaining(refused));
  rmSync(directory, { recursive: true });
});
