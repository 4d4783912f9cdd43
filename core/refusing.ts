// A till that can't open its journal, configuration or catalogue: it serves one screen that says so, and sells nothing.
import type { ErrorCode } from '../contract/errors.ts';
import type { Snapshot } from '../contract/snapshot.ts';
import { createOperators } from './rpc/operators.ts';
import { createRpcServer, type RpcServer } from './rpc/server.ts';
import { systemClock } from './system.ts';

/** Without a configuration: 10 inches at 1280 x 800. */
const DEFAULT_pxPerMm = 5.94;

export function refusingServer(refusal: { code: ErrorCode; detail: string }): RpcServer {
  const clock = systemClock();
  const snapshot = (): Snapshot => ({
    sequence: 0,
    now_ms: Math.round(clock.wall_ms()),
    refusal,
    store: { name_zh: '', name_en: '', terminalCode: '' },
    pxPerMm: DEFAULT_pxPerMm,
    language: 'zh',
    operators: [],
    operator: null,
    sale: null,
    resolving: [],
    notice: null,
    print: { state: 'none', reason: null, cause: null, proof: null, receiptId: null },
    routes: [],
    printers: [],
    scanners: [],
    exposure: { count: 0, total_fen: 0, oldest_ms: null, room_fen: 0, expectedLoss_fen: 0 },
    exceptionCount: 0,
    shift: null,
    counts: { cashMoves: 0, drawerOpens: 0, zNumber: 1 },
    lastCashMove: null,
    parked: [],
    giveBacks: [],
    found: null,
    asked: null,
    comparing: { state: 'none' },
    drawer: 'none',
    lockAfter_s: 0,
    isLocked: false,
    denominations_fen: [],
    businessDate: null,
    wedge: { goods: false },
    diagnosis: null,
    journal: { sequence: 0, shortHash: '' },
  });
  const nobody = {
    now_ms: clock.steady_ms,
    wrong: () => ({ count: 0, lockedUntil_ms: 0 }),
    recordWrong: () => undefined,
    clear: () => undefined,
  };
  const noTokens = { read: () => ({}), write: () => undefined };
  const operators = createOperators([], noTokens, clock.wall_ms, nobody);
  const touched = () => undefined;
  const never = { touched, needsManager: () => false, now_ms: () => 0, lockAfter_ms: 0 };
  return createRpcServer({ engine: null, refusal, operators, handlers: null, snapshot, ...never });
}
