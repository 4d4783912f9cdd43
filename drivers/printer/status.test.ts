import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StatusDemultiplexer, automaticMeaning, orderedMeaning, realTimeMeaning } from './status.ts';
import type { StatusMessage } from './status.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`status.test seed ${seed}`);

const parse = (...bytes: number[]): StatusMessage[] => new StatusDemultiplexer().push(Uint8Array.from(bytes));

describe('demultiplexer', () => {
  it('tells the replies apart in one stream', () => {
    const id = [0x37, 0x22, 0x30, 0x30, 0x34, 0x32, 0x00];
    expect(parse(0x16, 0x13, 0x14, 0x00, 0x0c, 0x0f, 0x0c, 0x11, ...id, 0x12, 0x00)).toEqual([
      { kind: 'realTime', byte: 0x16 },
      { kind: 'flow', ready: false },
      { kind: 'automatic', bytes: [0x14, 0x00, 0x0c, 0x0f] },
      { kind: 'ordered', byte: 0x0c },
      { kind: 'flow', ready: true },
      { kind: 'processId', id: '0042' },
      { kind: 'realTime', byte: 0x12 },
      { kind: 'ordered', byte: 0x00 },
    ]);
  });

  it('keeps text blocks whole', () => {
    const [message] = parse(0x5f, ...Buffer.from('XP-80C'), 0);
    expect(message).toEqual({ kind: 'block', bytes: Uint8Array.from(Buffer.from('_XP-80C')) });
  });

  it('gives up an automatic status that is none, and keeps what follows', () => {
    // an echo of our own DLE EOT 1, then a true answer
    expect(parse(0x10, 0x04, 0x01, 0x12).at(-1)).toEqual({ kind: 'realTime', byte: 0x12 });
    expect(parse(0x10, 0x04, 0x01, 0x12).filter((message) => message.kind === 'garbage')).toHaveLength(3);
  });

  it('gives up a block that a status byte interrupts', () => {
    expect(parse(0x37, 0x22, 0x30, 0x16).at(-1)).toEqual({ kind: 'realTime', byte: 0x16 });
  });

  it('reads the same from any bytes in any chunks, and accounts for each byte', () => {
    const sizes: Record<StatusMessage['kind'], number> = {
      realTime: 1,
      automatic: 4,
      ordered: 1,
      processId: 7,
      block: 0,
      flow: 1,
      garbage: 1,
    };
    fc.assert(
      fc.property(fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 8 }), (chunks) => {
        const whole = new StatusDemultiplexer();
        const parts = new StatusDemultiplexer();
        const all = Buffer.concat(chunks);
        const messages = whole.push(all);
        expect(chunks.flatMap((chunk) => parts.push(chunk))).toEqual(messages);
        let accounted = 0;
        for (const message of messages) {
          accounted += message.kind === 'block' ? message.bytes.length + 1 : sizes[message.kind];
        }
        // what is not accounted for is held, and that is bounded
        expect(all.length - accounted).toBeGreaterThanOrEqual(0);
        expect(all.length - accounted).toBeLessThanOrEqual(128);
      }),
      { seed, numRuns: 500 },
    );
  });

  it('does not grow on a block that never ends', () => {
    const demultiplexer = new StatusDemultiplexer();
    let garbage = 0;
    for (let round = 0; round < 1000; round += 1) {
      garbage += demultiplexer.push(new Uint8Array(100).fill(0x5f)).length;
    }
    expect(garbage).toBeGreaterThan(100_000 - 129);
  });
});

describe('meaning', () => {
  it('follows the bit tables of devices 3.1', () => {
    expect(realTimeMeaning(1, 0x16)).toEqual({ offline: false });
    expect(realTimeMeaning(1, 0x1e)).toEqual({ offline: true });
    expect(realTimeMeaning(2, 0x12)).toEqual({ coverOpen: false, paperOut: false, error: false });
    expect(realTimeMeaning(2, 0x36)).toMatchObject({ coverOpen: true, paperOut: true });
    expect(realTimeMeaning(2, 0x52)).toMatchObject({ error: true });
    expect(realTimeMeaning(3, 0x1a)).toEqual({ mechanical: true });
    // b6: the head is hot, which passes
    expect(realTimeMeaning(3, 0x52)).toEqual({ mechanical: false });
    expect(realTimeMeaning(4, 0x12)).toEqual({ paperLow: false, paperOut: false });
    expect(realTimeMeaning(4, 0x1e)).toEqual({ paperLow: true, paperOut: false });
    expect(realTimeMeaning(4, 0x72)).toEqual({ paperLow: false, paperOut: true });
    expect(orderedMeaning(0x0f)).toEqual({ paperLow: true, paperOut: true });
    expect(orderedMeaning(0x00)).toEqual({ paperLow: false, paperOut: false });
    expect(automaticMeaning([0x38, 0x00, 0x0c, 0x0f])).toMatchObject({
      offline: true,
      coverOpen: true,
      paperOut: true,
    });
    expect(automaticMeaning([0x10, 0x00, 0x00, 0x00])).toMatchObject({ offline: false, paperOut: false });
  });
});
