// The same printer driver on a serial line: a real pty with a few lines of printer behind it.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, it, vi } from 'vitest';
import type { PrinterEvent } from '../../core/ports/printer.ts';
import { openPty } from '../../fixtures/devices/pty.ts';
import { createPrinter } from '../registry.ts';
import { sampleReceipt } from './sample-receipt.ts';

vi.setConfig({ testTimeout: 60_000 });
const directory = mkdtempSync(join(tmpdir(), 'yima-serial-printer-'));
afterAll(() => rmSync(directory, { recursive: true }));

it('prints over a serial line and reads its answers', async () => {
  const pty = await openPty({ link: join(directory, 'ttyPrinter') });
  const received: Buffer[] = [];
  let answered = 0;
  pty.output.on('data', (chunk: Buffer) => {
    received.push(chunk);
    const requests =
      Buffer.concat(received)
        .toString('latin1')
        .match(/\x10\x04[\x01-\x04]|\x1dr\x01/g) ?? [];
    const answers = requests.slice(answered).map((request) => (request.startsWith('\x10') ? 0x12 : 0x00));
    answered = requests.length;
    if (answers.length > 0) void pty.write(Uint8Array.from(answers));
  });
  const transport = { kind: 'serial' as const, path: pty.path, baudRate: 115_200 };
  const timings = { answer_ms: 5000, look_ms: 50 };
  const printer = createPrinter({ id: 'p1', transport, profile: 'generic80', timings });
  const events: PrinterEvent[] = [];
  printer.start((event) => events.push(event));
  printer.print({ jobId: 'a', document: sampleReceipt, copy: 0 });
  const outcome = () => events.find((event) => event.kind === 'finished');
  await vi.waitFor(() => expect(outcome()).toBeDefined(), { timeout: 30_000 });
  expect(outcome()).toMatchObject({ outcome: { kind: 'printed', evidence: 'orderedStatus' } });
  expect(Buffer.concat(received).includes(Buffer.from('1d564200', 'hex'))).toBe(true);
  await printer.stop();
  await pty.close();
});
