// Makes a till with so many queued payments, each through the real engine and the real store. After every hundred the engine begins
// anew without what is queued, so that the making costs the same for each however many there are; opening loads it all.
import { join } from 'node:path';
import type { TillEvent } from '../../core/domain/till/events.ts';
import { maskCode } from '../../core/domain/scan/router.ts';
import type { TillState } from '../../core/domain/till/state.ts';
import { createEngine, type Engine } from '../../core/engine/engine.ts';
import { systemClock, systemRandom } from '../../core/system.ts';
import { openCodeVault } from '../../db/code-vault.ts';
import { openStore } from '../../db/store.ts';
import { codeMaker } from '../../fixtures/codes.ts';
import { tea } from '../../fixtures/databases/till.ts';
import { queueSettings, ROUTE } from '../support/bench-till.ts';
import { trialInput, trialResult } from '../support/trial-input.ts';

export type QueueInput = { directory: string; payments: number; seed: number };

const GENERATION = 100;

const { directory, payments, seed } = trialInput<QueueInput>();
const store = openStore(join(directory, 'state'));
const vault = openCodeVault(join(directory, 'keys'));

function engineFrom(state: TillState): Engine {
  const fatal = (error: unknown): void => {
    throw error;
  };
  const ports = { vault, clock: systemClock(), random: systemRandom };
  return createEngine({
    ...ports,
    store: { ...store, load: () => state },
    settings: queueSettings,
    fatal,
  });
}

let engine = engineFrom(store.load());

function mustAsk(event: TillEvent, code?: string): void {
  const refusal = engine.ask(event, code === undefined ? {} : { code });
  if (refusal !== null) throw new Error(`${event.kind}: ${refusal}`);
}

/** The till's papers come out, its drawer opens. */
function endDevices(): void {
  for (const { kind, reference, rowId } of store.openRows()) {
    if (kind === 'print') {
      const printed = { print: 'printed', problem: null, proof: 'orderedStatus' } as const;
      engine.post({ kind: 'printEnded', receiptId: reference, ...printed }, { closeRowId: rowId });
    }
    if (kind !== 'openDrawer') continue;
    const opened = { openId: reference, outcome: 'opened', detail: '' } as const;
    engine.post({ kind: 'drawerEnded', ...opened }, { closeRowId: rowId });
  }
}

function queueOne(code: string): void {
  mustAsk({ kind: 'goodsEntered', goods: tea });
  mustAsk({ kind: 'tenderStarted' });
  const codeHmac = vault.fingerprint(code);
  const scanned = { codeMask: maskCode(code), codeHmac, deferrable: true, queuedBefore: false };
  mustAsk({ kind: 'codeScanned', routeId: ROUTE, scheme: 'WECHAT', ...scanned }, code);
  endDevices();
  mustAsk({ kind: 'saleLeft' });
}

engine.post({ kind: 'installed', epoch: 1 });
engine.post({ kind: 'coreStarted', version: '0.1.0', runtime: 'bench', sentIds: [], sentDrawerIds: [] });
mustAsk({ kind: 'signedIn', operatorId: 'lin', role: 'cashier' });
mustAsk({ kind: 'shiftOpened', operatorId: 'lin', float_fen: 20_000 });
endDevices();
const isDown = { online: false, cause: 'ECONNREFUSED', layer: null, storeAndForward: true };
engine.post({ kind: 'routeObserved', routeId: ROUTE, ...isDown });
const codes = codeMaker(seed);
for (let index = 0; index < payments; index += 1) {
  queueOne(codes.wechat());
  if (index % GENERATION !== GENERATION - 1) continue;
  engine.stop();
  engine = engineFrom({ ...engine.state, sales: {}, attempts: {}, receipts: {} });
}
const queued = Object.values(store.load().attempts).filter(
  ({ machine }) => machine.state.kind === 'queued',
).length;
store.close();
if (queued !== payments) throw new Error(`${queued} payments are queued instead of ${payments}`);
trialResult({ queued });
