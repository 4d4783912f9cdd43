// The cash drawer: one pulse for one row, closed by whatever came of it. It is never sent again.
import type { OutboxRow, Store } from '../ports/journal.ts';
import type { Printer, PrinterEvent } from '../ports/printer.ts';
import type { Engine } from './engine.ts';

export type Drawer = { open(row: OutboxRow): void; onEvent(event: PrinterEvent): void };

export function createDrawer(deps: {
  engine: Engine;
  store: Pick<Store, 'openRows'>;
  printer: Pick<Printer, 'pulseDrawer'>;
}): Drawer {
  return {
    open: (row) => deps.printer.pulseDrawer(String(row.rowId)),
    onEvent: (event) => {
      if (event.kind !== 'drawer') return;
      const row = deps.store.openRows().find((one) => String(one.rowId) === event.jobId);
      // A pulse of the core before this one: recovery has written its end already.
      if (row === undefined) return;
      const { outcome } = event;
      deps.engine.post(
        {
          kind: 'drawerEnded',
          openId: row.reference,
          outcome: outcome.kind === 'sent' ? 'opened' : outcome.kind,
          detail: outcome.kind === 'sent' ? '' : outcome.detail,
        },
        { closeRowId: row.rowId },
      );
    },
  };
}
