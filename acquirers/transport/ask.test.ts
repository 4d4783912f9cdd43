// How often a question is asked, and by whose clock.
import { expect, it } from 'vitest';
import { asking } from './ask.ts';

const NOW_ms = Date.UTC(2026, 10, 28, 10, 0, 0);
const minute_ms = 60_000;

/** A server whose clock is `ahead_ms` ahead of the machine's. @returns the times that its requests carried, less the machine's */
function server(baseUrl: string, ahead_ms: number | null) {
  const { wall_ms, ask } = asking({ baseUrl, wall_ms: () => NOW_ms });
  const carried_ms: number[] = [];
  const question = () =>
    ask(() => {
      carried_ms.push(wall_ms() - NOW_ms);
      return Promise.resolve({ serverDate_ms: ahead_ms === null ? null : NOW_ms + ahead_ms });
    });
  return { carried_ms, question };
}

it.each([
  ['https://a', 0, [0]],
  ['https://a', minute_ms, [0]],
  ['https://a', 20 * minute_ms, [0, 20 * minute_ms]],
  ['https://a', -20 * minute_ms, [0, -20 * minute_ms]],
  ['https://a', null, [0]],
  ['http://127.0.0.1', 20 * minute_ms, [0]],
])('%s, ahead by %s: carried %j', async (baseUrl, ahead_ms, expected) => {
  const { carried_ms, question } = server(baseUrl, ahead_ms);
  await question();
  expect(carried_ms).toEqual(expected);
});

it('knows the clock the second time', async () => {
  const { carried_ms, question } = server('https://a', 20 * minute_ms);
  await question();
  await question();
  expect(carried_ms).toEqual([0, 20 * minute_ms, 20 * minute_ms]);
});

it('a defect in asking is thrown, not kept waiting', async () => {
  const { ask } = asking({ baseUrl: 'https://a', wall_ms: () => NOW_ms });
  await expect(ask(() => Promise.reject(new Error('defect')))).rejects.toThrow('defect');
});
