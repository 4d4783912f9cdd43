// The customer's screen's link to the core: one request, then views. It can ask for nothing else.
import { DISPLAY_command, type DisplayOutbound, type DisplayView } from '../../contract/display.ts';
import type { Port } from '../lib/connection.ts';

/** `onView` hears null when the core is gone: what it showed may be true no longer. */
export function createLink(onView: (view: DisplayView | null) => void): (port: Port) => void {
  let current: Port | null = null;
  return (port) => {
    const before = current;
    current = port;
    before?.close();
    port.addEventListener('message', ({ data }) => {
      if (port !== current || typeof data !== 'string') return;
      const message = JSON.parse(data) as DisplayOutbound;
      if ('push' in message) onView(message.view);
      else if (message.ok) onView(message.result as DisplayView);
    });
    port.addEventListener('close', () => {
      if (port !== current) return;
      current = null;
      onView(null);
    });
    port.start();
    port.postMessage(JSON.stringify({ id: 1, command: DISPLAY_command }));
  };
}
