// A core whose kiosk has died: what it still says is heard by nobody, and that is no defect of its own.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { describe, expect, it } from 'vitest';

const DEADLINE_ms = 20_000;

/** A core that pushes when it hears a frame, and so long after its kiosk is gone as an acquirer takes to answer; then it ends in order. */
const core = `
  import { serveHost } from ${JSON.stringify(new URL('host-link.ts', import.meta.url).href)};
  process.on('uncaughtException', () => process.exit(70));
  let send = () => undefined;
  const busy = (until_ms) => { while (performance.now() < until_ms); };
  const counter = (post) => {
    send = post;
    return {
      receive: () => {
        post('begun');
        // Its kiosk dies meanwhile, and the end of the channel is not read yet.
        busy(performance.now() + 500);
        post('pushed');
      },
      changed: () => undefined,
      close: () => undefined,
    };
  };
  serveHost({ counter, customer: null }, () => {
    setTimeout(() => send('answered'), 100);
    setTimeout(() => process.exit(0), 300);
  });
`;

/** Its connection stands. */
async function start(): Promise<ChildProcess> {
  const child = spawn(process.execPath, ['--input-type=module', '--eval', core], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await once(child, 'message');
  child.send({ connection: 1, open: true });
  return child;
}

/** What it ends with once its kiosk is gone. */
async function endOf(child: ChildProcess): Promise<unknown> {
  const ended = once(child, 'exit');
  child.disconnect();
  return (await ended)[0];
}

describe('a core whose kiosk dies', { timeout: DEADLINE_ms }, () => {
  it('while a payment is under way: it hears the answer, and ends in order', async () => {
    const child = await start();
    child.send({ connection: 1, frame: '{}' });
    await once(child, 'message');
    expect(await once(child, 'message')).toMatchObject([{ frame: 'pushed' }, undefined]);
    expect(await endOf(child)).toBe(0);
  });

  it('while it tells the screen something: it ends in order, too', async () => {
    const child = await start();
    child.send({ connection: 1, frame: '{}' });
    expect(await once(child, 'message')).toMatchObject([{ frame: 'begun' }, undefined]);
    expect(await endOf(child)).toBe(0);
  });
});
