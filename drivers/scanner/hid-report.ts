// Takes one report of a HID scanner apart: data, AIM identifier, and whether more follows. Pure; never throws.
import type { ScanLayout, Span } from './hid-layout.ts';

export type ReportPart =
  | { kind: 'data'; bytes: Uint8Array; symbology: string | null; continued: boolean }
  /** Another kind of report of this device (a trigger, a battery). */
  | { kind: 'other' }
  /** It should carry a scan and cannot be one. */
  | { kind: 'broken' };

const broken: ReportPart = { kind: 'broken' };
const aimIdentifier = /^\][A-Za-z][0-9A-Za-z]$/;
const AIM_flag = 0x5d;
const NUL = 0;

const end_bytes = ({ offset_bits, size_bits, count }: Span): number =>
  Math.ceil((offset_bits + size_bits * count) / 8);

/** An unsigned number of at most 32 bits; least significant bit first, as HID has it. */
function numberAt(report: Uint8Array, { offset_bits, size_bits }: Span): number {
  let value = 0;
  for (let index = 0; index < Math.min(size_bits, 32); index += 1) {
    const bit = offset_bits + index;
    value += (((report[bit >> 3] ?? 0) >> (bit & 7)) & 1) * 2 ** index;
  }
  return value;
}

function bytesAt(report: Uint8Array, span: Span, count: number): Uint8Array {
  return Uint8Array.from({ length: count }, (_, index) =>
    numberAt(report, { ...span, offset_bits: span.offset_bits + index * 8 }),
  );
}

/** Without the NULs that fill up a report which does not count its bytes. */
function withoutPadding(bytes: Uint8Array): Uint8Array {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === NUL) end -= 1;
  return bytes.subarray(0, end);
}

function symbologyOf(text: string): string | null {
  return aimIdentifier.test(text) ? text : null;
}

function readByLayout(report: Uint8Array, layout: ScanLayout): ReportPart {
  const { data, byteCount, symbology, continued } = layout;
  const capacity_bytes = Math.min(data.count, report.length);
  const goesOn = continued !== null && numberAt(report, continued) !== 0;
  const counted_bytes = byteCount === null ? capacity_bytes : numberAt(report, byteCount);
  // a report cut short, or a count that lies: half a code must never pass for a whole one
  const spans = [
    data,
    ...symbology,
    ...(byteCount === null ? [] : [byteCount]),
    ...(continued === null ? [] : [continued]),
  ];
  if (counted_bytes > capacity_bytes || spans.some((span) => end_bytes(span) > report.length)) return broken;
  const whole = bytesAt(report, data, counted_bytes);
  return {
    kind: 'data',
    bytes: byteCount === null && !goesOn ? withoutPadding(whole) : whole,
    symbology: symbologyOf(String.fromCharCode(...symbology.map((span) => numberAt(report, span) & 0xff))),
    continued: goesOn,
  };
}

/**
 * Without a descriptor: the AIM identifier shows where we are. After the id and a length (Honeywell, Access-IS), or after
 * the id alone, with the data up to the first NUL. The last byte's lowest bit says that more follows.
 */
function guess(report: Uint8Array): ReportPart {
  const at = [0, 1, 2, 3].find(
    (index) =>
      report[index] === AIM_flag &&
      aimIdentifier.test(String.fromCharCode(...report.subarray(index, index + 3))),
  );
  if (at === undefined) return report.length < 8 ? { kind: 'other' } : broken;
  const last = report.length - 1;
  const begin = at + 3;
  const length_bytes = at >= 2 ? (report[at - 1] ?? 0) : 0;
  const firstNul = report.indexOf(NUL, begin);
  const end = length_bytes > 0 ? begin + length_bytes : firstNul === -1 ? last : firstNul;
  if (end > last) return broken;
  return {
    kind: 'data',
    bytes: report.slice(begin, end),
    symbology: String.fromCharCode(...report.subarray(at, begin)),
    continued: ((report[last] ?? 0) & 1) === 1,
  };
}

/** @param layouts null: the descriptor could not be read */
export function readReport(report: Uint8Array, layouts: readonly ScanLayout[] | null): ReportPart {
  if (layouts === null) return guess(report);
  const layout = layouts.find(({ reportId }) => reportId === null || reportId === report[0]);
  return layout === undefined ? { kind: 'other' } : readByLayout(report, layout);
}
