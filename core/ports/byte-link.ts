// An open byte pipe, whatever carries it (serial line, TCP): how drivers reach a device.
import type { Fault } from './fault.ts';

export interface ByteLinkListener {
  bytes(chunk: Uint8Array): void;
  /** Called once; the link is dead afterwards. `fault` is null when we closed it ourselves. */
  closed(fault: Fault | null): void;
}

export interface ByteLink {
  /** Resolves when the bytes have left this process, or with the fault that prevented it. Never rejects. */
  write(bytes: Uint8Array): Promise<Fault | null>;
  /** Ends gracefully (pending bytes are delivered) and resolves when closed. */
  end(): Promise<void>;
}

export type OpenResult = { ok: true; link: ByteLink } | { ok: false; fault: Fault };

/** Opens a link and starts calling the listener. Never rejects. */
export type LinkOpener = (listener: ByteLinkListener) => Promise<OpenResult>;
