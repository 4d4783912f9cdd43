// Test help: a module that behaves as node-hid 3.4.0 does by its nodehid.js and HIDAsync.cc, with devices that do as told.
import { EventEmitter } from 'node:events';
import type { Device } from 'node-hid';

export class ScriptedHid extends EventEmitter {
  readonly path: string;
  isReading = false;
  isClosed = false;
  closings = 0;
  /** The native closing: a thread to stop and a system call, elsewhere. */
  whileClosing: () => Promise<void> = () => new Promise((resolve) => setImmediate(resolve));
  #closing = false;

  constructor(path: string) {
    super();
    this.path = path;
    // reading starts a tick after the listener came, and fails there outside of any promise
    this.on('newListener', (event) => {
      if (event === 'data') process.nextTick(() => this.#resume());
    });
  }

  #resume(): void {
    if (this.listenerCount('data') === 0) return;
    if (this.isClosed) throw new TypeError('device has been closed');
    this.isReading = true;
  }

  async close(): Promise<void> {
    this.#closing = true;
    this.closings += 1;
    if (this.isClosed) throw new TypeError('device is already closed');
    this.isClosed = true;
    await this.whileClosing();
    this.isReading = false;
    this.removeAllListeners();
  }

  /** A report comes. What a listener throws becomes an error of the device. */
  report(bytes: readonly number[]): void {
    if (!this.isReading) return;
    try {
      this.emit('data', Buffer.from(bytes));
    } catch (error) {
      setImmediate(() => this.#failed(error));
    }
  }

  /** Its thread can't read any more and ends; the reason is a text, no Error. */
  fail(reason: string): void {
    if (!this.isReading) return;
    this.isReading = false;
    this.#failed(reason);
  }

  #failed(reason: unknown): void {
    if (!this.#closing) this.emit('error', reason);
  }
}

export type ScriptedNodeHid = {
  getHidapiVersion(): string;
  devicesAsync(): Promise<Device[]>;
  HIDAsync: { open(path: string): Promise<ScriptedHid> };
  /** All that were ever opened. */
  opened: ScriptedHid[];
};

/** `refuse` gives the text with which opening fails, or null. */
export function scriptedNodeHid(
  devices: () => Device[] = () => [],
  refuse: (path: string) => string | null = () => null,
): ScriptedNodeHid {
  const opened: ScriptedHid[] = [];
  const open = async (path: string): Promise<ScriptedHid> => {
    await new Promise((resolve) => setImmediate(resolve));
    const reason = refuse(path);
    if (reason !== null) throw new Error(`cannot open device with path ${path}: ${reason}`);
    const device = new ScriptedHid(path);
    opened.push(device);
    return device;
  };
  return {
    getHidapiVersion: () => '0.15.0',
    devicesAsync: async () => devices(),
    HIDAsync: { open },
    opened,
  };
}
