// One signed call of ACP over HTTPS.
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { believe, type CallOutcome, type CallRequest, prepare, type Signing } from './message.ts';

/** `baseUrl`: https://gateway.95516.com/gateway/api */
export type CallSettings = HttpsSettings & Signing;

/** Never rejects. `timeout_ms` covers everything from the connection to the last byte of the answer. */
async function call(settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  const { path, timeout_ms } = request;
  const outcome = await exchange(settings, () => ({
    method: 'POST',
    path,
    ...prepare(settings, request),
    timeout_ms,
  }));
  return outcome.kind === 'received' ? believe(settings, outcome.received, outcome.latency_ms) : outcome;
}

/** How one call is made. `finish` hears exactly once what became of it; nothing is thrown, nothing returned. */
export type Send = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

export const sendByHttps: Send = (settings, request, finish) => void call(settings, request).then(finish);
