import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { describe, expect, it } from 'vitest';
import { relayToChild } from './core-node.ts';

class FakePort extends EventEmitter {
  posted: string[] = [];
  isClosed = false;
  start(): void {}
  postMessage(data: string): void {
    this.posted.push(data);
  }
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.emit('close');
  }
}

function fixture() {
  const sent: unknown[] = [];
  const seen: string[] = [];
  const child = Object.assign(new EventEmitter(), {
    connected: true,
    pid: 1,
    send: (message: unknown) => sent.push(message),
    kill: (signal: string) => sent.push(signal),
  });
  const core = relayToChild(child as unknown as ChildProcess, {
    ready: (hasCustomerScreen) => void seen.push(`ready ${hasCustomerScreen}`),
    beat: (count) => void seen.push(`beat ${count}`),
    exited: (reason) => void seen.push(`exited ${reason}`),
  });
  return { child, core, sent, seen };
}

describe('the relay to a Node core', () => {
  it('carries frames both ways for the right connection without looking into them', () => {
    const { child, core, sent } = fixture();
    const first = new FakePort();
    const second = new FakePort();
    core.open(1, first, 'counter');
    core.open(2, second, 'customer');
    second.emit('message', { data: 'not json {' });
    child.emit('message', { connection: 1, frame: 'for the first' });
    expect({ sent, first: first.posted, second: second.posted }).toEqual({
      sent: [
        { connection: 1, open: true, screen: 'counter' },
        { connection: 2, open: true, screen: 'customer' },
        { connection: 2, frame: 'not json {' },
      ],
      first: ['for the first'],
      second: [],
    });
  });

  it('drops what is not a string and what the child says out of form', () => {
    const { child, core, sent, seen } = fixture();
    const port = new FakePort();
    core.open(1, port, 'counter');
    port.emit('message', { data: { a: 1 } });
    for (const odd of [null, 7, 'ready', { connection: '1', frame: 'x' }, { connection: 1, frame: 2 }, {}]) {
      child.emit('message', odd);
    }
    expect({ sent, seen, posted: port.posted }).toEqual({
      sent: [{ connection: 1, open: true, screen: 'counter' }],
      seen: [],
      posted: [],
    });
  });

  it('tells the core when a page went away, and closes the page when the core closes it', () => {
    const { child, core, sent } = fixture();
    const gone = new FakePort();
    const refused = new FakePort();
    core.open(1, gone, 'counter');
    core.open(2, refused, 'counter');
    gone.close();
    child.emit('message', { connection: 2, close: true });
    expect({ sent: sent.slice(2), refused: refused.isClosed }).toEqual({
      sent: [
        { connection: 1, close: true },
        { connection: 2, close: true },
      ],
      refused: true,
    });
  });

  it('closes every page and reports once when the child is gone', () => {
    const { child, core, seen } = fixture();
    const port = new FakePort();
    core.open(1, port, 'counter');
    child.connected = false;
    child.emit('exit', null, 'SIGKILL');
    child.emit('exit', null, 'SIGKILL');
    expect({ closed: port.isClosed, seen }).toEqual({ closed: true, seen: ['exited SIGKILL'] });
  });

  it('reports a child that could not be started at all', () => {
    const { child, seen } = fixture();
    Object.assign(child, { pid: undefined });
    child.emit('error', new Error('spawn node ENOENT'));
    expect(seen).toEqual(['exited spawn node ENOENT']);
  });
});
