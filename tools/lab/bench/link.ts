// The bench's socket: windows come and go; each gets the facts and the newest view, and its buttons are answered.
import { chmodSync, rmSync } from 'node:fs';
import { createServer, type Socket } from 'node:net';
import { createInterface } from 'node:readline';
import type { BenchFacts, BenchMessage, BenchRequest, BenchView } from '../../../fixtures/lab/shared/view.ts';
import { BenchRefused, type Handlers } from './side.ts';

export type BenchLink = {
  show(view: BenchView): void;
  close(): Promise<void>;
};

export type LinkParts = {
  path: string;
  facts: BenchFacts;
  /** The handlers of this moment: they change when the shop is emptied. */
  handlers(): Handlers;
  view(): BenchView;
  /** Told of what is no refusal: a simulator that hung up, say. */
  log(line: string): void;
};

/** The answer to one button; whatever goes wrong is said in the window. */
async function answer(parts: LinkParts, request: BenchRequest): Promise<BenchMessage> {
  const { id } = request;
  try {
    const handler = parts.handlers()[request.do];
    if (handler === undefined) throw new BenchRefused({ zh: '现在做不了', en: `Not now: ${request.do}` });
    return { id, ok: true, ...(await handler(request)) };
  } catch (error) {
    if (error instanceof BenchRefused) return { id, ok: false, ...error.said };
    const detail = error instanceof Error ? error.message : String(error);
    parts.log(`${request.do}: ${detail}`);
    return { id, ok: false, zh: `没有做成：${detail}`, en: `It failed: ${detail}` };
  }
}

function send(socket: Socket, message: BenchMessage): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}

export async function openLink(parts: LinkParts): Promise<BenchLink> {
  const sockets = new Set<Socket>();
  rmSync(parts.path, { force: true });
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    send(socket, { facts: parts.facts });
    send(socket, { view: parts.view() });
    const lines = createInterface({ input: socket });
    lines.on('error', () => socket.destroy());
    lines.on('line', (line) => {
      const request = JSON.parse(line) as BenchRequest;
      void answer(parts, request).then((message) => send(socket, message));
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(parts.path, resolve);
  });
  chmodSync(parts.path, 0o600);
  return {
    show: (view) => {
      for (const socket of sockets) send(socket, { view });
    },
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
