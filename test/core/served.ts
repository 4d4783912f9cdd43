// The commands of a core on a stage, as a screen or a socket asks for them.
import type { Snapshot } from '../../contract/snapshot.ts';
import { createHandlers } from '../../core/rpc/commands.ts';
import { needsManager } from '../../core/rpc/managers-papers.ts';
import { createOperators, hashPin } from '../../core/rpc/operators.ts';
import { createRpcServer } from '../../core/rpc/server.ts';
import { snapshotOf } from '../../core/rpc/view.ts';
import { cash, tea } from '../../fixtures/databases/till.ts';
import { engineStage } from './engine-stage.ts';
import { pinMemory } from './pin-memory.ts';

export const pins = { lin: '1357', chen: '2468', wu: '9753' };
export const operators = [
  { id: 'lin', name: '林晓', role: 'cashier' as const, pin: hashPin(pins.lin) },
  { id: 'chen', name: '陈岚', role: 'manager' as const, pin: hashPin(pins.chen) },
  { id: 'wu', name: '吴工', role: 'technician' as const, pin: hashPin(pins.wu) },
];

export type Message = {
  id?: number | null;
  ok?: boolean;
  result?: unknown;
  error?: { code: string };
  push?: string;
  snapshot?: Snapshot;
};

const refusedClosing = { ok: false, code: 'E-REP-01', detail: 'test' } as const;

/** A core on a stage, and the screens and sockets that ask it. `refusal`: why it sells nothing. */
export function serve(refusal: Snapshot['refusal'] = null) {
  const stage = engineStage();
  stage.engine.post({ kind: 'signedOut' });
  let tokens = {};
  let touches = 0;
  let onTouch: () => void = () => undefined;
  const settings = {
    store: { name_zh: '店', name_en: 'Store' },
    terminalCode: '20260002',
    pxPerMm: 5.94,
    lockAfter_s: 300,
    wedge: { goods: false },
    denominations_fen: [100],
    cash,
  };
  const view = { ...settings, operators, routes: {} };
  const catalogue = { find: () => tea, search: () => [tea], count: () => 1 };
  const enterGoods = () => stage.engine.ask({ kind: 'goodsEntered', goods: tea });
  const server = createRpcServer({
    engine: refusal === null ? stage.engine : null,
    refusal,
    operators: createOperators(
      operators,
      { read: () => tokens, write: (next) => (tokens = next) },
      () => 0,
      pinMemory(),
    ),
    needsManager: (...asked) => needsManager(stage, ...asked),
    touched: () => {
      touches += 1;
      onTouch();
    },
    now_ms: () => stage.clock.steady_ms(),
    lockAfter_ms: settings.lockAfter_s * 1000,
    handlers:
      refusal === null
        ? createHandlers({
            engine: stage.engine,
            store: stage.store,
            catalogue,
            terminalCode: settings.terminalCode,
            reconciling: {
              bills: () => ({ folder: '/bills', fault: null, routes: [], files: [], done: [] }),
              compare: () => 'E-BILL-02',
              fetch: () => 'E-BILL-08',
            },
            present: () => 'E-SALE-02',
            enterGoods,
            verifyJournal: () => 'verified',
            closing: { takeX: () => refusedClosing, closeDay: () => refusedClosing },
            diagnostics: {
              start: () => 1,
              scanTest: () => null,
              printTest: () => null,
              drawerTest: () => null,
              wallets: () => ({ wallets: [] }),
              measures: () => ({
                memory_bytes: 1,
                heap_bytes: 1,
                outsideHeap_bytes: 1,
                commits: { count: 0, recent_ms: [] },
              }),
              writeReport: () => ({ ok: false, detail: 'ENOSPC' }),
            },
          })
        : null,
    snapshot: () => ({ ...snapshotOf(stage.engine, stage.store, view, 0), refusal }),
  });
  stage.engine.onChange(server.changed);
  const connect = (isCounter: boolean) => {
    const heard: Message[] = [];
    const accept = isCounter ? server.acceptCounter : server.accept;
    const session = accept((frame) => heard.push(JSON.parse(frame) as Message));
    let id = 0;
    const ask = (command: string, params?: unknown): Message => {
      id += 1;
      session.receive(JSON.stringify({ id, command, params }));
      return heard.findLast((message) => message.id === id) ?? {};
    };
    const signIn = (operatorId: keyof typeof pins) =>
      ask('operator.signIn', { operatorId, pin: pins[operatorId] });
    return { heard, session, ask, signIn };
  };
  return {
    stage,
    server,
    connect,
    touches: () => touches,
    onTouch: (run: () => void) => {
      onTouch = run;
    },
  };
}

export const codeOf = (message: Message): string => message.error?.code ?? 'ok';
