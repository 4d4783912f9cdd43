// The virtual printer, in this process on a real wire, with a fault that strikes when it has received so many bytes of a job.
import { EventLog, type Publish } from '../../fixtures/control/server.ts';
import { PrinterDevice, type Receipt } from '../../fixtures/devices/printer/device.ts';
import { openPort, type PrinterPort } from '../../fixtures/devices/printer/port.ts';
import { openTty } from '../../fixtures/devices/printer/tty.ts';
import type { PrinterConfig } from '../../drivers/registry.ts';

export type Fault = 'paperOut' | 'coverOpen' | 'powerLoss' | 'hangUp' | 'stall' | 'none';
export type Model = 'epson80' | 'generic80' | 'generic58' | 'silent';
export type Wire = 'tcp' | 'serial';

/** `strike` tells whether what comes behind that byte is lost on the wire. */
type Strike = { at_bytes: number; strike: () => boolean };

/** A job begins with the first of these that it has; what ends an open command before it has none. */
const beginnings = [
  [0x1d, 0x61],
  [0x1b, 0x40, 0x1d, 0x56],
  [0x1b, 0x40, 0x1c, 0x26],
].map((bytes) => Buffer.from(bytes));

class StruckDevice extends PrinterDevice {
  readonly #papers: Receipt[];
  #strike: Strike | null = null;
  /** Bytes of the job so far; null: it has not begun. */
  #received_bytes: number | null = null;
  #isOff = false;
  #kept: Buffer[] | null = null;

  constructor(papers: Receipt[]) {
    super({ publish: new EventLog().publish, onReceipt: (receipt) => papers.push(receipt) });
    this.#papers = papers;
  }

  /** Bytes of the last job, with what was asked behind it. */
  get jobBytes(): number {
    return this.#received_bytes ?? 0;
  }

  get papers(): readonly Receipt[] {
    return this.#papers;
  }

  /** Clears the counter of paper. */
  takePapers(): void {
    this.tear();
    this.#papers.length = 0;
  }

  /** Counting begins anew with the next job. */
  arm(strike: Strike | null): void {
    this.#strike = strike;
    this.#received_bytes = null;
  }

  override receive(bytes: Buffer): void {
    if (this.#isOff) return;
    if (this.#kept !== null) {
      this.#kept.push(bytes);
      return;
    }
    const isJob = beginnings.some((beginning) => bytes.includes(beginning));
    if (this.#received_bytes === null && !isJob) return super.receive(bytes);
    const before = this.#received_bytes ?? 0;
    this.#received_bytes = before + bytes.length;
    const strike = this.#strike;
    if (strike === null || this.#received_bytes < strike.at_bytes) return super.receive(bytes);
    const end = strike.at_bytes - before;
    this.#strike = null;
    super.receive(bytes.subarray(0, end));
    if (!strike.strike()) this.receive(bytes.subarray(end));
  }

  /** Takes bytes and does nothing with them, until it wakes. */
  stall(): void {
    this.#kept ??= [];
  }

  wake(): void {
    const kept = this.#kept ?? [];
    this.#kept = null;
    for (const bytes of kept) this.receive(bytes);
  }

  override powerOff(): void {
    super.powerOff();
    this.#isOff = true;
    this.#kept = null;
  }

  powerOn(): void {
    this.#isOff = false;
  }
}

export type StruckPrinter = {
  device: StruckDevice;
  port: PrinterPort;
  transport: PrinterConfig['transport'];
  isOff(): boolean;
  /** What went by on the line since the power went; infinite where the connection breaks with it, and the till sees that. */
  readonly lost_bytes: number;
  /** True: the rest of what is on the wire is lost. */
  strike(fault: Fault): boolean;
  /** Everything that a person can put right: paper, cover, power, plug. */
  heal(): Promise<void>;
  close(): Promise<void>;
};

/** `link`: where a serial one appears. `baud`: as slow as such a line; without it as fast as the machine. */
export async function openStruckPrinter(
  model: Model,
  wire: { kind: Wire; link: string; baud?: number },
): Promise<StruckPrinter> {
  const device = new StruckDevice([]);
  device.features.processId = model === 'epson80';
  device.features.automaticStatus = model === 'epson80';
  device.features.silent = model === 'silent';
  let lost_bytes = 0;
  const publish: Publish = (name, facts) => {
    if (name === 'lost') lost_bytes += Number(facts?.['bytes']);
  };
  const { kind, ...tty } = wire;
  const port = kind === 'tcp' ? await openPort(0, device, publish) : await openTty(tty, device, publish);
  device.onProgress = port.resume;
  let isOff = false;
  const powerOff = (): void => {
    isOff = true;
    lost_bytes = 0;
    device.powerOff();
    void port.powerOff();
  };
  return {
    device,
    port,
    transport:
      kind === 'tcp'
        ? { kind, host: '127.0.0.1', port: port.port ?? 0, linger_ms: 200 }
        : { kind, path: tty.link, baudRate: 115_200 },
    isOff: () => isOff,
    get lost_bytes() {
      return kind === 'tcp' ? Infinity : lost_bytes;
    },
    strike(fault) {
      if (fault === 'paperOut') device.paperOut(0);
      if (fault === 'coverOpen') device.change({ coverOpen: true });
      if (fault === 'powerLoss') powerOff();
      if (fault === 'hangUp') port.hangUp(0);
      if (fault === 'stall') device.stall();
      return fault === 'hangUp' || fault === 'powerLoss';
    },
    async heal() {
      device.wake();
      device.change({ coverOpen: false });
      device.paperIn();
      if (!isOff) return;
      isOff = false;
      device.powerOn();
      await port.powerOn();
    },
    async close() {
      await port.close();
    },
  };
}
