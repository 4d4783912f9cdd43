// Makes a till with so many queued payments, each through the real domain and the real store. What is queued is dropped from
// memory after each sale, so that the making costs the same for each however many there are; opening loads it all.
import { join } from 'node:path';
import { applyEvent, type ApplyOptions } from '../../core/engine/apply.ts';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { maskCode } from '../../core/domain/scan/router.ts';
import { isoFromMs } from '../../core/domain/time.ts';
import { systemClock, systemRandom } from '../../core/system.ts';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { tea } from '../../fixtures/databases/till.ts';
import { queueSettings, ROUTE } from '../support/bench-till.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type QueueInput = { directory: string; payments: number; seed: number };

const { directory, payments, seed } = trialInput<QueueInput>();
const store = openStore(join(directory, 'state'));
const vault = openCodeVault(join(directory, 'keys'));
const clock = systemClock();
let state = store.load();
let { hash: head } = store.head();

function apply(event: TillEvent, options: ApplyOptions = {}): void {
  const surroundings = {
    ...queueSettings,
    now_ms: Math.round(clock.steady_ms()),
    now_iso: isoFromMs(clock.wall_ms()),
    entropy: systemRandom.hex(8),
    clockTrusted: true,
    head,
  };
  const applied = applyEvent({ store, vault }, state, event, surroundings, options);
  if (applied.refusal !== null) throw new Error(`${event.kind}: ${applied.refusal}`);
  state = applied.state;
  head = applied.head?.hash ?? head;
}

function queueOne(code: string): void {
  apply({ kind: 'goodsEntered', goods: tea });
  apply({ kind: 'tenderStarted' });
  const scanned = { codeMask: maskCode(code), codeHmac: vault.fingerprint(code), deferrable: true };
  apply({ kind: 'codeScanned', routeId: ROUTE, scheme: 'WECHAT', queuedBefore: false, ...scanned }, { code });
  for (const row of store.openRows()) {
    if (row.kind !== 'print') continue;
    const printed = {
      receiptId: row.reference,
      print: 'printed',
      problem: null,
      proof: 'orderedStatus',
    } as const;
    apply({ kind: 'printEnded', ...printed }, { closeRowId: row.rowId });
  }
  apply({ kind: 'saleLeft' });
  state = { ...state, sales: {}, attempts: {}, receipts: {} };
}

apply({ kind: 'installed', epoch: 1 });
apply({ kind: 'coreStarted', version: '0.1.0', runtime: 'bench', sentIds: [], sentDrawerIds: [] });
apply({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
apply({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
const [drawer] = store.openRows();
if (drawer?.kind === 'openDrawer')
  apply(
    { kind: 'drawerEnded', openId: drawer.reference, outcome: 'failed', detail: 'bench' },
    { closeRowId: drawer.rowId },
  );
const isDown = { online: false, cause: 'ECONNREFUSED', layer: null, storeAndForward: true };
apply({ kind: 'routeObserved', routeId: ROUTE, ...isDown });
const codes = codeMaker(seed);
for (let index = 0; index < payments; index += 1) queueOne(codes.wechat());
const queued = Object.values(store.load().attempts).filter(
  ({ machine }) => machine.state.kind === 'queued',
).length;
store.close();
if (queued !== payments) throw new Error(`${queued} payments are queued instead of ${payments}`);
trialResult({ queued });
