// Tests that move something: a page on paper, a pulse to the drawer. The pulse is journaled like any opening.
import type { PartTestView } from '../../contract/diagnostics.ts';
import type { Engine } from '../engine/engine.ts';
import type { Printer, PrinterEvent, PrintOutcome } from '../ports/printer.ts';
import type { ReceiptDocument } from '../domain/receipt/document.ts';

/** Job ids of the outbox are numbers. */
const TEST_JOB = 'test-';

function outcomeView(outcome: PrintOutcome): PartTestView {
  if (outcome.kind === 'failed') {
    const detail = `${outcome.problem}: ${outcome.detail}`;
    return { state: outcome.printed === 'nothing' ? 'failed' : 'unsure', detail };
  }
  return { state: outcome.evidence === 'sentOnly' ? 'unsure' : 'done', detail: outcome.evidence };
}

export type PrintTest = {
  view(): PartTestView;
  start(document: ReceiptDocument): void;
  /** True when the event is of a test page and of nobody else's. */
  takes(event: PrinterEvent): boolean;
};

export function createPrintTest(deps: { printer: Printer; changed(): void }): PrintTest {
  let count = 0;
  let view: PartTestView = { state: 'none', detail: '' };
  return {
    view: () => view,
    start: (document) => {
      if (view.state === 'running') return;
      count += 1;
      view = { state: 'running', detail: '' };
      deps.printer.print({ jobId: `${TEST_JOB}${count}`, document, copy: 0 });
      deps.changed();
    },
    takes: (event) => {
      if (event.kind !== 'finished' || !event.jobId.startsWith(TEST_JOB)) return false;
      view = outcomeView(event.outcome);
      deps.changed();
      return true;
    },
  };
}

const byDrawerOutcome = { opening: 'running', opened: 'done', failed: 'failed', unknown: 'unsure' } as const;

export type DrawerTest = { view(): PartTestView; start(operatorId: string): string | null };

/** `done` means that the pulse left for the printer: whether the drawer sprang open only the technician sees. */
export function createDrawerTest(engine: Engine): DrawerTest {
  let openId: string | null = null;
  let shown: PartTestView = { state: 'none', detail: '' };
  return {
    view: () => {
      const { drawer } = engine.state;
      if (openId !== null && drawer?.openId === openId)
        shown = { state: byDrawerOutcome[drawer.outcome], detail: drawer.outcome };
      // The till keeps the newest opening only, and another came before this one's end was seen.
      else if (shown.state === 'running') shown = { state: 'unsure', detail: 'unknown' };
      return shown;
    },
    start: (operatorId) => {
      const reason = '钱箱测试 drawer test';
      const asked = { cause: 'noSale' as const, operatorId, approverId: operatorId, reason };
      const refusal = engine.ask({ kind: 'drawerAsked', ...asked });
      if (refusal !== null) return refusal;
      openId = engine.state.drawer?.openId ?? null;
      shown = { state: 'running', detail: 'opening' };
      return refusal;
    },
  };
}
