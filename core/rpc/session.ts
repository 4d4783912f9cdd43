// One client connection, whatever carries it: text frames in, text frames out. Validates everything, trusts nothing.
import {
  type CommandName,
  type CommandParams,
  commandRoles,
  commandSchemas,
  openCommands,
  type SignInResult,
} from '../../contract/commands.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import { type Answer, MESSAGE_LIMIT_bytes, type Outbound, requestSchema } from '../../contract/envelope.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { assert } from '../domain/assert.ts';
import type { Engine } from '../engine/engine.ts';
import type { CommandResult, createHandlers } from './commands.ts';
import type { Operator, Operators } from './operators.ts';

export type ServerDependencies = {
  /** Null when the till refuses to sell: then only the snapshot can be had. */
  engine: Engine | null;
  /** Why the till refuses to sell, if it does: then every command but the snapshot is answered with it. */
  refusal: { code: ErrorCode; detail: string } | null;
  operators: Operators;
  handlers: ReturnType<typeof createHandlers> | null;
  snapshot(): Snapshot;
};

export type Session = {
  receive(frame: string): void;
  /** Called after each change; pushes at most one snapshot per turn of the event loop. */
  changed(): void;
  close(): void;
};

const refused = (code: string, detail: string): CommandResult =>
  ({ ok: false, code, detail }) as Extract<CommandResult, { ok: false }>;

function isCommand(name: string): name is CommandName {
  return Object.hasOwn(commandSchemas, name);
}

/** `isCounter`: this connection is the till's own screen (or there is none): who signs in here sells here. */
type Connection = { operator: Operator | null; isSubscribed: boolean; isCounter: boolean };

/** Before sign-in a screen sees who may sign in and whether the till works, and nothing of sales or money. */
function shownTo(deps: ServerDependencies, connection: Connection): Snapshot {
  const snapshot = deps.snapshot();
  if (connection.operator !== null) return snapshot;
  const nothing = { count: 0, total_fen: 0, oldest_ms: null, room_fen: 0 };
  return { ...snapshot, sale: null, resolving: [], notice: null, exposure: nothing, exceptionCount: 0 };
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
  if (engine && sellsHere && engine.state.operatorId !== id)
    engine.ask({ kind: 'signedIn', operatorId: id, role });
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
  if (!openCommands.includes(name)) {
    if (connection.operator === null) return refused('E-AUTH-02', name);
    if (!commandRoles[name].includes(connection.operator.role)) return refused('E-AUTH-03', name);
  }
  switch (name) {
    case 'operator.signIn':
      return signIn(deps, connection, parsed.data as CommandParams<'operator.signIn'>);
    case 'operator.signOut':
      return signOut(deps, connection);
    case 'snapshot.get':
      return { ok: true, result: shownTo(deps, connection) };
    case 'snapshot.subscribe':
      connection.isSubscribed = true;
      return { ok: true, result: shownTo(deps, connection) };
    default: {
      assert(deps.handlers !== null, 'a till that does not refuse has handlers');
      const handler = deps.handlers[name] as (params: unknown, operatorId: string) => CommandResult;
      return handler(parsed.data, connection.operator?.id ?? '');
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
  const connection: Connection = { operator: null, isSubscribed: false, isCounter };
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
