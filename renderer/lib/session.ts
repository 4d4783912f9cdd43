// A page's session with the core over whatever connection there is now: signs in again by token after a restart of the
// core or a crash of the page, so that the same screen comes back without a PIN.
import type { CommandName, CommandParams, SignInResult } from '../../contract/commands.ts';
import { type ErrorCode, errorCodes } from '../../contract/errors.ts';
import type { Snapshot } from '../../contract/snapshot.ts';
import { type Connection, openConnection, type Port, type Reply } from './connection.ts';
import type { Store } from './store.ts';

/** Where the token is kept: survives a reload of the page, not the end of the program. */
export type TokenBox = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

const TOKEN_key = 'yima.token';

/** Asked by a screen for itself and not by a key: their answers leave standing what a key was refused just before. */
const ownQuestions: ReadonlySet<CommandName> = new Set([
  'goods.search',
  'reports.list',
  'exceptions.list',
  'undecided.list',
  'bills.list',
  'return.preview',
]);

export type Send = <Name extends CommandName>(command: Name, params: CommandParams<Name>) => Promise<Reply>;

function asErrorCode(code: string): ErrorCode {
  // A code we have no words for comes from a core of another version.
  return errorCodes.find((known) => known === code) ?? 'E-RPC-02';
}

export class Session {
  readonly #store: Store;
  readonly #tokens: TokenBox;
  #connection: Connection | null = null;

  constructor(store: Store, tokens: TokenBox) {
    this.#store = store;
    this.#tokens = tokens;
  }

  /** A new port has come: the core is up. The screen stays as it was until the first snapshot is here. */
  async attach(port: Port): Promise<void> {
    this.#connection?.end();
    const connection = openConnection(
      port,
      (snapshot) => this.#show(connection, snapshot),
      () => this.#lost(connection),
    );
    this.#connection = connection;
    await this.#signInAgain(connection);
    const reply = await connection.request('snapshot.subscribe', {});
    if (reply.ok) this.#show(connection, reply.result as Snapshot);
  }

  /** By the token of an earlier sign-in. A core that refuses to sell says nothing about the token: it is kept. */
  async #signInAgain(connection: Connection): Promise<void> {
    const token = this.#tokens.getItem(TOKEN_key);
    if (token === null) {
      this.#store.set({ me: null });
      return;
    }
    const reply = await connection.request('operator.signIn', { token });
    if (connection !== this.#connection || (!reply.ok && reply.lost)) return;
    if (!reply.ok && reply.code.startsWith('E-AUTH')) this.#tokens.removeItem(TOKEN_key);
    this.#store.set({ me: reply.ok ? (reply.result as SignInResult).operator : null });
  }

  send: Send = async (command, params) => {
    const connection = this.#connection;
    if (connection === null) return { ok: false, lost: true };
    const reply = await connection.request(command, params);
    if (reply.ok && !ownQuestions.has(command)) this.#store.set({ refusal: null });
    else if (!reply.ok && !reply.lost) this.#refused(reply.code, reply.detail);
    return reply;
  };

  async signIn(operatorId: string, pin: string): Promise<Reply> {
    const reply = await this.send('operator.signIn', { operatorId, pin });
    if (reply.ok) {
      const { token, operator } = reply.result as SignInResult;
      this.#tokens.setItem(TOKEN_key, token);
      this.#store.set({ me: operator });
      await this.#look();
    }
    return reply;
  }

  /** Without an answer, too: its core died, and whoever has left is not signed in again at the next one. */
  async signOut(): Promise<void> {
    this.#tokens.removeItem(TOKEN_key);
    const reply = await this.send('operator.signOut', {});
    if (!reply.ok && !reply.lost) return;
    this.#dropped();
    await this.#look();
  }

  /** What a signed-in connection sees differs from what it saw before, and no change of the till pushes it. */
  async #look(): Promise<void> {
    const connection = this.#connection;
    const reply = await connection?.request('snapshot.get', {});
    if (connection && reply?.ok) this.#show(connection, reply.result as Snapshot);
  }

  /** Nobody is signed in here any more: back to the sign-in screen, and the old token is worth nothing. */
  #dropped(): void {
    this.#tokens.removeItem(TOKEN_key);
    this.#store.set({ me: null });
  }

  #refused(code: string, detail: string): void {
    if (code === 'E-AUTH-02') this.#dropped();
    // The dialog that asks for a manager says it: lib/approvals.ts.
    if (code === 'E-AUTH-05' && this.#store.get().me?.role !== 'manager') return;
    this.#store.set({ refusal: { code: asErrorCode(code), detail } });
  }

  #show(connection: Connection, snapshot: Snapshot): void {
    if (connection !== this.#connection) return;
    const { snapshot: before, me } = this.#store.get();
    // The core itself ended the sign-in: the till has locked, or the seller was signed out from elsewhere. A technician
    // never is the till's operator. Only the change counts: just after a sign-in the old state may still be under way.
    const isLocked = snapshot.isLocked && before?.isLocked === false;
    const isSignedOut = snapshot.operator === null && before?.operator?.id === me?.id;
    if (me !== null && before !== null && (isLocked || isSignedOut)) this.#dropped();
    this.#store.set({ snapshot, receivedAt_ms: performance.now(), link: 'online' });
  }

  #lost(connection: Connection): void {
    if (connection !== this.#connection) return;
    this.#connection = null;
    this.#store.set({ link: 'connecting' });
  }
}
