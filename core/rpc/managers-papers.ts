// Papers whose copy is a manager's: the money that a drawer should hold stands on them, and a cashier counts without knowing it.
import type { CommandName } from '../../contract/commands.ts';
import { own } from '../domain/own.ts';
import type { ClosedShift } from '../domain/till/records.ts';
import type { PaperKind } from '../domain/till/state.ts';
import type { Engine } from '../engine/engine.ts';
import type { Store } from '../ports/journal.ts';
import { receiptAtHand } from './view-devices.ts';

export type Papers = {
  engine: Pick<Engine, 'state' | 'ui'>;
  store: Pick<Store, 'loadReceipt' | 'loadDocument' | 'loadSale'>;
};

const forManagers: readonly PaperKind[] = ['x', 'z', 'reconciliation'];

/** Which paper a `receipt.reprint` means. Null: there is none yet. */
export function wantedPaper({ engine, store }: Papers, receiptId: string | undefined): string | null {
  return receiptId ?? receiptAtHand(engine, store);
}

/** What only managers may do with these parameters, whoever may use the command. */
export function needsManager(
  { engine, store }: Papers,
  command: CommandName,
  params: unknown,
  operatorId: string,
): boolean {
  if (command !== 'receipt.reprint') return false;
  const receiptId = wantedPaper({ engine, store }, (params as { receiptId?: string }).receiptId);
  if (receiptId === null) return false;
  const receipt = own(engine.state.receipts, receiptId) ?? store.loadReceipt(receiptId);
  if (!receipt) return false;
  if (forManagers.includes(receipt.kind)) return true;
  // His own count he was told when he had made it.
  if (receipt.kind !== 'shift') return false;
  const document = store.loadDocument(receipt.subject);
  return document?.kind !== 'shift' || (document.body as ClosedShift).operatorId !== operatorId;
}
