// Payment codes at rest: sealed for one attempt, number and amount; erased for real; nowhere in the clear, ever.
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDrivenTill, proof } from '../fixtures/databases/till.ts';
import type { SealedCode } from '../core/ports/journal.ts';
import { openCodeVault } from './code-vault.ts';

const CODE = '130123456789012345';
const binding = { attemptId: 'P001000001', orderNumber: '2026000200100000112345678', amount_fen: 450 };
let directory = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-vault-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

const keys = () => join(directory, 'keys');

describe('a sealed code', () => {
  it('opens for its own attempt, number and amount, also after a restart', () => {
    const sealed = openCodeVault(keys()).seal(binding, CODE);
    expect(openCodeVault(keys()).unseal(binding, sealed)).toBe(CODE);
  });

  it.each([{ attemptId: 'P001000002' }, { orderNumber: '20260002' }, { amount_fen: 451 }])(
    'does not open for another: %o',
    (change) => {
      const vault = openCodeVault(keys());
      expect(vault.unseal({ ...binding, ...change }, vault.seal(binding, CODE))).toBeNull();
    },
  );

  it('does not open when one bit of it was altered, or bytes cut off', () => {
    const vault = openCodeVault(keys());
    const sealed = vault.seal(binding, CODE);
    const flipped = (bytes: Uint8Array, bit: number) => {
      const copy = Uint8Array.from(bytes);
      const index = (bit >> 3) % copy.length;
      copy[index] = (copy[index] ?? 0) ^ (1 << (bit & 7));
      return copy;
    };
    fc.assert(
      fc.property(fc.nat(100_000), fc.boolean(), (bit, inBox) => {
        const altered: SealedCode = inBox
          ? { ...sealed, box: flipped(sealed.box, bit) }
          : { ...sealed, nonce: flipped(sealed.nonce, bit) };
        expect(vault.unseal(binding, altered)).toBeNull();
      }),
    );
    for (let length = 0; length < sealed.box.length; length += 1) {
      expect(vault.unseal(binding, { ...sealed, box: sealed.box.subarray(0, length) })).toBeNull();
    }
    expect(vault.unseal(binding, { ...sealed, nonce: new Uint8Array(0) })).toBeNull();
  });

  it('does not open once the key is lost', () => {
    const sealed = openCodeVault(keys()).seal(binding, CODE);
    rmSync(join(keys(), 'queue.key'));
    expect(openCodeVault(keys()).unseal(binding, sealed)).toBeNull();
  });

  it('shows nothing of the code and never the same bytes twice', () => {
    const vault = openCodeVault(keys());
    const [one, two] = [vault.seal(binding, CODE), vault.seal(binding, CODE)];
    expect(Buffer.from(one.box).equals(Buffer.from(two.box))).toBe(false);
    expect(Buffer.from(one.box).includes(CODE.slice(0, 4))).toBe(false);
  });

  it('tells the same code again by a keyed mark that another key does not give', () => {
    const here = openCodeVault(keys());
    expect(here.fingerprint(CODE)).toBe(openCodeVault(keys()).fingerprint(CODE));
    expect(here.fingerprint(CODE)).not.toBe(here.fingerprint('130123456789012346'));
    expect(openCodeVault(join(directory, 'other')).fingerprint(CODE)).not.toBe(here.fingerprint(CODE));
  });
});

describe('the key file', () => {
  it('is made for its owner only, in a folder for its owner only', () => {
    openCodeVault(keys());
    expect(statSync(join(keys(), 'queue.key')).mode & 0o777).toBe(0o600);
    expect(statSync(keys()).mode & 0o777).toBe(0o700);
  });

  it.each([0o640, 0o604, 0o660])('is refused with mode %o, named', (mode) => {
    openCodeVault(keys());
    chmodSync(join(keys(), 'queue.key'), mode);
    expect(() => openCodeVault(keys())).toThrow(/queue\.key must be readable by its owner only/);
  });

  it.each([0, 31, 33])('is refused with %i bytes', (length) => {
    mkdirSync(keys());
    writeFileSync(join(keys(), 'queue.key'), Buffer.alloc(length), { mode: 0o600 });
    expect(() => openCodeVault(keys())).toThrow(/must hold 32 bytes/);
  });
});

/** Files of the state directory that hold these bytes. */
function holders(state: string, bytes: Buffer): string[] {
  return readdirSync(state).filter((name) => readFileSync(join(state, name)).includes(bytes));
}

describe('a queued sale on disk', () => {
  it('keeps the ciphertext until the answer, then erases it from the file and the WAL; the code itself is nowhere', () => {
    const state = join(directory, 'state');
    const till = openDrivenTill(state);
    till.route(true);
    till.route(false);
    const attemptId = till.sell(CODE);
    const sealed = till.store.sealedCode(attemptId);
    expect(sealed).not.toBeNull();
    const box = Buffer.from(sealed?.box ?? []);
    expect(holders(state, box)).not.toEqual([]);
    till.route(true);
    till.engine.post({ kind: 'forwarded', routeId: 'gateway', window: 1 });
    till.answer(attemptId, { kind: 'approved', proof });
    expect(till.store.sealedCode(attemptId)).toBeNull();
    const sql = new Database(join(state, 'journal.db'));
    sql.pragma('wal_checkpoint(TRUNCATE)');
    sql.close();
    expect(holders(state, box)).toEqual([]);
    expect(holders(state, Buffer.from(CODE))).toEqual([]);
    expect(till.attempt(attemptId).codeMask).toBe('130123********2345');
    till.close();
    expect(holders(state, Buffer.from(CODE.slice(4)))).toEqual([]);
  });

  it('is erased from the main file even when a checkpoint had put it there', () => {
    const state = join(directory, 'state');
    const till = openDrivenTill(state);
    till.route(true);
    till.route(false);
    const attemptId = till.sell(CODE);
    const box = Buffer.from(till.store.sealedCode(attemptId)?.box ?? []);
    const sql = new Database(join(state, 'journal.db'));
    sql.pragma('wal_checkpoint(TRUNCATE)');
    expect(readFileSync(join(state, 'journal.db')).includes(box)).toBe(true);
    till.answer(attemptId, { kind: 'approved', proof });
    sql.pragma('wal_checkpoint(TRUNCATE)');
    sql.close();
    expect(holders(state, box)).toEqual([]);
    till.close();
  });
});
