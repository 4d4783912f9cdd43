// Test help: a TCP server that answers as the script says. Not a printer: it only knows the status requests.
import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import { selectHanzi } from './commands.ts';

export type Script = {
  /** The answer to DLE EOT n; null stays silent. Default: all is well. */
  realTime?: (n: number) => number | null;
  /** The answer to GS r 1 from the first receipt on. Default 0. */
  ordered?: () => number | null;
  /** The answer to GS r 1 before that. Default 0. */
  orderedAtFirst?: () => number | null;
  /** The text for GS I, by the letter of its number (`A` is 65). Default: silent. */
  identity?: (letter: string) => string | null;
  /** Answers DLE DC4 8. Default false. */
  clears?: boolean;
  /** Answers GS ( H fn 48. Default false. */
  processId?: boolean;
  /** Sees every chunk first; true = handled, nothing else happens. */
  intercept?: (socket: Socket, chunk: Buffer) => boolean;
};

export type ScriptedPrinter = {
  port: number;
  /** Everything received on connections that carried a receipt. */
  jobs(): Buffer[];
  connections: number;
  script: Script;
  sockets: Set<Socket>;
  close(): Promise<void>;
};

const request =
  /\x10\x04([\x01-\x04])|\x1dr([\x01-\x04])|\x1d\(H\x06\x0000([ -~]{4})|\x1dI([A-D])|(\x10\x14\x08\x01\x03\x14\x01\x06\x02\x08)/g;

function answer(printer: ScriptedPrinter, socket: Socket, text: string): void {
  const { script } = printer;
  for (const [, realTime, ordered, id, letter, clear] of text.matchAll(request)) {
    if (realTime !== undefined) {
      const byte = (script.realTime ?? (() => 0x12))(realTime.charCodeAt(0));
      if (byte !== null) socket.write(Uint8Array.of(byte));
    } else if (ordered !== undefined) {
      const isAtFirst = printer.jobs().length === 0;
      const byte = ((isAtFirst ? script.orderedAtFirst : script.ordered) ?? (() => 0))();
      if (byte !== null) socket.write(Uint8Array.of(byte));
    } else if (id !== undefined && script.processId === true) {
      socket.write(`\x37\x22${id}\x00`, 'latin1');
    } else if (clear !== undefined) {
      if (script.clears === true) socket.write('\x37\x25\x00', 'latin1');
    } else if (letter !== undefined) {
      const name = script.identity?.(letter) ?? null;
      if (name !== null) socket.write(`\x5f${name}\x00`, 'latin1');
    }
  }
}

export async function startScriptedPrinter(script: Script = {}): Promise<ScriptedPrinter> {
  const received: Buffer[][] = [];
  const server: Server = createServer((socket) => {
    const chunks: Buffer[] = [];
    received.push(chunks);
    printer.connections += 1;
    printer.sockets.add(socket);
    socket.on('close', () => printer.sockets.delete(socket));
    // a peer that resets is the driver's business, not ours
    socket.on('error', () => socket.destroy());
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (printer.script.intercept?.(socket, chunk) === true) return;
      answer(printer, socket, chunk.toString('latin1'));
    });
  });
  const printer: ScriptedPrinter = {
    port: 0,
    connections: 0,
    script,
    sockets: new Set(),
    jobs: () =>
      received
        .map((chunks) => Buffer.concat(chunks))
        .filter((bytes) => bytes.includes(Buffer.from(selectHanzi))),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        for (const socket of printer.sockets) socket.destroy();
      }),
  };
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  printer.port = typeof address === 'object' && address !== null ? address.port : 0;
  return printer;
}
