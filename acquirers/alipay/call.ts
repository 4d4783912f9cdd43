// One signed call of Alipay's OpenAPI over HTTPS.
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { believe, type CallOutcome, type CallRequest, prepare, type Signing } from './message.ts';

/** `baseUrl` is the gateway itself: https://openapi.alipay.com/gateway.do */
export type CallSettings = HttpsSettings & Signing;

/** Never rejects. `timeout_ms` covers everything from the connection to the last byte of the answer. */
export async function call(settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  const outcome = await exchange(settings, () => {
    const { query, headers, body } = prepare(settings, request);
    return { method: 'POST', path: query, headers, body, timeout_ms: request.timeout_ms };
  });
  if (outcome.kind !== 'received') return outcome;
  return believe(settings, request, outcome.received, outcome.latency_ms);
}

/** How one call is made. `finish` hears exactly once what became of it; nothing is thrown, nothing returned. */
export type Send = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

export const sendByHttps: Send = (settings, request, finish) => void call(settings, request).then(finish);
