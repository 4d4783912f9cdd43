// A backup in the middle of the day, the loss of the disk, and the restore: with the product's own programs, on the real files.
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { isOpenGiveBack, isOwed } from '../../../core/domain/giveback/give-back.ts';
import { isProven } from '../../../core/domain/payment/state.ts';
import { currentSale, due_fen } from '../../../core/domain/till/queries.ts';
import type { TillState } from '../../../core/domain/till/state.ts';
import type { TillRecord } from '../../../core/domain/till/records.ts';
import type { JournalHead } from '../../../core/ports/journal.ts';
import type { BackupFile } from '../../../db/backup-files.ts';
import { makeBackup } from '../../../db/backup.ts';
import { HEAD_FILE } from '../../../db/head-file.ts';
import { openReader } from '../../../db/read.ts';
import { restoreState } from '../../../db/restore.ts';
import { JOURNAL_FILE } from '../../../db/store.ts';
import { Death, Violation } from './failure.ts';
import type { AtBackup, RestorePlan } from './restore-plan.ts';

export type DisasterDependencies = {
  plan: RestorePlan | null;
  /** Of the till; the backups lie beside it. */
  directory: string;
  after(delay_ms: number, run: () => void): void;
  wall_ms(): number;
  sinceStart_ms(): number;
  state(): TillState | null;
  seeToRefunds(): void;
  /** An outage that begins now. */
  cutLine(outage: NonNullable<RestorePlan['outage']>): void;
  /** The core lives. */
  isUp(): boolean;
  /** Nothing new goes wrong. */
  isCalm(): boolean;
  saw(kind: string): void;
  story(text: string): void;
};

/** `sequence`: of the backup's last record; `records`: those after it. */
export type Restored = { sequence: number; records: TillRecord[]; head: JournalHead };

const AGAIN_ms = 300;

function isOpen(what: AtBackup, state: TillState | null): boolean {
  const payments = Object.values(state?.attempts ?? {}).filter(({ machine }) => !isProven(machine.state));
  const giveBacks = Object.values(state?.giveBacks ?? {});
  switch (what) {
    case 'anything':
      return true;
    case 'payment':
      return payments.length > 0;
    case 'queued':
      return payments.some(({ machine }) => machine.state.kind === 'queued');
    case 'giveBack':
      return giveBacks.some(isOpenGiveBack);
    case 'owedRefund':
      return giveBacks.some(isOwed);
    case 'code':
      return payments.some(({ machine }) => machine.presented);
    case 'partPaid':
      return state !== null && isPartPaid(state);
  }
}

/** By a wallet. */
function isPartPaid(state: TillState): boolean {
  const sale = currentSale(state);
  if (sale?.state !== 'tendering' || due_fen(state, sale) <= 0) return false;
  return sale.attemptIds.some((id) => state.attempts[id]?.machine.state.kind === 'approved');
}

export class Disaster {
  readonly #deps: DisasterDependencies;
  #backup: BackupFile | null = null;
  #isLost = false;

  constructor(deps: DisasterDependencies) {
    this.#deps = deps;
    const { plan } = deps;
    if (plan === null) return;
    this.#when(plan.backupAt_ms, () => this.#backUp(plan));
  }

  /** @returns false where it is not the moment yet. */
  #backUp(plan: RestorePlan): boolean {
    const { state, sinceStart_ms, saw } = this.#deps;
    const isMoment = isOpen(plan.waitsFor, state());
    if (!isMoment && sinceStart_ms() < plan.waitsUntil_ms) return false;
    if (isMoment) saw(`restore.beside.${plan.waitsFor}`);
    this.#makeBackup();
    // What the backup still owes is seen to, and then nobody remembers it.
    if (plan.waitsFor === 'owedRefund') this.#deps.after(plan.lost_ms / 2, () => this.#deps.seeToRefunds());
    this.#when(plan.lost_ms, () => this.#lose(plan));
    return true;
  }

  /** As soon as the core lives. */
  #when(delay_ms: number, run: () => boolean): void {
    this.#deps.after(delay_ms, () => {
      if (this.#deps.isCalm()) return;
      if (!this.#deps.isUp() || !run()) this.#when(AGAIN_ms, run);
    });
  }

  get #state(): string {
    return join(this.#deps.directory, 'state');
  }

  #makeBackup(): void {
    const directory = join(this.#deps.directory, 'backups');
    const at = new Date(this.#deps.wall_ms()).toISOString();
    const made = makeBackup({ state: this.#state, directory, keep: 3, at });
    if (!made.ok) throw new Violation('backupIsMade', `${made.code} ${made.detail}`);
    this.#backup = made.backup;
    this.#deps.story(`a backup is made, of record ${made.backup.sequence}`);
  }

  /** @throws Death. */
  #lose({ left }: RestorePlan): never {
    this.#isLost = true;
    this.#deps.saw(`restore.left.${left}`);
    throw new Death(`the disk is lost, and ${left} is left of it`);
  }

  /** Null: nothing was lost. */
  restore(): Restored | null {
    const { plan, wall_ms, cutLine, story } = this.#deps;
    if (!this.#isLost || this.#backup === null || plan === null) return null;
    this.#isLost = false;
    this.#wipe(plan.left);
    const now_ms = Math.round(wall_ms());
    const { backup, epoch } = restoreState({
      state: this.#state,
      from: this.#backup.file,
      now_ms,
      leastEpoch: 1,
    });
    if (plan.outage !== null) cutLine(plan.outage);
    story(`restored from the backup of record ${backup.sequence}, epoch ${epoch}`);
    const reader = openReader(this.#state);
    const rows = [...reader.records(backup.sequence)];
    reader.close();
    const records = rows.map(({ type, body }) => ({ type, body: JSON.parse(body) }) as TillRecord);
    const { sequence, hash } = rows.at(-1) ?? backup;
    return { sequence: backup.sequence, records, head: { sequence, hash } };
  }

  #wipe(left: RestorePlan['left']): void {
    if (left === 'all') return;
    for (const name of readdirSync(this.#state)) {
      if (name.startsWith(JOURNAL_FILE) || (left === 'nothing' && name === HEAD_FILE))
        rmSync(join(this.#state, name));
    }
  }
}
