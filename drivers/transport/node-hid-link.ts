// A byte link over a HID device that node-hid reads in a thread of its own. Reports only: nothing is ever written.
import type { EventEmitter } from 'node:events';
import type { ByteLink, ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { CloseOnce, errorDetail } from './link-state.ts';

/** Of node-hid's HIDAsync what we use: events `data` with a report and `error` with a text, and its closing. */
export type NodeHidDevice = EventEmitter & { close(): Promise<void> };

/**
 * node-hid catches what its listeners throw and emits it as an error of the device: a defect of ours would pass for an
 * unplugging. So it is thrown outside of node-hid.
 */
function outsideOfNodeHid(run: () => void): void {
  try {
    run();
  } catch (defect) {
    queueMicrotask(() => {
      throw defect;
    });
  }
}

const unplugged = (detail: string): Fault => ({ code: 'hid.unplugged', retry: 'unsafe', detail });

export class NodeHidLink implements ByteLink {
  readonly #device: NodeHidDevice;
  readonly #listener: ByteLinkListener;
  readonly #state: CloseOnce;
  #closing: Promise<void> | null = null;
  stopWatching = (): void => undefined;

  constructor(device: NodeHidDevice, listener: ByteLinkListener) {
    this.#device = device;
    this.#listener = listener;
    this.#state = new CloseOnce(listener);
  }

  /** Resolves when node-hid is reading: it starts a tick after the listener came, and throws there if closed before. */
  async read(): Promise<void> {
    this.#device.on('error', (error: unknown) => this.unplugged(errorDetail(error).detail));
    this.#device.on('data', (report: Uint8Array) => this.#heard(report));
    await new Promise<void>((resolve) => process.nextTick(resolve));
  }

  #heard(report: Uint8Array): void {
    // its thread may have had one more on the way
    if (this.#closing !== null) return;
    outsideOfNodeHid(() => this.#listener.bytes(Uint8Array.from(report)));
  }

  write(_bytes: Uint8Array): Promise<Fault | null> {
    return Promise.resolve({ code: 'hid.readOnly', retry: 'never', detail: 'a scanner is only read' });
  }

  end(): Promise<void> {
    return this.#close(null);
  }

  /** The device is gone, says node-hid or the watch. */
  unplugged(detail: string): void {
    void this.#close(unplugged(detail));
  }

  #close(fault: Fault | null): Promise<void> {
    this.#closing ??= this.#closeOnce(fault);
    return this.#closing;
  }

  async #closeOnce(fault: Fault | null): Promise<void> {
    this.stopWatching();
    if (fault !== null) outsideOfNodeHid(() => this.#state.close(fault));
    let closed = fault;
    try {
      await this.#device.close();
    } catch (error) {
      // the device is gone with all that it held
      closed ??= unplugged(errorDetail(error).detail);
    }
    outsideOfNodeHid(() => this.#state.close(closed));
  }
}
