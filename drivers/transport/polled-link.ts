// Reads and writes a character device opened with O_NONBLOCK, which says EAGAIN for "nothing to read" and "no room": asks
// again after a short wait. What a write call took is counted, never presumed.
import type { FileHandle } from 'node:fs/promises';
import type { ByteLink, ByteLinkListener } from '../../core/ports/byte-link.ts';
import type { Clock } from '../../core/ports/clock.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { type CloseOnce, errorDetail } from './link-state.ts';

export type PolledDevice = {
  handle: FileHandle;
  /** First part of its fault codes. */
  kind: 'usb' | 'hid';
  clock: Clock;
  listener: ByteLinkListener;
  state: CloseOnce;
};

/** The first wait after something moved, doubled up to the longest. */
const shortestWait_ms = 2;
const longestWait_ms = 20;
/** Pending bytes may take this long when we end the link; a stalled printer must not hold us for ever. */
const drainLimit_ms = 2000;
/** hidraw gives one whole report at a time, and has none longer. */
const readSize_bytes = 4096;
/** usblp takes 8192 at once, but a page of it may stay with a stalled printer for ever. */
const writeSize_bytes = 4096;

/** Node answers for itself when it shall write an empty buffer, but writes nothing of this one when asked to. */
const oneByte = new Uint8Array(1);

const again = new Set(['EAGAIN', 'EWOULDBLOCK', 'EINTR']);

export class PolledLink implements ByteLink {
  readonly #device: PolledDevice;
  #writing: Promise<Fault | null> = Promise.resolve(null);
  /** A system call may be under way: the descriptor is closed after it, or its number could be another file's. */
  #reading: Promise<void> = Promise.resolve();
  #ending = false;
  #hasWritten = false;
  /** Writing is given up: the printer takes nothing and we want to close. */
  #isAbandoned = false;
  #closing: Promise<void> | null = null;
  stopWatching = (): void => undefined;

  constructor(device: PolledDevice) {
    this.#device = device;
  }

  /** Starts reading; goes on until the link is closed. */
  read(): void {
    this.#reading = this.#readAll();
  }

  write(bytes: Uint8Array): Promise<Fault | null> {
    const { state } = this.#device;
    if (state.closed || this.#ending) return Promise.resolve(state.fault);
    const own = Uint8Array.from(bytes);
    this.#hasWritten = true;
    this.#writing = this.#writing.then((fault) => fault ?? this.#writeAll(own));
    return this.#writing;
  }

  async end(): Promise<void> {
    // over already, but its descriptor may still be closing: usblp would tell the next opener that it is busy
    if (this.#closing !== null) return this.#closing;
    this.#ending = true;
    // the clock's timers let a process end; this one holds it until the bytes are out
    const timer = setTimeout(() => {
      this.#isAbandoned = true;
    }, drainLimit_ms);
    // usblp drops its last block when it is closed too early; an empty write says EAGAIN while that is on its way
    const flush = () => (this.#hasWritten ? this.#attempt(oneByte, 0) : 0);
    const flushed = await this.#writing.then((fault) => fault ?? flush());
    await this.#close(typeof flushed === 'number' ? null : flushed);
    clearTimeout(timer);
  }

  /** The device is gone, says a read, a write or the watch. */
  unplugged(detail: string): void {
    void this.#close(this.#fault('unplugged', detail));
  }

  #fault(reason: 'unplugged' | 'stalled', detail: string): Fault {
    return { code: `${this.#device.kind}.${reason}`, retry: 'unsafe', detail };
  }

  get #isOver(): boolean {
    return this.#closing !== null;
  }

  #wait(duration_ms: number): Promise<void> {
    return new Promise((resolve) => {
      this.#device.clock.after(duration_ms, resolve);
    });
  }

  async #readAll(): Promise<void> {
    const buffer = new Uint8Array(readSize_bytes);
    let wait_ms = shortestWait_ms;
    while (!this.#isOver) {
      const count = await this.#readOnce(buffer);
      if (this.#isOver || count === null) return;
      // nothing, be it EAGAIN or 0 bytes: a printer may answer with empty packets, so only the watch calls it unplugged
      wait_ms = count > 0 ? shortestWait_ms : Math.min(wait_ms * 2, longestWait_ms);
      if (count > 0) this.#device.listener.bytes(buffer.slice(0, count));
      await this.#wait(wait_ms);
    }
  }

  /** How many bytes came, 0 when none did, null when this device never says anything. */
  async #readOnce(buffer: Uint8Array): Promise<number | null> {
    try {
      return (await this.#device.handle.read(buffer, 0, buffer.length, null)).bytesRead;
    } catch (error) {
      const { code, detail } = errorDetail(error);
      // usblp's answer for a printer with one direction only
      if (code === 'EINVAL') return null;
      if (!again.has(code)) this.unplugged(detail);
      return 0;
    }
  }

  async #writeAll(bytes: Uint8Array): Promise<Fault | null> {
    let at = 0;
    while (at < bytes.length) {
      const result = await this.#attempt(bytes.subarray(at, at + writeSize_bytes));
      if (typeof result !== 'number') return result;
      at += result;
    }
    return null;
  }

  /** One write call, repeated while the device is busy: how many bytes it took, or the fault that ended it. */
  async #attempt(piece: Uint8Array, length = piece.length): Promise<number | Fault> {
    let wait_ms = shortestWait_ms;
    while (!this.#isOver && !this.#isAbandoned) {
      try {
        const { bytesWritten } = await this.#device.handle.write(piece, 0, length, null);
        if (bytesWritten > 0 || length === 0) return bytesWritten;
      } catch (error) {
        const { code, detail } = errorDetail(error);
        if (!again.has(code)) {
          this.unplugged(detail);
          break;
        }
      }
      await this.#wait(wait_ms);
      wait_ms = Math.min(wait_ms * 2, longestWait_ms);
    }
    if (!this.#isOver) return this.#fault('stalled', 'it takes no bytes');
    return this.#device.state.fault;
  }

  #close(fault: Fault | null): Promise<void> {
    this.#closing ??= this.#closeOnce(fault);
    return this.#closing;
  }

  async #closeOnce(fault: Fault | null): Promise<void> {
    const { state, handle } = this.#device;
    this.stopWatching();
    if (fault !== null) state.close(fault);
    await Promise.all([this.#reading, this.#writing]);
    try {
      await handle.close();
    } catch (error) {
      // the device is gone with all that it held
      state.close(this.#fault('unplugged', errorDetail(error).detail));
    }
    state.close(null);
  }
}
