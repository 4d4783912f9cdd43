// A backup, and what a restore from it makes of the till: numbers that never come again, everything open asked about first.
import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAudit } from '../audit/audit.ts';
import { recover } from '../core/recover.ts';
import { contents, tamper } from '../fixtures/databases/tamper.ts';
import { type DrivenTill, openDrivenTill, proof } from '../fixtures/databases/till.ts';
import { makeBackup } from './backup.ts';
import { listBackups } from './backup-files.ts';
import { verifyBackup } from './backup-verify.ts';
import { openReader } from './read.ts';
import { type RestoreDone, restoreState } from './restore.ts';
import { setRestoreMark } from './restore-mark.ts';
import { claimStateDirectory } from './store.ts';
import { verifyStateDirectory } from './verify.ts';

const NOW_ms = Date.parse('2026-11-28T04:00:00Z');
const AT = new Date(NOW_ms).toISOString();
const CODES = ['130123456789012345', '130123456789012346', '130123456789012347'] as const;

let directory = '';
let state = '';
let backups = '';
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'yima-restore-'));
  state = join(directory, 'state');
  backups = join(directory, 'backups');
});
afterEach(() => rmSync(directory, { recursive: true }));

function backUp(): string {
  const made = makeBackup({ state, directory: backups, keep: 3, at: AT });
  if (!made.ok) throw new Error(`${made.code} ${made.detail}`);
  return made.backup.file;
}

function restore(from: string): RestoreDone {
  return restoreState({ state, from, now_ms: NOW_ms, leastEpoch: 1 });
}

/** Everything that was ever printed or sent, with its number. */
function numbersIn(): string[] {
  const reader = openReader(state);
  try {
    return [...reader.records(0)].flatMap(({ type, body }) => numbersOf(type, JSON.parse(body)));
  } finally {
    reader.close();
  }
}

type Numbered = {
  attempt?: { orderNumber: string };
  giveBack?: { requestNumber: string };
  report?: { kind: 'x' | 'z'; zNumber: number; xNumber: number };
  receiptNumber?: string;
  number?: string;
};

function numbersOf(type: string, body: unknown): string[] {
  const { attempt, giveBack, report, receiptNumber, number } = body as Numbered;
  const taken = report && `${report.kind} ${report.kind === 'z' ? report.zNumber : report.xNumber}`;
  const shift = type === 'shift.opened' ? number : undefined;
  const all = [attempt?.orderNumber, giveBack?.requestNumber, receiptNumber, taken, shift];
  return all.filter((one) => one !== undefined);
}

function paid(till: DrivenTill, code: string): void {
  till.answer(till.sell(code), { kind: 'approved', proof });
  till.engine.post({ kind: 'saleLeft' });
}

function closeDay(till: DrivenTill): void {
  till.engine.post({ kind: 'reportTaken', operatorId: 'wang', at_ms: NOW_ms });
  till.engine.post({ kind: 'dayClosed', operatorId: 'wang', at_ms: NOW_ms });
}

/** One sale paid, one queued, one in doubt. */
function sellSome(till: DrivenTill): { queued: string; doubtful: string } {
  till.route(true);
  paid(till, CODES[0]);
  till.route(false);
  const queued = till.sell(CODES[1]);
  till.engine.post({ kind: 'saleLeft' });
  till.route(true);
  return { queued, doubtful: till.sell(CODES[2]) };
}

describe('a backup', () => {
  it('verifies whole, holds no ciphertext, and goes on being made while the till sells', () => {
    const till = openDrivenTill(state);
    sellSome(till);
    const file = backUp();
    const found = verifyBackup(file);
    expect(found).toMatchObject({ ok: true, records: till.store.head().sequence, epoch: 1 });
    const box = till.store.sealedCode('P001000002')?.box ?? new Uint8Array();
    expect(box.length).toBeGreaterThan(16);
    expect(readFileSync(file).includes(Buffer.from(box))).toBe(false);
    till.engine.post({ kind: 'languageSet', language: 'en' });
    backUp();
    expect(listBackups(backups).map(({ sequence }) => sequence)).toEqual([found.records + 1, found.records]);
    till.close();
  });

  it('keeps the newest, and drops what a crash left half', () => {
    const till = openDrivenTill(state);
    backUp();
    writeFileSync(join(backups, 'yima-77.partial'), 'half');
    for (const language of ['en', 'zh', 'en', 'zh'] as const) {
      till.engine.post({ kind: 'languageSet', language });
      backUp();
    }
    till.close();
    expect(readdirSync(backups)).toHaveLength(3);
    expect(listBackups(backups)[0]?.sequence).toBe(verifyStateDirectory(state).records);
  });

  it('is not made of a journal that has lost its tail', () => {
    openDrivenTill(state).close();
    const [, hash] = readFileSync(join(state, 'head'), 'latin1').trim().split(' ');
    writeFileSync(join(state, 'head'), `${String(900).padStart(15, '0')} ${hash}\n`);
    const made = makeBackup({ state, directory: backups, keep: 3, at: AT });
    expect(made).toMatchObject({ ok: false, code: 'E-BAK-02' });
    expect(readdirSync(backups)).toEqual([]);
  });

  it('of a till that began anew is kept, whatever another till left in the directory', () => {
    const before = openDrivenTill(state);
    for (const language of ['en', 'zh', 'en'] as const) {
      before.engine.post({ kind: 'languageSet', language });
      backUp();
    }
    before.close();
    rmSync(state, { recursive: true });
    const till = openDrivenTill(state);
    const { sequence } = till.store.head();
    expect(verifyBackup(backUp())).toMatchObject({ ok: true, records: sequence });
    till.close();
  });

  it('is not begun with too little memory for its verification: the core would end with the thread', () => {
    openDrivenTill(state).close();
    const made = makeBackup({ state, directory: backups, keep: 3, at: AT, memory_MB: 0 });
    expect(made).toMatchObject({ code: 'E-BAK-01', detail: expect.stringContaining('1 MB of memory') });
    expect(readdirSync(backups)).toEqual([]);
  });

  it('that can not be written is a failure with its reason', () => {
    openDrivenTill(state).close();
    writeFileSync(backups, 'a file where the directory should be');
    expect(makeBackup({ state, directory: backups, keep: 3, at: AT })).toMatchObject({ code: 'E-BAK-01' });
  });
});

describe('a restore', () => {
  it('raises the epoch, journals the gap, and keeps what was there byte for byte', () => {
    const till = openDrivenTill(state);
    sellSome(till);
    const from = backUp();
    const { sequence } = till.store.head();
    till.engine.post({ kind: 'languageSet', language: 'en' });
    till.close();
    const before = contents(state);
    const done = restore(from);
    expect(done).toMatchObject({
      epoch: 2,
      backup: { sequence },
      lost: { sequence: sequence + 1 },
      readableTo: sequence + 1,
    });
    const kept = contents(done.aside);
    for (const [name, digest] of Object.entries(kept)) expect([name, digest]).toEqual([name, before[name]]);
    expect(Object.keys(kept)).toContain('journal.db');
    expect(verifyStateDirectory(state)).toMatchObject({ ok: true, records: sequence + 1 });
  });

  it('gives no number twice, when the same backup is restored twice and the till between them is gone either', () => {
    const till = openDrivenTill(state);
    till.route(true);
    paid(till, CODES[0]);
    closeDay(till);
    const from = backUp();
    const used: string[] = [];
    const sellOn = (open: DrivenTill): void => {
      open.route(true);
      paid(open, CODES[1]);
      closeDay(open);
      open.engine.post({ kind: 'shiftClosed', operatorId: 'lin', counted: [] });
      open.close();
    };
    sellOn(till);
    const known = new Set(numbersIn());
    used.push(...known);
    for (const epoch of [2, 3]) {
      // The second time nothing but the backups is left.
      if (epoch === 3) rmSync(state, { recursive: true });
      expect(restore(from).epoch).toBe(epoch);
      const again = openDrivenTill(state);
      sellOn(again);
      const reader = openReader(state);
      const audit = createAudit();
      for (const row of reader.records(0)) audit.take(row);
      reader.close();
      expect(audit.faults).toEqual([]);
      used.push(...numbersIn().filter((number) => !known.has(number)));
      expect(verifyStateDirectory(state).ok).toBe(true);
    }
    expect(used).toContain('10000002');
    expect(used).toContain('20000002');
    expect(used).toContain('z 100002');
    expect(used).toContain('z 200002');
    expect(new Set(used).size).toBe(used.length);
  });

  it('begins no epoch twice, when its backups are copies elsewhere and the journal of the first restore is damaged', () => {
    openDrivenTill(state).close();
    const from = backUp();
    for (const epoch of [2, 3]) {
      const elsewhere = join(directory, `stick ${epoch}`);
      mkdirSync(elsewhere);
      copyFileSync(from, join(elsewhere, 'copy.db'));
      expect(restore(join(elsewhere, 'copy.db')).epoch).toBe(epoch);
      openDrivenTill(state).close();
      tamper(state, 'DELETE FROM journal WHERE sequence = 1');
    }
  });

  it('asks about all that was open before it sends anything', () => {
    const till = openDrivenTill(state);
    const { queued, doubtful } = sellSome(till);
    const from = backUp();
    till.close();
    restore(from);
    const again = openDrivenTill(state);
    for (const attemptId of [queued, doubtful])
      expect(again.attempt(attemptId).machine.state).toMatchObject({ kind: 'inquiring' });
    const rows = again.store.openRows().filter(({ kind }) => kind !== 'print' && kind !== 'openDrawer');
    expect(rows.map(({ kind }) => kind)).toEqual(['inquire', 'inquire']);
    again.close();
  });

  it('is no way into a running till, and what was not finished sells nothing until it is', () => {
    const till = openDrivenTill(state);
    const from = backUp();
    till.close();
    const claim = claimStateDirectory(state);
    expect(() => restore(from)).toThrow(expect.objectContaining({ code: 'E-DB-05' }));
    claim.release();
    setRestoreMark(state, 'damaged-x');
    expect(() => openDrivenTill(state)).toThrow(expect.objectContaining({ code: 'E-DB-07' }));
    expect(restore(from)).toMatchObject({ epoch: 2 });
    openDrivenTill(state).close();
  });

  it('whose mark the disk has emptied says all the same what to do, and can be run again', () => {
    openDrivenTill(state).close();
    const from = backUp();
    setRestoreMark(state, '');
    const message = expect.stringMatching(/damaged-\*.*run the same `yima restore` again/);
    expect(() => openDrivenTill(state)).toThrow(expect.objectContaining({ code: 'E-DB-07', message }));
    expect(existsSync(join(restore(from).aside, 'journal.db'))).toBe(true);
    openDrivenTill(state).close();
  });

  it('that was cut short while it moved the damaged files keeps them together, and says where', () => {
    const till = openDrivenTill(state);
    const from = backUp();
    till.engine.post({ kind: 'languageSet', language: 'en' });
    const { sequence } = till.store.head();
    // As after a kill: the last records stand in the WAL alone.
    const killed = join(directory, 'killed');
    cpSync(state, killed, { recursive: true });
    till.close();
    const cut = (moved: readonly string[]) => {
      rmSync(state, { recursive: true });
      cpSync(killed, state, { recursive: true });
      mkdirSync(join(state, 'restoring'));
      copyFileSync(from, join(state, 'restoring', 'journal.db'));
      if (moved.length > 0) mkdirSync(join(state, 'damaged-x'));
      for (const name of moved) renameSync(join(state, name), join(state, 'damaged-x', name));
      setRestoreMark(state, 'damaged-x');
    };
    for (const moved of [[], ['journal.db-shm', 'journal.db-wal']]) {
      cut(moved);
      const { aside, readableTo } = restore(from);
      expect(readableTo).toBe(sequence);
      expect(Object.keys(contents(aside))).toEqual(
        expect.arrayContaining(['journal.db', 'journal.db-wal', 'head']),
      );
      openDrivenTill(state).close();
    }
  });

  it('marks every paper that waited, however many: after it they come as copies', () => {
    const papers = 1200;
    const till = openDrivenTill(state);
    const decided = { operatorId: 'lin', approverId: 'wang', reason: 'faulty' };
    const move = { kind: 'cashMoved', direction: 'paidOut', amount_fen: 1, ...decided } as const;
    for (let count = 0; count < papers; count += 1) till.engine.post(move);
    const from = backUp();
    till.close();
    restore(from);
    const again = openDrivenTill(state);
    const marked = recover(again.engine, again.store, 'test');
    expect(marked.size).toBe(papers);
    again.close();
  });

  it('takes no backup that does not verify', () => {
    openDrivenTill(state).close();
    const from = backUp();
    const bytes = readFileSync(from);
    const at = bytes.indexOf('core.started');
    bytes.writeUInt8(bytes.readUInt8(at) ^ 1, at);
    writeFileSync(from, bytes);
    const before = contents(state);
    expect(() => restore(from)).toThrow(expect.objectContaining({ code: 'E-DB-04' }));
    expect(contents(state)).toEqual(before);
  });
});
