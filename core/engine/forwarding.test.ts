// Forwarding's lanes and shared commits: as many in flight as allowed, each payment sent once, one commit for many results.
import { expect, it } from 'vitest';
import type { TillEvent } from '../domain/till/events.ts';
import { fakeClock } from '../../test/core/fakes.ts';
import type { Applicable } from './apply.ts';
import { createForwarding } from './forwarding.ts';

function stage(concurrency: number, lastCommit_ms = 0) {
  const clock = fakeClock();
  const commits: (readonly Applicable[])[] = [];
  const next: TillEvent = { kind: 'forwarded', routeId: 'gateway', window: 4 };
  const engine = {
    lastCommit_ms,
    postTogether: (events: readonly Applicable[]) => void commits.push(events),
  };
  const forwarding = createForwarding({ engine, clock, concurrency: () => concurrency, next: () => next });
  const started: string[] = [];
  const ends = new Map<string, () => void>();
  const send = (name: string) =>
    forwarding.send((done) => {
      started.push(name);
      ends.set(name, done);
    });
  const settle = (attemptId: string, committed: () => void = () => undefined) =>
    forwarding.settle({ kind: 'payment', attemptId, event: { kind: 'timer' } }, { closeRowId: 1 }, committed);
  return { clock, commits, next, forwarding, started, ends, send, settle };
}

const named = (events: readonly Applicable[]) =>
  events.map(({ event }) => ('attemptId' in event ? event.attemptId : event.kind));

it('has as many in flight as there are lanes, and a free lane takes the next at once', () => {
  const { send, started, ends, forwarding } = stage(2);
  for (const name of ['a', 'b', 'c', 'd']) send(name);
  expect(started).toEqual(['a', 'b']);
  ends.get('b')?.();
  ends.get('b')?.();
  expect(started).toEqual(['a', 'b', 'c']);
  expect(forwarding.window()).toBe(4);
});

it('commits results together, after a window, with the next to be forwarded', () => {
  const { settle, commits, clock, next } = stage(8);
  settle('a');
  settle('b');
  expect(commits).toEqual([]);
  clock.advance(5);
  expect(commits.map(named)).toEqual([['a', 'b', next.kind]]);
  clock.advance(1000);
  expect(commits).toHaveLength(1);
});

it('waits longer on a slow disk', () => {
  const { settle, commits, clock } = stage(8, 8);
  settle('a');
  clock.advance(31);
  expect(commits).toEqual([]);
  clock.advance(1);
  expect(commits).toHaveLength(1);
});

it('never puts two events of one payment into one commit', () => {
  const { settle, commits, clock, next } = stage(8);
  settle('a');
  settle('a');
  expect(commits.map(named)).toEqual([['a', next.kind]]);
  clock.advance(5);
  expect(commits.map(named)).toEqual([
    ['a', next.kind],
    ['a', next.kind],
  ]);
});

it('says of each result when it is on the disk', () => {
  const { settle, commits, clock } = stage(1);
  const committed: number[] = [];
  settle('a', () => void committed.push(commits.length));
  expect(committed).toEqual([]);
  clock.advance(5);
  expect(committed).toEqual([1]);
});

it('when the till ends: commits what waits, lets nothing more go, and loses no answer that still comes', () => {
  const { settle, commits, clock, forwarding, send, started, ends } = stage(1);
  const committed: string[] = [];
  send('a');
  send('b');
  settle('x', () => void committed.push('x'));
  forwarding.stop();
  expect(commits.map(named)).toEqual([['x']]);
  ends.get('a')?.();
  settle('a', () => void committed.push('a'));
  expect(started).toEqual(['a']);
  expect(commits.map(named)).toEqual([['x'], ['a']]);
  expect(committed).toEqual(['x', 'a']);
  clock.advance(1000);
  expect(commits).toHaveLength(2);
});
