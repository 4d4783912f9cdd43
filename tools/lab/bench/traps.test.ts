// Accidents in the worst moment: sprung once by the next payment, and the held answer is let go whatever comes of them.
import { expect, test } from 'vitest';
import type { GatewayControl } from '../../../fixtures/acquirers/gateway/client.ts';
import { openTraps } from './traps.ts';

function stand() {
  const done: string[] = [];
  const events: { event: string; path: string }[] = [];
  const say = (what: string) => async () => void done.push(what);
  const acquirer = {
    events,
    faults: { set: say('hold'), clear: say('clear') },
    release: say('release'),
  } as unknown as GatewayControl;
  return { done, acquirer, pays: () => void events.push({ event: 'held', path: 'pay' }) };
}

test('a trap springs with the next payment, once, and then its answer goes', async () => {
  const { done, acquirer, pays } = stand();
  const traps = openTraps(acquirer, {
    cable: async () => void done.push('cable'),
    core: async () => undefined,
  });
  await traps.handlers['trap.cable']?.({ on: true });
  pays();
  await traps.look();
  expect(done).toEqual(['hold', 'cable', 'release']);
  expect(traps.view()).toEqual({ cable: false, core: false });
  pays();
  await traps.look();
  expect(done).toHaveLength(3);
});

test('an accident that fails is said, and the held payment is let go all the same', async () => {
  const { done, acquirer, pays } = stand();
  const core = () => Promise.reject(new Error('No core is running'));
  const traps = openTraps(acquirer, { cable: async () => undefined, core });
  await traps.handlers['trap.core']?.({ on: true });
  pays();
  await expect(traps.look()).rejects.toThrow('No core is running');
  expect(done).toEqual(['hold', 'release']);
});

test('a cable that is plugged in by hand is not pulled by the payment that has just arrived', async () => {
  const { done, acquirer, pays } = stand();
  const cable = async () => void done.push('cable');
  const traps = openTraps(acquirer, { cable, core: async () => undefined });
  await traps.handlers['trap.cable']?.({ on: true });
  pays();
  await traps.keepCable();
  await traps.look();
  expect(done).toEqual(['hold', 'clear', 'release']);
  expect(traps.view()).toEqual({ cable: false, core: false });
});
