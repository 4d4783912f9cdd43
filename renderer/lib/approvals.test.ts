import { describe, expect, it } from 'vitest';
import { approvableCommands } from '../../contract/commands.ts';
import { type Approvable, Approvals } from './approvals.ts';
import type { Reply } from './connection.ts';
import type { Send } from './session.ts';
import { Store } from './store.ts';

const no = (code: string): Reply => ({ ok: false, lost: false, code, detail: '' });
const yes: Reply = { ok: true, result: 7 };
const manager = { operatorId: 'wang', pin: '2468' };
const lin = { id: 'lin', name: '林晓', role: 'cashier' } as const;
const chen = { id: 'chen', name: '陈默', role: 'cashier' } as const;

/** A core that gives these answers in turn, and keeps what it was asked. The cashier is signed in. */
function fixture(...answers: (Reply | Promise<Reply>)[]) {
  const asked: unknown[] = [];
  const send = ((command: string, params: unknown) => {
    asked.push([command, params]);
    return Promise.resolve(answers.shift() ?? no('E-RPC-02'));
  }) as Send;
  const store = new Store();
  store.set({ me: lin });
  return { asked, store, approvals: new Approvals(send, store) };
}

const open = { reason: '换零钱', after: 7 };
const settled = () => new Promise((resolve) => setTimeout(resolve, 0));

describe('an approval in place', () => {
  it('is not asked for where the core wants none: a manager, say', async () => {
    const { asked, approvals } = fixture(yes);
    const reply = await approvals.send('drawer.open', open);
    expect({ reply, pending: approvals.get(), asked }).toEqual({
      reply: yes,
      pending: null,
      asked: [['drawer.open', open]],
    });
  });

  it('sends the same command again with the PIN, and the asker gets that answer', async () => {
    const { asked, approvals } = fixture(no('E-AUTH-05'), yes);
    const reply = approvals.send('drawer.open', open);
    await settled();
    const pending = approvals.get();
    await approvals.approve(manager);
    expect({ pending, reply: await reply, after: approvals.get(), asked }).toEqual({
      pending: { command: 'drawer.open', amount_fen: null, wrong: null, isBusy: false },
      reply: yes,
      after: null,
      asked: [
        ['drawer.open', open],
        ['drawer.open', { ...open, approval: manager }],
      ],
    });
  });

  it.each(['E-AUTH-01', 'E-AUTH-04', 'E-AUTH-06'])('says %s and stays open for another try', async (code) => {
    const { approvals } = fixture(no('E-AUTH-05'), no(code), yes);
    const reply = approvals.send('report.x', {});
    await settled();
    await approvals.approve({ ...manager, pin: '0000' });
    const wrong = approvals.get()?.wrong;
    await approvals.approve(manager);
    expect({ wrong, reply: await reply }).toEqual({ wrong: code, reply: yes });
  });

  it('closes on a refusal that is about the command itself', async () => {
    const { approvals } = fixture(no('E-AUTH-05'), no('E-CASH-04'));
    const reply = approvals.send('cash.paidOut', { amount_fen: 100, reason: '买水', after: 2 });
    await settled();
    await approvals.approve(manager);
    expect({ reply: await reply, pending: approvals.get() }).toEqual({
      reply: no('E-CASH-04'),
      pending: null,
    });
  });

  it('answers with the refusal when nobody approves', async () => {
    const { approvals } = fixture(no('E-AUTH-05'));
    const reply = approvals.send('day.close', { zNumber: 4 });
    await settled();
    approvals.cancel();
    expect(await reply).toEqual(no('E-AUTH-05'));
  });

  it('names the sum', async () => {
    const { approvals } = fixture(no('E-AUTH-05'));
    void approvals.send('giveBack.payCash', { giveBackId: 'G1', reason: '顾客要现金' }, 4_990);
    await settled();
    expect(approvals.get()?.amount_fen).toBe(4_990);
  });

  it('is possible for exactly the commands that the contract names', async () => {
    const names = {
      'cash.paidOut': 1,
      'drawer.open': 1,
      'return.open': 1,
      'giveBack.payCash': 1,
      'giveBack.retry': 1,
      'giveBack.seeLoss': 1,
      'giveBack.confirmBack': 1,
      'office.confirm': 1,
    };
    const more = { 'exception.writeOff': 1, 'report.x': 1, 'day.close': 1, 'receipt.reprint': 1 };
    const typed = { ...names, ...more } satisfies Record<Approvable, number>;
    expect(Object.keys(typed).toSorted()).toEqual([...approvableCommands].toSorted());
  });
});

describe('an approval ends with the sign-in of whoever asked for it', () => {
  const paidOut = { amount_fen: 50_000, reason: '送存银行', after: 2 };

  it.each([
    ['the till locks', null],
    ['another one signs in', chen],
  ])('%s', async (_, me) => {
    const { approvals, asked, store } = fixture(no('E-AUTH-05'), yes);
    const reply = approvals.send('cash.paidOut', paidOut);
    await settled();
    store.set({ me });
    expect(approvals.get()).toBeNull();
    expect(await reply).toEqual(no('E-AUTH-05'));
    await approvals.approve(manager);
    expect(asked).toEqual([['cash.paidOut', paidOut]]);
  });

  it('is not even asked for when the core wants it too late', async () => {
    const { approvals, store } = fixture(no('E-AUTH-05'));
    const reply = approvals.send('cash.paidOut', paidOut);
    store.set({ me: chen });
    expect([await reply, approvals.get()]).toEqual([no('E-AUTH-05'), null]);
  });

  it('with a PIN under way it ends with the answer, whatever that is', async () => {
    const late = Promise.withResolvers<Reply>();
    const { approvals, store } = fixture(no('E-AUTH-05'), late.promise);
    const reply = approvals.send('cash.paidOut', paidOut);
    await settled();
    const approving = approvals.approve(manager);
    store.set({ me: null });
    expect(approvals.get()?.isBusy).toBe(true);
    late.resolve(no('E-AUTH-01'));
    await approving;
    expect([await reply, approvals.get()]).toEqual([no('E-AUTH-01'), null]);
  });

  it('not when the same one is signed in again by token, after a restart of the core', async () => {
    const { approvals, store } = fixture(no('E-AUTH-05'));
    void approvals.send('cash.paidOut', paidOut);
    await settled();
    store.set({ me: { ...lin } });
    expect(approvals.get()?.command).toBe('cash.paidOut');
  });
});

describe('an approval ends with what it was asked about', () => {
  const payCash = { giveBackId: 'G1', reason: '顾客要现金' };

  /** It stands as it was until `changes` is called. */
  function asking(...answers: (Reply | Promise<Reply>)[]) {
    const { approvals, asked, store } = fixture(...answers);
    let isAsItWas = true;
    const reply = approvals.send('giveBack.payCash', payCash, 4_990, () => isAsItWas);
    const changes = () => {
      isAsItWas = false;
      store.set({ receivedAt_ms: 1 });
    };
    return { approvals, asked, reply, changes };
  }

  it('that changes before the core says that it wants one: nobody is asked', async () => {
    const { approvals, asked, reply, changes } = asking(no('E-AUTH-05'));
    changes();
    expect([await reply, approvals.get()]).toEqual([no('E-AUTH-05'), null]);
    await approvals.approve(manager);
    expect(asked).toEqual([['giveBack.payCash', payCash]]);
  });

  it('that changes while a manager is asked', async () => {
    const { approvals, asked, reply, changes } = asking(no('E-AUTH-05'), yes);
    await settled();
    expect(approvals.get()?.command).toBe('giveBack.payCash');
    changes();
    expect([await reply, approvals.get()]).toEqual([no('E-AUTH-05'), null]);
    await approvals.approve(manager);
    expect(asked).toEqual([['giveBack.payCash', payCash]]);
  });

  it('that changes while a wrong PIN is on its way: there is no other try', async () => {
    const late = Promise.withResolvers<Reply>();
    const { approvals, reply, changes } = asking(no('E-AUTH-05'), late.promise, yes);
    await settled();
    const approving = approvals.approve({ ...manager, pin: '0000' });
    changes();
    late.resolve(no('E-AUTH-01'));
    await approving;
    expect([await reply, approvals.get()]).toEqual([no('E-AUTH-01'), null]);
  });
});

it('a command that wants a manager while a PIN is on its way for another one is refused: neither takes the answer of the other', async () => {
  const first = Promise.withResolvers<Reply>();
  const second = Promise.withResolvers<Reply>();
  const { approvals } = fixture(no('E-AUTH-05'), second.promise, first.promise);
  const opening = approvals.send('drawer.open', open);
  await settled();
  // Pressed before the dialog stood, and answered late, by a core that was busy.
  const paying = approvals.send('cash.paidOut', { amount_fen: 50_000, reason: '送存银行', after: 2 });
  const approving = approvals.approve(manager);
  second.resolve(no('E-AUTH-05'));
  expect(await paying).toEqual(no('E-AUTH-05'));
  first.resolve(yes);
  await approving;
  expect([await opening, approvals.get()]).toEqual([yes, null]);
});
