// Activation: a technician's code, which never travels, gives a terminal its app id and key. Pure but for the call. Source:
// docs/gateway-protocol.md, "Session and batch".
import { z } from 'zod';
import { asking } from '../transport/ask.ts';
import type { HttpsSettings } from '../transport/https.ts';
import { call } from './call.ts';
import { envelope } from './codec.ts';
import { derivedKey, ownerOf, unwrap } from './wrapping.ts';

const ACTIVATE_path = '/v4/poslink/terminal/activate';

/** What stands for an app id while a terminal has none. */
const ACTIVATION_app = 'ACTIVATION';

const CALL_TIMEOUT_ms = 20_000;

export const isActivationCode = (code: string): boolean => /^[0-9A-Z]{20}$/.test(code);

export type ActivationOutcome =
  | { kind: 'activated'; appId: string; appKey: string }
  /** `cause`: the acquirer's code, or what is wrong; nothing of a key or of the code. */
  | { kind: 'refused' | 'damaged' | 'noAnswer'; cause: string };

type Terminal = { merchantCode: string; terminalCode: string; serial: string };

const activated = z.object({
  terminalCode: z.string(),
  appId: z.string().regex(/^[0-9A-Za-z_.-]{1,64}$/),
  appKey: z.base64().max(1024),
});

/** `json`: of an answer signed with the code's key. `nonce`: of the request. */
export function readActivationAnswer(
  json: unknown,
  request: { terminalCode: string; nonce: string; code: string },
): ActivationOutcome {
  const damaged = (cause: string): ActivationOutcome => ({ kind: 'damaged', cause });
  const head = envelope.safeParse(json);
  if (!head.success) return damaged('NO_ERRCODE');
  if (head.data.errCode !== '00') return { kind: 'refused', cause: head.data.errCode };
  const found = activated.safeParse(json);
  if (!found.success) return damaged(`INCOMPLETE_${found.error.issues[0]?.path.join('.') ?? ''}`);
  const { terminalCode, appId, appKey: wrapped } = found.data;
  if (terminalCode !== request.terminalCode) return damaged('MISMATCH');
  const wrappingKey = derivedKey(Buffer.from(request.code), request.nonce, 'app-key');
  const appKey = unwrap(wrapped, wrappingKey, ownerOf(terminalCode, appId))?.toString('latin1');
  if (appKey === undefined) return damaged('KEY_WRAPPED_WRONGLY');
  // One line of a key file.
  return /^[\x21-\x7e]{16,512}$/.test(appKey)
    ? { kind: 'activated', appId, appKey }
    : damaged('KEY_NOT_PRINTABLE');
}

export type ActivationAccess = HttpsSettings & { nonce: () => string; wall_ms: () => number };

/** Asked once; never rejects. A lost answer is asked for again by the person who holds the code. */
export type Activate = (code: string) => Promise<ActivationOutcome>;

export function gatewayActivation(terminal: Terminal, access: ActivationAccess): Activate {
  const { wall_ms, ask } = asking(access);
  const { merchantCode, terminalCode, serial: terminalSerial } = terminal;
  return async (code) => {
    let nonce = '';
    const settings = {
      ...access,
      wall_ms,
      nonce: () => (nonce = access.nonce()),
      key: { appId: ACTIVATION_app, appKey: derivedKey(Buffer.from(code), '', 'activation-signature') },
    };
    const body = { merchantCode, terminalCode, terminalSerial };
    const outcome = await ask(() =>
      call(settings, { path: ACTIVATE_path, body, timeout_ms: CALL_TIMEOUT_ms }),
    );
    if (outcome.kind === 'answered') return readActivationAnswer(outcome.json, { terminalCode, nonce, code });
    return { kind: outcome.kind === 'unbelievable' ? 'damaged' : 'noAnswer', cause: outcome.cause };
  };
}
