// Preload (`node --import`) of a core under the write log: notes each request to the acquirer just before its first byte leaves
// (TLS hides it from the log). DISK_LOG_NOTES names the file that the log watches for notes.
import { subscribe } from 'node:diagnostics_channel';
import { openSync, writeSync } from 'node:fs';

const file = process.env['DISK_LOG_NOTES'];
if (file === undefined) throw new Error('DISK_LOG_NOTES is not set');
const descriptor = openSync(file, 'a');

type Sending = { request: { path: string; body: unknown } };
type Body = { merchantOrderId?: string; refundRequestId?: string };

subscribe('undici:client:sendHeaders', (message) => {
  const { path, body } = (message as Sending).request;
  const { merchantOrderId: order, refundRequestId: refund } = JSON.parse(String(body)) as Body;
  writeSync(descriptor, JSON.stringify({ path, order, refund }));
});
