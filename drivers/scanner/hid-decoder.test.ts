// Report descriptors and reports of HID scanners, by the layouts of four vendors and by whatever a broken or hostile
// device may send.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type LayoutName,
  mouseDescriptor,
  scannerDescriptors,
} from '../../fixtures/devices/hid-scanner/descriptors.ts';
import { reportsOf } from '../../fixtures/devices/hid-scanner/reports.ts';
import type { Frame } from './framing.ts';
import { HidDecoder, joinLimit_ms } from './hid-decoder.ts';
import { readDescriptor } from '../transport/hid-items.ts';
import { scanLayouts } from './hid-layout.ts';

const names = Object.keys(scannerDescriptors) as LayoutName[];
const layoutsOf = (bytes: readonly number[]) => scanLayouts(readDescriptor(Uint8Array.from(bytes)));
const decoderOf = (name: LayoutName, limit_bytes?: number) =>
  new HidDecoder(layoutsOf(scannerDescriptors[name]), limit_bytes);
const texts = (frames: Frame[]) =>
  frames.map(({ bytes, symbology, tooLong }) => [Buffer.from(bytes).toString(), symbology, tooLong]);
const long = Array.from({ length: 120 }, (_, index) => String.fromCharCode(0x41 + (index % 26))).join('');

describe('the report descriptor', () => {
  it('tells where each field of the Honeywell layout is', () => {
    const { fields, usesIds, lengths_bits } = readDescriptor(Uint8Array.from(scannerDescriptors.lengthFirst));
    expect(usesIds).toBe(true);
    expect(lengths_bits.get(2)).toBe(63 * 8);
    expect(
      fields.map(({ usage, offset_bits, size_bits, count }) => [usage, offset_bits, size_bits, count]),
    ).toEqual([
      [0x01_003b, 0, 8, 1],
      [0x8c_00fb, 8, 8, 1],
      [0x8c_00fc, 16, 8, 1],
      [0x8c_00fd, 24, 8, 1],
      [0x8c_00fe, 32, 8, 56],
      [0xff66_0004, 480, 8, 1],
      [0x8c_00ff, 496, 1, 1],
    ]);
  });

  it('has no scan in it when the device is none, or a scanner in keyboard mode', () => {
    expect(layoutsOf(mouseDescriptor)).toEqual([]);
    // the same fields outside a scanner's application collection
    expect(layoutsOf(scannerDescriptors.noId.map((byte) => (byte === 0x8c ? 0x07 : byte)))).toEqual([]);
    expect(layoutsOf([])).toEqual([]);
  });

  it('costs nothing and throws nothing, whatever it is', () => {
    const item = fc
      .tuple(fc.nat(255), fc.uint8Array({ maxLength: 4 }))
      .map(([prefix, rest]) => [prefix, ...rest]);
    const items = fc.array(item, { maxLength: 300 }).map((all) => all.flat());
    const spoilt = fc
      .tuple(fc.constantFrom(...names), fc.array(fc.tuple(fc.nat(100), fc.nat(255)), { maxLength: 6 }))
      .map(([name, changes]) => {
        const bytes: number[] = [...scannerDescriptors[name]];
        for (const [at, byte] of changes) bytes[at] = byte;
        return bytes.map((byte) => byte ?? 0);
      });
    fc.assert(
      fc.property(
        fc.oneof(items, spoilt),
        fc.array(fc.uint8Array({ maxLength: 70 }), { maxLength: 8 }),
        (bytes, reports) => {
          const descriptor = readDescriptor(Uint8Array.from(bytes));
          expect(descriptor.fields.length).toBeLessThanOrEqual(1024);
          const decoder = new HidDecoder(scanLayouts(descriptor));
          for (const [index, report] of reports.entries()) {
            for (const frame of decoder.push(report, index * 100))
              expect(frame.bytes.length).toBeLessThanOrEqual(4096);
          }
        },
      ),
    );
    // a usage range of four thousand million, a report of as many bits, collections without end
    const wide = [
      0x1b, 0, 0, 0x8c, 0, 0x2b, 255, 255, 255, 255, 0x77, 255, 255, 255, 255, 0x97, 255, 255, 255, 255, 0x81,
      2,
    ];
    expect(readDescriptor(Uint8Array.from(wide)).fields).toEqual([]);
    expect(readDescriptor(new Uint8Array(100_000).fill(0xa1)).fields).toEqual([]);
  });
});

describe.each(names)('a scanner with the layout %s', (name) => {
  it('gives a scan with its symbology', () => {
    const decoder = decoderOf(name);
    expect(
      reportsOf(name, '6901821000474', ']E0').flatMap((report) => texts(decoder.push(report, 0))),
    ).toEqual([['6901821000474', ']E0', false]]);
    expect(decoder.deadline_ms()).toBeNull();
  });

  it('joins 120 characters out of three reports', () => {
    const decoder = decoderOf(name);
    const reports = reportsOf(name, long);
    expect(reports).toHaveLength(3);
    expect(reports.flatMap((report, index) => texts(decoder.push(report, index * 190)))).toEqual([
      [long, ']Q1', false],
    ]);
  });

  it('takes the bytes of any code as they are', () => {
    // without a length NUL at the end is padding, and a line end is a suffix to every scanner
    const code = fc
      .uint8Array({ minLength: 1, maxLength: 200 })
      .filter((bytes) => ![0, 10, 13].includes(bytes.at(-1) ?? 0));
    fc.assert(
      fc.property(code, (bytes) => {
        const decoder = decoderOf(name);
        const frames = reportsOf(name, bytes).flatMap((report) => decoder.push(report, 0));
        expect(frames).toEqual([{ bytes: Uint8Array.from(bytes), tooLong: false, symbology: ']Q1' }]);
      }),
    );
  });

  it('makes no code of half a scan: a report cut short, the rest lost or late', () => {
    const whole = reportsOf(name, '130123456789012345');
    const decoder = decoderOf(name);
    expect(texts(decoder.push((whole[0] ?? Buffer.alloc(0)).subarray(0, 40), 0))).toEqual([
      ['', undefined, false],
    ]);
    // what follows at once may be its rest, and later scans are heard again
    expect(whole.flatMap((report) => texts(decoder.push(report, 100)))).toEqual([]);
    expect(whole.flatMap((report) => texts(decoder.push(report, 1000)))).toHaveLength(1);
    const [first = Buffer.alloc(0), , last = Buffer.alloc(0)] = reportsOf(name, long);
    expect(decoder.push(first, 2000)).toEqual([]);
    expect(decoder.deadline_ms()).toBe(2000 + joinLimit_ms);
    expect(texts(decoder.tick(2000 + joinLimit_ms))).toEqual([['', undefined, false]]);
    expect(decoder.push(last, 2300)).toEqual([]);
  });

  it('drops a scan without end, and says that it was too long', () => {
    const decoder = decoderOf(name, 100);
    const reports = reportsOf(name, long.repeat(3));
    const frames = reports.flatMap((report) => decoder.push(report, 0));
    expect(texts(frames)).toEqual([[long.slice(0, 100), ']Q1', true]]);
    expect(reportsOf(name, 'next').flatMap((report) => texts(decoder.push(report, 0)))).toHaveLength(1);
  });
});

describe('a scanner like no other', () => {
  it('sends the first report that the ATR110 manual shows on page 33, and a second one of four bytes', () => {
    const decoder = decoderOf('lengthFirst');
    const first = 'M1GATHERGOOD/MICHAEL YABCDEF LHRDURAK 3542 052Y003D23   ';
    // the manual tells how many bytes remain, not which
    const rest = '1234';
    const head = [0x02, 0x38, 0x5d, 0x51, 0x30];
    const report = (bytes: number[], data: string, continued: number) =>
      Uint8Array.from([...bytes, ...Buffer.concat([Buffer.from(data)], 56), 0x73, 0x00, continued]);
    expect(decoder.push(report(head, first, 1), 0)).toEqual([]);
    expect(texts(decoder.push(report([0x02, rest.length, 0x5d, 0x51, 0x30], rest, 0), 5))).toEqual([
      [first + rest, ']Q0', false],
    ]);
  });

  it('has other reports too, which are no scans; and a count that lies is none', () => {
    const decoder = decoderOf('lengthFirst');
    const [report = Buffer.alloc(0)] = reportsOf('lengthFirst', '6901821000474');
    expect(decoder.push(Buffer.concat([Buffer.from([0x05]), report.subarray(1)]), 0)).toEqual([]);
    report[1] = 200;
    expect(texts(decoder.push(report, 0))).toEqual([['', undefined, false]]);
  });

  it('is read without its descriptor by where the AIM identifier stands', () => {
    for (const name of ['lengthFirst', 'noLength'] as const) {
      const decoder = new HidDecoder(null);
      const frames = [
        ...reportsOf(name, '130123456789012345').flatMap((report) => decoder.push(report, 0)),
        ...reportsOf(name, long, ']C0').flatMap((report) => decoder.push(report, 1000)),
      ];
      expect(texts(frames)).toEqual([
        ['130123456789012345', ']Q1', false],
        [long, ']C0', false],
      ]);
    }
    expect(texts(new HidDecoder(null).push(new Uint8Array(62).fill(0x41), 0))).toEqual([
      ['', undefined, false],
    ]);
  });

  it('may send anything while its descriptor is unknown: never a throw, never more than it sent', () => {
    const report = fc.oneof(
      fc.uint8Array({ maxLength: 70 }),
      fc.uint8Array({ maxLength: 66 }).map((rest) => Uint8Array.from([2, 0x5d, 0x51, 0x31, ...rest])),
    );
    fc.assert(
      fc.property(fc.array(report, { maxLength: 10 }), (reports) => {
        const decoder = new HidDecoder(null);
        const frames = reports.flatMap((one, index) => decoder.push(one, index * 400));
        const heard = frames.reduce((sum, { bytes }) => sum + bytes.length, 0);
        expect(heard).toBeLessThanOrEqual(reports.reduce((sum, { length }) => sum + length, 0));
      }),
    );
  });
});
