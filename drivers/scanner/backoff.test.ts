// How often a missing scanner is tried: on a clock of our own.
import { expect, it } from 'vitest';
import type { Clock } from '../../core/ports/clock.ts';
import type { ScannerEvent } from '../../core/ports/scanner.ts';
import { createSerialScanner } from './serial-scanner.ts';

const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

it('tries for ever, at 100 ms doubling to 500 ms, and posts one status for one fault', async () => {
  const delays_ms: number[] = [];
  let run: () => void = () => undefined;
  const clock: Clock = {
    wall_ms: () => 0,
    steady_ms: () => 0,
    after: (delay_ms, callback) => {
      delays_ms.push(delay_ms);
      run = callback;
      return () => undefined;
    },
  };
  let code = 'serial.notFound';
  const open = () =>
    Promise.resolve({ ok: false as const, fault: { code, retry: 'safe' as const, detail: '' } });
  const events: ScannerEvent[] = [];
  const scanner = createSerialScanner({
    id: 'a',
    connection: 'serial a',
    open,
    framing: { kind: 'line' },
    clock,
  });
  scanner.start((event) => events.push(event));
  for (let attempt = 0; attempt < 7; attempt += 1) {
    await settle();
    if (attempt === 5) code = 'serial.busy';
    run();
  }
  await settle();
  expect(scanner.report()).toMatchObject({
    connection: 'serial a',
    identity: null,
    lastError: { code: 'serial.busy' },
    statistics: { ConnectionCount: 0, GoodScanCount: 0, CommunicationErrorCount: 0 },
  });
  await scanner.stop();
  expect(delays_ms).toEqual([100, 200, 400, 500, 500, 500, 500, 500]);
  expect(events.map((event) => event.kind === 'status' && event.fault?.code)).toEqual([
    'serial.notFound',
    'serial.busy',
  ]);
});
