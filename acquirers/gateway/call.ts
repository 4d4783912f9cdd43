// One signed call of the gateway protocol over HTTPS.
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { believe, type CallOutcome, type CallRequest, prepare } from './message.ts';
import type { SigningKey } from './signature.ts';

export type CallSettings = HttpsSettings & {
  key: SigningKey;
  terminalKey?: SigningKey;
  nonce: () => string;
  wall_ms: () => number;
};

/** Never rejects. `timeout_ms` covers everything from the connection to the last byte of the answer. */
export async function call(settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  let nonce = '';
  const outcome = await exchange(settings, () => {
    const prepared = prepare(settings, request);
    nonce = prepared.nonce;
    const { headers, body } = prepared;
    return { ...request, method: 'POST', headers, body };
  });
  if (outcome.kind !== 'received') return outcome;
  return believe(settings, outcome.received, nonce, outcome.latency_ms);
}

/** How one call is made. `finish` hears exactly once what became of it; nothing is thrown, nothing returned. */
export type Send = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

export const sendByHttps: Send = (settings, request, finish) => void call(settings, request).then(finish);
