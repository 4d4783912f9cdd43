// One journal record in one line of the story.
import type { TillRecord } from '../../../core/domain/till/records.ts';

function yuan(fen: number): string {
  return (fen / 100).toFixed(2);
}

function detail(record: TillRecord): string {
  switch (record.type) {
    case 'payment.opened': {
      const { attemptId, saleId, orderNumber, amount_fen, machine } = record.body.attempt;
      return `${attemptId} of ${saleId} ${yuan(amount_fen)} as ${orderNumber}: ${machine.state.kind}`;
    }
    case 'payment.moved': {
      const { attemptId, event, code, machine } = record.body;
      return `${attemptId} ${event} ${code ?? ''} -> ${machine.state.kind}${machine.deferred ? ' (goods gone)' : ''}`;
    }
    case 'giveBack.opened': {
      const { giveBackId, attemptId, method, amount_fen, machine } = record.body.giveBack;
      return `${giveBackId} ${method} of ${attemptId} ${yuan(amount_fen)}: ${machine.state.kind}`;
    }
    case 'giveBack.moved': {
      const { giveBackId, event, code, machine } = record.body;
      return `${giveBackId} ${event} ${code ?? ''} -> ${machine.state.kind}`;
    }
    case 'sale.completed':
      return `${record.body.saleId} ${record.body.receiptNumber} ${yuan(record.body.total_fen)}`;
    default: {
      const ids = Object.entries(record.body).filter(([name]) =>
        /Id$|Number$|^how$|^print$|^proof$/.test(name),
      );
      return ids.map(([name, value]) => `${name} ${String(value)}`).join(' ');
    }
  }
}

export function storyOf(record: TillRecord): string {
  return `${record.type} ${detail(record)}`.trimEnd();
}
