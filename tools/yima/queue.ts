// `yima queue` and `yima exceptions`: what is still at risk, and what a person must settle; read from the disk.
import type { Command } from 'commander';
import { yuanText } from '../../core/domain/money.ts';
import { openReader } from '../../db/read.ts';
import { explain, print } from './program.ts';
import { shanghaiText } from './time.ts';

type Options = { state: string; json: boolean };

async function queue({ state, json }: Options): Promise<void> {
  const reader = openReader(state);
  try {
    const attempts = reader.queued();
    let total_fen = 0;
    for (const {
      attemptId,
      orderNumber,
      saleId,
      scheme,
      amount_fen,
      codeMask,
      openedAt_ms,
      machine,
    } of attempts) {
      const { kind } = machine.state;
      total_fen += amount_fen;
      const row = { attemptId, orderNumber, saleId, scheme, amount_fen, codeMask, openedAt_ms, state: kind };
      const text = [
        shanghaiText(openedAt_ms),
        orderNumber,
        scheme,
        codeMask,
        yuanText(amount_fen),
        kind,
      ].join('  ');
      await print(json ? JSON.stringify(row) : text);
    }
    if (!json) await print(`${attempts.length} open, ${yuanText(total_fen)} yuan at risk`);
  } finally {
    reader.close();
  }
}

async function exceptions({ state, json }: Options): Promise<void> {
  const reader = openReader(state);
  try {
    const rows = reader.exceptions();
    for (const row of rows) {
      const head = [
        shanghaiText(row.at_ms),
        row.orderNumber,
        `receipt ${row.receiptNumber ?? '-'}`,
        yuanText(row.amount_fen),
      ];
      const why = `${row.acquirerCode ?? ''}\n    ${explain(row.reason, '')}`;
      await print(json ? JSON.stringify(row) : `${head.join('  ')}  ${why}`);
    }
    if (!json) await print(`${rows.length} exceptions`);
  } finally {
    reader.close();
  }
}

export function addQueueCommands(program: Command): void {
  program
    .command('queue')
    .description('payments taken offline whose outcome is not proven, oldest first')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'JSON lines', false)
    .action(queue);
  program
    .command('exceptions')
    .description('payments taken offline that ended without money: a person must settle them')
    .requiredOption('--state <dir>', 'state directory of the till')
    .option('--json', 'JSON lines', false)
    .action(exceptions);
}
