// The tests that `yima doctor` has somebody watch, each to its end: a page on paper, a pulse to the drawer. How one ends is said, and
// nothing that goes wrong in it ends the command: the examination before it and the test behind it stand for themselves.
import type { DiagnosisView, PartTestView } from '../../contract/diagnostics.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { printerTimings } from '../../drivers/printer/timings.ts';
import { DEADLINE_ms, NeverCame, type RpcClient, RpcRefused } from '../rpc/client.ts';
import { explain, print, Refused } from './program.ts';

export type Part = 'printTest' | 'drawerTest';

/**
 * The printer waits so long for paper that runs out in the page, and as long before it in a receipt that is ahead of the page. A drawer's
 * pulse waits for nobody.
 */
const limits_ms: Readonly<Record<Part, number>> = {
  printTest: 2 * printerTimings.resume_ms + DEADLINE_ms,
  drawerTest: DEADLINE_ms,
};

export function diagnosisOf(snapshot: Snapshot): DiagnosisView {
  if (snapshot.diagnosis === null) throw new Refused(explain('E-AUTH-03', 'diagnostics'));
  return snapshot.diagnosis;
}

/** A core that dies meanwhile is waited for no longer. `what`: in the middle of which. */
export function alive(client: RpcClient, what: string, snapshot: Promise<Snapshot>): Promise<Snapshot> {
  const died = client.closed.then(() => {
    throw new RpcRefused('CLOSED', `the core ended in the middle of ${what}`);
  });
  return Promise.race([snapshot, died]);
}

/** In the words of a refusal. */
export function toldBy(error: RpcRefused): string {
  return explain(error.code, error.message.slice(error.code.length + 1));
}

/** Refused by the core it never began; of one whose end was not seen nobody knows. */
function endBy(error: unknown): PartTestView {
  if (error instanceof RpcRefused)
    return { state: error.code === 'CLOSED' ? 'unsure' : 'failed', detail: toldBy(error) };
  if (error instanceof NeverCame || error instanceof Refused)
    return { state: 'unsure', detail: error.message };
  throw error;
}

async function endOf(client: RpcClient, part: Part): Promise<PartTestView> {
  const hasEnded = (snapshot: Snapshot) => !['none', 'running'].includes(diagnosisOf(snapshot)[part].state);
  try {
    await client.call(`diagnostics.${part}`);
    // Anew: the newest snapshot may be from before the call and show how an earlier test ended.
    await client.subscribe();
    const ended = client.until(`the end of ${part}`, hasEnded, limits_ms[part]);
    return diagnosisOf(await alive(client, part, ended))[part];
  } catch (error) {
    return endBy(error);
  }
}

/** Null where it is done; else what it came to, in a word. */
export async function testPart(client: RpcClient, part: Part): Promise<string | null> {
  const { state, detail } = await endOf(client, part);
  await print(`${part}: ${state} ${detail}`);
  return state === 'done' ? null : `${part} ${state}`;
}
