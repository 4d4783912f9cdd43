// Runs isolated beside the page. Exposes no function: it asks main for a port when the page wants one, hands the port
// over by a window message that carries the page's own nonce, and tells main once a second that the page lives.
/// <reference lib="dom" />
import { ipcRenderer } from 'electron';
import { PAGE_CHANNEL } from './messages.ts';

const ALIVE_EVERY_ms = 1_000;
let nonce: string | null = null;
let hasPort = false;

window.addEventListener('message', (event) => {
  if (event.source !== window || event.origin !== location.origin) return;
  if (event.data?.kind !== 'yima:want-port' || typeof event.data.nonce !== 'string') return;
  nonce = event.data.nonce;
  ipcRenderer.send(PAGE_CHANNEL, 'port');
});

ipcRenderer.on(PAGE_CHANNEL, (event) => {
  if (nonce === null) return;
  hasPort = true;
  window.postMessage({ kind: 'yima:port', nonce }, location.origin, [...event.ports]);
});

// Main does not hear a page whose navigation it has not finished: until a port came, asking is the sign of life.
setInterval(
  () => ipcRenderer.send(PAGE_CHANNEL, nonce !== null && !hasPort ? 'port' : 'alive'),
  ALIVE_EVERY_ms,
);
