import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Framer } from './framing.ts';
import type { Frame, Framing } from './framing.ts';

const seed = Number(process.env['SEED'] ?? Date.now() % 1_000_000_007);
console.log(`framing.test seed ${seed}`);

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const texts = (frames: Frame[]): string[] =>
  frames.map((frame) => Buffer.from(frame.bytes).toString('latin1'));

/** All frames of these timed bytes; the final tick is long after. */
function framesOf(framing: Framing, chunks: { bytes: Uint8Array; at_ms: number }[]): Frame[] {
  const framer = new Framer(framing);
  const frames = chunks.flatMap((chunk) => framer.push(chunk.bytes, chunk.at_ms));
  return [...frames, ...framer.tick(Number.MAX_SAFE_INTEGER)];
}

describe('line framing', () => {
  it('takes CR, LF and CRLF in any mixture and drops empty frames', () => {
    const frames = framesOf({ kind: 'line' }, [
      { bytes: bytes('\r\n6901\r6902\n6903\r\n\n\r6904\n\r'), at_ms: 0 },
    ]);
    expect(texts(frames)).toEqual(['6901', '6902', '6903', '6904']);
  });

  it('keeps leading zeros and group separators', () => {
    const frames = framesOf({ kind: 'line' }, [{ bytes: bytes('00012\x1d10AB\r'), at_ms: 0 }]);
    expect(texts(frames)).toEqual(['00012\x1d10AB']);
  });

  it('never ends a frame by time: half of one is dropped, and does not stand before the next code', () => {
    const framer = new Framer({ kind: 'line' });
    expect(framer.push(bytes('690'), 0)).toEqual([]);
    expect(framer.deadline_ms()).toBe(500);
    expect(framer.tick(500)).toEqual([]);
    expect(framer.deadline_ms()).toBeNull();
    expect(texts(framer.push(bytes('6902\r'), 2000))).toEqual(['6902']);
    expect(framer.deadline_ms()).toBeNull();
  });

  it('waits once more when the timer came late: the rest may have waited with it', () => {
    const framer = new Framer({ kind: 'line' });
    framer.push(bytes('690'), 0);
    expect(framer.tick(3000)).toEqual([]);
    expect(texts(framer.push(bytes('123\r'), 3001))).toEqual(['690123']);
  });

  it('after an overrun without an end, the next code is one', () => {
    const framer = new Framer({ kind: 'line', limit_bytes: 4 });
    framer.push(bytes('123456'), 0);
    framer.tick(500);
    expect(texts(framer.push(bytes('6902\r'), 2000))).toEqual(['6902']);
  });

  it('reports an overrun once and swallows it to the terminator', () => {
    const framer = new Framer({ kind: 'line', limit_bytes: 4 });
    const frames = framer.push(bytes('123456789abcdef\r1234\r'), 0);
    expect(frames.map((frame) => frame.tooLong)).toEqual([true, false]);
    expect(texts(frames)).toEqual(['1234', '1234']);
  });
});

describe('STX ETX framing', () => {
  it('takes what stands between and drops what stands outside', () => {
    const frames = framesOf({ kind: 'stx-etx' }, [
      { bytes: bytes('xx\x0212\r3\x03\r\nyy\x02\x03\x024\x03'), at_ms: 0 },
    ]);
    expect(texts(frames)).toEqual(['12\r3', '4']);
  });

  it('starts again at a second STX, also after an overrun', () => {
    const framer = new Framer({ kind: 'stx-etx', limit_bytes: 3 });
    expect(texts(framer.push(bytes('\x02ab\x02cd\x03\x02efgh\x02ij\x03'), 0))).toEqual(['cd', 'efg', 'ij']);
  });
});

describe('time-out framing', () => {
  it('ends a frame after 80 ms of silence, not before', () => {
    const framer = new Framer({ kind: 'timeout' });
    expect(framer.push(bytes('690'), 1000)).toEqual([]);
    expect(framer.deadline_ms()).toBe(1080);
    expect(framer.tick(1079)).toEqual([]);
    expect(framer.push(bytes('1'), 1079)).toEqual([]);
    expect(framer.deadline_ms()).toBe(1159);
    expect(texts(framer.tick(1159))).toEqual(['6901']);
    expect(framer.deadline_ms()).toBeNull();
  });

  it('splits two scans even when the timer came late', () => {
    const framer = new Framer({ kind: 'timeout', timeout_ms: 50 });
    framer.push(bytes('11'), 0);
    expect(texts(framer.push(bytes('22'), 50))).toEqual(['11']);
    expect(texts(framer.tick(100))).toEqual(['22']);
  });
});

const framings = fc.oneof(
  fc.constant<Framing>({ kind: 'line', limit_bytes: 16 }),
  fc.constant<Framing>({ kind: 'stx-etx', limit_bytes: 16 }),
  fc.constant<Framing>({ kind: 'timeout', timeout_ms: 80, limit_bytes: 16 }),
);
/** Bytes that matter to the framers, and any others, each with the pause before it. */
const timedBytes = fc.array(
  fc.record({
    byte: fc.oneof(fc.constantFrom(0x02, 0x03, 0x0a, 0x0d, 0x1d, 0x30), fc.integer({ min: 0, max: 255 })),
    pause_ms: fc.constantFrom(0, 0, 0, 0, 1, 79, 80, 200),
  }),
  { maxLength: 200 },
);

describe('any bytes', () => {
  it('give the same frames whatever the chunks', () => {
    fc.assert(
      fc.property(framings, timedBytes, fc.infiniteStream(fc.boolean()), (framing, stream, cuts) => {
        const single: { bytes: Uint8Array; at_ms: number }[] = [];
        const chunked: { bytes: Uint8Array; at_ms: number }[] = [];
        let at_ms = 0;
        for (const { byte, pause_ms } of stream) {
          at_ms += pause_ms;
          const chunk = { bytes: Uint8Array.of(byte), at_ms };
          single.push(chunk);
          const last = chunked.at(-1);
          const joins = last !== undefined && pause_ms === 0 && cuts.next().value === true;
          if (joins) chunked[chunked.length - 1] = { bytes: Uint8Array.of(...last.bytes, byte), at_ms };
          else chunked.push(chunk);
        }
        expect(framesOf(framing, chunked)).toEqual(framesOf(framing, single));
      }),
      { seed },
    );
  });

  it('never give a frame over the limit, and after a reset the next frame is clean', () => {
    const chunks = fc.array(fc.uint8Array({ maxLength: 100 }), { maxLength: 20 });
    fc.assert(
      fc.property(framings, chunks, (framing, stream) => {
        const framer = new Framer(framing);
        const frames = stream.flatMap((chunk) => framer.push(chunk, 0));
        for (const frame of frames) {
          expect(frame.bytes.length).toBeGreaterThan(0);
          expect(frame.bytes.length).toBeLessThanOrEqual(16);
          if (frame.tooLong) expect(frame.bytes.length).toBe(16);
        }
        framer.reset();
        const clean = [...framer.push(bytes('\x02690\x03\r'), 0), ...framer.tick(1000)];
        const expected = { line: '\x02690\x03', 'stx-etx': '690', timeout: '\x02690\x03\r' };
        expect(texts(clean)).toEqual([expected[framing.kind]]);
      }),
      { seed },
    );
  });
});
