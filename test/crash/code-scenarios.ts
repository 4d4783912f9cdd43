// Main scan in the trials: a code of ours is shown and paid, or looked at and closed; after the crash somebody scans what is still on the screen.
import type { PaymentView, Snapshot } from '../../contract/snapshot.ts';
import { isOnline, printed, saleIs, scanAndTender, type Scenario, type Stage } from './stage.ts';

export type CodeTrial = {
  barcode: string;
  routeId: string;
  scan(content: string, pays: boolean): Promise<unknown>;
  /** An order that somebody has scanned can be ended at once. */
  endsScanned: boolean;
};

const last = ({ sale }: Snapshot): PaymentView | undefined => sale?.payments.at(-1);
const contentOf = (now: Snapshot): string | null => last(now)?.code?.content ?? null;

async function show(stage: Stage, { barcode, routeId }: CodeTrial): Promise<string> {
  const { rpc } = stage;
  await rpc.until('online', isOnline);
  await scanAndTender(stage, barcode);
  await rpc.call('payment.present', { routeId });
  return contentOf(await rpc.until('the code', (now) => contentOf(now) !== null)) ?? '';
}

async function payByScan(stage: Stage, trial: CodeTrial): Promise<void> {
  await trial.scan(await show(stage, trial), true);
  await stage.rpc.until('paid', saleIs('completed'));
  await printed(stage.rpc);
}

async function lookAndClose(stage: Stage, trial: CodeTrial): Promise<void> {
  const { rpc } = stage;
  await trial.scan(await show(stage, trial), false);
  await rpc.call('payment.giveUp', { attemptId: last(rpc.snapshot())?.attemptId });
  await rpc.until('closed', (now) => last(now)?.state === 'closed');
  await rpc.call('sale.cancel');
}

/** Whoever comes back to the counter pays what he sees there; one who has paid is told so by his app. */
async function scanWhatIsShown({ rpc }: Stage, { scan }: CodeTrial): Promise<void> {
  const isClear = (now: Snapshot) => last(now)?.state !== 'presenting' || contentOf(now) !== null;
  const content = contentOf(await rpc.until('a code, or none', isClear));
  if (content !== null) await scan(content, true).catch((error: unknown) => String(error));
}

export function codeScenarios(trial: CodeTrial): Scenario[] {
  const release = (stage: Stage) => scanWhatIsShown(stage, trial);
  const scanned: Scenario = { name: 'scanned', act: (stage) => payByScan(stage, trial), release };
  const closed: Scenario = { name: 'codeClosed', act: (stage) => lookAndClose(stage, trial), release };
  return trial.endsScanned ? [scanned, closed] : [scanned];
}
