// When a backup is made, and what a failed one comes to.
import { expect, it } from 'vitest';
import type { BackupMade } from '../db/backup.ts';
import type { BackupFile } from '../db/backup-files.ts';
import { engineStage } from '../test/core/engine-stage.ts';
import { createBackups } from './backups.ts';

const MINUTE_ms = 60_000;
const HOUR_ms = 60 * MINUTE_ms;
const turn = () => new Promise((resolve) => setImmediate(resolve));

type Stands = BackupFile | null;

function stageWith(
  answers: (BackupMade['ok'] | 'hangs')[] = [],
  look: (head: number) => Promise<Stands> = () => Promise.resolve(null),
) {
  const stage = engineStage();
  const begun: string[] = [];
  let told = 0;
  const backups = createBackups({
    engine: stage.engine,
    clock: stage.clock,
    stateDirectory: '/state',
    directory: '/nowhere',
    keep: 3,
    every_ms: 4 * HOUR_ms,
    make: ({ at }) => {
      begun.push(at);
      const { sequence } = stage.engine.head;
      const backup = { file: 'f', mark: 'ab', at, epoch: 1, sequence, size_bytes: 1 };
      const answer = answers.shift() ?? true;
      if (answer === 'hangs')
        return { made: new Promise<BackupMade>(() => undefined), stop: () => Promise.resolve() };
      const made: BackupMade = answer
        ? { ok: true, backup, dropped: 0 }
        : { ok: false, code: 'E-BAK-01', detail: 'ENOSPC' };
      return { made: Promise.resolve(made), stop: () => Promise.resolve() };
    },
    newest: () => ({ found: look(stage.engine.head.sequence), stop: () => Promise.resolve() }),
    changed: () => (told += 1),
  });
  backups.start();
  const pass = async (span_ms: number) => {
    for (let left_ms = span_ms; left_ms > 0; left_ms -= MINUTE_ms) {
      stage.clock.advance(MINUTE_ms);
      await turn();
    }
  };
  return { ...stage, backups, begun, pass, told: () => told };
}

it('the first after a minute, then one an interval, and none when nothing happened', async () => {
  const { begun, pass, engine } = stageWith();
  await pass(2 * MINUTE_ms);
  expect(begun).toHaveLength(1);
  await pass(9 * HOUR_ms);
  expect(begun).toHaveLength(1);
  engine.post({ kind: 'languageSet', language: 'en' });
  await pass(2 * MINUTE_ms);
  expect(begun).toHaveLength(2);
});

it('not while somebody is served, unless it is twice overdue', async () => {
  const { begun, pass, sell } = stageWith();
  await pass(2 * MINUTE_ms);
  sell();
  await pass(6 * HOUR_ms);
  expect(begun).toHaveLength(1);
  await pass(3 * HOUR_ms);
  expect(begun).toHaveLength(2);
});

it('after each Z at once', async () => {
  const { begun, engine } = stageWith();
  engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1 });
  await turn();
  expect(begun).toHaveLength(1);
});

it('a failed one is told, tried again after ten minutes, and forgotten when one is made', async () => {
  const { backups, pass, begun, told } = stageWith([false, true]);
  await pass(2 * MINUTE_ms);
  expect(backups.view()).toMatchObject({ backupFault: { code: 'E-BAK-01', detail: 'ENOSPC' } });
  expect(told()).toBe(1);
  await pass(5 * MINUTE_ms);
  expect(begun).toHaveLength(1);
  await pass(6 * MINUTE_ms);
  expect(begun).toHaveLength(2);
  expect(backups.view()).toEqual({});
  expect(backups.told()).toMatchObject({ fault: null });
  await backups.stop();
  await pass(9 * HOUR_ms);
  expect(begun).toHaveLength(2);
});

it('one that does not end is told after an hour: a stick or a share that answers no more', async () => {
  const { backups, pass, begun, told } = stageWith(['hangs']);
  await pass(30 * MINUTE_ms);
  expect(backups.view()).toEqual({});
  await pass(HOUR_ms);
  expect(begun).toHaveLength(1);
  expect(backups.view()).toMatchObject({ backupFault: { code: 'E-BAK-01' } });
  expect(told()).toBe(1);
  await pass(HOUR_ms);
  expect(told()).toBe(1);
});

const standing = (sequence: number): BackupFile => {
  const at = '2026-11-23T09:30:00.000Z';
  return { file: 'f', mark: 'ab', at, epoch: 1, sequence, size_bytes: 1 };
};

it('the newest of before the start is looked for aside, and unknown until it is found', async () => {
  const { backups, begun, engine, pass } = stageWith([], (head) => Promise.resolve(standing(head)));
  expect(backups.told()).toMatchObject({ sequence: null, age_ms: null });
  await turn();
  expect(backups.told()).toMatchObject({ sequence: engine.head.sequence, age_ms: HOUR_ms / 2 });
  await pass(9 * HOUR_ms);
  expect(begun).toHaveLength(0);
});

it('a folder that hangs at the start is told after an hour; when it answers again, backups go on with the Z that waited', async () => {
  let answer: (found: Stands) => void = () => undefined;
  const { backups, begun, engine, pass, told } = stageWith([], () => new Promise((give) => (answer = give)));
  engine.post({ kind: 'dayClosed', operatorId: 'chen', at_ms: 1 });
  await pass(30 * MINUTE_ms);
  expect(backups.view()).toEqual({});
  await pass(HOUR_ms);
  expect(backups.view()).toMatchObject({ backupFault: { code: 'E-BAK-01' } });
  expect([told(), begun]).toEqual([1, []]);
  answer(null);
  await turn();
  expect(begun).toHaveLength(1);
  expect(backups.view()).toEqual({});
});
