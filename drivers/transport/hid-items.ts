// Reads a HID report descriptor into the input fields it declares (USB HID 1.11, 6.2.2). Pure; never throws, and a hostile
// descriptor costs no more than its 4096 bytes.

/** Usages are (page << 16) | id. `size_bits` of one element; `count` elements that lie side by side. */
export type InputField = {
  reportId: number;
  usage: number;
  /** The usage of the outermost application collection, 0 outside of any. */
  application: number;
  /** Counted from the first bit after the report id. */
  offset_bits: number;
  size_bits: number;
  count: number;
};

export type ReportDescriptor = {
  fields: InputField[];
  /** Reports begin with their id. */
  usesIds: boolean;
  /** By report id: the bits of its input report. */
  lengths_bits: ReadonlyMap<number, number>;
};

/** Linux takes no longer descriptor (HID_MAX_DESCRIPTOR_SIZE), nor longer reports. */
const longestDescriptor_bytes = 4096;
const longestReport_bits = 16_384 * 8;
const mostUsages = 256;
const mostFields = 1024;
const deepest = 32;

type Global = { page: number; size_bits: number; count: number; reportId: number };

/** Prefix without its size bits. */
const item = {
  input: 0x80,
  collection: 0xa0,
  endCollection: 0xc0,
  usagePage: 0x04,
  reportSize: 0x74,
  reportId: 0x84,
  reportCount: 0x94,
  push: 0xa4,
  pop: 0xb4,
  usage: 0x08,
  usageMinimum: 0x18,
  usageMaximum: 0x28,
} as const;
const isMain = (prefix: number): boolean => (prefix & 0x0c) === 0x00;
const longItem = 0xfe;
const constantBit = 0x01;

class Reader {
  readonly fields: InputField[] = [];
  readonly lengths_bits = new Map<number, number>();
  usesIds = false;
  #global: Global = { page: 0, size_bits: 0, count: 0, reportId: 0 };
  readonly #pushed: Global[] = [];
  /** Applications of the collections around, the innermost last. */
  readonly #applications: number[] = [];
  #usages: number[] = [];
  #minimum = 0;

  take(prefix: number, value: number, size_bytes: number): void {
    const global = this.#global;
    // a usage of four bytes brings its own page
    const usage = size_bytes === 4 ? value : ((global.page << 16) | value) >>> 0;
    if (prefix === item.input) this.#input(value);
    else if (prefix === item.collection) this.#open(value);
    else if (prefix === item.endCollection) this.#applications.pop();
    else if (prefix === item.usagePage) global.page = value & 0xffff;
    else if (prefix === item.reportSize) global.size_bits = value;
    else if (prefix === item.reportCount) global.count = value;
    else if (prefix === item.reportId) this.#useId(value & 0xff);
    else if (prefix === item.push && this.#pushed.length < deepest) this.#pushed.push({ ...global });
    else if (prefix === item.pop) this.#global = this.#pushed.pop() ?? global;
    else if (prefix === item.usage) this.#addUsage(usage);
    else if (prefix === item.usageMinimum) this.#minimum = usage;
    else if (prefix === item.usageMaximum) this.#addRange(usage);
    if (isMain(prefix)) this.#usages = [];
  }

  #useId(reportId: number): void {
    this.usesIds = true;
    this.#global.reportId = reportId;
  }

  #addUsage(usage: number): void {
    if (this.#usages.length < mostUsages) this.#usages.push(usage);
  }

  #addRange(last: number): void {
    for (let usage = this.#minimum; usage <= last && this.#usages.length < mostUsages; usage += 1) {
      this.#usages.push(usage);
    }
  }

  #open(kind: number): void {
    const outer = this.#applications.at(-1) ?? 0;
    const isApplication = (kind & 0xff) === 0x01 && outer === 0;
    if (this.#applications.length < deepest) {
      this.#applications.push(isApplication ? (this.#usages[0] ?? 0) : outer);
    }
  }

  /** Elements take the usages in order, and the last usage stands for all that remain. */
  #input(flags: number): void {
    const { reportId, size_bits, count } = this.#global;
    const start_bits = this.lengths_bits.get(reportId) ?? 0;
    const end_bits = start_bits + size_bits * count;
    if (end_bits > longestReport_bits) return;
    this.lengths_bits.set(reportId, end_bits);
    if ((flags & constantBit) !== 0 || size_bits === 0) return;
    const usages = this.#usages.slice(0, count);
    usages.forEach((usage, index) => {
      if (this.fields.length === mostFields) return;
      this.fields.push({
        reportId,
        usage,
        application: this.#applications.at(-1) ?? 0,
        offset_bits: start_bits + index * size_bits,
        size_bits,
        count: index === usages.length - 1 ? count - index : 1,
      });
    });
  }
}

/** What could be read up to the first broken item. */
export function readDescriptor(bytes: Uint8Array): ReportDescriptor {
  const reader = new Reader();
  const end = Math.min(bytes.length, longestDescriptor_bytes);
  let at = 0;
  while (at < end) {
    const first = bytes[at] ?? 0;
    if (first === longItem) {
      at += 3 + (bytes[at + 1] ?? 0);
      continue;
    }
    const size_bytes = (first & 3) === 3 ? 4 : first & 3;
    if (at + 1 + size_bytes > end) break;
    let value = 0;
    for (let index = 0; index < size_bytes; index += 1) value += (bytes[at + 1 + index] ?? 0) * 256 ** index;
    reader.take(first & 0xfc, value, size_bytes);
    at += 1 + size_bytes;
  }
  return { fields: reader.fields, usesIds: reader.usesIds, lengths_bits: reader.lengths_bits };
}
