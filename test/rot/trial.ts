// One trial: a copy of the day, one piece of damage, a start. It must end as a refusal with a way back that is then gone, as a
// tail loss that `head` names, as harmless, or be found by a verification before it becomes a backup. All else is a violation.
import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { loadConfiguration } from '../../core/configuration.ts';
import { isOpenGiveBack } from '../../core/domain/giveback/give-back.ts';
import { isOpenAttempt } from '../../core/domain/till/queries.ts';
import { makeBackup } from '../../db/backup.ts';
import { openCatalogue } from '../../db/catalogue.ts';
import { type Damage, inflict } from './damage.ts';
import { places, type Template } from './day.ts';
import { differingTables, type Dump, dumpOf } from './dump.ts';
import { isRefused, type Started, startTill } from './till.ts';
import { newKeyFaults, type Truth, wayBackFaults } from './way-back.ts';

export type Ending = 'refused' | 'tailLoss' | 'harmless' | 'foundLater' | 'violation';
/** `detail`: the code, what found it, or what is wrong. */
export type Outcome = { ending: Ending; detail: string };

/** Planted for the trial's own test: the till is made blind, and the trial must notice. */
export type Plant = 'headRemoved' | 'verificationTrusted' | 'sealsRemoved';

export type Stage = { template: Template; truth: Truth; scratch: string; plant: Plant | null };

const violation = (detail: string): Outcome => ({ ending: 'violation', detail });

function backUp(directory: string) {
  return makeBackup({
    state: join(directory, places.state),
    directory: join(directory, 'later'),
    keep: 3,
    at: '2026-11-28T05:00:00.000Z',
  });
}

/** The dump of what was opened: damaged pages that nobody has read yet may not be readable at all. */
function dumped(directory: string): Dump | null {
  try {
    return dumpOf(join(directory, places.state));
  } catch (error) {
    if (error instanceof Error && error.name === 'SqliteError') return null;
    throw error;
  }
}

function isSameStart(one: Started, other: Started): boolean {
  const rows = ({ loadedRows }: Started) =>
    loadedRows.map(({ kind, reference, state, count }) => [
      kind,
      reference,
      state,
      kind === 'print' ? count : 0,
    ]);
  return isDeepStrictEqual(one.loaded, other.loaded) && isDeepStrictEqual(rows(one), rows(other));
}

/** Ciphertext that can't be opened is named when its payment's turn comes (E-OFF-10); it never opens as another code. */
function judgeCodes({ truth }: Stage, started: Started): Outcome | null {
  for (const [attemptId, code] of Object.entries(started.codes)) {
    if (code !== null && code !== truth.start.codes[attemptId])
      return violation(`${attemptId} opens as another code`);
  }
  const isLost = Object.values(started.codes).includes(null);
  return isLost ? { ending: 'refused', detail: 'E-OFF-10' } : null;
}

/**
 * Projections that the start has written anew from what it loaded, and that the verification has just found to be the fold of a
 * journal that is what it was. What is left can't be recomputed: the journal itself, the outbox, and all that could not be read.
 */
function isWrittenAnew(table: string): boolean {
  return !['journal', 'outbox', 'unreadable'].includes(table);
}

/** Nobody would ask about it any more, or know of it, until a verification finds the row. */
function leftOut(truth: Truth, { loaded }: Started): string[] {
  const { attempts, giveBacks } = truth.start.loaded;
  return [
    ...Object.values(attempts)
      .filter(isOpenAttempt)
      .map(({ attemptId }) => attemptId),
    ...Object.values(giveBacks)
      .filter(isOpenGiveBack)
      .map(({ giveBackId }) => giveBackId),
  ].filter((id) => loaded.attempts[id] === undefined && loaded.giveBacks[id] === undefined);
}

function judgeOpened(stage: Stage, directory: string, before: Dump | null, started: Started): Outcome {
  const { truth, plant } = stage;
  const lost = leftOut(truth, started);
  if (lost.length > 0) return violation(`open, and not in memory: ${lost.join(', ')}`);
  const tables = before === null ? ['unreadable'] : differingTables(before, truth.dump);
  const made = backUp(directory);
  if (!made.ok && plant !== 'verificationTrusted') {
    if (made.code !== 'E-BAK-02') return violation(`the backup says ${made.code} ${made.detail}`);
    const faults = wayBackFaults(stage.truth, directory);
    return faults.length > 0
      ? violation(faults.join('; '))
      : { ending: 'foundLater', detail: kindOf(made.detail) };
  }
  const left = tables.filter((table) => !isWrittenAnew(table));
  if (left.length > 0) return violation(`changed without a word: ${left.join(', ')}`);
  if (!isSameStart(started, truth.start)) return violation('the same rows, and another till is loaded');
  return judgeCodes(stage, started) ?? { ending: 'harmless', detail: '' };
}

function kindOf(detail: string): string {
  if (/^record |is not the one|does not match/.test(detail)) return 'chain';
  if (/outbox row/.test(detail)) return 'outbox';
  return / (differs|is missing)/.test(detail) ? 'projections' : 'file';
}

function tryJournal(stage: Stage, directory: string): Outcome {
  const state = join(directory, places.state);
  // Read beforehand: the start writes. A file that can't be opened has no dump.
  const before = dumped(directory);
  const started = startTill(state, join(directory, places.keys));
  if (!isRefused(started)) return judgeOpened(stage, directory, before, started);
  const faults =
    started.code === 'E-CFG-01' ? newKeyFaults(directory) : wayBackFaults(stage.truth, directory);
  if (faults.length > 0) return violation(`${started.code}, and no way back: ${faults.join('; ')}`);
  return { ending: started.code === 'E-DB-03' ? 'tailLoss' : 'refused', detail: started.code };
}

/** Configuration and goods: refused, or exactly what they were. The way back is the sealed copy. */
function tryFile(stage: Stage, directory: string): Outcome {
  const read = (at: string) => ({
    configuration: {
      ...loadConfiguration(join(at, places.config)),
      catalogueFile: '',
      keysDirectory: '',
      billsDirectory: '',
      backup: null,
      routes: null,
    },
    routes: loadConfiguration(join(at, places.config)).routes.map((route) => ({
      ...route,
      appKeyFile: '',
      caFile: '',
    })),
    goods: openCatalogue(join(at, places.goods)).search(''),
  });
  try {
    return isDeepStrictEqual(read(directory), read(stage.template.directory))
      ? { ending: 'harmless', detail: '' }
      : violation('read without a word, and not what it was');
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (typeof code !== 'string' || !code.startsWith('E-CFG-')) throw error;
    for (const name of [places.config, places.goods]) {
      for (const file of [name, `${name}.sha256`])
        cpSync(join(stage.template.directory, file), join(directory, file));
    }
    return isDeepStrictEqual(read(directory), read(stage.template.directory))
      ? { ending: 'refused', detail: code }
      : violation(`${code}, and the sealed copy is not read as it was`);
  }
}

function plantIn(directory: string, plant: Plant | null): void {
  if (plant === 'headRemoved') rmSync(join(directory, places.state, 'head'));
  if (plant !== 'sealsRemoved') return;
  for (const file of [places.config, places.goods]) rmSync(join(directory, `${file}.sha256`));
}

/** Never throws: what the till throws is a violation. */
export function runTrial(stage: Stage, damage: Damage): Outcome {
  const { template, scratch, plant } = stage;
  rmSync(scratch, { recursive: true, force: true });
  cpSync(template.directory, scratch, { recursive: true });
  try {
    inflict(scratch, damage);
    plantIn(scratch, plant);
    const isOfFiles = damage.file.startsWith(places.config) || damage.file.startsWith(places.goods);
    return isOfFiles ? tryFile(stage, scratch) : tryJournal(stage, scratch);
  } catch (error) {
    return violation(
      `crash without a word: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
    );
  }
}
