// What the commands' handlers are made of.
import type { CommandName, CommandParams } from '../../contract/commands.ts';
import type { CoreMeasures, DiagnosisWritten, WalletsView } from '../../contract/diagnostics.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { BillsFound } from '../../contract/reconciliation.ts';
import type { Engine } from '../engine/engine.ts';
import type { Catalogue } from '../ports/catalogue.ts';
import type { Store } from '../ports/journal.ts';
import type { TillEvent } from '../domain/till/events.ts';
import type { Closing } from './closing.ts';

/** The bills' desk, as far as commands know it (core/reconciling.ts). */
type BillCommands = {
  bills(): BillsFound;
  compare(file: string, routeId: string | null, operatorId: string): ErrorCode | null;
  fetch(routeId: string, date: string): ErrorCode | null;
};

export type CommandResult = { ok: true; result: unknown } | { ok: false; code: ErrorCode; detail: string };

export type CommandDependencies = {
  engine: Engine;
  store: Store;
  catalogue: Catalogue;
  terminalCode: string;
  reconciling: BillCommands;
  /** Main scan: null when a code is asked for, else why not. */
  present(routeId: string): ErrorCode | null;
  /** Null when done, else why the goods can't be sold. */
  enterGoods(barcode: string): string | null;
  verifyJournal(): unknown;
  closing: Closing;
  diagnostics: {
    start(): number;
    scanTest(on: boolean): string | null;
    printTest(): string | null;
    drawerTest(operatorId: string): string | null;
    wallets(): WalletsView;
    measures(): CoreMeasures;
    writeReport(): { ok: true; written: DiagnosisWritten } | { ok: false; detail: string };
  };
};

/** Who gives the command, and who allowed it: the same person, or a manager in place. */
export type Who = { operatorId: string; approverId: string };

export type Handlers = {
  [Name in Exclude<
    CommandName,
    'operator.signIn' | 'operator.signOut' | 'snapshot.get' | 'snapshot.subscribe'
  >]: (params: CommandParams<Name>, who: Who) => CommandResult;
};

/** A person's event: done, or refused with the reason. */
export type Ask = (event: TillEvent) => CommandResult;
