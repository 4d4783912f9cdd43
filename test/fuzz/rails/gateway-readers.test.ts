// Harmed answers to the calls about a terminal and its batches: no reader throws, and none takes what was not said.
import { createSecretKey } from 'node:crypto';
import { expect, it } from 'vitest';
import { type ActivationOutcome, readActivationAnswer } from '../../../acquirers/gateway/activation.ts';
import { readSettleAnswer, readUploadAnswer, uploadOf } from '../../../acquirers/gateway/batch.ts';
import { readSignInAnswer, type Session } from '../../../acquirers/gateway/sign-in.ts';
import { derive, wrap } from '../../../fixtures/acquirers/gateway/wrapping.ts';
import { seedOfCommit } from '../../commit-seed.ts';
import { type Chance, chanceFor } from '../../month/random.ts';
import { altered, harmed } from '../mutate.ts';
import { type Fields, fieldsOf } from '../rail.ts';

const TRIES = 1500;
const APP_KEY = 'a-key-of-the-fuzzer-of-32-bytes.';
const CODE = 'K7QZ2M4XW9BTY6HD3RNP';
const party = { merchantCode: '898310000000001', terminalCode: '20260002' };
const request = { terminalCode: party.terminalCode, nonce: '0123456789abcdef', appKey: Buffer.from(APP_KEY) };
const sessionKey = Buffer.alloc(32, 7);
const upload = uploadOf(party, '7', []);

const signIn = {
  errCode: '00',
  terminalCode: party.terminalCode,
  sessionId: 'S-0123456789',
  sessionKey: wrap(sessionKey, derive(APP_KEY, request.nonce, 'session-key'), '20260002|S-0123456789'),
  batchNo: '261128',
  expiresAt: '2026-11-29T04:00:00+08:00',
};
const activation = {
  errCode: '00',
  terminalCode: party.terminalCode,
  appId: 'YIMA-0042',
  appKey: wrap(Buffer.from(APP_KEY), derive(CODE, request.nonce, 'app-key'), '20260002|YIMA-0042'),
};
const settled = { errCode: '00', batchNo: '7', settledAt: '2026-11-28T21:00:00+08:00' };
const differs = {
  errCode: 'TOTALS_DIFFER',
  batchNo: '7',
  paymentCount: 1,
  paymentAmount: 5,
  voidCount: 0,
  voidAmount: 0,
  refundCount: 0,
  refundAmount: 0,
};
const pay = { kind: 'PAY', merchantOrderId: 'N1', amount: 5 };
const compared = {
  errCode: '00',
  batchNo: '7',
  uploadId: upload.uploadId,
  received: 1,
  differenceCount: 1,
  differences: [{ difference: 'missingHere', merchantOrderId: 'N1', here: null, there: pay }],
};
const all: Fields[] = [signIn, activation, settled, differs, compared];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function spoiled(honest: Fields, chance: Chance): unknown {
  return chance.happens(0.3)
    ? parsed(harmed(Buffer.from(JSON.stringify(honest)), chance).toString('utf8'))
    : altered(honest, all, chance);
}

const isOf = (said: Fields, honest: Fields, names: string[]) =>
  names.every((name) => said[name] === honest[name]);

function session(said: unknown, found: Session | { cause: string }): string {
  if ('cause' in found) return found.cause.split(' ')[0] ?? '';
  const names = ['errCode', 'terminalCode', 'sessionId'];
  expect(isOf(fieldsOf(said), signIn, names), JSON.stringify(said)).toBe(true);
  expect(found.key.equals(createSecretKey(sessionKey))).toBe(true);
  expect(Number.isSafeInteger(found.expiresAt_ms)).toBe(true);
  return 'opened';
}

function activated(said: unknown, found: ActivationOutcome): string {
  if (found.kind !== 'activated') return found.kind;
  expect(isOf(fieldsOf(said), activation, ['errCode', 'terminalCode', 'appId']), JSON.stringify(said)).toBe(
    true,
  );
  expect(found).toEqual({ kind: 'activated', appId: 'YIMA-0042', appKey: APP_KEY });
  return found.kind;
}

function settlement(said: unknown, found: ReturnType<typeof readSettleAnswer>): string {
  const { errCode, batchNo } = fieldsOf(said);
  if (found.kind === 'agreed') expect([errCode, batchNo]).toEqual(['00', '7']);
  if (found.kind === 'differs') expect([errCode, batchNo]).toEqual(['TOTALS_DIFFER', '7']);
  return found.kind;
}

function comparison(said: unknown, found: ReturnType<typeof readUploadAnswer>): string {
  const names = ['errCode', 'batchNo', 'uploadId'];
  if (found.kind === 'compared') expect(isOf(fieldsOf(said), compared, names)).toBe(true);
  return found.kind;
}

it.each<[string, Fields, string, (said: unknown) => string]>([
  ['a sign-in', signIn, 'opened', (said) => session(said, readSignInAnswer(said, request))],
  [
    'an activation',
    activation,
    'activated',
    (said) => activated(said, readActivationAnswer(said, { ...request, code: CODE })),
  ],
  ['a settlement', settled, 'agreed', (said) => settlement(said, readSettleAnswer(said, '7'))],
  ['totals that differ', differs, 'differs', (said) => settlement(said, readSettleAnswer(said, '7'))],
  ['an upload', compared, 'compared', (said) => comparison(said, readUploadAnswer(said, upload, true))],
])('%s', (name, honest, good, read) => {
  expect(read(honest)).toBe(good);
  const seed = seedOfCommit();
  const seen = new Set<string>();
  for (let number = 1; number <= TRIES; number += 1)
    seen.add(read(spoiled(honest, chanceFor(seed, `${name} ${number}`))));
  // Some stay good and some do not: else it would have looked at nothing.
  expect(seen).toContain(good);
  expect(seen.size).toBeGreaterThan(1);
});
