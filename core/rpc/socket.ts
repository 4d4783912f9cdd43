// The control socket: the same contract on a Unix socket in the state directory, one JSON text a line, owner only.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Server, type Socket } from 'node:net';
import { MESSAGE_LIMIT_bytes } from '../../contract/envelope.ts';
import type { Accept } from './host-link.ts';

const CONNECTIONS_LIMIT = 16;

/** What a client that reads nothing may leave lying here. */
const UNREAD_LIMIT_bytes = 8 * 1024 * 1024;
const LAST_WORDS_ms = 1000;

/** Says why and hangs up; what still comes in is dropped, so that the answer is not lost in a reset. */
function refuseLine(socket: Socket): void {
  const error = { code: 'E-RPC-01', detail: `a line over ${MESSAGE_LIMIT_bytes} bytes` };
  socket.removeAllListeners('data').resume();
  socket.end(`${JSON.stringify({ id: null, ok: false, error })}\n`);
  setTimeout(() => socket.destroy(), LAST_WORDS_ms).unref();
}

/** Feeds whole lines to `line`; a line over the limit closes the connection: its end can't be found again. */
function splitLines(socket: Socket, line: (text: string) => void): void {
  let pending = '';
  socket.setEncoding('utf8');
  socket.on('data', (chunk: string) => {
    pending += chunk;
    for (let end = pending.indexOf('\n'); end >= 0; end = pending.indexOf('\n')) {
      const text = pending.slice(0, end);
      pending = pending.slice(end + 1);
      if (text.trim() !== '') line(text);
    }
    if (pending.length > MESSAGE_LIMIT_bytes) refuseLine(socket);
  });
}

export function serveSocket(path: string, accept: Accept): Promise<Server> {
  rmSync(path, { force: true });
  const server = createServer((socket) => {
    const session = accept((frame) => {
      if (socket.writableLength > UNREAD_LIMIT_bytes) socket.destroy();
      else if (socket.writable) socket.write(`${frame}\n`);
    });
    splitLines(socket, (text) => session.receive(text));
    socket.on('close', () => session.close());
    // A client that dies in mid-write is its own affair; 'close' follows.
    socket.on('error', () => session.close());
  });
  server.maxConnections = CONNECTIONS_LIMIT;
  return new Promise((resolve, reject) => {
    const before = process.umask(0o177);
    server.once('error', (error) => {
      process.umask(before);
      reject(error);
    });
    server.listen(path, () => {
      process.umask(before);
      chmodSync(path, 0o600);
      resolve(server);
    });
  });
}
