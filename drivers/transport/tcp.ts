// A byte link over TCP (printers on port 9100). Ends with FIN and waits for the peer: destroying a socket after a
// write lost 98.6 % of a receipt when the printer was sending status bytes (RST; reference devices 3.3, D4).
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { ByteLink, ByteLinkListener, LinkOpener, OpenResult } from '../../core/ports/byte-link.ts';
import type { Fault } from '../../core/ports/fault.ts';
import { CloseOnce, errorDetail } from './link-state.ts';

export type TcpOptions = {
  host: string;
  port: number;
  /** Default 3000. */
  connectTimeout_ms?: number;
  /** How long the peer may take to close after our FIN. Default 3000. */
  linger_ms?: number;
};

const faultCodes: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'tcp.refused',
  ETIMEDOUT: 'tcp.timeout',
  EHOSTUNREACH: 'tcp.unreachable',
  ENETUNREACH: 'tcp.unreachable',
  EHOSTDOWN: 'tcp.unreachable',
  ENOTFOUND: 'tcp.nameUnknown',
  EAI_AGAIN: 'tcp.nameUnknown',
  ECONNRESET: 'tcp.reset',
  EPIPE: 'tcp.reset',
};

function tcpFault(error: unknown, retry: Fault['retry']): Fault {
  const { code, detail } = errorDetail(error);
  return { code: faultCodes[code] ?? 'tcp.failed', retry, detail };
}

function linkOver(socket: Socket, state: CloseOnce, linger_ms: number, ending: { value: boolean }): ByteLink {
  return {
    write: (bytes) =>
      new Promise((resolve) => {
        if (state.closed) {
          resolve(state.fault);
          return;
        }
        socket.write(bytes, (error) => resolve(error ? tcpFault(error, 'unsafe') : null));
      }),
    end: async () => {
      if (state.closed) return;
      ending.value = true;
      const timer = setTimeout(() => socket.destroy(), linger_ms);
      socket.end();
      await state.wait();
      clearTimeout(timer);
    },
  };
}

/** An opener for one host and port. Fault codes `tcp.*`; opening faults are `safe`, later ones `unsafe`. */
export function openTcp(options: TcpOptions): LinkOpener {
  return (listener: ByteLinkListener) =>
    new Promise<OpenResult>((resolve) => {
      const state = new CloseOnce(listener);
      const ending = { value: false };
      let opened = false;
      let lastError: Fault | null = null;
      const limit_ms = options.connectTimeout_ms ?? 3000;
      const socket = connect({ host: options.host, port: options.port, noDelay: true });
      const timer = setTimeout(() => {
        lastError = { code: 'tcp.timeout', retry: 'safe', detail: `no connection within ${limit_ms} ms` };
        socket.destroy();
      }, limit_ms);
      socket.on('connect', () => {
        clearTimeout(timer);
        opened = true;
        resolve({ ok: true, link: linkOver(socket, state, options.linger_ms ?? 3000, ending) });
      });
      socket.on('data', (chunk) => listener.bytes(chunk));
      socket.on('error', (error) => {
        lastError = tcpFault(error, opened ? 'unsafe' : 'safe');
      });
      socket.on('close', () => {
        clearTimeout(timer);
        const fault = lastError ?? { code: 'tcp.closedByPeer', retry: 'unsafe', detail: 'the peer closed' };
        if (opened) state.close(ending.value && lastError === null ? null : fault);
        else resolve({ ok: false, fault });
      });
    });
}
