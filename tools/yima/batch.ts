// `yima batch settle`: the totals of a gateway's batches by the journal against the acquirer's books, and item by item where they differ.
// It never writes: the records of settled batches are the running till's, and the acquirer says the same again when asked again.
import type { Command } from 'commander';
import { type BatchDifference, type BatchItem, totalsOf } from '../../acquirers/gateway/batch.ts';
import type { SettleOutcome } from '../../acquirers/gateway/batch-call.ts';
import { openBatches } from '../../core/acquirers.ts';
import { closedBatches } from '../../core/batch-due.ts';
import type { Batch, BatchReading } from '../../core/batch-items.ts';
import { ConfigurationRefused } from '../../core/configuration.ts';
import { yuanText } from '../../core/domain/money.ts';
import { causeText } from '../../core/fetch-bill.ts';
import { batchPartyOf } from '../../core/party.ts';
import { DatabaseRefused } from '../../db/errors.ts';
import { BadJournal } from '../../reconciliation/journal/fields.ts';
import { addBatchList, readingOf } from './batch-list.ts';
import { totalsText } from './batch-text.ts';
import { bad, openingOf } from './gateway-route.ts';
import { EXIT_NO, explain, print, Refused } from './program.ts';
import { shanghaiText } from './time.ts';

type Options = { config: string; state: string; route: string; batch?: string };

type Failure = Exclude<SettleOutcome['kind'], 'agreed' | 'differs'>;

/** As `yima bill fetch` has them. */
const failures: Readonly<Record<Failure, { exitCode: number; text: string }>> = {
  damaged: { exitCode: 5, text: "the acquirer's answer is damaged, or from somebody else" },
  refused: { exitCode: 6, text: 'the acquirer refused the question' },
  noAnswer: { exitCode: 7, text: 'no answer: ask again, it is settled once' },
};

function chosen({ batches }: BatchReading, named: string | undefined): Batch[] {
  if (named === undefined) return closedBatches(batches);
  const batch = batches.get(named);
  if (batch !== undefined) return [batch];
  const known = [...batches.keys()].join(', ') || 'none';
  throw bad(`--batch ${named}: the journal has ${known}`);
}

function sideText(item: BatchItem | null): string {
  if (item === null) return 'none';
  const number = item.requestNumber === null ? '' : ` ${item.requestNumber}`;
  return `${item.kind}${number} ${yuanText(item.amount_fen)}`;
}

const meanings: Readonly<Record<BatchDifference['kind'], string>> = {
  missingHere: 'the acquirer has none',
  missingThere: 'the till has none',
  amountDiffers: 'the amounts differ',
  kindDiffers: 'given back in another way',
};

function differenceText({ kind, orderNumber, till, acquirer }: BatchDifference): string {
  return `  ${orderNumber} ${kind}, ${meanings[kind]}: till ${sideText(till)}; acquirer ${sideText(acquirer)}`;
}

async function tellDifference(found: Extract<SettleOutcome, { kind: 'differs' }>): Promise<void> {
  const { acquirer, differences, count } = found;
  await print(`  differs; the acquirer has ${totalsText(acquirer)}`);
  for (const one of differences) await print(differenceText(one));
  if (count > differences.length) await print(`  and ${count - differences.length} more`);
  if (count === 0) await print('  item by item nothing differs: its books moved meanwhile, ask again');
}

/** The exit code that it comes to: 0 when it agreed. */
async function settleOne(batch: Batch, settle: ReturnType<typeof openBatches>): Promise<number> {
  await print(`batch ${batch.batchNo}: ${totalsText(totalsOf(batch.items))}`);
  const outcome = await settle(batch.batchNo, batch.items);
  if (outcome.kind === 'agreed') {
    await print(`  agreed, settled ${shanghaiText(outcome.settledAt_ms)}`);
    return 0;
  }
  if (outcome.kind === 'differs') {
    await tellDifference(outcome);
    return EXIT_NO;
  }
  const { exitCode, text } = failures[outcome.kind];
  await print(`  not settled: ${text} (${causeText(outcome.cause)})`);
  return exitCode;
}

/** What went wrong, of all batches; the worst is the command's own end. */
function endOf(exitCodes: readonly number[]): Refused | null {
  const worst = Math.max(0, ...exitCodes);
  if (worst === 0) return null;
  const differing = exitCodes.filter((code) => code === EXIT_NO).length;
  const failed = exitCodes.filter((code) => code > EXIT_NO).length;
  const parts = [
    ...(differing > 0 ? [`${differing} batches differ`] : []),
    ...(failed > 0 ? [`${failed} batches are not settled`] : []),
  ];
  return new Refused(parts.join('; '), { exitCode: worst });
}

async function settleAll(options: Options): Promise<void> {
  const opening = openingOf(options.config, options.route);
  const settle = openBatches(opening);
  const reading = readingOf(options.state, batchPartyOf(opening.configuration, opening.route));
  const batches = chosen(reading, options.batch);
  if (reading.unproven > 0) await print(`${reading.unproven} payments are not proven: in no batch yet`);
  if (batches.length === 0) await print('no batch to settle: the newest may still be open');
  const exitCodes: number[] = [];
  // One that is refused or damaged keeps nobody from the others.
  for (const batch of batches) exitCodes.push(await settleOne(batch, settle));
  const end = endOf(exitCodes);
  if (end !== null) throw end;
}

async function run(options: Options): Promise<void> {
  try {
    await settleAll(options);
  } catch (error) {
    if (error instanceof ConfigurationRefused || error instanceof DatabaseRefused)
      throw bad(explain(error.code, error.message));
    if (error instanceof BadJournal) throw bad(error.message);
    throw error;
  }
}

export function addBatchCommands(program: Command): void {
  const batch = program.command('batch').description('batches of a gateway');
  addBatchList(batch);
  batch
    .command('settle')
    .description(
      'totals of batches by the journal against the acquirer; the worst of: exit 1 when any differs, 2 bad input, 5 damaged, 6 refused, 7 no answer',
    )
    .requiredOption('--config <file>', 'configuration of the till (JSON)')
    .requiredOption('--state <dir>', 'state directory of the till')
    .requiredOption('--route <id>', 'which gateway')
    .option('--batch <number>', 'one batch; without it all but the newest, which may still be open')
    .action(run);
}
