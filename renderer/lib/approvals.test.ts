import { describe, expect, it } from 'vitest';
import { approvableCommands } from '../../contract/commands.ts';
import { type Approvable, Approvals } from './approvals.ts';
import type { Reply } from './connection.ts';
import type { Send } from './session.ts';

const no = (code: string): Reply => ({ ok: false, lost: false, code, detail: '' });
const yes: Reply = { ok: true, result: 7 };
const manager = { operatorId: 'wang', pin: '2468' };

/** A core that gives these answers in turn, and keeps what it was asked. */
function fixture(...answers: Reply[]) {
  const asked: unknown[] = [];
  const send = ((command: string, params: unknown) => {
    asked.push([command, params]);
    return Promise.resolve(answers.shift() ?? no('E-RPC-02'));
  }) as Send;
  return { asked, approvals: new Approvals(send) };
}

const open = { reason: '换零钱' };
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
      pending: { command: 'drawer.open', wrong: null, isBusy: false },
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
    const reply = approvals.send('cash.paidOut', { amount_fen: 100, reason: '买水' });
    await settled();
    await approvals.approve(manager);
    expect({ reply: await reply, pending: approvals.get() }).toEqual({
      reply: no('E-CASH-04'),
      pending: null,
    });
  });

  it('answers with the refusal when nobody approves', async () => {
    const { approvals } = fixture(no('E-AUTH-05'));
    const reply = approvals.send('day.close', {});
    await settled();
    approvals.cancel();
    expect(await reply).toEqual(no('E-AUTH-05'));
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
    const more = { 'exception.writeOff': 1, 'report.x': 1, 'day.close': 1 };
    const typed = { ...names, ...more } satisfies Record<Approvable, number>;
    expect(Object.keys(typed).toSorted()).toEqual([...approvableCommands].toSorted());
  });
});
