import { describe, expect, it } from 'vitest';
import type { Port } from './connection.ts';
import { Session } from './session.ts';
import { Store } from './store.ts';

type Request = { id: number; command: string; params: unknown };

/** A core at the far end of a port: answers by a table, keeps what it was asked. */
class FakeCore implements Port {
  readonly asked: Request[] = [];
  readonly #listeners: Record<string, ((event: { data?: unknown }) => void)[]> = {};
  readonly #answers: Record<string, unknown>;

  constructor(answers: Record<string, unknown>) {
    this.#answers = answers;
  }

  addEventListener(type: string, listener: (event: { data?: unknown }) => void): void {
    (this.#listeners[type] ??= []).push(listener);
  }

  postMessage(frame: string): void {
    const request = JSON.parse(frame) as Request;
    this.asked.push(request);
    const answer = this.#answers[request.command];
    if (answer !== undefined) queueMicrotask(() => this.emit({ id: request.id, ...answer }));
  }

  emit(message: unknown): void {
    for (const listener of this.#listeners['message'] ?? []) listener({ data: JSON.stringify(message) });
  }

  die(): void {
    for (const listener of this.#listeners['close'] ?? []) listener({});
  }

  start(): void {}
  close(): void {}
}

const lin = { id: 'lin', name: '林晓', role: 'cashier' };
const yes = (result: unknown) => ({ ok: true, result });
const no = (code: string) => ({ ok: false, error: { code, detail: '' } });
const working = {
  'operator.signIn': yes({ token: 'token-0123456789', operator: lin }),
  'operator.signOut': yes(null),
  'snapshot.subscribe': yes({ sequence: 1 }),
  'snapshot.get': yes({ sequence: 2 }),
};

function fixture(token?: string) {
  const kept = new Map<string, string>(token === undefined ? [] : [['yima.token', token]]);
  const store = new Store();
  const session = new Session(store, {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  });
  return { kept, store, session };
}

const commands = (core: FakeCore) => core.asked.map(({ command }) => command);

describe('a session', () => {
  it('without a token shows the sign-in screen, then keeps the token of the PIN', async () => {
    const { kept, store, session } = fixture();
    const core = new FakeCore(working);
    await session.attach(core);
    const before = store.get().me;
    await session.signIn('lin', '1357');
    expect({ before, after: store.get().me, kept: kept.get('yima.token'), commands: commands(core) }).toEqual(
      {
        before: null,
        after: lin,
        kept: 'token-0123456789',
        commands: ['snapshot.subscribe', 'operator.signIn', 'snapshot.get'],
      },
    );
  });

  it('signs in again by token on a new core, and keeps the old screen until the new snapshot is here', async () => {
    const { store, session } = fixture('token-0123456789');
    const first = new FakeCore(working);
    await session.attach(first);
    first.emit({ push: 'snapshot', snapshot: { sequence: 7 } });
    first.die();
    const meanwhile = store.get();
    const second = new FakeCore(working);
    await session.attach(second);
    expect({
      meanwhile: [meanwhile.link, meanwhile.snapshot?.sequence, meanwhile.me],
      now: [store.get().link, store.get().snapshot?.sequence, store.get().me],
      commands: commands(second),
    }).toEqual({
      meanwhile: ['connecting', 7, lin],
      now: ['online', 1, lin],
      commands: ['operator.signIn', 'snapshot.subscribe'],
    });
  });

  it('asks for the PIN when the token is refused, and forgets the token', async () => {
    const { kept, store, session } = fixture('token-too-old-000');
    await session.attach(new FakeCore({ ...working, 'operator.signIn': no('E-AUTH-02') }));
    expect({ me: store.get().me, kept: kept.size }).toEqual({ me: null, kept: 0 });
  });

  it('keeps the token while a core refuses to sell', async () => {
    const { kept, session } = fixture('token-0123456789');
    await session.attach(new FakeCore({ ...working, 'operator.signIn': no('E-DB-06') }));
    expect(kept.size).toBe(1);
  });

  it('answers a command whose core died as lost, never as done or refused', async () => {
    const { store, session } = fixture();
    const core = new FakeCore({ 'snapshot.subscribe': yes({ sequence: 1 }) });
    await session.attach(core);
    const asked = session.send('sale.tender', {});
    core.die();
    expect({
      reply: await asked,
      again: await session.send('sale.tender', {}),
      refusal: store.get().refusal,
    }).toEqual({
      reply: { ok: false, lost: true },
      again: { ok: false, lost: true },
      refusal: null,
    });
  });

  it('shows a refusal until something works, and one of an unknown code as a mismatch of versions', async () => {
    const { store, session } = fixture();
    const core = new FakeCore({ ...working, 'sale.tender': no('E-SALE-01'), 'sale.cancel': no('E-NEW-99') });
    await session.attach(core);
    const codes: unknown[] = [];
    for (const command of ['sale.tender', 'sale.cancel', 'snapshot.get'] as const) {
      await session.send(command, {});
      codes.push(store.get().refusal?.code ?? null);
    }
    expect(codes).toEqual(['E-SALE-01', 'E-RPC-02', null]);
  });

  it('whose sign-out got no answer, for its core died, is over all the same: nobody else goes on in that name', async () => {
    const { kept, store, session } = fixture('token-0123456789');
    const { 'operator.signOut': _, ...hanging } = working;
    const first = new FakeCore(hanging);
    await session.attach(first);
    const leaving = session.signOut();
    first.die();
    await leaving;
    const second = new FakeCore(working);
    await session.attach(second);
    expect({ me: store.get().me, kept: kept.size, commands: commands(second) }).toEqual({
      me: null,
      kept: 0,
      commands: ['snapshot.subscribe'],
    });
  });

  it('ignores what an old connection still says', async () => {
    const { store, session } = fixture();
    const old = new FakeCore(working);
    await session.attach(old);
    await session.attach(new FakeCore(working));
    old.emit({ push: 'snapshot', snapshot: { sequence: 99 } });
    old.die();
    expect([store.get().snapshot?.sequence, store.get().link]).toEqual([1, 'online']);
  });

  it.each([
    ['locks', { operator: lin, isLocked: true }],
    ['has signed us out', { operator: null, isLocked: false }],
  ])('goes to the sign-in screen and forgets the token when the till %s by itself', async (_, change) => {
    const { kept, store, session } = fixture('token-0123456789');
    const core = new FakeCore({
      ...working,
      'snapshot.subscribe': yes({ sequence: 1, operator: lin, isLocked: false }),
    });
    await session.attach(core);
    core.emit({ push: 'snapshot', snapshot: { sequence: 2, ...change } });
    expect({ me: store.get().me, kept: kept.size }).toEqual({ me: null, kept: 0 });
  });

  it('stays signed in while the snapshot still tells of the locked till before the sign-in', async () => {
    const { store, session } = fixture();
    const locked = { operator: null, isLocked: true };
    const core = new FakeCore({
      ...working,
      'snapshot.subscribe': yes({ sequence: 1, ...locked }),
      'snapshot.get': yes({ sequence: 1, ...locked }),
    });
    await session.attach(core);
    await session.signIn('lin', '1357');
    core.emit({ push: 'snapshot', snapshot: { sequence: 2, operator: lin, isLocked: false } });
    expect(store.get().me).toEqual(lin);
  });

  it('forgets the token when a command finds nobody signed in', async () => {
    const { kept, store, session } = fixture('token-0123456789');
    await session.attach(new FakeCore({ ...working, 'sale.tender': no('E-AUTH-02') }));
    await session.send('sale.tender', {});
    expect({ me: store.get().me, kept: kept.size }).toEqual({ me: null, kept: 0 });
  });

  it('keeps a refusal that a search answers behind: nobody would have seen it', async () => {
    const { store, session } = fixture('token-0123456789');
    const answers = { 'goods.enter': no('E-SCAN-02'), 'goods.search': yes([]) };
    await session.attach(new FakeCore({ ...working, ...answers }));
    await session.send('goods.enter', { barcode: '690277' });
    await session.send('goods.search', { text: '690277' });
    expect(store.get().refusal?.code).toBe('E-SCAN-02');
  });

  it.each([
    ['undecided.list', {}],
    ['exceptions.list', {}],
    ['bills.list', {}],
  ] as const)('keeps a refusal while an open list asks anew: %s', async (command, params) => {
    const { store, session } = fixture('token-0123456789');
    await session.attach(
      new FakeCore({ ...working, 'exception.collect': no('E-SALE-02'), [command]: yes([]) }),
    );
    await session.send('exception.collect', { attemptId: 'P1' });
    await session.send(command, params);
    expect(store.get().refusal?.code).toBe('E-SALE-02');
  });

  it('leaves the want of a manager to the dialog that asks for one', async () => {
    const { store, session } = fixture('token-0123456789');
    await session.attach(new FakeCore({ ...working, 'drawer.open': no('E-AUTH-05') }));
    const reply = await session.send('drawer.open', { reason: 'change', after: 7 });
    expect({ reply, refusal: store.get().refusal }).toMatchObject({
      reply: { code: 'E-AUTH-05' },
      refusal: null,
    });
  });
});
