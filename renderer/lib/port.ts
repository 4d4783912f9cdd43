// Asks the preload for a port to the core. The nonce ties the answer to this load of the page.
import type { Port } from './connection.ts';

export function askForPort(take: (port: Port) => void): void {
  const nonce = crypto.randomUUID();
  window.addEventListener('message', (event) => {
    if (event.source !== window || event.origin !== location.origin) return;
    if (event.data?.kind !== 'yima:port' || event.data.nonce !== nonce) return;
    const [port] = event.ports;
    if (port) take(port);
  });
  window.postMessage({ kind: 'yima:want-port', nonce }, location.origin);
}
