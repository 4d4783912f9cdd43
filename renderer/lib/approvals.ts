// A manager's consent in place. A command that the core answers with E-AUTH-05 waits here while the dialog asks who
// approves; with his PIN the same command goes out again. Whatever the dialog does, the asker gets one answer. It ends with the
// sign-in of whoever asked: under another name nobody carries out what that one never asked for; and with what was asked about, when
// that changes meanwhile.
import type { CommandName, CommandParams } from '../../contract/commands.ts';
import type { ErrorCode } from '../../contract/errors.ts';
import type { Reply } from './connection.ts';
import type { Send } from './session.ts';
import type { Store } from './store.ts';

/** The commands whose parameters take an approval. (Those without any parameter have every name for a key.) */
export type Approvable = {
  [Name in CommandName]: string extends keyof CommandParams<Name>
    ? never
    : 'approval' extends keyof CommandParams<Name>
      ? Name
      : never;
}[CommandName];

export type Consent = { operatorId: string; pin: string };

/** `amount_fen`: the money that it moves, where it moves some. `wrong`: why the last PIN was not taken. */
export type Pending = {
  command: Approvable;
  amount_fen: number | null;
  wrong: ErrorCode | null;
  isBusy: boolean;
};

/** The core's words about the consent itself: the dialog stays and says so. All others are about the command. */
const aboutConsent: readonly string[] = ['E-AUTH-01', 'E-AUTH-04', 'E-AUTH-05', 'E-AUTH-06'];

export class Approvals {
  readonly #send: Send;
  readonly #store: Pick<Store, 'get' | 'subscribe'>;
  readonly #listeners = new Set<() => void>();
  #pending: Pending | null = null;
  #again: ((consent: Consent) => Promise<Reply>) | null = null;
  #answer: ((reply: Reply) => void) | null = null;
  #refusal: Reply | null = null;
  #askerId: string | undefined;
  #isMeant: () => boolean = () => true;

  constructor(send: Send, store: Pick<Store, 'get' | 'subscribe'>) {
    this.#send = send;
    this.#store = store;
    store.subscribe(() => {
      if (!this.#isAskerHere || !this.#isMeant()) this.cancel();
    });
  }

  get #isAskerHere(): boolean {
    return this.#store.get().me?.id === this.#askerId;
  }

  get = (): Pending | null => this.#pending;

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  /** Sends it as it is; asks for a manager only when the core wants one. `isMeant`: what it is about is still as it was asked about. */
  async send<Name extends Approvable>(
    command: Name,
    params: CommandParams<Name>,
    amount_fen: number | null = null,
    isMeant: () => boolean = () => true,
  ): Promise<Reply> {
    const askerId = this.#store.get().me?.id;
    const reply = await this.#send(command, params);
    if (reply.ok || reply.lost || reply.code !== 'E-AUTH-05') return reply;
    // It may have changed while the refusal was on its way.
    if (!isMeant()) return reply;
    // A PIN is on its way for another one: its answer is that one's, and this one is to be asked for again.
    if (this.#pending?.isBusy === true) return reply;
    this.cancel();
    this.#isMeant = isMeant;
    this.#askerId = askerId;
    if (!this.#isAskerHere) return reply;
    return new Promise((resolve) => {
      this.#again = (approval) => this.#send(command, { ...params, approval });
      this.#answer = resolve;
      this.#refusal = reply;
      this.#set({ command, amount_fen, wrong: null, isBusy: false });
    });
  }

  async approve(consent: Consent): Promise<void> {
    const pending = this.#pending;
    if (pending === null || pending.isBusy || this.#again === null) return;
    this.#set({ ...pending, isBusy: true });
    const reply = await this.#again(consent);
    const isOpen = this.#isAskerHere && this.#isMeant();
    if (!reply.ok && !reply.lost && aboutConsent.includes(reply.code) && isOpen) {
      this.#set({ ...pending, wrong: reply.code as ErrorCode, isBusy: false });
      return;
    }
    this.#close(reply);
  }

  /** Nobody approves: the asker gets the core's refusal. Not while a PIN is on its way: that may have been carried out. */
  cancel(): void {
    if (this.#pending?.isBusy !== true && this.#refusal !== null) this.#close(this.#refusal);
  }

  #close(reply: Reply): void {
    const answer = this.#answer;
    this.#again = null;
    this.#answer = null;
    this.#refusal = null;
    this.#set(null);
    answer?.(reply);
  }

  #set(pending: Pending | null): void {
    this.#pending = pending;
    for (const listener of this.#listeners) listener();
  }
}
