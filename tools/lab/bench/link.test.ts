// A window gets facts and view at once; each button is answered, whatever becomes of it.
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { expect, onTestFinished, test, vi } from 'vitest';
import type { BenchFacts, BenchMessage, BenchView } from '../../../fixtures/lab/shared/view.ts';
import { openLink } from './link.ts';
import { BenchRefused } from './side.ts';

const facts: BenchFacts = { shelf: [], goods: [], phones: [], faults: [], people: [] };
const view = { phase: 'ready' } as BenchView;

test('facts, view, answers, refusals and failures', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'link-'));
  const log: string[] = [];
  const link = await openLink({
    path: join(directory, 'bench.sock'),
    facts,
    handlers: () => ({
      good: () => ({ zh: '好', en: 'good' }),
      bad: () => {
        throw new BenchRefused({ zh: '不行', en: 'no' });
      },
      broken: () => Promise.reject(new Error('hung up')),
    }),
    view: () => view,
    log: (line) => log.push(line),
  });
  onTestFinished(() => rmSync(directory, { recursive: true }));
  const socket = createConnection(join(directory, 'bench.sock'));
  const heard: BenchMessage[] = [];
  createInterface({ input: socket }).on('line', (line) => heard.push(JSON.parse(line) as BenchMessage));
  for (const [id, what] of ['good', 'bad', 'broken', 'nobodyKnows'].entries())
    socket.write(`${JSON.stringify({ id, do: what })}\n`);
  await vi.waitFor(() => expect(heard).toHaveLength(6), { timeout: 60_000 });
  expect(heard.slice(0, 2)).toEqual([{ facts }, { view }]);
  const answers = heard.flatMap((message) => ('id' in message ? [message] : []));
  expect(answers.toSorted((a, b) => a.id - b.id).map(({ ok, en }) => [ok, en])).toEqual([
    [true, 'good'],
    [false, 'no'],
    [false, 'It failed: hung up'],
    [false, 'Not now: nobodyKnows'],
  ]);
  expect(log).toEqual(['broken: hung up']);
  const closed = once(socket, 'close');
  await link.close();
  await closed;
});
