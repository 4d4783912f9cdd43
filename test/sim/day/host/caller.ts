// For the host's own tests: a till's side of the wire, a clock moved by hand, and everything the host said it did.
import { createHash, createHmac } from 'node:crypto';
import { chanceFor } from '../../../month/random.ts';
import { calmMood, Host, type Mood, type WireAnswer, type WireRequest } from './host.ts';

export const key = { appId: 'app-7', appKey: Buffer.from('a secret of thirty-two bytes, yes') };
export const shop = { merchantCode: '898310000000001', terminalCode: '00000042' };
/** 2026-03-09 10:00 in Shanghai. */
export const MORNING_ms = Date.UTC(2026, 2, 9, 2);

export type Fields = Record<string, unknown>;
export type Seal = { offset_ms?: number; nonce?: string; appId?: string; appKey?: Buffer };
export type Call = 'present' | 'close' | 'pay' | 'query' | 'voidpayment' | 'refund' | 'query-refund' | 'echo';

export type Stage = ReturnType<typeof stage>;

export function stage(
  mood: Partial<Mood> = {},
  seed = 1,
  abilities: { endsCodes?: boolean; answersLater?: boolean; forgetsRefusals?: boolean } = {},
) {
  const clock = { now_ms: MORNING_ms };
  const waiting: { at_ms: number; run: () => void }[] = [];
  const seen = new Map<string, number>();
  const feeling: Mood = { ...calmMood(), ...mood };
  let nonces = 0;
  const host = new Host({
    now_ms: () => clock.now_ms,
    after: (delay_ms, run) => void waiting.push({ at_ms: clock.now_ms + delay_ms, run }),
    chance: chanceFor(seed, 'host'),
    key,
    ...shop,
    mood: feeling,
    ...abilities,
    saw: (kind) => void seen.set(kind, (seen.get(kind) ?? 0) + 1),
  });

  /** What falls due on the way happens at its own time. */
  function pass(span_ms: number): void {
    const end_ms = clock.now_ms + span_ms;
    for (;;) {
      waiting.sort((a, b) => a.at_ms - b.at_ms);
      const next = waiting[0];
      if (next === undefined || next.at_ms > end_ms) break;
      waiting.shift();
      clock.now_ms = next.at_ms;
      next.run();
    }
    clock.now_ms = end_ms;
  }

  function sealed(call: Call, body: Buffer, seal: Seal = {}): WireRequest {
    nonces += 1;
    const nonce = seal.nonce ?? `nonce-${nonces}`;
    const authorization = sealOf(body, nonce, clock.now_ms + (seal.offset_ms ?? 0), seal);
    return { path: pathOf(call), headers: { authorization }, body };
  }

  function request(call: Call, fields: Fields, seal: Seal = {}): WireRequest {
    return sealed(call, Buffer.from(JSON.stringify({ ...shop, ...fields })), seal);
  }

  function ask(call: Call, fields: Fields = {}): Fields {
    return fieldsOf(host.serve(request(call, fields)));
  }

  function pay(merchantOrderId: string, more: Fields = {}): Fields {
    return ask('pay', { ...payment(merchantOrderId), ...more });
  }

  const stateOf = (orderNumber: string) =>
    host.ledger.orders().find((order) => order.orderNumber === orderNumber);

  return { host, clock, mood: feeling, seen, pass, sealed, request, ask, pay, stateOf };
}

export function pathOf(call: Call): string {
  return call === 'echo' ? '/v4/poslink/echo' : `/v4/poslink/transaction/${call}`;
}

export function payment(merchantOrderId: string): Fields {
  return {
    merchantOrderId,
    transactionAmount: 1250,
    transactionCurrencyCode: '156',
    payMode: 'CODE_SCAN',
    payCode: `13${merchantOrderId.padStart(16, '0')}`,
    deviceType: '11',
    ip: '10.0.0.7',
  };
}

export function fieldsOf(answer: WireAnswer): Fields {
  return JSON.parse(answer.body.toString()) as Fields;
}

export function stampOf(at_ms: number): string {
  return new Date(at_ms + 8 * 3_600_000).toISOString().replaceAll(/[-T:]/g, '').slice(0, 14);
}

function sealOf(body: Buffer, nonce: string, at_ms: number, seal: Seal): string {
  const appId = seal.appId ?? key.appId;
  const timestamp = stampOf(at_ms);
  const signature = signed(appId + timestamp + nonce, body, seal.appKey ?? key.appKey);
  return `OPEN-BODY-SIG AppId="${appId}", Timestamp="${timestamp}", Nonce="${nonce}", Signature="${signature}"`;
}

export function signed(text: string, body: Buffer, appKey: Buffer): string {
  const digest = createHash('sha256').update(body).digest('hex');
  return createHmac('sha256', appKey).update(`${text}${digest}`).digest('base64');
}
