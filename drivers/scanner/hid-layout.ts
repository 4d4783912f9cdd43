// Where a HID scanner's reports hold the scan: vendors lay them out differently, and each says how in its descriptor.
// Usages: HID Point of Sale Usage Tables 1.02, page 0x8C. Pure.
import type { InputField, ReportDescriptor } from '../transport/hid-items.ts';

const usages = {
  /** Of the application collection. */
  scannerPage: 0x8c,
  symbology: [0x8c_00fb, 0x8c_00fc, 0x8c_00fd],
  data: 0x8c_00fe,
  continued: 0x8c_00ff,
  /** Generic Desktop, Byte Count. */
  byteCount: 0x01_003b,
} as const;

/** All offsets from the first bit of the report as it is read, its id included. */
export type Span = { offset_bits: number; size_bits: number; count: number };

export type ScanLayout = {
  /** Null: this device's reports have no ids. */
  reportId: number | null;
  data: Span;
  /** Bytes of data in this report, where the report says it. */
  byteCount: Span | null;
  /** AIM identifier: up to three characters. */
  symbology: readonly Span[];
  /** More of this scan follows. */
  continued: Span | null;
};

/** The layouts of the reports that carry scans; none when the device is no scanner, or one in keyboard mode. */
export function scanLayouts({ fields, usesIds }: ReportDescriptor): ScanLayout[] {
  const ofScanners = fields.filter(({ application }) => application >>> 16 === usages.scannerPage);
  return ofScanners
    .filter(({ usage, size_bits }) => usage === usages.data && size_bits === 8)
    .map((data) => {
      const beside = ofScanners.filter(({ reportId }) => reportId === data.reportId);
      const spanOf = ({ offset_bits, size_bits, count }: InputField): Span => ({
        offset_bits: offset_bits + (usesIds ? 8 : 0),
        size_bits,
        count,
      });
      const find = (usage: number): Span | null => {
        const found = beside.find((field) => field.usage === usage);
        return found === undefined ? null : spanOf(found);
      };
      return {
        reportId: usesIds ? data.reportId : null,
        data: spanOf(data),
        byteCount: find(usages.byteCount),
        symbology: usages.symbology.map(find).filter((span) => span !== null),
        continued: find(usages.continued),
      };
    });
}
