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

it('a queued payment may be forwarded to another party than it was taken for, and to no third', () => {
  const directory = mkdtempSync(join(tmpdir(), 'yima-living-'));
  const state = join(directory, 'state');
  const before = openDrivenTill(state, undefined, 'gateway:1');
  before.route(true);
  before.route(false);
  before.sell('130123456789012345');
  before.close();
  const after = openDrivenTill(state, undefined, 'gateway:2');
  after.route(true);
  after.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
  expect(after.attempt('P001000001')).toMatchObject({
    party: 'gateway:2',
    machine: { state: { kind: 'authorizing' } },
  });
  after.close();
  openStore(state).close();
  tamper(state, `UPDATE attempt SET body = replace(body, 'gateway:2', 'gateway:3')`);
  const refused = { code: 'E-DB-04', message: expect.stringContaining('party of P001000001') };
  expect(() => openStore(state)).toThrow(expect.objectContaining(refused));
  rmSync(directory, { recursive: true });
});
