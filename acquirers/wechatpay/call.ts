// One signed call of WeChat Pay APIv3 over HTTPS.
import type { KeyObject } from 'node:crypto';
import { exchange, type HttpsSettings } from '../transport/https.ts';
import { believe, type CallOutcome, type CallRequest, prepare, type Signing } from './message.ts';
import { type PlatformKey, readPlatformKeys } from './signature.ts';

export type CallSettings = HttpsSettings & Signing;

/** What a contract with WeChat Pay has: where it is, and whose keys sign what. */
export type WechatPayAccess = HttpsSettings & {
  merchantSerial: string;
  merchantKey: KeyObject;
  /** Several while WeChat changes its key; each answer says which one signed it. */
  platformKeys: readonly PlatformKey[];
  nonce: () => string;
  wall_ms: () => number;
};

/** A merchant who has certificate and public key is answered by the certificate's, unless the request names the other. */
function answerSerialOf(keys: readonly PlatformKey[]): string | null {
  return keys.find(({ serial }) => serial.startsWith('PUB_KEY_ID_'))?.serial ?? null;
}

/** Throws when a platform key can't be read. */
export function callSettingsOf(merchantId: string, access: WechatPayAccess): CallSettings {
  const { merchantSerial, merchantKey, platformKeys, ...rest } = access;
  return {
    ...rest,
    merchantKey: { merchantId, serial: merchantSerial.toUpperCase(), key: merchantKey },
    platformKeys: readPlatformKeys(platformKeys),
    answerSerial: answerSerialOf(platformKeys),
    prefix: new URL(rest.baseUrl).pathname.replace(/\/$/, ''),
  };
}

/** Never rejects. `timeout_ms` covers everything from the connection to the last byte of the answer. */
export async function call(settings: CallSettings, request: CallRequest): Promise<CallOutcome> {
  const outcome = await exchange(settings, () => prepare(settings, request));
  return outcome.kind === 'received' ? believe(settings, outcome.received, outcome.latency_ms) : outcome;
}

/** How one call is made. `finish` hears exactly once what became of it; nothing is thrown, nothing returned. */
export type Send = (
  settings: CallSettings,
  request: CallRequest,
  finish: (outcome: CallOutcome) => void,
) => void;

export const sendByHttps: Send = (settings, request, finish) => void call(settings, request).then(finish);
