// `yima backup list|verify|make` and `yima restore`: copies of the journal that are verified whole, and the way back from one.
import { existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Command } from 'commander';
import { loadConfiguration } from '../../core/configuration.ts';
import { LAST_EPOCH } from '../../core/domain/till/ids.ts';
import { makeBackup } from '../../db/backup.ts';
import { listBackups } from '../../db/backup-files.ts';
import { originOf, originText } from '../../db/backup-origin.ts';
import { droppedText } from '../../db/backup-room.ts';
import { faultText, verifyBackup } from '../../db/backup-verify.ts';
import { type RestoreDone, restoreState } from '../../db/restore.ts';
import { explain, isErrorCode, print, Refused } from './program.ts';
import { assertOwn } from './state-folder.ts';

type Where = { state: string; config?: string; directory?: string };

function settingsOf({ state, config, directory }: Where): { directory: string; keep: number } {
  const { backup } = config === undefined ? { backup: null } : loadConfiguration(config);
  const fallback = `${resolve(state)}-backups`;
  return { directory: directory ?? backup?.directory ?? fallback, keep: backup?.keep ?? Infinity };
}

async function list(options: Where & { json: boolean }): Promise<void> {
  const { directory } = settingsOf(options);
  const found = listBackups(directory);
  if (options.json) return print(JSON.stringify(found));
  for (const { file, at, sequence, size_bytes } of found)
    await print(`${at}  record ${sequence}  ${size_bytes} bytes  ${file}  (${originText(originOf(file))})`);
  await print(`${found.length} backups in ${directory}`);
}

async function verify(file: string, { json }: { json: boolean }): Promise<void> {
  if (!existsSync(file)) throw new Refused(`${file} is not there`);
  const found = verifyBackup(file);
  if (json) await print(JSON.stringify(found));
  if (!found.ok) throw new Refused(`NOT GOOD: ${faultText(found)}`);
  const { records, head, newestAt, epoch } = found;
  if (!json)
    await print(`good: ${records} records, head ${head.slice(0, 8)}, newest ${newestAt}, epoch ${epoch}`);
}

async function make(options: Where): Promise<void> {
  assertOwn(options.state);
  // As the core's own: a copy is the shop's books.
  process.umask(0o077);
  const made = makeBackup({
    state: options.state,
    ...settingsOf(options),
    at: new Date().toISOString(),
  });
  if (!made.ok) throw new Refused(explain(made.code, made.detail));
  await print(`${made.backup.file}: ${made.backup.sequence} records, verified${droppedText(made.dropped)}`);
}

type RestoreOptions = { state: string; from: string; epoch: string; otherJournal: boolean };

function restored({ state, from, epoch, otherJournal }: RestoreOptions): RestoreDone {
  const leastEpoch = Number(epoch);
  if (!Number.isSafeInteger(leastEpoch) || leastEpoch < 1 || leastEpoch > LAST_EPOCH)
    throw new Refused(`--epoch is a whole number from 1 to ${LAST_EPOCH}, one more than the last restore's`);
  if (!existsSync(from) || !statSync(from).isFile()) throw new Refused(`${from} is not a file`);
  assertOwn(state);
  process.umask(0o077);
  try {
    const wanted = { state: resolve(state), from: resolve(from), now_ms: Date.now(), leastEpoch };
    return restoreState({ ...wanted, isOtherJournal: otherJournal });
  } catch (error) {
    const { code, message } = error as { code?: unknown; message: string };
    if (isErrorCode(code) || typeof code !== 'string') throw error;
    // The system's own: no room, no rights, a read-only stick.
    const places = `${resolve(state)} and ${dirname(resolve(from))} must be writable`;
    throw new Refused(`not restored: ${message}; ${places}; run it again when that is mended`, {
      cause: error,
    });
  }
}

async function restore(options: RestoreOptions): Promise<void> {
  const { epoch, backup, lost, readableTo, aside, unreadable } = restored(options);
  const written =
    lost === null ? 'nobody knows how far it was written' : `record ${lost.sequence} was written`;
  const readable = readableTo === null ? 'not readable' : `readable up to record ${readableTo}`;
  await print(
    [
      `the backup: ${originText(originOf(options.from))}`,
      `restored up to record ${backup.sequence}, epoch ${epoch}; ${written}`,
      `the journal before is kept in ${aside} (${readable})`,
      ...unreadable.map((problem) => `could not be read: ${problem}`),
      'Start the till: it asks about everything open before it sends anything, and stays in quarantine.',
      'A manager compares the lost time with the acquirer, then confirms: yima rpc restore.confirm (docs/backup.md).',
    ].join('\n'),
  );
}

function addWhere(command: Command): Command {
  return command
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--config <file>', "the till's configuration, for its backup directory and how many are kept")
    .option('--directory <dir>', 'another backup directory; default: `<state>-backups`');
}

export function addBackupCommands(program: Command): void {
  const backup = program.command('backup').description('verified copies of the journal');
  addWhere(backup.command('list').description('newest first'))
    .option('--json', 'as JSON', false)
    .action(list);
  backup
    .command('verify')
    .description('check a backup whole: file, chain, projections; exit 1 when it is not good')
    .argument('<file>', 'backup')
    .option('--json', 'the verdict as JSON', false)
    .action(verify);
  addWhere(
    backup
      .command('make')
      .description('make one now, beside a running core or without one; verified, or none'),
  ).action(make);
  program
    .command('restore')
    .description('put a backup in the place of a damaged journal, which is kept; the till must not run')
    .requiredOption('--state <dir>', 'state directory of the till')
    .requiredOption('--from <file>', 'backup')
    .option(
      '--other-journal',
      'the backup may be of another journal: the till was installed anew since',
      false,
    )
    .option('--epoch <number>', 'at least this epoch, when a restore elsewhere has used the one before', '1')
    .action(restore);
}
