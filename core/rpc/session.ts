// One client connection, whatever carries it: text frames in, text frames out. Validates everything, trusts nothing.
import {
  type CommandName,
  type CommandParams,
  commandRoles,
  commandSchemas,
  approvableCommands,
  openCommands,
  type Role,
  type SignInResult,
} from '../../contract/commands.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { type Answer, MESSAGE_LIMIT_bytes, type Outbound, requestSchema } from '../../contract/envelope.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import type { Engine } from '../engine/engine.ts';
import type { CommandResult, Handlers, Who } from './command-types.ts';
import type { Operator, Operators } from './operators.ts';

export type ServerDependencies = {
  /** Null when the till refuses to sell: then only the snapshot can be had. */
  engine: Engine | null;
  /** Why the till refuses to sell, if it does: then every command but the snapshot is answered with it. */
  refusal: { code: ErrorCode; detail: string } | null;
  operators: Operators;
  handlers: Handlers | null;
  snapshot(): Snapshot;
  /** Only a manager may do this with these parameters, though others may use the command. */
  needsManager(command: CommandName, params: unknown, operatorId: string): boolean;
  /** Somebody is at the till: it does not lock itself yet. */
  touched(): void;
  now_ms(): number;
  /** A technician at the till's own screen who does nothing for so long has to sign in again. */
  lockAfter_ms: number;
};

export type Session = {
  receive(frame: string): void;
  /** Called after each change; pushes at most one snapshot per turn of the event loop. */
  changed(): void;
  close(): void;
};

/** An open list asks them anew with each record, and no hand does: they keep no till from its lock, and nobody signed in. */
const askedByLists: ReadonlySet<CommandName> = new Set(['exceptions.list', 'undecided.list', 'bills.list']);

const refused = (code: string, detail: string): CommandResult =>
  ({ ok: false, code, detail }) as Extract<CommandResult, { ok: false }>;

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSchemas, name);
}

/** `isCounter`: this connection is the till's own screen (or there is none): who signs in here sells here. */
type Connection = {
  operator: Operator | null;
  isSubscribed: boolean;
  isCounter: boolean;
  /** The last command of whoever is signed in. */
  usedAt_ms: number;
};

/** The till locked itself, or somebody else signed in at the counter: this screen's sign-in is over. */
function followCounter(deps: ServerDependencies, connection: Connection): void {
  const { operator, isCounter } = connection;
  if (!isCounter || operator === null || deps.engine === null) return;
  // The till's lock is about whoever sells; a technician is nobody's sale.
  if (operator.role === 'technician') {
    if (deps.now_ms() - connection.usedAt_ms > deps.lockAfter_ms) connection.operator = null;
    return;
  }
  if (deps.engine.state.operatorId !== operator.id) connection.operator = null;
}

/** Before sign-in a screen sees who may sign in and whether the till works, and nothing of sales or money. */
function shownTo(deps: ServerDependencies, connection: Connection): Snapshot {
  followCounter(deps, connection);
  const snapshot = deps.snapshot();
  const { operator } = connection;
  if (operator?.role === 'manager') return snapshot;
  // Bills and batches are the manager's.
  const { batches: _batches, ...others } = snapshot;
  const noBills = { ...others, comparing: { state: 'none' } } as const;
  if (operator?.role === 'technician') return noBills;
  const { backupFault: _, ...rest } = noBills;
  const forCashier = { ...rest, diagnosis: null };
  if (operator !== null) return forCashier;
  return {
    ...forCashier,
    sale: null,
    resolving: [],
    notice: null,
    exposure: { count: 0, total_fen: 0, oldest_ms: null, room_fen: 0, expectedLoss_fen: 0 },
    exceptionCount: 0,
    lastCashMove: null,
    parked: [],
    giveBacks: [],
    found: null,
    asked: null,
  };
}

function signIn(
  deps: ServerDependencies,
  connection: Connection,
  asked: CommandParams<'operator.signIn'>,
): CommandResult {
  const { operators, engine } = deps;
  const found =
    'token' in asked ? operators.withToken(asked.token) : operators.withPin(asked.operatorId, asked.pin);
  if (!found.ok) return refused(found.code, found.detail);
  connection.operator = found.operator;
  const { id, name, role } = found.operator;
  const sellsHere = connection.isCounter && role !== 'technician';
  const isHere = engine?.state.operatorId === id && !engine.state.isLocked;
  if (engine && sellsHere && !isHere) engine.ask({ kind: 'signedIn', operatorId: id, role });
  const result: SignInResult = { token: found.token, operator: { id, name, role } };
  return { ok: true, result };
}

function signOut(deps: ServerDependencies, connection: Connection): CommandResult {
  const { operator } = connection;
  if (operator === null) return refused('E-AUTH-02', '');
  deps.operators.forget(operator.id);
  connection.operator = null;
  if (connection.isCounter && deps.engine?.state.operatorId === operator.id)
    deps.engine.ask({ kind: 'signedOut' });
  return { ok: true, result: null };
}

const managersOnly: readonly Role[] = ['manager'];

type Allowed = { ok: true; who: Who } | Extract<CommandResult, { ok: false }>;

/** The role decides; where a manager may approve in place, his PIN stands in the parameters. Whatever the transport. */
function allowed(
  deps: ServerDependencies,
  connection: Connection,
  name: CommandName,
  params: unknown,
): Allowed {
  const { operator } = connection;
  if (operator === null) return refused('E-AUTH-02', name) as Extract<CommandResult, { ok: false }>;
  const isManagers = operator.role !== 'manager' && deps.needsManager(name, params, operator.id);
  const may = isManagers ? managersOnly : commandRoles[name];
  if (may.includes(operator.role))
    return { ok: true, who: { operatorId: operator.id, approverId: operator.id } };
  const no = (code: string, detail: string) => refused(code, detail) as Extract<CommandResult, { ok: false }>;
  if (!approvableCommands.includes(name) || operator.role === 'technician') return no('E-AUTH-03', name);
  const { approval } = params as { approval?: { operatorId: string; pin: string } };
  if (approval === undefined) return no('E-AUTH-05', name);
  const checked = deps.operators.checkPin(approval.operatorId, approval.pin);
  if (!checked.ok) return no(checked.code, checked.detail);
  if (!may.includes(checked.operator.role)) return no('E-AUTH-06', name);
  return { ok: true, who: { operatorId: operator.id, approverId: checked.operator.id } };
}

function perform(
  deps: ServerDependencies,
  connection: Connection,
  name: CommandName,
  params: unknown,
): CommandResult {
  const parsed = commandSchemas[name].safeParse(params ?? {});
  if (!parsed.success) {
    const issue = parsed.error.issues[0];
    return refused('E-RPC-03', `${name}: ${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`);
  }
  const { refusal } = deps;
  if (refusal !== null && !name.startsWith('snapshot.')) return refused(refusal.code, refusal.detail);
  const isByHand = !askedByLists.has(name);
  // Before it is asked who is signed in: the touch may find that the till has to be locked.
  if (isByHand && connection.isCounter && !name.startsWith('snapshot.')) deps.touched();
  followCounter(deps, connection);
  if (isByHand) connection.usedAt_ms = deps.now_ms();
  if (openCommands.includes(name)) return performOpen(deps, connection, name, parsed.data);
  const permission = allowed(deps, connection, name, parsed.data);
  if (!permission.ok) return permission;
  if (name === 'operator.signOut') return signOut(deps, connection);
  assert(deps.handlers !== null, 'a till that does not refuse has handlers');
  const handler = deps.handlers[name as keyof typeof deps.handlers] as (
    params: unknown,
    who: Who,
  ) => CommandResult;
  return handler(parsed.data, permission.who);
}

/** What may be asked before anybody has signed in. */
function performOpen(
  deps: ServerDependencies,
  connection: Connection,
  name: CommandName,
  params: unknown,
): CommandResult {
  switch (name) {
    case 'operator.signIn':
      return signIn(deps, connection, params as CommandParams<'operator.signIn'>);
    case 'snapshot.get':
      return { ok: true, result: shownTo(deps, connection) };
    case 'snapshot.subscribe':
      connection.isSubscribed = true;
      return { ok: true, result: shownTo(deps, connection) };
    default: {
      assert(deps.handlers !== null, 'a till that does not refuse has handlers');
      const nobody = { operatorId: '', approverId: '' };
      return deps.handlers['till.setLanguage'](params as CommandParams<'till.setLanguage'>, nobody);
    }
  }
}

function answerOf(deps: ServerDependencies, connection: Connection, frame: string): Answer {
  if (Buffer.byteLength(frame) > MESSAGE_LIMIT_bytes) {
    return { id: null, ok: false, error: { code: 'E-RPC-01', detail: `over ${MESSAGE_LIMIT_bytes} bytes` } };
  }
  let json: unknown;
  try {
    json = JSON.parse(frame);
  } catch (error) {
    return { id: null, ok: false, error: { code: 'E-RPC-01', detail: String(error) } };
  }
  const request = requestSchema.safeParse(json);
  if (!request.success) {
    return {
      id: null,
      ok: false,
      error: { code: 'E-RPC-01', detail: 'id and command are needed, nothing else but params' },
    };
  }
  const { id, command, params } = request.data;
  if (!isCommand(command)) return { id, ok: false, error: { code: 'E-RPC-02', detail: command } };
  const outcome = perform(deps, connection, command, params);
  if (outcome.ok) return { id, ok: true, result: outcome.result };
  return { id, ok: false, error: { code: outcome.code, detail: outcome.detail } };
}

export function createSession(
  deps: ServerDependencies,
  send: (frame: string) => void,
  isCounter: boolean,
): Session {
  const connection: Connection = { operator: null, isSubscribed: false, isCounter, usedAt_ms: deps.now_ms() };
  let isOpen = true;
  let isPushPlanned = false;
  const post = (message: Outbound) => send(JSON.stringify(message));
  return {
    receive: (frame) => {
      if (isOpen) post(answerOf(deps, connection, frame));
    },
    changed: () => {
      if (!connection.isSubscribed || isPushPlanned) return;
      isPushPlanned = true;
      setImmediate(() => {
        isPushPlanned = false;
        if (isOpen) post({ push: 'snapshot', snapshot: shownTo(deps, connection) });
      });
    },
    close: () => {
      isOpen = false;
    },
  };
}
